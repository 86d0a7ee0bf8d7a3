import Fabric
import PlanChecks
import Quantities
import TenfoldTestSupport
import Testing

/// A small sample of what `scripts/full-check` does for hours: the plans of the examples as they
/// are kept, and a few random plans.
@Suite("Checks over plans")
struct PlanCheckTests {
  @Test("Switch texts of the examples read back to their intents", arguments: KeptPlan.names)
  func readback(name: String) throws {
    let outcome = try ReadbackCheck.check(KeptPlan.plan(name))
    #expect(outcome.failures == [])
    #expect(outcome.lines > 50)
  }

  @Test(
    "Reports of the examples have units, prices, meanings and questions", arguments: KeptPlan.names)
  func reports(name: String) throws {
    let outcome = try ReportCheck.check(KeptPlan.plan(name))
    #expect(outcome.failures == [])
    #expect(outcome.pages >= 2)
  }

  @Test(
    "Every defect that fits a small example is found there", arguments: ["starter-pair", "copper"])
  func defects(name: String) throws {
    let outcome = DefectCheck.check(try KeptPlan.plan(name))
    #expect(outcome.failures == [])
    #expect(outcome.planted == outcome.found)
    #expect(outcome.planted.count >= 60)
  }
}
