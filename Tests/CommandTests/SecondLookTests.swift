import Evidence
import Quantities
import TenfoldTestSupport
import Testing

@testable import tenfold

/// Which pairs of hosts a lab looks at again, and what becomes of what was lost.
@Suite struct SecondLookTests {
  private struct Loss: Hashable {
    var from: Int
    var to: Int
    var received: Int
  }

  private func address(_ host: Int) throws -> IPv4Address {
    try #require(IPv4Address("10.0.0.\(host + 1)"))
  }

  /// Evidence of hosts that all ask each other in two sizes; what is not said to be lost was answered.
  private func evidence(
    hosts: Int, times: Int = 1, asks: (Int, Int) -> Bool = { _, _ in true }, lost: Set<Loss> = []
  ) throws -> [EvidenceFile] {
    try (0..<hosts).map { host in
      let others = (0..<hosts).filter { $0 != host && asks(host, $0) }
        .flatMap { [Int](repeating: $0, count: times) }
      let columns = try [576, 9000].map { size in
        ProbeColumn(
          kind: .ping, from: try address(host), interface: "", size: size, sent: 3,
          to: try others.map(address),
          received: others.map { other in
            size == 576
              ? 3 : lost.first { $0.from == host && $0.to == other }?.received ?? 3
          })
      }
      return EvidenceFile(
        collector: "test 1", host: "h\(host)", system: .linux, plan: "",
        collected: try #require(Timestamp(seconds: 1)), isPrivileged: true, outputs: [],
        probes: columns)
    }
  }

  private func received(_ files: [EvidenceFile], _ from: Int, _ to: Int) throws -> Int? {
    let column = try #require(files[from].probes.last)
    let place = try column.to.firstIndex(of: address(to))
    return place.map { column.received[$0] }
  }

  @Test("Where nothing was lost, and where both directions are silent, nobody looks again")
  func sure() throws {
    #expect(SecondLook(try evidence(hosts: 4)).hosts.isEmpty)
    let silent = try evidence(
      hosts: 4,
      lost: [Loss(from: 0, to: 2, received: 0), Loss(from: 2, to: 0, received: 0)])
    #expect(SecondLook(silent).hosts.isEmpty)
    // Too large for the sender's own interface: that is known for sure.
    let large = try evidence(hosts: 4, lost: [Loss(from: 1, to: 2, received: -1)])
    #expect(SecondLook(large).hosts.isEmpty)
  }

  @Test("Loss that does not show again was none, and loss that does stays", arguments: 1...30)
  func again(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let hosts = Int.random(in: 3...9, using: &random)
    let pair = (0..<hosts).shuffled(using: &random)
    let (late, bad) = (pair[0], pair[1])
    let first = try evidence(
      hosts: hosts,
      lost: [
        Loss(from: late, to: pair[2], received: Int.random(in: 0...2, using: &random)),
        Loss(from: bad, to: pair[2], received: Int.random(in: 1...2, using: &random)),
      ])
    let look = SecondLook(first)
    #expect(look.hosts == [late, bad].sorted().map { "h\($0)" })
    let second = try evidence(
      hosts: hosts, times: SecondLook.repeats,
      asks: { ($0 == late || $0 == bad) && $1 == pair[2] },
      lost: [Loss(from: bad, to: pair[2], received: 2)])
    let merged = look.merged(first, with: second)
    #expect(try received(merged, late, pair[2]) == 3)
    #expect(try received(merged, bad, pair[2]) == received(first, bad, pair[2]))
    for host in 0..<hosts where host != late {
      #expect(merged[host].probes == first[host].probes)
    }
  }

  @Test("A size that never passes is no loss of those that do")
  func sizes() throws {
    func files(_ small: Int, times: Int) throws -> [EvidenceFile] {
      var files = try evidence(
        hosts: 2, times: times,
        lost: [Loss(from: 0, to: 1, received: 0), Loss(from: 1, to: 0, received: 0)])
      files[0].probes[0].received[0] = small
      return files
    }
    let first = try files(2, times: 1)
    let look = SecondLook(first)
    #expect(look.hosts == ["h0"])
    let second = try files(3, times: SecondLook.repeats)
    #expect(look.merged(first, with: second)[0].probes[0].received == [3])
    #expect(look.merged(first, with: try files(2, times: 6))[0].probes[0].received == [2])
  }

  @Test("Who looks again has its own addresses in its table, and those that it asks")
  func lines() throws {
    let first = try evidence(
      hosts: 3,
      lost: [Loss(from: 0, to: 1, received: 2), Loss(from: 2, to: 1, received: 0)])
    let table =
      ["plan abc"] + (0...2).map { "network h\($0) csv 10.0.0.\($0 + 1) 24 9000 711" } + [
        "cross 10.9.9.9", "reach h1 22",
      ]
    let look = SecondLook(first)
    #expect(
      look.lines("h0", of: table)
        == ["plan abc", table[1]] + [String](repeating: table[2], count: SecondLook.repeats))
    #expect(look.lines("h2", of: table) == ["plan abc", table[2], table[3]])
  }
}
