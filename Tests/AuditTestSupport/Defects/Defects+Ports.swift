import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// What single ports are told.
  static let ports: [Defect] = [
    port(
      "cabled-port-shut", "unused-ports-shut", where: { $0.isHostPort($1, $2) },
      change: {
        $0.enabled = false
      }),
    port(
      "unused-port-up", "unused-ports-shut",
      where: { $0.link(at: $1.hostname, $2.name) == nil }, change: { $0.enabled = true }),
    port(
      "host-port-not-edge", "edge-ports", where: { $0.isHostPort($1, $2) },
      change: {
        $0.edge = false
      }),
    port(
      "host-port-without-guard", "edge-ports", where: { $0.isHostPort($1, $2) },
      change: {
        $0.bpduGuard = false
      }),
    port(
      "trunk-as-edge-port", "edge-ports", where: { $0.isTrunk($1, $2) }, change: { $0.edge = true }),
    port(
      "description-of-another-place", "descriptions",
      where: { $0.isHostPort($1, $2) || $0.isTrunk($1, $2) }, change: { $0.description = "spare" }),
    port(
      "mtu-off-on-one-hop", "mtu-fits",
      where: { fabric, intent, port in
        port.enabled
          && fabric.vlans.contains {
            $0.mtu > 1500 && fabric.vlans(intent, port).contains($0.id)
          }
      }, change: { $0.mtu = 1518 }),
    port(
      "mtu-beyond-the-platform", "mtu-fits", "fits-dialect", where: { $2.enabled },
      change: { $0.mtu = 65_000 }),
    port(
      "pfc-missing-on-one-hop", "lossless-path",
      where: { fabric, intent, port in
        port.lossless && port.enabled
          && fabric.vlans.contains {
            $0.lossless && fabric.vlans(intent, port).contains($0.id)
          }
      }, change: { $0.lossless = false }),
    port(
      "pfc-missing-on-the-peer-link", "lossless-path",
      where: { fabric, intent, port in
        port.lossless && fabric.link(at: intent.hostname, port.name)?.role == .peer
      }, change: { $0.lossless = false }),
    Defect("port-told-twice", "intents-complete") { fabric, rng in
      guard let index = fabric.intents.indices.randomElement(using: &rng),
        let port = fabric.intents[index].ports.randomElement(using: &rng)
      else { return nil }
      fabric.intents[index].ports.append(port)
      return fabric.intents[index].hostname
    },
    Defect("port-told-nothing", "intents-complete") { fabric, rng in
      let cabled = fabric.ports { fabric.isHostPort($0, $1) }
      guard let (intent, port) = cabled.randomElement(using: &rng) else { return nil }
      return fabric.intents[intent].ports.remove(at: port).name
    },
    Defect("switch-told-nothing", "intents-complete") { fabric, rng in
      guard let index = fabric.intents.indices.randomElement(using: &rng) else { return nil }
      return fabric.intents.remove(at: index).hostname
    },
    Defect("split-not-told", "intents-complete") { fabric, rng in
      let split = fabric.intents.indices.filter { !fabric.intents[$0].splits.isEmpty }
      guard let index = split.randomElement(using: &rng) else { return nil }
      fabric.intents[index].splits.removeFirst()
      return fabric.intents[index].hostname
    },
    Defect("switch-without-a-configuration-not-asked", "fits-dialect") { fabric, rng in
      guard let index = fabric.intents.indices.randomElement(using: &rng) else { return nil }
      let name = fabric.intents[index].hostname
      fabric.site.requirements.allowsUnconfigured = true
      fabric.intents[index].os = SwitchOS(rawValue: "unheard-of")
      fabric.forget(fabric.device(name)?.part.rawValue ?? name)
      return name
    },
    Defect("words-that-the-dialect-lacks", "fits-dialect") { fabric, rng in
      let known = fabric.intents.indices.filter {
        ShippedTraits.of(fabric.intents[$0].os)?.writes(fabric.intents[$0]) ?? false
      }
      guard let index = known.randomElement(using: &rng) else { return nil }
      fabric.intents[index].users.append(UserIntent(name: "no good name", isAdministrator: false))
      return fabric.intents[index].hostname
    },
  ]

  /// A defect of one port intent that satisfies a test.
  static func port(
    _ name: String, _ rules: String...,
    where test: @escaping @Sendable (Fabric, SwitchIntent, PortIntent) -> Bool,
    change: @escaping @Sendable (inout PortIntent) -> Void
  ) -> Defect {
    Defect(name, rules: rules) { fabric, rng in
      let places = fabric.ports { test(fabric, $0, $1) }
      guard let (intent, port) = places.randomElement(using: &rng) else { return nil }
      change(&fabric.intents[intent].ports[port])
      return fabric.intents[intent].ports[port].name
    }
  }
}
