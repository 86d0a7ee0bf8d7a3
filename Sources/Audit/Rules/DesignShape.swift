import CatalogModel
import Fabric
import SiteModel

extension PlanProof {
  /// The switches are those of the design: the right number, role and place, of allowed models.
  static let designShape = PlanProof(
    "design-shape",
    claim: "the plan has the switches of an allowed design, of allowed models, in their racks"
  ) { context, ledger in
    let fabric = context.fabric
    let requirements = context.site.requirements
    ledger.expect(
      requirements.designs.contains(fabric.design), at: ["design"],
      "the design is \(fabric.design.rawValue)",
      expected: requirements.designs.map(\.rawValue).joined(separator: " or "))
    let central: DeviceRole = fabric.design == .spineLeaf ? .spine : .central
    let pair = fabric.devices.filter { $0.role == central }
    ledger.expect(
      pair.map(\.side).sorted() == FabricSide.allCases, at: [central.rawValue],
      "\(pair.count) switches have the role \(central.rawValue)",
      expected: "two, one on each side")
    let wanted: [DeviceRole] =
      fabric.design == .spineLeaf ? [.spine, .tor, .outOfBand] : [.central, .outOfBand]
    for device in fabric.devices {
      ledger.expect(
        wanted.contains(device.role), at: [device.name],
        "a \(fabric.design.rawValue) has no switch of the role \(device.role.rawValue)")
      ledger.expect(
        context.site.room.racks.contains { $0.name == device.rack }, at: [device.name],
        "its rack \(device.rack) is not in the room")
    }
    checkToRs(context, &ledger)
    checkModels(context, central, &ledger)
    checkPlaces(context, pair, &ledger)
  }

  private static func checkToRs(_ context: AuditContext, _ ledger: inout Ledger) {
    guard context.fabric.design == .spineLeaf else { return }
    let tors = context.fabric.devices.filter { $0.role == .tor }
    let withHosts = Set(context.fabric.hosts.map(\.rack))
    for rack in context.site.room.racks {
      let own = tors.filter { $0.rack == rack.name }.map(\.side).sorted()
      if withHosts.contains(rack.name) {
        ledger.expect(
          own == FabricSide.allCases, at: [rack.name], "\(own.count) ToRs stand in this rack",
          expected: "two, one on each side")
      } else {
        ledger.expect(
          own.isEmpty, at: [rack.name], "a ToR stands in a rack without hosts")
      }
    }
  }

  private static func checkModels(
    _ context: AuditContext, _ central: DeviceRole, _ ledger: inout Ledger
  ) {
    let requirements = context.site.requirements
    for view in context.switches {
      guard let part = view.part, let spec = view.spec else { continue }
      let role = view.device.role
      let names = role == .tor ? requirements.torModels : requirements.spineModels
      if role != .outOfBand, !names.isEmpty {
        ledger.expect(
          names.contains { AuditContext.names(part, $0) }, at: [view.name],
          "its model is \(part.model)", expected: names.joined(separator: " or "))
      }
      let fit: Bool =
        switch role {
        case .spine: spec.roles.contains(.spine)
        case .tor: spec.roles.contains(.tor)
        case .outOfBand: spec.roles.contains(.outOfBand)
        case .central:
          context.fabric.design == .vltPair
            ? spec.roles.contains(.spine) || spec.roles.contains(.tor)
            : spec.roles.contains { $0 != .outOfBand }
        }
      ledger.expect(
        fit, at: [view.name], "the catalogue does not offer \(part.id) as \(role.rawValue)",
        expected: spec.roles.map(\.rawValue).joined(separator: ", "))
      if role != .outOfBand {
        ledger.expect(
          spec.os != nil || requirements.allowsUnconfigured, at: [view.name],
          "nobody has said which operating system \(part.id) runs")
      }
    }
  }

  private static func checkPlaces(
    _ context: AuditContext, _ pair: [Device], _ ledger: inout Ledger
  ) {
    let racks = context.site.requirements.spineRacks
    guard let first = racks.first, let last = racks.prefix(2).last else { return }
    for device in pair {
      let rack = device.side == .a ? first : last
      ledger.expect(
        device.rack == rack, at: [device.name], "it stands in \(device.rack)", expected: rack)
    }
  }
}

extension AuditContext {
  /// Whether a name in the site file means a part: its id, its model or the last words of that,
  /// or its order number, letters' case ignored.
  static func names(_ part: Part, _ name: String) -> Bool {
    let wanted = name.lowercased()
    let model = part.model.lowercased()
    return part.id.rawValue.lowercased() == wanted || model == wanted
      || model.hasSuffix(" " + wanted)
      || (!part.sku.isEmpty && part.sku.lowercased() == wanted)
  }
}
