import CatalogModel
import Fabric
import SiteModel

extension PlanProof {
  /// The switches of a rack can all be ordered with air in the same direction.
  static let airflow = PlanProof(
    "airflow", claim: "the switches of a rack can be ordered with air in one direction"
  ) { context, ledger in
    for rack in context.site.room.racks {
      let views = context.switches.filter { $0.device.rack == rack.name }
      var common: [Airflow]?
      for view in views {
        guard let spec = view.spec else { continue }
        if spec.airflow.isEmpty {
          ledger.expectConfirmed(
            "the airflow of \(view.device.part)", at: [rack.name, view.name], in: context,
            names: [view.device.part.rawValue], words: ["air"])
          continue
        }
        if spec.airflow == [.fanless] { continue }
        if let wanted = rack.airflow {
          ledger.expect(
            spec.airflow.contains { $0.rawValue == wanted }, at: [rack.name, view.name],
            "its air goes " + spec.airflow.map(\.rawValue).joined(separator: " or "),
            expected: "\(wanted), as the rack wants")
        }
        common = common.map { $0.filter(spec.airflow.contains) } ?? spec.airflow
        ledger.expect(
          common?.isEmpty == false, at: [rack.name, view.name],
          "its air goes " + spec.airflow.map(\.rawValue).joined(separator: " or ")
            + ", against that of another switch in this rack",
          expected: "one direction for all switches of a rack")
      }
    }
  }
}
