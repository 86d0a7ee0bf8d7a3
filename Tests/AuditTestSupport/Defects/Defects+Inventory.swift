import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// Missing and misplaced switches, hosts and cards.
  static let inventory: [Defect] = [
    Defect("host-missing", "hosts-complete") { fabric, rng in
      guard let index = fabric.hosts.indices.randomElement(using: &rng) else { return nil }
      return fabric.hosts.remove(at: index).rack
    },
    Defect("host-in-the-wrong-rack", "hosts-complete") { fabric, rng in
      guard let index = fabric.hosts.indices.randomElement(using: &rng) else { return nil }
      let rack = fabric.hosts[index].rack
      fabric.hosts[index].rack = "elsewhere"
      return rack
    },
    Defect("card-missing", "hosts-complete") { fabric, rng in
      guard let index = fabric.hosts.indices.randomElement(using: &rng),
        let card = fabric.hosts[index].cards.firstIndex(where: { !$0.ports.isEmpty })
      else { return nil }
      fabric.hosts[index].cards.remove(at: card)
      return fabric.hosts[index].name
    },
    Defect("card-of-another-model", "hosts-complete", "bill-counts") { fabric, rng in
      guard let index = fabric.hosts.indices.randomElement(using: &rng),
        let card = fabric.hosts[index].cards.firstIndex(where: { !$0.ports.isEmpty }),
        let id = fabric.hosts[index].cards[card].part,
        let copy = fabric.addCopy(of: id, as: "wrong-card", change: misname)
      else { return nil }
      fabric.hosts[index].cards[card].part = copy
      return ""
    },
    Defect("host-on-one-side-alone", "host-both-sides") { fabric, rng in
      let own = fabric.links(.host).filter { index in
        fabric.links.filter { $0.cable == fabric.links[index].cable }.count == 1
      }
      guard let index = own.randomElement(using: &rng) else { return nil }
      let link = fabric.links[index]
      return fabric.unplug(link.id) ? link.b.node : nil
    },
    Defect("switch-missing", "design-shape") { fabric, rng in
      guard let index = fabric.devices.indices.randomElement(using: &rng) else { return nil }
      let device = fabric.devices.remove(at: index)
      switch device.role {
      case .tor: return device.rack
      case .spine, .central: return device.role.rawValue
      case .outOfBand:
        fabric.devices.insert(device, at: index)
        return nil
      }
    },
    Defect("tor-in-the-wrong-rack", "design-shape") { fabric, rng in
      guard
        let index = fabric.devices.indices.filter({ fabric.devices[$0].role == .tor })
          .randomElement(using: &rng)
      else { return nil }
      let rack = fabric.devices[index].rack
      fabric.devices[index].rack = "elsewhere"
      return rack
    },
    Defect("model-that-the-site-rules-out", "design-shape") { fabric, rng in
      guard
        let device = fabric.devices.filter({ $0.role != .outOfBand }).randomElement(using: &rng)
      else { return nil }
      fabric.site.requirements.torModels = ["something-else"]
      fabric.site.requirements.spineModels = ["something-else"]
      return device.name
    },
    Defect("design-that-the-site-rules-out", "design-shape") { fabric, _ in
      fabric.site.requirements.designs.removeAll { $0 == fabric.design }
      return "design"
    },
    Defect("growth-ports-used-up", "free-ports") { fabric, _ in
      let native = fabric.links.first { link in
        link.role == .host
          && fabric.device(link.a.node)?.ports.first { $0.name == link.a.port }?.splitFrom == nil
      }
      guard let native else { return nil }
      fabric.site.requirements.freePorts = 10_000
      return native.a.node
    },
    Defect("rdma-required-of-cards-without", "rdma-capable") { fabric, _ in
      guard fabric.site.traffic.rdma == .required else { return nil }
      for index in fabric.catalog.parts.indices {
        guard var spec = fabric.catalog.parts[index].asNIC else { continue }
        spec.rdma = .none
        fabric.catalog.parts[index].spec = .nic(spec)
      }
      return fabric.hosts.first?.name
    },
    Defect("power-supply-missing", "accessories") { fabric, rng in
      guard let index = fabric.devices.indices.randomElement(using: &rng) else { return nil }
      fabric.devices[index].powerSupplies = 0
      return fabric.devices[index].name
    },
    Defect("sub-part-missing", "accessories") { fabric, rng in
      let with = fabric.devices.indices.filter { !fabric.devices[$0].accessories.isEmpty }
      guard let index = with.randomElement(using: &rng) else { return nil }
      fabric.devices[index].accessories.removeLast()
      return fabric.devices[index].name
    },
  ]

  private static let misname: @Sendable (inout Part) -> Void = {
    $0.model = "Wrong"
    $0.sku = ""
  }

  /// Racks that do not have the room, the power or the air.
  static let racks: [Defect] = [
    Defect("rack-without-free-units", "rack-units") { fabric, rng in
      guard let rack = rackWithSwitch(fabric, &rng) else { return nil }
      fabric.site.room.racks[rack].freeUnits = 0
      return fabric.site.room.racks[rack].name
    },
    Defect("free-units-unknown-and-not-asked", "rack-units") { fabric, rng in
      guard let rack = rackWithSwitch(fabric, &rng) else { return nil }
      let name = fabric.site.room.racks[rack].name
      fabric.site.room.racks[rack].freeUnits = nil
      fabric.confirmations = []
      return name
    },
    Defect("power-tracked-and-never-used", "rack-power") { fabric, rng in
      guard let rack = rackWithSwitch(fabric, &rng) else { return nil }
      let name = fabric.site.room.racks[rack].name
      let isKnown = fabric.devices.contains { device in
        device.rack == name && fabric.catalog.part(device.part)?.asSwitch?.maxPower != nil
      }
      guard isKnown else { return nil }
      fabric.site.room.racks[rack].freePower = Power(milliwatts: 1)
      return name
    },
    Defect("draw-summed-wrong", "rack-power") { fabric, _ in
      fabric.totals.power.milliwatts += 1000
      return "power"
    },
    Defect("incomplete-sum-called-complete", "rack-power") { fabric, _ in
      fabric.totals.powerIsComplete.toggle()
      return "power"
    },
    Defect("air-against-the-rack", "airflow") { fabric, rng in
      guard
        let device = fabric.devices.filter({ device in
          let air = fabric.catalog.part(device.part)?.asSwitch?.airflow ?? []
          return !air.isEmpty && air != [.fanless] && !air.contains(.sideToSide)
        }).randomElement(using: &rng),
        let rack = fabric.site.room.racks.firstIndex(where: { $0.name == device.rack })
      else { return nil }
      fabric.site.room.racks[rack].airflow = "side-to-side"
      return device.name
    },
  ]

  private static func rackWithSwitch(_ fabric: Fabric, _ rng: inout SplitMix64) -> Int? {
    fabric.site.room.racks.indices.filter { rack in
      fabric.devices.contains { $0.rack == fabric.site.room.racks[rack].name }
    }.randomElement(using: &rng)
  }
}
