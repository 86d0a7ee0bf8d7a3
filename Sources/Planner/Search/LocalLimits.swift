import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// What stands in one rack, against its limits (model, M6).
struct LocalLoad {
  /// Half rack units.
  var height = 0
  /// Milliwatts.
  var draw: Int64 = 0
  /// Airflow lists of the switches.
  var airflows: [[Airflow]] = []
  /// Whether height, draw and airflow of everything are known.
  var heightIsKnown = true
  var drawIsKnown = true
  var airflowIsKnown = true

  mutating func add(_ variant: SwitchVariant, units: Int) {
    height += variant.height * units
    draw += variant.draw * Int64(units)
    airflows.append(variant.spec.airflow)
    if variant.spec.halfRackUnits == nil { heightIsKnown = false }
    if !variant.drawIsKnown { drawIsKnown = false }
    if variant.spec.airflow.isEmpty { airflowIsKnown = false }
  }

  /// Whether a rack takes it all.
  func fits(_ rack: Rack, allowsUnknown: Bool) -> Bool {
    if let units = rack.freeUnits {
      guard height <= 2 * units, allowsUnknown || heightIsKnown else { return false }
    }
    if let power = rack.freePower {
      guard draw <= power.milliwatts, allowsUnknown || drawIsKnown else { return false }
    }
    return airflowFits(rack, allowsUnknown: allowsUnknown)
  }

  private func airflowFits(_ rack: Rack, allowsUnknown: Bool) -> Bool {
    let moving = airflows.filter { $0.contains { $0 != .fanless } }
    if let wanted = rack.airflow {
      guard allowsUnknown || airflowIsKnown else { return false }
      guard moving.allSatisfy({ $0.contains { $0.rawValue == wanted } }) else { return false }
    }
    guard let first = moving.first else { return true }
    return first.contains { flow in moving.allSatisfy { $0.contains(flow) } }
  }
}
