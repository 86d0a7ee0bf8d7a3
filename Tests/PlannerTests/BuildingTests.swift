import Audit
import CatalogModel
import DialectTestSupport
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
      let findings = ShippedTraits.of(intent.os)?.check(intent) ?? []
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
      plan.fabric.bom.filter { $0.testFirst > 0 }.map(\.part).filter {
        plan.fabric.catalog.part($0)?.asOptic != nil
      }.sorted() == plan.choice.testFirst)
  }

  @Test(
    "What is to be tested before the rest is ordered has a first batch, twinax as well",
    arguments: Built.names)
  func testedFirst(_ name: String) throws {
    let plan = try Built.plan(named: name)
    guard plan.fabric.site.requirements.testFirst > 0 else { return }
    let switches = Set(plan.fabric.devices.map(\.name))
    for cable in plan.fabric.cables {
      let part = try #require(plan.fabric.catalog.part(cable.part))
      guard part.asCable?.family.isAttached == true, part.vendor == "generic",
        ([cable.a] + cable.b).contains(where: { switches.contains($0.endpoint.node) })
      else { continue }
      let line = try #require(plan.fabric.bom.first { $0.part == part.id })
      #expect(line.testFirst > 0, "\(part.id)")
      #expect(line.testFirst <= line.needed + line.spares, "\(part.id)")
    }
  }

  @Test(
    "The VLAN for untagged frames and that of management are named where they are used alone",
    arguments: Built.names)
  func unusedNumbers(_ name: String) throws {
    let fabric = try Built.plan(named: name).fabric
    let native = fabric.site.addressing.nativeVLAN
    let isUsed = fabric.intents.contains { intent in
      (intent.ports.map(\.membership) + intent.lags.map(\.membership))
        .contains { $0.untagged == native }
    }
    #expect(fabric.vlans.contains { $0.purpose == .native } == isUsed)
    let asked = fabric.confirmations.map(\.subject)
    if !isUsed { #expect(!asked.contains("addressing.native-vlan")) }
    if fabric.devices.allSatisfy({ !$0.managementPort.isEmpty || $0.role == .outOfBand }) {
      #expect(!asked.contains("management.vlan"))
    }
    #expect(asked.contains("management.ntp") == fabric.site.management.ntp.isEmpty)
  }

  @Test("An alternative that could be built says what it costs", arguments: Built.names)
  func alternativesCost(_ name: String) throws {
    let plan = try Built.plan(named: name)
    let others = Alternatives(problem: plan.problem, winner: plan.choice)
      .all(try Planner.solve(plan.problem).designs)
    #expect(others.contains { !$0.reason.isEmpty })
    for other in others where !other.summary.isEmpty && !other.couldWin {
      #expect(other.total != nil, "\(other.summary)")
    }
  }

  @Test("A fabric is written to JSON and read back as it was", arguments: Built.names)
  func survivesJSON(_ name: String) throws {
    let plan = try Built.plan(named: name)
    let bytes = try FabricJSON.bytes(plan.fabric)
    #expect(try FabricJSON.fabric(from: bytes, file: "plan.json") == plan.fabric)
  }
}
