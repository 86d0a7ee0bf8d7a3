import Fabric
import Quantities
import TenfoldTestSupport
import Testing

@testable import Validation

@Suite("Who measures with whom, and when")
struct TournamentTests {
  static let all = ["copper", "fibre-rows", "medium", "starter-pair"]

  static func fabric(_ name: String) throws -> Fabric {
    let path = "examples/\(name)/expected/plan.json"
    return try FabricJSON.fabric(from: try Repository.bytes(path), file: path)
  }

  private struct Way: Hashable {
    var from: IPv4Address
    var to: IPv4Address
  }

  @Test("Every two hosts of a network meet once in each direction", arguments: all)
  func everyPair(name: String) throws {
    let fabric = try Self.fabric(name)
    let tournament = Tournament(fabric)
    var seen: [Way: Int] = [:]
    var members: [VLANID: Set<IPv4Address>] = [:]
    var networks: [IPv4Address: VLANID] = [:]
    var hosts: [IPv4Address: String] = [:]
    for host in PlannedHosts(fabric).hosts {
      for network in host.networks {
        networks[network.address] = network.vlan.id
        hosts[network.address] = host.name
      }
    }
    for match in tournament.rounds.joined() {
      seen[Way(from: match.from, to: match.to), default: 0] += 1
      let network = try #require(networks[match.from])
      #expect(network == networks[match.to] && match.sender != match.receiver)
      #expect(hosts[match.from] == match.sender && hosts[match.to] == match.receiver)
      members[network, default: []].formUnion([match.from, match.to])
    }
    #expect(seen.values.allSatisfy { $0 == 1 })
    #expect(!seen.isEmpty)
    for addresses in members.values {
      let ways = addresses.flatMap { from in
        addresses.filter { hosts[$0] != hosts[from] }.map { Way(from: from, to: $0) }
      }
      #expect(ways.allSatisfy { seen[$0] == 1 })
    }
  }

  @Test("Every port of a host takes part, where its network has somebody to meet", arguments: all)
  func everyPort(name: String) throws {
    let fabric = try Self.fabric(name)
    let hosts = PlannedHosts(fabric).hosts
    let measured = Set(Tournament(fabric).rounds.joined().flatMap { [$0.from, $0.to] })
    for host in hosts {
      for port in host.ports.indices {
        let own = host.networks.filter { $0.foldedInto == nil && $0.carriers.contains(port) }
        let isAlone = own.allSatisfy { network in
          !hosts.contains { other in
            other.name != host.name && other.networks.contains { $0.vlan.id == network.vlan.id }
          }
        }
        #expect(
          isAlone || own.contains { measured.contains($0.address) },
          "\(host.name) \(host.ports[port].name)")
      }
    }
  }

  @Test(
    "No two measurements of a round share a NIC, nor more of a LAG than one link", arguments: all)
  func apart(name: String) throws {
    let fabric = try Self.fabric(name)
    let map = PathMap(fabric)
    var ends: [IPv4Address: (ports: [Endpoint], rate: Int64)] = [:]
    for host in PlannedHosts(fabric).hosts {
      for network in host.networks {
        ends[network.address] = (
          network.carriers.map { Endpoint(node: host.name, port: host.ports[$0].name) },
          host.ports[network.port].rate.bitsPerSecond
        )
      }
    }
    for round in Tournament(fabric).rounds {
      var busy: Set<Endpoint> = []
      var up: [Int: [Int64]] = [:]
      var down: [Int: [Int64]] = [:]
      for match in round {
        let (from, to) = (try #require(ends[match.from]), try #require(ends[match.to]))
        #expect(busy.isDisjoint(with: from.ports + to.ports))
        busy.formUnion(from.ports + to.ports)
        let places = [from, to].compactMap { end in end.ports.compactMap(map.attachment).first }
        try #require(places.count == 2)
        guard let path = map.path(from: places[0], to: places[1]) else { continue }
        var elements: [Int] = []
        path.each { elements.append($0) }
        let shared = elements.filter { map.sharedRate($0) != nil }
        if let first = shared.first { up[first, default: []].append(min(from.rate, to.rate)) }
        if let second = shared.dropFirst().first {
          down[second, default: []].append(min(from.rate, to.rate))
        }
      }
      for flows in [up, down] {
        for (element, rates) in flows where rates.count > 1 {
          let link = try #require(map.sharedRate(element)).bitsPerSecond
          #expect(rates.reduce(0, +) <= link)
        }
      }
    }
  }

  @Test("The first round keeps most hosts busy, and a limit is kept")
  func limit() throws {
    let fabric = try Self.fabric("starter-pair")
    let whole = Tournament(fabric)
    let hosts = PlannedHosts(fabric).hosts.count
    #expect((whole.rounds.first?.count ?? 0) >= hosts / 2)
    let cut = Tournament(fabric, limit: 2)
    #expect(cut.rounds == Array(whole.rounds.prefix(2)))
  }

  @Test("Hosts that do not take part are left out")
  func some() throws {
    let fabric = try Self.fabric("starter-pair")
    let names = Set(fabric.hosts.map(\.name).prefix(3))
    let matches = Tournament(fabric, hosts: names).rounds.joined()
    #expect(!matches.isEmpty)
    #expect(matches.allSatisfy { names.contains($0.sender) && names.contains($0.receiver) })
    #expect(Tournament(fabric, hosts: Set(names.prefix(1))).rounds.isEmpty)
  }

  @Test(
    "What TCP can carry at most over 10 Gbps, by size of packets",
    arguments: [(1500, Int64(9_390)), (9000, 9_896)])
  func ceiling(mtu: Int, megabits: Int64) throws {
    let most = try #require(TCPCeiling.payload(of: .gigabits(10), mtu: mtu))
    #expect((most.bitsPerSecond + 500_000) / 1_000_000 == megabits)
    let least = try #require(TCPCeiling.least(of: .gigabits(10), mtu: mtu))
    #expect(least.bitsPerSecond == most.bitsPerSecond * 9 / 10)
    #expect(TCPCeiling.payload(of: .gigabits(10), mtu: 52) == nil)
  }
}
