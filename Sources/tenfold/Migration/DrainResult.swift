import Agent
import Migration

extension GuestDrain {
  /// What came of it.
  struct Result {
    var from: String
    /// A host, or how many.
    var to: String
    /// Pairs of ports to each of them.
    var ways: Int
    var shape: DrainShape
    var reports: [Swift.Result<MigrationReport, HostFailure>]
    /// Seconds from the first guest's start until the last one was away, without what it took to make
    /// guests and to compare them.
    var seconds: Double
    /// What the plan allows; `nil` over the LAN that stands already.
    var predicted: DrainPrediction?
    /// How long a guest may stand still.
    var blackOut: Duration
    /// Whether bytes might go packed.
    var isPacked = false
    /// Whether every other guest went back.
    var isBothWays = false
    /// What was tuned, and how; `nil` where all was given.
    var tuned: Tuned?
    var tuning: Tuner.Result?

    /// What the link and both hosts make of so many migrations at once; `nil` over the LAN that stands
    /// already, or where bytes went packed: those of real guests would be packed otherwise.
    var fitted: MigrationCosts? {
      guard predicted != nil, !isPacked, !isBothWays else { return nil }
      let fitted = MigrationFit.costs(
        of: reports.compactMap { try? $0.get() }, pageSize: GuestDrain.pageSize)
      guard var costs = fitted else { return nil }
      // Each had its part of what all of them got.
      let all = Double(max(1, min(shape.atOnce, reports.count)))
      costs.bytesPerSecond *= all
      costs.bytesPerZeroPage *= all
      return costs
    }

    /// Seconds that a drain takes of which each guest takes so long: the next goes as soon as one is done.
    static func seconds(_ guests: [Duration], atOnce: Int) -> Double {
      var free = Array(repeating: Duration.zero, count: max(1, min(atOnce, guests.count)))
      for time in guests {
        let first = free.indices.min { (free[$0], $0) < (free[$1], $1) } ?? 0
        free[first] += time
      }
      return (free.max() ?? .zero) / .seconds(1)
    }

    /// Processors that were busy at each end while guests moved; `nil` where one of them did not say.
    var cores: (source: Double, target: Double)? {
      let times = reports.enumerated().map { number, report in
        (try? report.get()).flatMap { report in
          report.processorTime.flatMap { own in
            // Of one that went back the source is the other end.
            report.targetProcessorTime.map {
              isBothWays && number % 2 == 1 ? ($0, own) : (own, $0)
            }
          }
        }
      }
      let known = times.compactMap { $0 }
      let moves = reports.compactMap { (try? $0.get())?.total }
      let seconds = Self.seconds(moves, atOnce: shape.atOnce)
      guard known.count == reports.count, seconds > 0 else { return nil }
      let sum = known.reduce((Duration.zero, Duration.zero)) { ($0.0 + $1.0, $0.1 + $1.1) }
      return (sum.0 / .seconds(seconds), sum.1 / .seconds(seconds))
    }

    /// Whether all moved, and kept the limit or said why not.
    var isGood: Bool {
      reports.allSatisfy { report in
        guard let report = try? report.get(), report.outcome == .moved else { return false }
        return !report.excuse.isEmpty || (report.blackOut ?? .zero) <= blackOut
      }
    }
  }
}
