import Evidence
import Fabric
import Quantities
import TenfoldTestSupport

/// Faults of switches that no host sees.
extension World {
  mutating func switches(
    _ fault: Fault, _ host: Int, _ port: Int, _ random: inout SplitMix64
  ) -> Planted? {
    let uplinks = fabric.links.filter { $0.role == .uplink }
    func found(_ rules: [String], _ words: [String]) -> Planted {
      Planted(fault: fault, hosts: [], rules: rules, words: words)
    }
    switch fault {
    case .uplinkDown:
      // Of the links between two switches another must be left.
      guard
        let link = uplinks.filter({ one in uplinks.count { $0.a.node == one.a.node } > 1 })
          .randomElement(using: &random)
      else { return nil }
      switch random.int(0...2) {
      case 0: cabled[link.a] = nil
      case 1: switchPorts[link.a]?.isEnabled = false
      default: switchPorts[link.b]?.isEnabled = false
      }
      return found(["switch.link"], [link.a.node, link.cable])
    case .uplinkSlow:
      guard let link = uplinks.filter({ $0.rate > .gigabits(1) }).randomElement(using: &random)
      else { return nil }
      switchPorts[link.a]?.rate = .gigabits(1)
      return found(["switch.link"], [link.a.node, link.cable])
    case .uplinkErrors:
      guard let link = uplinks.randomElement(using: &random) else { return nil }
      switchPorts[random.chance(50) ? link.a : link.b]?.errors = 23
      return found(["switch.errors"], [link.a.node, link.cable])
    case .blockedUplink:
      guard let link = uplinks.randomElement(using: &random) else { return nil }
      let own = uplinks.filter { $0.a.node == link.a.node }
      for other in own { switchPorts[other.a]?.isBlocked = true }
      return found(["switch.tree"], [link.a.node] + own.map(\.cable))
    case .switchPFC:
      let own = hosts[host].ports[port]
      guard let lossless = switchPorts[own.planned]?.lossless, !lossless.isEmpty else { return nil }
      switchPorts[own.planned]?.lossless = random.chance(50) ? [] : [lossless[0] == 5 ? 6 : 5]
      return found(["switch.pfc"], [own.planned.node, own.planned.port, own.cable])
    case .extraVLAN:
      let own = hosts[host].ports[port]
      guard let membership = switchPorts[own.planned]?.membership,
        let intent = fabric.intent(own.planned.node),
        let vlan = fabric.vlans.map(\.id).filter({ vlan in
          !membership.passes(vlan) && intent.vlans.contains { $0.id == vlan }
        }).randomElement(using: &random)
      else { return nil }
      switchPorts[own.planned]?.membership.tagged.append(vlan)
      return found(["switch.vlan"], [own.planned.port, own.cable, "VLAN \(vlan.number)"])
    case .loop:
      guard let a = spare(&random, without: ""), let b = spare(&random, without: a.node) else {
        return nil
      }
      extra.append(Cable(a: a, b: b))
      switchPorts[a]?.isEnabled = true
      switchPorts[b]?.isEnabled = true
      return found(["switch.loop"], [a.shown, b.shown])
    default: return nil
    }
  }

  /// A port that the plan leaves empty, of another switch than one.
  private func spare(_ random: inout SplitMix64, without node: String) -> Endpoint? {
    let taken = Set(fabric.links.flatMap { [$0.a, $0.b] })
    return fabric.intents.filter { $0.hostname != node }.flatMap { intent in
      intent.ports.filter { !$0.enabled }.map { Endpoint(node: intent.hostname, port: $0.name) }
    }.filter { !taken.contains($0) }.randomElement(using: &random)
  }
}

extension Endpoint {
  fileprivate var shown: String { "\(node) \(port)" }
}
