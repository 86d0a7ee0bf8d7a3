import Fabric
import ValidationTestSupport

/// Validates evidence of racks that were built after plans: healthy ones, each fault in many
/// places, and each pair of faults.
enum ValidationRun {
  /// Places of each fault.
  private static let places = 20

  /// One thing to try, and the plans to try it with, one after the other, until one has a place.
  private struct Trial: Sendable {
    enum Kind: Sendable {
      case healthy
      case fault(Fault)
      case pair(Fault, Fault)
    }
    var kind: Kind
    /// Place of the plan to begin with.
    var first: Int
    var seed: UInt64

    var name: String {
      switch kind {
      case .healthy: "healthy"
      case .fault(let fault): fault.rawValue
      case .pair: "pairs"
      }
    }
  }

  private struct Outcome: Sendable {
    /// Whether any plan had a place.
    var wasTried = false
    var failures: [String] = []
  }

  /// Prints how often each kind was tried; returns what failed.
  /// - Parameter count: sets of healthy evidence.
  static func run(_ plans: [PlannedCase], seed: UInt64, count: Int) -> [String] {
    guard !plans.isEmpty else { return ["there are no plans"] }
    let trials = trials(plans.count, seed, count)
    let progress = RunProgress("validation", of: trials.count)
    let outcomes = Parallel.map(trials) { trial in
      let result = Self.outcome(trial, plans)
      progress.advance(result.failures)
      return result
    }
    var tried: [String: Int] = [:]
    var failures: [String] = []
    for (trial, result) in zip(trials, outcomes) {
      switch result {
      case .success(let outcome):
        tried[trial.name, default: 0] += outcome.wasTried ? 1 : 0
        failures += outcome.failures
      case .failure(let error): failures.append("\(trial.name): \(error)")
      }
    }
    print("validation: seed \(seed), \(plans.count) plans")
    for name in ["healthy"] + Fault.allCases.map(\.rawValue) + ["pairs"] {
      print("  \(name): \(tried[name] ?? 0)")
      if tried[name] ?? 0 == 0 { failures.append("\(name): no plan has a place for it") }
    }
    return failures
  }

  private static func trials(_ plans: Int, _ seed: UInt64, _ count: Int) -> [Trial] {
    var trials = (0..<count).map { number in
      Trial(kind: .healthy, first: number % plans, seed: seed &+ UInt64(number))
    }
    let all = Fault.allCases
    for (number, fault) in all.enumerated() {
      for place in 0..<places {
        trials.append(
          Trial(
            kind: .fault(fault), first: (place * plans / places + number) % plans,
            seed: seed &+ UInt64(1000 * number + place)))
      }
    }
    for (number, first) in all.enumerated() {
      for (other, second) in all.enumerated() where other >= number {
        trials.append(
          Trial(
            kind: .pair(first, second), first: (number * all.count + other) % plans,
            seed: seed &+ UInt64(number * all.count + other)))
      }
    }
    return trials
  }

  private static func outcome(_ trial: Trial, _ plans: [PlannedCase]) -> Outcome {
    for step in plans.indices {
      let plan = plans[(trial.first + step) % plans.count]
      let wrong: [String]? =
        switch trial.kind {
        case .healthy: ValidationCheck.healthy(plan.fabric, seed: trial.seed)
        case .fault(let fault): ValidationCheck.fault(fault, plan.fabric, seed: trial.seed)
        case .pair(let first, let second):
          ValidationCheck.pair(first, second, plan.fabric, seed: trial.seed)
        }
      guard let wrong else { continue }
      let what =
        switch trial.kind {
        case .pair(let first, let second): "\(first.rawValue) and \(second.rawValue)"
        default: trial.name
        }
      return Outcome(
        wasTried: true, failures: wrong.map { "\(plan.name): \(what), seed \(trial.seed): \($0)" })
    }
    return Outcome()
  }
}
