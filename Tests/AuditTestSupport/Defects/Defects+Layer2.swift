import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// Spanning tree, uplink groups and the way to the core.
  static let layer2: [Defect] = [
    Defect("spanning-tree-off", "spanning-tree") { fabric, rng in
      guard let index = fabric.intents.indices.randomElement(using: &rng) else { return nil }
      fabric.intents[index].spanningTree.mode = .off
      return fabric.intents[index].hostname
    },
    Defect("spine-becomes-root-of-the-core", "spanning-tree") { fabric, rng in
      guard let link = fabric.links.filter({ $0.role == .core }).randomElement(using: &rng),
        let core = fabric.site.core, core.spanningTree.mode != .none,
        let index = fabric.intentIndex(link.a.node)
      else { return nil }
      fabric.intents[index].spanningTree.priority = core.spanningTree.priority
      return link.a.node
    },
    Defect("tor-becomes-root", "spanning-tree") { fabric, rng in
      guard let device = fabric.devices.filter({ $0.role == .tor }).randomElement(using: &rng),
        let index = fabric.intentIndex(device.name)
      else { return nil }
      fabric.intents[index].spanningTree.priority = 0
      return device.name
    },
    Defect("bridge-priority-of-a-new-switch-too-good", "spanning-tree") { fabric, rng in
      // What an old switch has that nobody configured: worse than the core's root, and not enough.
      guard let core = fabric.site.core, core.spanningTree.mode != .none,
        !fabric.links(.core).isEmpty,
        let index = fabric.intents.indices.randomElement(using: &rng)
      else { return nil }
      fabric.intents[index].spanningTree.priority = 32768
      return fabric.intents[index].hostname
    },
    Defect("pvst-core-not-asked", "spanning-tree") { fabric, _ in
      guard let core = fabric.site.core, !fabric.links(.core).isEmpty else { return nil }
      fabric.site.core?.spanningTree.mode = .rapidPVST
      fabric.forget(core.name)
      return core.name
    },
    Defect("uplink-group-missing", "uplink-tracking") { fabric, rng in
      let with = fabric.intents.indices.filter { !fabric.intents[$0].uplinkGroups.isEmpty }
      guard let index = with.randomElement(using: &rng) else { return nil }
      fabric.intents[index].uplinkGroups = []
      return fabric.intents[index].hostname
    },
    Defect("uplink-group-missing-on-a-switch-of-a-pair", "uplink-tracking") { fabric, rng in
      let with = fabric.intents.indices.filter {
        fabric.intents[$0].pair != nil && !fabric.intents[$0].uplinkGroups.isEmpty
      }
      guard let index = with.randomElement(using: &rng) else { return nil }
      fabric.intents[index].uplinkGroups = []
      return fabric.intents[index].hostname
    },
    Defect("host-port-outside-the-uplink-group", "uplink-tracking") { fabric, rng in
      let with = fabric.intents.indices.filter {
        fabric.intents[$0].uplinkGroups.first?.downstream.isEmpty == false
      }
      guard let index = with.randomElement(using: &rng) else { return nil }
      return fabric.intents[index].uplinkGroups[0].downstream.removeLast()
    },
    Defect("uplink-group-of-a-tor-switched-off", "uplink-tracking") { fabric, rng in
      let with = fabric.intents.indices.filter {
        fabric.intents[$0].uplinkGroups.first?.enabled == true
      }
      guard let index = with.randomElement(using: &rng) else { return nil }
      fabric.intents[index].uplinkGroups[0].enabled = false
      return fabric.intents[index].hostname
    },
    Defect("uplink-group-of-a-pair-acts-without-core", "core-away") { fabric, rng in
      let with = fabric.intents.indices.filter {
        fabric.intents[$0].pair != nil && fabric.intents[$0].uplinkGroups.first?.enabled == false
      }
      guard let index = with.randomElement(using: &rng) else { return nil }
      fabric.intents[index].uplinkGroups[0].enabled = true
      return fabric.intents[index].hostname
    },
    Defect("uplink-tracking-not-possible", "uplink-tracking") { fabric, rng in
      guard let device = fabric.devices.filter({ $0.role == .tor }).randomElement(using: &rng),
        fabric.changeSwitch(device.part, change: { $0.uplinkTracking = .no })
      else { return nil }
      return device.name
    },
    Defect("capability-assumed-and-not-asked", "uplink-tracking") { fabric, rng in
      guard let device = fabric.devices.filter({ $0.role == .tor }).randomElement(using: &rng),
        fabric.changeSwitch(device.part, change: { $0.uplinkTracking = .unknown })
      else { return nil }
      fabric.forget(device.part.rawValue)
      return device.name
    },
    Defect("core-link-missing", "core-hook-up") { fabric, rng in
      guard let index = fabric.links(.core).randomElement(using: &rng),
        let core = fabric.site.core, fabric.unplug(fabric.links[index].id)
      else { return nil }
      return core.name
    },
    Defect("vlan-that-may-leave-does-not", "core-hook-up") { fabric, rng in
      let places = coreLAGs(fabric)
      guard let (intent, lag) = places.randomElement(using: &rng),
        !fabric.intents[intent].lags[lag].membership.tagged.isEmpty
      else { return nil }
      fabric.intents[intent].lags[lag].membership.tagged.removeLast()
      return fabric.site.core?.name
    },
    Defect("core-links-in-two-lags", "core-hook-up") { fabric, rng in
      guard let (intent, lag) = coreLAGs(fabric).randomElement(using: &rng),
        fabric.site.core?.kind != .separate
      else { return nil }
      fabric.intents[intent].lags[lag].pairLAG = nil
      return fabric.site.core?.name
    },
    Defect("standby-to-a-separate-core-open", "core-hook-up") { fabric, _ in
      guard let core = fabric.site.core, core.kind == .separate else { return nil }
      var isOpened = false
      for (intent, lag) in coreLAGs(fabric) {
        let number = fabric.intents[intent].lags[lag].number
        for port in fabric.intents[intent].ports.indices
        where fabric.intents[intent].ports[port].lag == number {
          isOpened = isOpened || !fabric.intents[intent].ports[port].enabled
          fabric.intents[intent].ports[port].enabled = true
        }
      }
      return isOpened ? core.name : nil
    },
    Defect("all-core-links-on-one-box", "core-hook-up") { fabric, _ in
      guard let core = fabric.site.core, core.hasTwoBoxes,
        let box = fabric.links.first(where: { $0.role == .core }).flatMap({
          core.port(labelled: $0.b.port)?.box
        })
      else { return nil }
      for index in fabric.links(.core) {
        let end = fabric.links[index].b
        guard var port = core.port(labelled: end.port), port.box != box else { continue }
        // A further free port of the first box takes the link over.
        port.box = box
        port.name += " moved"
        fabric.site.core?.ports.append(port)
        fabric.moveFarEnd(of: index, to: Endpoint(node: end.node, port: port.label))
      }
      return core.name
    },
    Defect("too-little-for-the-core-after-a-loss", "core-hook-up") { fabric, _ in
      guard let core = fabric.site.core, !fabric.links(.core).isEmpty else { return nil }
      fabric.site.traffic.northSouth = .gigabits(4000)
      return core.name
    },
    Defect("isolated-vlan-allowed-to-the-core", "vlan-isolation") { fabric, rng in
      let inside = fabric.vlans.filter { !$0.mayLeave && $0.purpose != .native }
      guard let vlan = inside.randomElement(using: &rng),
        let (intent, lag) = coreLAGs(fabric).randomElement(using: &rng)
      else { return nil }
      fabric.intents[intent].lags[lag].membership.tagged.append(vlan.id)
      return "vlan \(vlan.id.number)"
    },
  ]

  /// LAGs that lead to the core.
  static func coreLAGs(_ fabric: Fabric) -> [(Int, Int)] {
    fabric.lags { intent, lag in
      intent.ports.contains {
        $0.lag == lag.number && fabric.link(at: intent.hostname, $0.name)?.role == .core
      }
    }
  }

  /// Lossless Ethernet.
  static let lossless: [Defect] = [
    Defect("other-lossless-priority-on-one-switch", "qos-policy") { fabric, rng in
      guard let index = withPolicy(fabric).randomElement(using: &rng),
        withPolicy(fabric).count > 1
      else { return nil }
      var groups = fabric.intents[index].qos?.groups ?? []
      for group in groups.indices {
        groups[group].priorities = groups[group].priorities.compactMap {
          $0.number == 3 ? PriorityCodePoint(4) : $0.number == 4 ? PriorityCodePoint(3) : $0
        }
      }
      fabric.intents[index].qos?.groups = groups
      return ""
    },
    Defect("lossless-share-too-small", "qos-policy") { fabric, rng in
      guard let index = withPolicy(fabric).randomElement(using: &rng),
        var groups = fabric.intents[index].qos?.groups, groups.count > 1,
        let lossless = groups.firstIndex(where: \.lossless),
        let other = groups.firstIndex(where: { !$0.lossless })
      else { return nil }
      groups[other].bandwidth += groups[lossless].bandwidth - 10
      groups[lossless].bandwidth = 10
      fabric.intents[index].qos?.groups = groups
      return fabric.intents[index].hostname
    },
    Defect("shares-beyond-a-hundred", "qos-policy") { fabric, rng in
      guard let index = withPolicy(fabric).randomElement(using: &rng) else { return nil }
      fabric.intents[index].qos?.groups[0].bandwidth += 5
      return fabric.intents[index].hostname
    },
    Defect("other-priority-in-the-lossless-group", "qos-policy") { fabric, rng in
      guard let index = withPolicy(fabric).randomElement(using: &rng),
        var groups = fabric.intents[index].qos?.groups,
        let lossless = groups.firstIndex(where: \.lossless),
        let other = groups.firstIndex(where: { !$0.lossless && !$0.priorities.isEmpty })
      else { return nil }
      groups[lossless].priorities.append(groups[other].priorities.removeLast())
      fabric.intents[index].qos?.groups = groups
      return fabric.intents[index].hostname
    },
    Defect("policy-missing-on-one-switch", "lossless-path") { fabric, rng in
      guard let index = withPolicy(fabric).randomElement(using: &rng),
        fabric.vlans.contains(where: \.lossless)
      else { return nil }
      fabric.intents[index].qos = nil
      return fabric.intents[index].hostname
    },
    Defect("switch-without-pfc-on-the-path", "lossless-path") { fabric, rng in
      guard let index = withPolicy(fabric).randomElement(using: &rng),
        fabric.vlans.contains(where: \.lossless),
        let device = fabric.device(fabric.intents[index].hostname),
        fabric.changeSwitch(device.part, change: { $0.pfc = .no })
      else { return nil }
      return device.name
    },
    Defect("roce-without-lossless-vlans", "lossless-path") { fabric, _ in
      guard fabric.site.traffic.rdma == .required, fabric.vlans.contains(where: \.lossless) else {
        return nil
      }
      for index in fabric.vlans.indices { fabric.vlans[index].lossless = false }
      return ""
    },
  ]

  private static func withPolicy(_ fabric: Fabric) -> [Int] {
    fabric.intents.indices.filter { fabric.intents[$0].qos?.groups.isEmpty == false }
  }
}
