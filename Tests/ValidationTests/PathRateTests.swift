import Evidence
import Fabric
import Quantities
import TenfoldTestSupport
import Testing
import ValidationTestSupport

@testable import Validation

@Suite("Measurements of throughput against what links allow")
struct PathRateTests {
  private static let method = Throughput.Method(streams: 4, warmUp: 1, seconds: 3)

  /// What a rack measures whose ways carry what `rate` makes of their healthy rate.
  private static func measured(
    _ fabric: Fabric, _ rate: (Tournament.Match, PathMap, Path, Int64) -> Int64
  ) throws -> Throughput {
    let map = PathMap(fabric)
    let moment = try #require(Timestamp(seconds: 1_795_737_600))
    var places: [IPv4Address: (attachment: Int32, device: Int32)] = [:]
    for host in PlannedHosts(fabric).hosts {
      for network in host.networks {
        places[network.address] = map.attachment(
          Endpoint(node: host.name, port: host.ports[network.port].name))
      }
    }
    let tournament = Tournament(fabric)
    var rows: [Throughput.Row] = []
    for match in tournament.rounds.joined() {
      let (from, to) = (try #require(places[match.from]), try #require(places[match.to]))
      let path = try #require(map.path(from: from, to: to))
      let link = try #require(map.rate(of: path)).bitsPerSecond
      rows.append(
        Throughput.Row(
          from: match.from, to: match.to, measured: moment,
          outcome: .rate(
            DataRate(bitsPerSecond: rate(match, map, path, link * 93 / 100)), retransmissions: 0)))
    }
    return Throughput(
      plan: World.planHash, method: method, planned: tournament.count, rows: rows)
  }

  /// - Parameter hasEvidence: whether healthy hosts and switches gave evidence beside.
  private static func findings(
    _ fabric: Fabric, _ throughput: [Throughput], leastRate: DataRate? = nil,
    hasEvidence: Bool = false
  ) throws -> ValidationResult {
    let world = World(fabric)
    return Validator.validate(
      fabric, planHash: World.planHash,
      evidence: hasEvidence
        ? try world.rendered(world.hosts.map { _ in Sight() }, seed: 1) : [],
      switches: hasEvidence ? world.tables(seed: 1) : [],
      throughput: throughput, leastRate: leastRate)
  }

  private static func summary(_ result: ValidationResult) throws -> ValidationResult.Summary {
    try #require(result.checks.first { $0.check == .pathRate })
  }

  @Test("Healthy ways hold", arguments: TournamentTests.all)
  func healthy(name: String) throws {
    let fabric = try TournamentTests.fabric(name)
    let throughput = try Self.measured(fabric) { _, _, _, rate in rate }
    let result = try Self.findings(fabric, [throughput])
    #expect(result.findings.isEmpty)
    let summary = try Self.summary(result)
    #expect(summary.pass == throughput.planned && summary.fail + summary.unknown == 0)
  }

  @Test(
    "A slow link of a host is the one cause, whichever direction is slow",
    arguments: TournamentTests.all, [true, false])
  func slowHost(name: String, isSending: Bool) throws {
    let fabric = try TournamentTests.fabric(name)
    let matches = Tournament(fabric).rounds.joined()
    var random = SplitMix64(seed: 5)
    for _ in 0..<4 {
      let slow = try #require(Array(matches).randomElement(using: &random))
      let throughput = try Self.measured(fabric) { match, _, _, rate in
        (isSending ? match.from == slow.from : match.to == slow.to) ? 94_000_000 : rate
      }
      let result = try Self.findings(fabric, [throughput])
      let host = isSending ? slow.sender : slow.receiver
      #expect(result.findings.count == 1, "\(result.findings.map(\.message))")
      let finding = try #require(result.findings.first)
      #expect(finding.rule == "path.rate" && finding.message.contains("0.094 Gbps"))
      #expect(finding.subject.first?.hasPrefix(host) == true, "\(finding.subject) of \(host)")
    }
  }

  @Test("Slow links of a ToR to the spine are the one cause")
  func slowUplinks() throws {
    let fabric = try TournamentTests.fabric("medium")
    let device = try #require(fabric.links.first { $0.role == .uplink }?.a.node)
    let throughput = try Self.measured(fabric) { _, map, path, rate in
      var isOver = false
      path.each { if map.elements[$0] == .uplinks(device) { isOver = true } }
      return isOver ? rate / 3 : rate
    }
    let result = try Self.findings(fabric, [throughput])
    #expect(result.findings.map { $0.subject.first } == [device])
  }

  @Test("What nobody measured is skipped; what is missing, failed or of another plan is unknown")
  func unknown() throws {
    let fabric = try TournamentTests.fabric("starter-pair")
    let none = try Self.findings(fabric, [], hasEvidence: true)
    #expect(try Self.summary(none).skipped == 1 && none.verdict == .green)

    var throughput = try Self.measured(fabric) { _, _, _, rate in rate }
    throughput.rows.removeLast()
    throughput.rows[0].outcome = .failed("hv-r1-01: unreachable")
    let some = try Self.findings(fabric, [throughput], hasEvidence: true)
    #expect(try Self.summary(some).unknown == 2 && some.verdict == .incomplete)
    #expect(some.findings.isEmpty)

    throughput.plan = String(repeating: "0", count: 64)
    let other = try Self.findings(fabric, [throughput], hasEvidence: true)
    #expect(try Self.summary(other).unknown == 1 && other.verdict == .incomplete)
  }

  @Test("The last measurement of a way counts, and the owner's floor goes before that of links")
  func lastCounts() throws {
    let fabric = try TournamentTests.fabric("starter-pair")
    let slow = try Self.measured(fabric) { _, _, _, rate in rate / 2 }
    let healthy = try Self.measured(fabric) { _, _, _, rate in rate }
    #expect(try Self.findings(fabric, [slow, healthy]).findings.isEmpty)
    #expect(try !Self.findings(fabric, [healthy, slow]).findings.isEmpty)
    let floor = DataRate(bitsPerSecond: 1_000_000_000)
    #expect(try Self.findings(fabric, [slow], leastRate: floor).findings.isEmpty)
  }
}
