import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// LAGs and loops.
  static let aggregation: [Defect] = [
    Defect("member-outside-its-lag", "lags-consistent") { fabric, rng in
      let members = fabric.ports { fabric.isTrunk($0, $1) && $1.lag != nil }
      guard let (intent, port) = members.randomElement(using: &rng) else { return nil }
      fabric.intents[intent].ports[port].lag = nil
      return fabric.intents[intent].hostname
    },
    Defect("lag-that-does-not-exist", "lags-consistent") { fabric, rng in
      let members = fabric.ports { $1.lag != nil }
      guard let (intent, port) = members.randomElement(using: &rng) else { return nil }
      fabric.intents[intent].ports[port].lag = 77
      return fabric.intents[intent].ports[port].name
    },
    lag(
      "lag-without-lacp", "lags-consistent", where: { !$1.isPeerLink }, change: { $0.lacp = false }),
    lag(
      "peer-link-with-lacp", "lags-consistent", where: { $1.isPeerLink }, change: { $0.lacp = true }
    ),
    lag(
      "unlike-numbers-in-the-pair", "lags-consistent", where: { $1.pairLAG != nil },
      change: {
        $0.pairLAG = 99
      }),
    lag(
      "loop-through-half-a-pair-lag", "no-loop", where: { $1.pairLAG != nil && closes($0, $1) },
      change: {
        $0.pairLAG = nil
      }),
    Defect("member-with-vlans-of-its-own", "lags-consistent") { fabric, rng in
      let members = fabric.ports { $1.lag != nil && !$0.vlans.isEmpty }
      guard let (intent, port) = members.randomElement(using: &rng) else { return nil }
      fabric.intents[intent].ports[port].membership.tagged = [fabric.intents[intent].vlans[0].id]
      return fabric.intents[intent].ports[port].name
    },
    Defect("members-of-unlike-rates", "lags-consistent") { fabric, rng in
      let members = fabric.ports { intent, port in
        port.lag != nil && intent.ports.filter { $0.lag == port.lag }.count > 1
      }
      guard let (intent, port) = members.randomElement(using: &rng),
        let id = fabric.link(
          at: fabric.intents[intent].hostname, fabric.intents[intent].ports[port].name)?.id,
        let index = fabric.links.firstIndex(where: { $0.id == id })
      else { return nil }
      fabric.links[index].rate.bitsPerSecond /= 10
      return fabric.intents[intent].hostname
    },
    Defect("more-members-than-the-platform-takes", "lag-limits") { fabric, rng in
      let members = fabric.ports { intent, port in
        port.lag != nil && intent.ports.filter { $0.lag == port.lag }.count > 1
      }
      guard let (intent, _) = members.randomElement(using: &rng),
        let device = fabric.device(fabric.intents[intent].hostname)
      else { return nil }
      return fabric.changeSwitch(device.part) { $0.maxLAGMembers = 1 } ? device.name : nil
    },
    Defect("uplinks-not-split-evenly", "uplinks-split") { fabric, rng in
      let uplinks = fabric.links(.uplink).filter { index in
        fabric.links.filter { $0.cable == fabric.links[index].cable }.count == 1
      }
      guard let index = uplinks.randomElement(using: &rng) else { return nil }
      let link = fabric.links[index]
      return fabric.unplug(link.id) ? link.a.node : nil
    },
    Defect("stray-link-between-switches", "no-loop", "islands", "peer-link") { fabric, rng in
      addStray(&fabric, &rng)
    },
  ]

  /// Whether taking one half of this LAG out of the pair's leaves two ways to the partner.
  private static func closes(_ intent: SwitchIntent, _ lag: LAGIntent) -> Bool {
    intent.ports.contains { $0.lag == lag.number } && lag.membership != .none
  }

  static func lag(
    _ name: String, _ rule: String,
    where test: @escaping @Sendable (SwitchIntent, LAGIntent) -> Bool,
    change: @escaping @Sendable (inout LAGIntent) -> Void
  ) -> Defect {
    Defect(name, rule) { fabric, rng in
      let places = fabric.lags(where: test)
      guard let (intent, lag) = places.randomElement(using: &rng) else { return nil }
      change(&fabric.intents[intent].lags[lag])
      return rule == "no-loop" ? "" : fabric.intents[intent].hostname
    }
  }

  /// One more link, in a VLAN of both, between free ports of two switches of unlike sides.
  private static func addStray(_ fabric: inout Fabric, _ rng: inout SplitMix64) -> String? {
    func free(_ device: Device) -> String? {
      device.ports.first { port in
        port.usable && port.splitFrom == nil && fabric.link(at: device.name, port.name) == nil
      }?.name
    }
    let switches = fabric.devices.filter { $0.role != .outOfBand }
    guard let first = switches.randomElement(using: &rng),
      let second = switches.filter({ $0.role == first.role && $0.side != first.side })
        .randomElement(using: &rng),
      let a = free(first), let b = free(second), let cable = fabric.cables.first,
      let ia = fabric.intentIndex(first.name), let ib = fabric.intentIndex(second.name),
      let vlan = fabric.intents[ia].vlans.map(\.id).first(where: { id in
        fabric.intents[ib].vlans.contains { $0.id == id }
          && fabric.vlans.contains { $0.id == id && ($0.purpose == .tenant || first.role != .tor) }
      })
    else { return nil }
    let ends = [Endpoint(node: first.name, port: a), Endpoint(node: second.name, port: b)]
    fabric.cables.append(
      Cable(
        id: "C9999", part: cable.part, routed: cable.routed, a: CableEnd(endpoint: ends[0]),
        b: [CableEnd(endpoint: ends[1])]))
    fabric.links.append(
      Link(
        id: "L9999", role: .uplink, a: ends[0], b: ends[1], rate: .gigabits(10), cable: "C9999"))
    for (intent, end) in [(ia, ends[0]), (ib, ends[1])] {
      guard let port = fabric.intents[intent].ports.firstIndex(where: { $0.name == end.port })
      else { return nil }
      fabric.intents[intent].ports[port].enabled = true
      fabric.intents[intent].ports[port].membership.tagged = [vlan]
    }
    return "L9999"
  }
}
