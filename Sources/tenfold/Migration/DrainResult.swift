import Agent
import Migration

extension GuestDrain {
  /// What came of it.
  struct Result {
    /// SHA-256 of the plan that says which ports these are.
    var plan: String
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
    /// Values with which not all went well, and why, in the order in which they were tried.
    var failed: [(value: Int, why: String)] = []

    /// Guests that moved at the same time: no more than there are.
    var atOnce: Int { max(1, min(shape.atOnce, reports.count)) }

    /// What the link and both hosts make of so many migrations at once; `nil` over the LAN that stands
    /// already, or where bytes went packed: those of real guests would be packed otherwise.
    ///
    /// Guests beside which fewer went, since they were the last, are left out.
    var fitted: MigrationCosts? {
      guard predicted != nil, !isPacked, !isBothWays else { return nil }
      let fitted = MigrationFit.costs(
        of: reports.prefix(reports.count - reports.count % atOnce).compactMap { try? $0.get() },
        pageSize: GuestDrain.pageSize)
      guard var costs = fitted else { return nil }
      // Each had its part of what all of them got.
      let all = Double(atOnce)
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
    var isGood: Bool { fault == nil }

    /// What is wrong with the first guest of which something is.
    var fault: String? {
      for (number, report) in reports.enumerated() {
        switch report {
        case .failure(let failure): return "guest \(number + 1) failed: \(failure)"
        case .success(let report) where report.outcome != .moved:
          return "guest \(number + 1) \(DrainText.outcome(report.outcome))"
        case .success(let report):
          guard report.excuse.isEmpty, let own = report.blackOut, own > blackOut else { continue }
          return "guest \(number + 1) stood still for \(PredictionText.time(own / .seconds(1)))"
        }
      }
      return nil
    }
  }
}
