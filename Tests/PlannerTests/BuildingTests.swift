import Audit
import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

@Suite struct BuildingTests {
  @Test("The audit finds nothing in the fabric of a plan", arguments: Built.names)
  func auditsClean(_ name: String) throws {
    let plan = try Built.plan(named: name)
    let result = Auditor.audit(plan.fabric)
    for finding in result.findings {
      Issue.record("\(finding.rule) \(finding.subject): \(finding.message), \(finding.expected)")
    }
  }

  @Test("Every switch of a plan can be told its intent in its dialect", arguments: Built.names)
  func fitsDialect(_ name: String) throws {
    let plan = try Built.plan(named: name)
    for intent in plan.fabric.intents {
      let findings = DialectTraits.of(intent.os)?.check(intent) ?? []
      for finding in findings {
        Issue.record("\(finding.rule) \(finding.subject): \(finding.message), \(finding.expected)")
      }
    }
  }

  @Test("The bill costs what the search computed, part by part", arguments: Built.names)
  func billEqualsChoice(_ name: String) throws {
    let plan = try Built.plan(named: name)
    let counts = plan.fabric.bom.map { PartCount(part: $0.part, count: $0.needed) }
    #expect(counts.sorted { $0.part < $1.part } == plan.choice.quantities)
    #expect(plan.fabric.totals.goods.minorUnits == plan.choice.goods)
    #expect(
      plan.fabric.bom.filter { $0.testFirst > 0 }.map(\.part).sorted() == plan.choice.testFirst)
  }

  @Test("A fabric is written to JSON and read back as it was", arguments: Built.names)
  func survivesJSON(_ name: String) throws {
    let plan = try Built.plan(named: name)
    let bytes = try FabricJSON.bytes(plan.fabric)
    #expect(try FabricJSON.fabric(from: bytes, file: "plan.json") == plan.fabric)
  }
}
