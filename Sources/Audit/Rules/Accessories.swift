import CatalogModel
import Fabric
import SiteModel

extension PlanProof {
  /// Each switch has its power supplies and every sub-part that must be bought with it, no more.
  static let accessories = PlanProof(
    "accessories",
    claim: "each switch comes with the supplies, cords, kits and licences that it needs"
  ) { context, ledger in
    for (index, view) in context.switches.enumerated() {
      guard let spec = view.spec else { continue }
      let device = view.device
      checkSupplies(view, spec, context, &ledger)
      var wanted: [PartID: Int] = [:]
      let extra = device.powerSupplies - (spec.powerSupplies.included ?? 1)
      if extra > 0, let part = spec.powerSupplies.part { wanted[part, default: 0] += extra }
      var choices: [[(part: PartID, count: Int)]] = []
      let modules = device.modules.compactMap { context.catalog.part($0)?.asModule }
      for requirements in [spec.requires] + modules.map(\.requires) {
        let cords = collect(requirements, index, context, into: &wanted)
        if !cords.isEmpty { choices.append(cords) }
      }
      var found: [PartID: Int] = [:]
      for accessory in device.accessories { found[accessory.part, default: 0] += accessory.count }
      for choice in choices { settle(choice, view, context, found, &wanted, &ledger) }
      for part in Set(wanted.keys).union(found.keys).sorted() {
        ledger.expect(
          wanted[part, default: 0] == found[part, default: 0], at: [device.name, part.rawValue],
          "\(found[part, default: 0]) of it are bought with this switch",
          expected: "\(wanted[part, default: 0])")
      }
    }
  }

  private static func checkSupplies(
    _ view: SwitchView, _ spec: SwitchSpec, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let device = view.device
    let requirements = context.site.requirements
    let least: Int =
      switch device.role {
      case .spine, .central: requirements.spinePowerSupplies
      case .tor: requirements.torPowerSupplies
      case .outOfBand: 0
      }
    let fitted = device.powerSupplies
    ledger.expect(
      fitted >= max(1, least), at: [device.name], "\(fitted) power supplies are fitted",
      expected: "at least \(max(1, least))")
    if let included = spec.powerSupplies.included {
      ledger.expect(
        fitted >= included, at: [device.name], "\(fitted) power supplies are fitted",
        expected: "the \(included) in the box")
    } else {
      ledger.expectConfirmed(
        "how many supplies are in the box of \(device.part)", at: [device.name], in: context,
        names: [device.part.rawValue], words: ["power suppl", "supplies", "psu"])
    }
    if let bays = spec.powerSupplies.bays {
      ledger.expect(
        fitted <= max(bays, spec.powerSupplies.included ?? 1), at: [device.name],
        "\(fitted) power supplies are fitted", expected: "at most \(bays), one for each bay")
    }
    if fitted > (spec.powerSupplies.included ?? 1) {
      ledger.expect(
        spec.powerSupplies.part != nil, at: [device.name],
        "a further supply is fitted, and nobody has said which part it is")
    }
  }

  /// Adds what must be bought; returns the power cords, of which one kind is taken.
  private static func collect(
    _ requirements: [RequiredPart], _ index: Int, _ context: AuditContext,
    into wanted: inout [PartID: Int]
  ) -> [(part: PartID, count: Int)] {
    let view = context.switches[index]
    let isOutOfBand = view.device.role == .outOfBand
    var cords: [(part: PartID, count: Int)] = []
    for requirement in requirements {
      let occasions: Int
      switch requirement.when {
      case .always: occasions = 1
      case .perPowerSupply: occasions = isOutOfBand ? 0 : view.device.powerSupplies
      case .multiChassis:
        occasions =
          [.spine, .central].contains(view.device.role)
            && context.fabric.design != .standalonePair ? 1 : 0
      case .dataCenterBridging:
        occasions = context.fabric.vlans.contains(where: \.lossless) && !isOutOfBand ? 1 : 0
      case .split: occasions = view.device.ports.contains { $0.splitFrom != nil } ? 1 : 0
      }
      let (count, overflow) = occasions.multipliedReportingOverflow(by: requirement.quantity)
      guard count > 0, !overflow else { continue }
      // Cords that were not chosen are no part of the plan's catalogue.
      let kind = context.catalog.part(requirement.part)?.asAccessory?.kind
      if requirement.when == .perPowerSupply, kind == .powerCord || kind == nil {
        cords.append((requirement.part, count))
      } else {
        wanted[requirement.part, default: 0] += count
      }
    }
    return cords
  }

  /// Exactly one kind of cord is bought, one that fits the rack's outlets.
  private static func settle(
    _ cords: [(part: PartID, count: Int)], _ view: SwitchView, _ context: AuditContext,
    _ found: [PartID: Int], _ wanted: inout [PartID: Int], _ ledger: inout Ledger
  ) {
    let taken = cords.first { found[$0.part, default: 0] > 0 } ?? cords.first
    guard let taken else { return }
    wanted[taken.part, default: 0] += taken.count
    let rack = context.site.room.racks.first { $0.name == view.device.rack }
    guard let outlet = rack?.outlet,
      let plug = context.catalog.part(taken.part)?.asAccessory?.plug, !plug.isEmpty
    else { return }
    ledger.expect(
      plug == outlet, at: [view.name, taken.part.rawValue], "the cord's plug is \(plug)",
      expected: "\(outlet), the outlet of rack \(view.device.rack)")
  }
}
