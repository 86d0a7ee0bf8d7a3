/// A guest as the model sees it.
public struct ModelGuest: Hashable, Sendable {
  /// Pages of its memory.
  public var pages: Int
  /// Those of them that hold nothing.
  public var zeroPages: Int
  public var workload: Workload

  /// Makes a guest.
  public init(pages: Int, zeroPages: Int, _ workload: Workload) {
    self.pages = pages
    self.zeroPages = zeroPages
    self.workload = workload
  }
}

/// What it takes to move all guests of a host away.
public struct DrainPrediction: Hashable, Sendable {
  /// Seconds from the first one's start until the last one is cleaned up.
  public var total: Double
  /// In the order of the guests.
  public var migrations: [MigrationPrediction]

  /// The longest time that a guest stands still, seconds.
  public var longestBlackOut: Double { migrations.reduce(0) { max($0, $1.blackOut) } }
}

/// Moves guests by the model, several at once: those that send at a moment share the link evenly, but
/// none of them gets more than one connection carries.
public enum DrainModel {
  /// Predicts a drain: the next guest goes as soon as one is done.
  /// - Parameters:
  ///   - atOnce: Migrations that run at the same time, at least 1.
  public static func predict(
    _ guests: [ModelGuest], atOnce: Int, _ costs: MigrationCosts,
    _ settings: MigrationMachine.Settings
  ) -> DrainPrediction {
    var results = [MigrationPrediction?](repeating: nil, count: guests.count)
    var running: [(number: Int, migration: ModelMigration)] = []
    var (next, now) = (0, 0.0)
    while next < guests.count || !running.isEmpty {
      while next < guests.count, running.count < max(1, atOnce) {
        running.append((next, ModelMigration(guests[next], costs, settings, at: now)))
        next += 1
      }
      let senders = running.count { $0.migration.isSending }
      let rate = costs.rate(of: senders, amid: running.count)
      // A time that is exact for whoever is done first.
      let step = running.reduce(Double.infinity) { min($0, $1.migration.timeLeft(at: rate)) }
      guard step.isFinite else { break }
      now += step
      for place in running.indices {
        let isFirst = running[place].migration.timeLeft(at: rate) <= step
        running[place].migration.advance(to: now, by: step, at: rate, isDone: isFirst)
      }
      for (number, migration) in running where migration.isOver {
        results[number] = migration.prediction
      }
      running.removeAll { $0.migration.isOver }
    }
    return DrainPrediction(total: now, migrations: results.compactMap { $0 })
  }
}
