import CatalogModel
import DialectTestSupport
import Fabric
import Foundation
import TenfoldTestSupport

/// The checks that `scripts/full-check` runs over plans.
public enum FullCheck: String, CaseIterable {
  case defects, readback, reports
  /// Whether a change of one word or line of a configuration is noticed.
  case textMutations = "text-mutations"
  /// Whether commands bring a drifted switch back.
  case mends
  /// Whether damaged configurations of strangers are read without a crash and without a VLAN that
  /// the text does not say.
  case strangerMutations = "stranger-mutations"
  /// Whether evidence of healthy racks passes, and each fault in them is named, alone and with
  /// another one.
  case validation
  /// Whether damaged evidence is read without a crash and without a value out of its range.
  case evidenceMutations = "evidence-mutations"
  /// The first three above over the same plans.
  case all
  case sameOutput = "same-output"
  /// Whether the planner has an answer for every site, and for most of them a plan.
  case answers
  /// Writes plans with their texts into the folder `output`, for programs of others.
  case texts
  /// Writes random plans into the folder `output`, as `1/plan.json` and so on.
  case plans
  /// Writes the evidence of `count` healthy hosts into the folder `output`.
  case evidence
  /// How long many switches take to be written, read back and audited.
  case switchSpeed = "switch-speed"
  /// Prints the site of a seed, to plan it with the command.
  case site
  /// Plans the site of a seed and writes what came of it to a file; for `PlannerProcess`.
  case plan

  /// What a run is asked for.
  public struct Options {
    public var seed: UInt64 = 1
    /// Random plans; `nil` for as many as the check says. Of `same-output`, ways to run.
    public var count: Int?
    /// Folder of locales beside those of the system.
    public var localeFolder: String?
    /// The only dialect of `texts`, `readback` and `text-mutations`; `nil` for all.
    public var dialect: String?
    /// File of the answer of `plan`, or folder of `texts`, `plans` and `evidence`.
    public var output = ""
    public init() {}

    fileprivate var dialects: [SwitchOS] {
      ShippedTraits.all.map(\.os).filter { dialect == nil || $0.rawValue == dialect }
    }
  }

  /// Random plans of a whole run.
  private var usualCount: Int {
    switch self {
    case .defects: 50
    case .all: 200
    case .readback: 2000
    case .reports: 100
    case .answers: 200
    case .textMutations, .mends: 2000
    case .strangerMutations: 50_000
    case .validation: 300
    case .evidenceMutations: 20_000
    case .texts: 50
    case .plans: 100
    case .evidence: 64
    case .sameOutput: .max
    case .site, .plan: 1
    case .switchSpeed: 2000
    }
  }

  /// Runs a check over all examples and so many random plans, and prints what it did.
  /// - Returns: what failed.
  public func run(_ options: Options) throws -> [String] {
    let count = options.count ?? usualCount
    switch self {
    case .defects: return try Self.defects(options.seed, count)
    case .readback: return try Self.readback(options, count)
    case .reports: return try Self.reports(options.seed, count)
    case .all: return try Self.all(options.seed, count)
    case .textMutations: return try Self.textMutations(options, count)
    case .mends: return try Self.mends(options, count)
    case .strangerMutations: return try Self.strangerMutations(options.seed, count)
    case .evidenceMutations:
      return try EvidenceMutationRun.run(seed: options.seed, count: count)
    case .validation:
      let run = try Self.plans(options.seed, max(8, count / 5)) { $0 }
      return run.failures
        + ValidationRun.run(run.results.map(\.result), seed: options.seed, count: count)
    case .answers:
      let run = try Self.plans(options.seed, count) { _ in true }
      return run.failures + run.unanswered
    case .sameOutput: return try Self.sameOutput(options, count)
    case .texts:
      return try TextFolder.write(
        to: options.output, dialects: options.dialects, seed: options.seed, count: count)
    case .plans: return try Self.write(options, count)
    case .evidence:
      return try EvidenceSample.write(to: options.output, hosts: count, seed: options.seed)
    case .switchSpeed: return try SwitchSpeed.measure(most: count, seed: options.seed)
    case .plan:
      try PlannerProcess.answer(
        seed: options.seed, dialect: options.dialect, file: options.output)
      return []
    case .site:
      print(PlannableSite.text(seed: options.seed), terminator: "")
      return []
    }
  }

  private static func plans<Outcome: Sendable>(
    _ seed: UInt64, _ count: Int, _ work: @escaping @Sendable (PlannedCase) throws -> Outcome
  ) throws -> PlanRun<Outcome> {
    var run = PlanRun(try PlanMaker(), work: work)
    run.examples()
    let examples = run.results.count
    run.random(seed: seed, count: count)
    print(run.spread.text)
    for site in run.unanswered { print("left out: \(site)") }
    print("plans: \(examples) of examples, \(run.results.count - examples) random, seed \(seed)")
    return run
  }

  /// Writes random plans; returns what failed.
  private static func write(_ options: Options, _ count: Int) throws -> [String] {
    var run = PlanRun(try PlanMaker()) { plan in
      (bytes: try FabricJSON.bytes(plan.fabric), hosts: plan.fabric.hosts.count)
    }
    run.random(seed: options.seed, count: count)
    for (place, plan) in run.results.enumerated() {
      let folder = "\(options.output)/\(place + 1)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(plan.result.bytes).write(to: URL(fileURLWithPath: "\(folder)/plan.json"))
      print("\(place + 1) \(plan.result.hosts) hosts, \(plan.name)")
    }
    return run.failures
  }

  /// Prints the survivors of each dialect; returns what failed.
  private static func textMutations(_ options: Options, _ count: Int) throws -> [String] {
    let seed = options.seed
    let plans = try KeptPlan.names.map { try KeptPlan.plan($0) }
    var failures: [String] = []
    for os in options.dialects.map(\.rawValue) {
      let own = try DialectPlans(of: SwitchOS(rawValue: os)).map(seed: seed, count: 4) { $0 }
      let outcome = try TextMutationCheck.check(plans + own, os, seed: seed, count: count)
      print("\(os): \(outcome.tried) mutations, \(outcome.survivors.count) not noticed")
      for survivor in outcome.survivors { print("  \(survivor)") }
      if outcome.survivors.count * 100 > outcome.tried {
        failures.append("\(os): more than 1 % of the mutations are not noticed")
      }
    }
    return failures
  }

  /// Prints for how many drifted texts of each dialect commands are known; returns what failed.
  private static func mends(_ options: Options, _ count: Int) throws -> [String] {
    let plans = try KeptPlan.names.map { try KeptPlan.plan($0) }
    var failures: [String] = []
    for os in options.dialects {
      let own = try DialectPlans(of: os).map(seed: options.seed, count: 4) { $0 }
      let outcome = try MendCheck.check(plans + own, os, seed: options.seed, count: count)
      print(
        "\(os.rawValue): \(outcome.drifted) drifted, \(outcome.mended) with commands, "
          + "\(outcome.lines) lines")
      for place in outcome.unknown { print("  no commands: \(place)") }
      failures += outcome.failures
    }
    return failures
  }

  /// Prints how many there were; returns what failed.
  private static func strangerMutations(_ seed: UInt64, _ count: Int) throws -> [String] {
    let outcome = try StrangerMutationCheck.check(seed: seed, count: count) { number in
      // Should the reader crash, this tells where.
      if number % 1000 == 0 { print("from seed \(seed &+ UInt64(number))") }
    }
    print("\(outcome.tried) mutations, \(outcome.moved) with a port in another VLAN")
    return outcome.failures
  }

  private static func all(_ seed: UInt64, _ count: Int) throws -> [String] {
    let run = try plans(seed, count) { plan in
      (DefectCheck.check(plan), try ReadbackCheck.check(plan), try ReportCheck.check(plan))
    }
    let outcomes = run.results.map(\.result)
    return run.failures + summary(of: outcomes.map(\.0)) + summary(of: outcomes.map(\.1))
      + summary(of: outcomes.map(\.2))
  }

  private static func defects(_ seed: UInt64, _ count: Int) throws -> [String] {
    let run = try plans(seed, count) { DefectCheck.check($0) }
    return run.failures + summary(of: run.results.map(\.result))
  }

  /// Prints what was planted and found; returns what failed.
  private static func summary(of outcomes: [DefectCheck.Outcome]) -> [String] {
    let (table, missing) = DefectCheck.table(outcomes)
    print(table)
    let planted = outcomes.reduce(0) { $0 + $1.planted.count }
    print("\(planted) defects planted, \(outcomes.reduce(0) { $0 + $1.found.count }) found")
    return missing + outcomes.flatMap(\.failures)
  }

  /// Plans of one dialect each, and a tenth as many from all parts.
  private static func readback(_ options: Options, _ count: Int) throws -> [String] {
    var failures: [String] = []
    if options.dialect == nil {
      let run = try plans(options.seed, max(1, count / 10)) { try ReadbackCheck.check($0) }
      failures += run.failures + summary(of: run.results.map(\.result))
    }
    for os in options.dialects {
      let outcomes = try DialectPlans(of: os).map(seed: options.seed, count: count, isApart: true) {
        try ReadbackCheck.check($0)
      }
      print("\(os.rawValue): \(outcomes.count) plans")
      failures += summary(of: outcomes)
      if outcomes.count < count { failures.append("\(os.rawValue): only \(outcomes.count) plans") }
    }
    return failures
  }

  /// Prints how many texts there were; returns what failed.
  private static func summary(of outcomes: [ReadbackCheck.Outcome]) -> [String] {
    var texts: [String: Int] = [:]
    for outcome in outcomes { texts.merge(outcome.texts, uniquingKeysWith: +) }
    let counts = texts.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
    print(
      "texts: \(counts.joined(separator: ", ")); \(outcomes.reduce(0) { $0 + $1.lines }) lines")
    return outcomes.flatMap(\.failures)
  }

  private static func reports(_ seed: UInt64, _ count: Int) throws -> [String] {
    let run = try plans(seed, count) { try ReportCheck.check($0) }
    return run.failures + summary(of: run.results.map(\.result))
  }

  /// Prints how many pages there were; returns what failed.
  private static func summary(of outcomes: [ReportCheck.Outcome]) -> [String] {
    print("pages: \(outcomes.reduce(0) { $0 + $1.pages })")
    return outcomes.flatMap(\.failures)
  }

  private static func sameOutput(_ options: Options, _ count: Int) throws -> [String] {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("tenfold-output-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let locales =
      (options.localeFolder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) }
      ?? []).sorted()
    let check = OutputCheck(
      scratch: scratch, localeFolder: options.localeFolder, locales: locales)
    let surroundings = Array(check.surroundings.prefix(max(2, count)))
    print("surroundings: \(surroundings.map(\.name).joined(separator: ", "))")
    var failures: [String] = []
    for example in PlanMaker.examples {
      let outcome = try check.check(example, in: surroundings)
      print(
        "examples/\(example): \(outcome.runs) runs, exit code \(outcome.status), "
          + "\(outcome.files) files each, \(outcome.failures.count) differences")
      failures += outcome.failures
    }
    return failures
  }
}
