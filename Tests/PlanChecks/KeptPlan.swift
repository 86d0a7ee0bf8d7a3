import Fabric
import TenfoldTestSupport

/// The plans of examples as `expected/` keeps them; a test of the command holds them to what the
/// planner makes today.
public enum KeptPlan {
  /// Examples that have a plan.
  public static var names: [String] {
    PlanMaker.examples.filter { Repository.text("examples/\($0)/expected/plan.json") != nil }
  }

  /// Reads one.
  public static func plan(_ name: String) throws -> PlannedCase {
    let path = "examples/\(name)/expected/plan.json"
    return PlannedCase(
      name: "examples/\(name)",
      fabric: try FabricJSON.fabric(from: try Repository.bytes(path), file: path))
  }
}
