import CatalogModel
import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// The switches fit into the free units of their racks.
  static let rackUnits = PlanProof(
    "rack-units", claim: "the switches fit into the free units of their racks"
  ) { context, ledger in
    for rack in context.site.room.racks {
      let views = context.switches.filter { $0.device.rack == rack.name }
      guard !views.isEmpty else { continue }
      var halves = 0
      for view in views {
        if view.spec?.halfRackUnits == nil {
          ledger.expectConfirmed(
            "the height of \(view.device.part)", at: [rack.name, view.name], in: context,
            names: [view.device.part.rawValue], words: ["height", "rack unit", "units"])
        }
        halves += view.spec?.halfRackUnits ?? 2
      }
      guard let free = rack.freeUnits else {
        ledger.expectConfirmed(
          "how many units are free in \(rack.name)", at: [rack.name], in: context,
          names: [rack.name], words: ["unit"])
        continue
      }
      let (room, overflow) = free.multipliedReportingOverflow(by: 2)
      ledger.expect(
        overflow || halves <= room, at: [rack.name],
        "\(views.count) switches take \(Format.fixed(Int64(halves) * 5, decimals: 1)) units",
        expected: "at most \(free) free units")
    }
  }
}
