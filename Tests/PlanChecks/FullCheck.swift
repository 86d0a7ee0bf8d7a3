import CatalogModel
import Fabric

/// The checks that `scripts/full-check` runs over plans.
public enum FullCheck: String, CaseIterable {
  case defects, readback, reports
  /// Draws and plans sites alone, and prints what they cover.
  case spread

  /// Random plans of a whole run.
  public var usualCount: Int {
    switch self {
    case .defects: 50
    case .readback: 200
    case .reports: 100
    case .spread: 200
    }
  }

  /// Runs a check over all examples and so many random plans, and prints what it did.
  /// - Returns: what failed.
  public func run(seed: UInt64, count: Int) throws -> [String] {
    let maker = try PlanMaker()
    switch self {
    case .defects: return try Self.defects(maker, seed, count)
    case .readback: return try Self.readback(maker, seed, count)
    case .reports: return try Self.reports(maker, seed, count)
    case .spread: return plans(maker, seed, count) { _ in true }.failures
    }
  }

  private func plans<Outcome: Sendable>(
    _ maker: PlanMaker, _ seed: UInt64, _ count: Int,
    _ work: @escaping @Sendable (PlannedCase) throws -> Outcome
  ) -> PlanRun<Outcome> {
    Self.plans(maker, seed, count, work)
  }

  private static func plans<Outcome: Sendable>(
    _ maker: PlanMaker, _ seed: UInt64, _ count: Int,
    _ work: @escaping @Sendable (PlannedCase) throws -> Outcome
  ) -> PlanRun<Outcome> {
    var run = PlanRun(maker, work: work)
    run.examples()
    let examples = run.results.count
    run.random(seed: seed, count: count)
    print(run.spread.text)
    print("plans: \(examples) of examples, \(run.results.count - examples) random, seed \(seed)")
    return run
  }

  private static func defects(_ maker: PlanMaker, _ seed: UInt64, _ count: Int) throws -> [String] {
    let run = plans(maker, seed, count) { DefectCheck.check($0) }
    let outcomes = run.results.map(\.result)
    let (table, missing) = DefectCheck.table(outcomes)
    print(table)
    let planted = outcomes.reduce(0) { $0 + $1.planted.count }
    print("\(planted) defects planted, \(outcomes.reduce(0) { $0 + $1.found.count }) found")
    return run.failures + missing + outcomes.flatMap(\.failures)
  }

  private static func readback(_ maker: PlanMaker, _ seed: UInt64, _ count: Int) throws -> [String]
  {
    let run = plans(maker, seed, count) { try ReadbackCheck.check($0) }
    let outcomes = run.results.map(\.result)
    var texts: [String: Int] = [:]
    for outcome in outcomes { texts.merge(outcome.texts, uniquingKeysWith: +) }
    print("texts: \(texts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
    print("lines: \(outcomes.reduce(0) { $0 + $1.lines })")
    var failures = run.failures + outcomes.flatMap(\.failures)
    for os in [SwitchOS.os6, .os9]
    where count >= 200 && run.spread.switches[os.rawValue, default: 0] < 200 {
      failures.append("fewer than 200 random switches speak \(os.rawValue)")
    }
    return failures
  }

  private static func reports(_ maker: PlanMaker, _ seed: UInt64, _ count: Int) throws -> [String] {
    let run = plans(maker, seed, count) { try ReportCheck.check($0) }
    let outcomes = run.results.map(\.result)
    print("pages: \(outcomes.reduce(0) { $0 + $1.pages })")
    return run.failures + outcomes.flatMap(\.failures)
  }
}
