import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// Addresses, and the way to the switches.
  static let addressing: [Defect] = [
    Defect("address-used-twice", "addresses") { fabric, rng in
      let with = fabric.subnets.indices.filter { fabric.subnets[$0].assignments.count > 1 }
      guard let index = with.randomElement(using: &rng) else { return nil }
      fabric.subnets[index].assignments[1].address = fabric.subnets[index].assignments[0].address
      return fabric.subnets[index].assignments[1].node
    },
    Defect("address-outside-its-subnet", "addresses") { fabric, rng in
      let with = fabric.subnets.indices.filter { !fabric.subnets[$0].assignments.isEmpty }
      guard let index = with.randomElement(using: &rng) else { return nil }
      fabric.subnets[index].assignments[0].address = IPv4Address(bits: 0x0101_0101)
      return fabric.subnets[index].assignments[0].node
    },
    Defect("address-missing", "addresses") { fabric, rng in
      let with = fabric.subnets.indices.filter { !fabric.subnets[$0].assignments.isEmpty }
      guard let index = with.randomElement(using: &rng) else { return nil }
      return fabric.subnets[index].assignments.removeLast().node
    },
    Defect("overlapping-subnets", "addresses") { fabric, _ in
      guard fabric.subnets.count > 1 else { return nil }
      fabric.subnets[1].prefix = fabric.subnets[0].prefix
      return fabric.subnets[0].prefix.description
    },
    Defect("gateway-for-a-storage-subnet", "vlan-isolation") { fabric, rng in
      let inside = fabric.subnets.indices.filter { index in
        fabric.vlans.contains { $0.id == fabric.subnets[index].vlan && !$0.mayLeave }
      }
      guard let index = inside.randomElement(using: &rng) else { return nil }
      fabric.subnets[index].gateway = fabric.subnets[index].prefix.address(1)
      return "vlan \(fabric.subnets[index].vlan.number)"
    },
    Defect("two-switches-with-one-address", "management-reach") { fabric, _ in
      let switches = fabric.devices.indices.filter { fabric.devices[$0].managementAddress != nil }
      guard switches.count > 1 else { return nil }
      let (first, last) = (switches[0], switches[switches.count - 1])
      fabric.devices[last].managementAddress = fabric.devices[first].managementAddress
      return fabric.devices[last].name
    },
    Defect("told-another-management-address", "management-reach") { fabric, rng in
      guard let index = fabric.intents.indices.randomElement(using: &rng) else { return nil }
      fabric.intents[index].management?.address = IPv4Address(bits: 0x0102_0304)
      return fabric.intents[index].hostname
    },
    Defect("time-server-out-of-reach", "management-reach") { fabric, rng in
      guard let index = fabric.intents.indices.randomElement(using: &rng) else { return nil }
      let server = IPv4Address(bits: 0x0808_0808)
      fabric.site.management.ntp = [server]
      fabric.site.management.gateway = nil
      for intent in fabric.intents.indices {
        fabric.intents[intent].ntp = [server]
        fabric.intents[intent].management?.gateway = nil
      }
      return fabric.intents[index].hostname
    },
    Defect("management-cable-missing", "management-reach") { fabric, rng in
      guard let index = fabric.links(.management).randomElement(using: &rng) else { return nil }
      let link = fabric.links[index]
      return fabric.unplug(link.id) ? link.a.node : nil
    },
    Defect("management-switch-full", "management-reach") { fabric, _ in
      guard !fabric.site.management.buySwitch else { return nil }
      fabric.site.management.freePorts = 0
      return "management"
    },
    Defect("nobody-can-log-in", "management-reach") { fabric, rng in
      guard let index = fabric.intents.indices.randomElement(using: &rng) else { return nil }
      fabric.intents[index].users = []
      return fabric.intents[index].hostname
    },
    Defect("two-hosts-of-one-name", "descriptions") { fabric, _ in
      guard fabric.hosts.count > 1 else { return nil }
      fabric.hosts[1].name = fabric.hosts[0].name
      return fabric.hosts[0].name
    },
  ]

  /// What does not survive, and ratios that are not met.
  static let resilience: [Defect] = [
    Defect("host-with-one-live-side", "survives-any-loss") { fabric, rng in
      let ports = fabric.ports { fabric.isHostPort($0, $1) }
      guard let (intent, port) = ports.randomElement(using: &rng),
        let host = fabric.link(
          at: fabric.intents[intent].hostname, fabric.intents[intent].ports[port].name)?.b.node
      else { return nil }
      let name = fabric.intents[intent].hostname
      // All of the host's ports on this switch go dark; the other switch is then its only one.
      for index in fabric.intents[intent].ports.indices {
        let own = fabric.intents[intent].ports[index].name
        if fabric.link(at: name, own)?.b.node == host {
          fabric.intents[intent].ports[index].enabled = false
        }
      }
      let others = fabric.links.filter {
        $0.role == .host && $0.b.node == host && $0.a.node != name
      }
      return others.first?.a.node
    },
    Defect("tor-with-one-live-way-up", "survives-any-loss") { fabric, rng in
      guard
        let device = fabric.devices.filter({ $0.role == .spine }).randomElement(using: &rng),
        let index = fabric.intentIndex(device.name)
      else { return nil }
      for port in fabric.intents[index].ports.indices
      where fabric.link(at: device.name, fabric.intents[index].ports[port].name)?.role == .uplink {
        fabric.intents[index].ports[port].enabled = false
      }
      return fabric.devices.first { $0.role == .spine && $0.name != device.name }?.name
    },
    Defect("oversubscription-told-wrong", "oversubscription") { fabric, _ in
      guard fabric.totals.oversubscription != nil else { return nil }
      fabric.totals.oversubscription = Rational(1000)
      return "totals"
    },
    Defect("ratio-beyond-the-limit", "oversubscription") { fabric, _ in
      guard let worst = fabric.totals.oversubscription, let part = Rational(1, over: 1000),
        let limit = worst.multiplied(by: part)
      else { return nil }
      fabric.site.requirements.oversubscription = limit
      return fabric.devices.first { $0.role == .tor }?.name
    },
    Defect("ratio-after-a-loss-beyond-the-limit", "oversubscription") { fabric, _ in
      guard let worst = fabric.totals.oversubscriptionAfterFailure,
        let part = Rational(1, over: 1000), let limit = worst.multiplied(by: part)
      else { return nil }
      fabric.site.requirements.oversubscriptionAfterFailure = limit
      return fabric.devices.first { $0.role == .tor }?.name
    },
  ]
}
