import Fabric
import Foundation
import ReportTestSupport
import TenfoldTestSupport
import Testing

@Suite("Schemas")
struct SchemaTests {
  @Test("The schema of plan.json is that of the values it holds")
  func planSchema() throws {
    let difference = try Repository.difference(
      of: try PlanSchema.text(), from: "schemas/plan.schema.json", refresh: "SchemaTests")
    #expect(difference == nil)
  }

  @Test("A plan keeps to the schema, and one with a stray member does not")
  func plan() throws {
    let validator = try SchemaValidator(try PlanSchema.text())
    let bytes = try FabricJSON.bytes(SampleFabric.spineLeaf())
    let parsed = try JSONSerialization.jsonObject(with: Data(bytes))
    #expect(validator.problems(parsed) == [])
    var damaged = try #require(parsed as? [String: Any])
    damaged["colour"] = "red"
    #expect(validator.problems(damaged) == ["$: the schema does not know colour"])
  }

  @Test("The command prints each schema", arguments: ["site", "plan", "catalog"])
  func printed(format: String) throws {
    let result = try Binary.run(["schema", format])
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix(format == "catalog" ? "<" : "{"))
  }
}
