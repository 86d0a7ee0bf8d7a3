import CatalogModel
import Fabric
import Foundation
import PlanChecks
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

  @Test("Random plans read back, are reported and show defects", arguments: SampleSeeds.all)
  func random(seed: UInt64) throws {
    guard case .planned(let plan) = try SampleSeeds.maker.get().random(seed: seed) else {
      Issue.record("seed \(seed) has no plan any more: take another")
      return
    }
    #expect(try ReadbackCheck.check(plan).failures == [])
    #expect(try ReportCheck.check(plan).failures == [])
    #expect(DefectCheck.check(plan).failures == [])
  }

  @Test("A small port that goes by the name of a lane runs at the rate of its optic")
  func laneNames() throws {
    // The four SFP+ ports of this model are called Ethernet1/1/1 and so on.
    let site = """
      tenfold: 1
      name: lanes
      currency: EUR
      room: { racks: [{ name: r1, row: A, position: 1 }] }
      hosts:
        - name: hv
          racks: { r1: 2 }
          os: windows-server-2012r2
          nics: [{ model: X520-DA2, attach: new-fabric, carries: [csv, live-migration] }]
      traffic: { rdma: none, csv: yes, live-migration: yes }
      requirements: { designs: [vlt-pair], spine-models: [Nexus 3132Q], configurations: optional }
      """
    let attempt = try PlanMaker().site(text: site, name: "lanes")
    guard case .planned(let plan) = attempt else {
      Issue.record("no plan: \(attempt)")
      return
    }
    #expect(plan.fabric.links.contains { $0.a.port == "Ethernet1/1/1" })
    #expect(plan.fabric.intents.flatMap(\.ports).allSatisfy { $0.rate == nil })
    #expect(try ReadbackCheck.check(plan).failures == [])
  }

  @Test(
    "Most changes of a word or line of a configuration are noticed",
    arguments: ["eos", "netgear", "nxos", "onyx", "os10", "os6", "os9", "routeros", "sonic"])
  func textMutations(os: String) throws {
    // Examples do not have switches of every dialect.
    let plans =
      try KeptPlan.names.map { try KeptPlan.plan($0) }
      + DialectPlans(of: SwitchOS(rawValue: os)).map(seed: 1, count: 1) { $0 }
    let outcome = try TextMutationCheck.check(plans, os, seed: 1, count: 60)
    #expect(outcome.tried == 60 && outcome.survivors.count <= 3, "\(outcome.survivors)")
  }

  @Test(
    "Commands bring drifted switches back",
    arguments: ["eos", "netgear", "nxos", "onyx", "os10", "os6", "os9", "routeros"])
  func mends(os: String) throws {
    let os = SwitchOS(rawValue: os)
    let plans =
      try KeptPlan.names.map { try KeptPlan.plan($0) }
      + DialectPlans(of: os).map(seed: 1, count: 1) { $0 }
    let outcome = try MendCheck.check(plans, os, seed: 1, count: 12)
    #expect(outcome.failures == [])
    #expect(outcome.drifted == 12 && outcome.unknown.count <= 2, "\(outcome.unknown)")
  }

  @Test(
    "Output is the same in other surroundings", arguments: ["starter-pair"])
  func sameOutput(name: String) throws {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("tenfold-output-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let check = OutputCheck(scratch: scratch)
    let some = ["plain", "in another folder", "umask 077", "TZ=Pacific/Kiritimati"]
    let outcome = try check.check(
      name, in: check.surroundings.filter { some.contains($0.name) })
    #expect(outcome.runs == some.count)
    #expect(outcome.failures == [])
  }
}

/// Random sites whose plans are found in no time, and the catalogue for them.
enum SampleSeeds {
  static let all: [UInt64] = [29, 34, 42]
  static let maker = Result { try PlanMaker() }
}
