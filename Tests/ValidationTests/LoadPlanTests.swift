import Evidence
import Fabric
import Quantities
import Testing

@testable import Validation

@Suite("Networks under load")
struct LoadPlanTests {
  @Test(
    "Loads are from one to another, from several to one, and from each to another, over the network's addresses",
    arguments: TournamentTests.all)
  func shapes(name: String) throws {
    let fabric = try TournamentTests.fabric(name)
    let plan = LoadPlan(fabric, senders: 5)
    #expect(!plan.networks.isEmpty)
    var hosts: [IPv4Address: String] = [:]
    var vlans: [IPv4Address: VLANID] = [:]
    var rates: [String: Int64] = [:]
    for host in PlannedHosts(fabric).hosts {
      for network in host.networks {
        hosts[network.address] = host.name
        vlans[network.address] = network.vlan.id
      }
      rates[host.name] = host.ports.map(\.rate.bitsPerSecond).max()
    }
    for network in plan.networks {
      #expect(network.shapes.first?.kind == .oneToOne)
      #expect(network.shapes.first?.flows == [network.watched])
      for shape in network.shapes {
        for flow in shape.flows {
          #expect(hosts[flow.from] == flow.sender && hosts[flow.to] == flow.receiver)
          #expect(flow.sender != flow.receiver)
          #expect(vlans[flow.from] == network.vlan && vlans[flow.to] == network.vlan)
        }
        let senders = shape.flows.map(\.sender)
        switch shape.kind {
        case .oneToOne: #expect(shape.flows.count == 1 && shape.least != nil)
        case .incast:
          #expect(Set(senders).count == senders.count && (2...5).contains(senders.count))
          #expect(Set(shape.flows.map(\.to)).count == 1 && shape.flows[0].to == network.watched.to)
          // What the receiver's port takes, and not more.
          let port = try #require(rates[shape.flows[0].receiver])
          #expect(shape.ceiling.bitsPerSecond <= port)
          #expect(shape.least.map { $0 < shape.ceiling } == true)
        case .everyone:
          #expect(Set(shape.flows.map(\.from)).count == shape.flows.count)
          #expect(Set(shape.flows.map(\.to)).count == shape.flows.count)
          #expect(shape.least == nil || Set(shape.flows.map(\.to)).count == 1)
        case .classes: Issue.record("not planned")
        }
      }
    }
  }

  @Test("What all carry together is what the links of their ways leave them")
  func ceilings() throws {
    let fabric = try TournamentTests.fabric("medium")
    let map = PathMap(fabric)
    for network in LoadPlan(fabric).networks {
      for shape in network.shapes {
        // Not more than all senders have, nor than all receivers.
        var ports: [Int64] = []
        for addresses in [shape.flows.map(\.from), shape.flows.map(\.to)] {
          var sum: Int64 = 0
          for address in unique(addresses) {
            for host in PlannedHosts(fabric).hosts {
              for own in host.networks where own.address == address && own.foldedInto == nil {
                sum += host.ports[own.port].rate.bitsPerSecond
              }
            }
          }
          ports.append(sum)
        }
        #expect(shape.ceiling.bitsPerSecond < ports.min() ?? 0)
        #expect(shape.ceiling.bitsPerSecond > 0)
      }
    }
    // Uplinks of a ToR have so many links, and a flow cannot have more than one of them.
    let uplinks = map.elements.indices.filter { map.sharedRate($0) != nil }
    for element in uplinks {
      #expect(map.capacity(element) ?? 0 >= map.sharedRate(element)?.bitsPerSecond ?? .max)
    }
  }

  @Test("Only hosts that take part have loads, and only networks that are asked for")
  func chosen() throws {
    let fabric = try TournamentTests.fabric("medium")
    let hosts = Set(PlannedHosts(fabric).hosts.prefix(3).map(\.name))
    let some = LoadPlan(fabric, hosts: hosts)
    for flow in some.networks.flatMap({ $0.shapes.flatMap(\.flows) }) {
      #expect(hosts.contains(flow.sender) && hosts.contains(flow.receiver))
    }
    let name = try #require(some.networks.last?.name)
    #expect(LoadPlan(fabric, networks: [name]).networks.map(\.name) == [name])
    #expect(LoadPlan(fabric, networks: ["none"]).networks.isEmpty)
    #expect(LoadPlan(fabric, hosts: [try #require(hosts.first)]).networks.isEmpty)
  }

  private static let flow = LoadPlan.Flow(
    sender: "a", receiver: "b", from: IPv4Address(bits: 1), to: IPv4Address(bits: 2))
  private static let shape = LoadPlan.Shape(
    kind: .incast, flows: [flow, flow], ceiling: .gigabits(10), least: .gigabits(9))
  private static let delays = Delays(count: 1, median: 1, p99: 1, p999: 1, longest: 1)

  private static func measured(
    _ rates: [Result<DataRate, LoadFault>], lossless: Bool = false, sentAgain: Int64 = 0,
    delays: Result<Delays, LoadFault> = .success(delays)
  ) -> LoadMeasurement {
    LoadMeasurement(
      network: "n", shape: shape,
      flows: rates.map {
        LoadMeasurement.Flow(
          flow: flow, isLossless: lossless, rate: $0, retransmissions: sentAgain)
      }, delays: delays, counters: [])
  }

  @Test("It is wrong to carry too little, to lose what may not be lost, and to measure nothing")
  func problems() {
    let (good, poor) = (
      Result<DataRate, LoadFault>.success(.gigabits(5)),
      Result<DataRate, LoadFault>.success(.gigabits(3))
    )
    let broken = Result<DataRate, LoadFault>.failure(LoadFault("gone"))
    #expect(Self.measured([good, good]).problems.isEmpty)
    #expect(Self.measured([good, good], sentAgain: 7).problems.isEmpty)
    #expect(
      Self.measured([good, poor]).problems
        == ["all together carry 8.00 Gbps, which is less than 9.00 Gbps"])
    #expect(Self.measured([good, broken]).problems == ["a to b: gone"])
    #expect(
      Self.measured([good, good], lossless: true, sentAgain: 1).problems
        == ["the lossless class lost 2 segments, the first from a to b"])
    #expect(
      Self.measured([good, poor], delays: .failure(LoadFault("none"))).problems
        == ["small messages: none", "all together carry 8.00 Gbps, which is less than 9.00 Gbps"])
    var unread = Self.measured([good, good])
    unread.unread = ["b: it did not answer"]
    #expect(unread.problems == ["counters of b: it did not answer"])
    let one = Self.measured([good, poor])
    #expect(one.range?.least == .gigabits(3) && one.range?.most == .gigabits(5))
  }

  @Test("Counters are those of the ports of the plan, and no others")
  func counters() throws {
    let fabric = try TournamentTests.fabric("starter-pair")
    let host = try #require(fabric.hosts.first { !$0.cards.isEmpty })
    let port = try #require(host.cards.first?.ports.first)
    var facts = HostFacts(host: "h", system: .linux)
    func interface(_ name: String, drops: UInt64, pauses: UInt64?) -> InterfaceFacts {
      var interface = InterfaceFacts(name: name, kind: .physical)
      interface.counters = .known(
        CounterFacts(interval: 1, packets: 1, errors: 0, drops: drops, pauses: pauses),
        Source(output: 0))
      return interface
    }
    func evidence() throws -> HostEvidence {
      HostEvidence(
        facts: facts, plan: "", collected: try #require(Timestamp(seconds: 0)), isPrivileged: true,
        probes: [])
    }
    facts.interfaces = .known(
      [interface(port, drops: 3, pauses: 5), interface("other", drops: 7, pauses: 1)],
      Source(output: 0))
    let counters = LoadMeasurement.Counters(try evidence(), of: host)
    #expect(counters == LoadMeasurement.Counters(host: host.name, drops: 3, pauses: 5))
    facts.interfaces = .known([interface("other", drops: 7, pauses: 1)], Source(output: 0))
    #expect(LoadMeasurement.Counters(try evidence(), of: host) == nil)
  }
}
