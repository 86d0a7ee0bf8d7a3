/// What is expected of one migration alone.
public enum MigrationModel {
  /// Predicts one migration.
  /// - Parameters:
  ///   - pages: Of the guest's memory.
  ///   - zeroPages: Those of them that hold nothing.
  public static func predict(
    pages: Int, zeroPages: Int, _ workload: Workload, _ costs: MigrationCosts,
    _ settings: MigrationMachine.Settings
  ) -> MigrationPrediction {
    var migration = ModelMigration(
      ModelGuest(pages: pages, zeroPages: zeroPages, workload), costs, settings, at: 0)
    let rate = costs.rate(of: 1, amid: 1)
    var now = 0.0
    while !migration.isOver {
      let step = migration.timeLeft(at: rate)
      guard step.isFinite else { break }
      now += step
      migration.advance(to: now, by: step, at: rate, isDone: true)
    }
    return migration.prediction
  }
}
