/// Many migrations that are drawn from seeds, one after the other.
public enum SeededMigrations {
  /// Runs them, and prints what went wrong and what came of them.
  /// - Returns: whether nothing went wrong.
  public static func run(from seed: UInt64, count: Int) -> Bool {
    let start = ContinuousClock.now
    var (failures, outcomes) = (0, [String: Int]())
    for place in 0..<count {
      // Seeds of two runs do not overlap: each run has a million of its own.
      let own = seed &* 1_000_000 &+ UInt64(place)
      let migration = SeededMigration(seed: own)
      guard let result = migration.run() else {
        failures += 1
        print("migration \(own): the machine has no memory for it")
        continue
      }
      let report = result.report
      let ended =
        switch report.outcome {
        case .moved: report.isPostCopy ? "moved, pages after it" : "moved"
        case .stayed: "stayed"
        case .inDoubt: "in doubt"
        case .lost: "LOST"
        }
      outcomes["\(migration.fault.rawValue): \(ended)", default: 0] += 1
      guard !result.wrong.isEmpty else { continue }
      failures += 1
      print("migration \(own), \(migration.fault.rawValue): \(result.wrong.prefix(3)), \(report)")
    }
    for (what, count) in outcomes.sorted(by: { $0.key < $1.key }) { print("  \(what) \(count)") }
    let seconds = Int((ContinuousClock.now - start) / .seconds(1))
    print("seed \(seed), \(count) migrations, \(failures) failures, \(seconds) s")
    return failures == 0
  }
}
