import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// VLANs on the wrong ports.
  static let vlans: [Defect] = [
    Defect("storage-vlan-may-leave", "vlan-plan") { fabric, rng in
      let inside = fabric.vlans.indices.filter {
        [.csv, .liveMigration, .storage].contains(fabric.vlans[$0].purpose)
      }
      guard let index = inside.randomElement(using: &rng) else { return nil }
      fabric.vlans[index].mayLeave = true
      return "vlan \(fabric.vlans[index].id.number)"
    },
    Defect("vlan-of-the-site-missing", "vlan-plan") { fabric, rng in
      let wanted = fabric.vlans.indices.filter { fabric.vlans[$0].side != nil }
      guard let index = wanted.randomElement(using: &rng) else { return nil }
      return "vlan \(fabric.vlans.remove(at: index).id.number)"
    },
    Defect("payload-mtu-of-one-vlan-differs", "vlan-plan") { fabric, rng in
      let wanted = fabric.vlans.indices.filter { fabric.vlans[$0].side != nil }
      guard let index = wanted.randomElement(using: &rng) else { return nil }
      fabric.vlans[index].mtu -= 500
      return "vlan \(fabric.vlans[index].id.number)"
    },
    Defect("vlan-missing-on-one-hop", "trunks-agree") { fabric, rng in
      let places = fabric.lags { intent, lag in
        !lag.isPeerLink && !lag.membership.tagged.isEmpty
          && intent.ports.contains {
            $0.lag == lag.number && fabric.link(at: intent.hostname, $0.name)?.role == .uplink
          }
      }
      guard let (intent, lag) = places.randomElement(using: &rng) else { return nil }
      fabric.intents[intent].lags[lag].membership.tagged.removeFirst()
      return fabric.intents[intent].hostname
    },
    Defect("vlan-missing-on-a-host-port", "host-vlans") { fabric, rng in
      guard let (intent, port) = hostPorts(fabric).randomElement(using: &rng) else { return nil }
      fabric.intents[intent].ports[port].membership.tagged.removeFirst()
      return fabric.intents[intent].ports[port].name
    },
    Defect("vlan-of-a-bond-on-one-fabric-alone", "host-vlans") { fabric, rng in
      // Where the bond changes over to the other fabric, its address is cut off.
      let shared = fabric.vlans.filter { vlan in
        vlan.side == nil && fabric.subnets.contains { $0.vlan == vlan.id }
      }
      let places = fabric.ports { intent, port in
        fabric.isHostPort(intent, port)
          && fabric.device(intent.hostname)?.side == .b
          && shared.contains { port.membership.tagged.contains($0.id) }
      }
      guard let (first, port) = places.randomElement(using: &rng),
        let vlan = shared.first(where: {
          fabric.intents[first].ports[port].membership.tagged.contains($0.id)
        })
      else { return nil }
      let name = fabric.intents[first].ports[port].name
      for (intent, port) in places {
        fabric.intents[intent].ports[port].membership.tagged.removeAll { $0 == vlan.id }
      }
      return name
    },
    Defect("needless-vlan-on-a-host-port", "host-vlans") { fabric, rng in
      guard let (intent, port) = hostPorts(fabric).randomElement(using: &rng),
        let vlan = (4000...4093).lazy.compactMap({ VLANID($0) }).first(where: { id in
          !fabric.vlans.contains { $0.id == id }
        })
      else { return nil }
      fabric.intents[intent].ports[port].membership.tagged.append(vlan)
      return fabric.intents[intent].ports[port].name
    },
    Defect("storage-vlan-untagged", "host-vlans") { fabric, rng in
      guard let (intent, port) = hostPorts(fabric).randomElement(using: &rng) else { return nil }
      let vlan = fabric.intents[intent].ports[port].membership.tagged.removeFirst()
      fabric.intents[intent].ports[port].membership.untagged = vlan
      return fabric.intents[intent].ports[port].name
    },
    Defect("vlan-of-the-other-fabric", "vlan-sides") { fabric, rng in
      guard let (intent, port) = hostPorts(fabric).randomElement(using: &rng),
        let side = fabric.device(fabric.intents[intent].hostname)?.side,
        let vlan = fabric.vlans.first(where: { $0.side != nil && $0.side != side })
      else { return nil }
      fabric.intents[intent].ports[port].membership.tagged.append(vlan.id)
      return fabric.intents[intent].ports[port].name
    },
    Defect("vlan-not-defined-on-the-switch", "vlans-defined") { fabric, rng in
      guard let (intent, port) = hostPorts(fabric).randomElement(using: &rng),
        let id = fabric.intents[intent].ports[port].membership.tagged.first
      else { return nil }
      fabric.intents[intent].vlans.removeAll { $0.id == id }
      return "vlan \(id.number)"
    },
    Defect("unused-vlan-tagged", "native-unused") { fabric, rng in
      guard let (intent, port) = hostPorts(fabric).randomElement(using: &rng) else { return nil }
      fabric.intents[intent].ports[port].membership.tagged.append(
        fabric.site.addressing.nativeVLAN)
      return fabric.intents[intent].ports[port].name
    },
    Defect("unlike-untagged-vlans-on-a-trunk", "vlan-isolation", "trunks-agree") { fabric, rng in
      let places = fabric.lags { intent, lag in
        !lag.isPeerLink && lag.membership.tagged.count > 1
          && intent.ports.contains {
            $0.lag == lag.number && fabric.link(at: intent.hostname, $0.name)?.role == .uplink
          }
      }
      guard let (intent, lag) = places.randomElement(using: &rng) else { return nil }
      fabric.intents[intent].lags[lag].membership.untagged =
        fabric.intents[intent].lags[lag].membership.tagged.removeFirst()
      return ""
    },
    Defect("tenants-on-islands", "islands") { fabric, _ in
      guard fabric.design == .standalonePair, let host = fabric.hosts.first,
        let group = fabric.site.hosts.firstIndex(where: { $0.name == host.group }),
        let nic = fabric.site.hosts[group].nics.firstIndex(where: { $0.attach == .newFabric })
      else { return nil }
      fabric.site.hosts[group].nics[nic].carries.append(.tenant)
      return host.name
    },
    Defect("hosts-without-multichannel-on-islands", "islands") { fabric, rng in
      guard fabric.design == .standalonePair,
        let group = fabric.site.hosts.indices.randomElement(using: &rng)
      else { return nil }
      fabric.site.hosts[group].os = "debian-12"
      return fabric.site.hosts[group].name
    },
  ]

  /// Host ports that carry something.
  private static func hostPorts(_ fabric: Fabric) -> [(Int, Int)] {
    fabric.ports { fabric.isHostPort($0, $1) && !$1.membership.tagged.isEmpty }
  }
}
