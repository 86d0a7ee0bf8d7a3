import CatalogModel
import Fabric
import SiteModel

/// What the plan is built of, counted from its devices, cables and cards and not from its bill.
struct Needed {
  /// Units built in by part.
  private(set) var counts: [PartID: Int] = [:]
  /// Transceivers of another maker than a switch whose port they sit in.
  private(set) var thirdPartyOptics: Set<PartID> = []
  /// Cables with fixed plugs of another maker than a switch whose port they sit in.
  private(set) var thirdPartyCables: Set<PartID> = []

  /// Part ids, ascending.
  var parts: [PartID] { counts.keys.sorted() }

  init() {}

  init(_ context: AuditContext) {
    for device in context.fabric.devices {
      add(device.part, 1)
      for module in device.modules { add(module, 1) }
      for accessory in device.accessories { add(accessory.part, accessory.count) }
    }
    for host in context.fabric.hosts {
      for card in host.cards where card.bought {
        if let part = card.part { add(part, 1) }
      }
    }
    for (index, cable) in context.fabric.cables.enumerated() {
      add(cable.part, cable.pieces)
      for end in [cable.a] + cable.b {
        if let optic = end.optic { add(optic, 1) }
      }
      for plug in context.plugs[index] {
        guard let device = context.switchView(plug.node)?.part else { continue }
        if let optic = plug.opticPart, optic.vendor != device.vendor {
          thirdPartyOptics.insert(optic.id)
        }
        if plug.spec.family.isAttached,
          let maker = context.catalog.part(cable.part)?.vendor, maker != device.vendor
        {
          thirdPartyCables.insert(cable.part)
        }
      }
    }
  }

  private mutating func add(_ part: PartID, _ count: Int) {
    let (sum, overflow) = counts[part, default: 0].addingReportingOverflow(count)
    counts[part] = overflow ? .max : sum
  }
}
