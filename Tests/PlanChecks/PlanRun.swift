import Dispatch
import Foundation
import Quantities
import Synchronization

/// Goes through examples and random plans and does the same with each.
public struct PlanRun<Made: Sendable>: Sendable {
  /// What a plan gave, in the order of plans.
  public private(set) var results: [(name: String, result: Made)] = []
  /// What the plans cover.
  public private(set) var spread = Spread()
  /// Sites that were refused though the generator means to make good ones, and crashes of checks.
  public private(set) var failures: [String] = []

  /// Sites for which the planner had no answer.
  public private(set) var unanswered: [String] = []

  private let maker: PlanMaker
  private let work: @Sendable (PlannedCase) throws -> Made

  /// Prepares a run.
  /// - Parameter work: done with each plan, possibly with two at once.
  public init(_ maker: PlanMaker, work: @escaping @Sendable (PlannedCase) throws -> Made) {
    self.maker = maker
    self.work = work
  }

  /// Every example that has a plan.
  public mutating func examples() {
    let (maker, work) = (maker, work)
    for outcome in Parallel.map(
      PlanMaker.examples, { try Self.finish(maker.example($0), work) })
    {
      take(outcome, isRandom: false)
    }
  }

  /// Random sites from a seed on until so many had a plan.
  public mutating func random(seed: UInt64, count: Int) {
    let work = work
    var next = seed
    var planned = 0
    // A generator that makes nothing plannable must not run for ever.
    while planned < count, next - seed < 10 * UInt64(count) + 20 {
      let batch = (0..<UInt64(min(8, max(2, count - planned)))).map { next + $0 }
      next += UInt64(batch.count)
      FileHandle.standardError.write(Data("seed \(batch[0]): \(planned) plans\n".utf8))
      for outcome in Parallel.map(batch, { Self.timed($0, work) })
      where planned < count {
        if take(outcome, isRandom: true) { planned += 1 }
      }
    }
    if planned < count { failures.append("only \(planned) of \(count) random plans were found") }
    if count >= 50, spread.plannedDraws * 2 < spread.draws {
      failures.append("less than half of the random sites have a plan")
    }
  }

  /// What one site came to.
  private struct Outcome: Sendable {
    var attempt: Attempt
    var result: Made?
    var error = ""
    var time = Duration.zero
  }

  private static func timed(
    _ seed: UInt64, _ work: @Sendable (PlannedCase) throws -> Made
  ) -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let attempt = PlannerProcess.attempt(seed: seed)
    let time = clock.now - start
    var outcome = finish(attempt, work)
    outcome.time = time
    return outcome
  }

  private static func finish(
    _ attempt: Attempt, _ work: @Sendable (PlannedCase) throws -> Made
  ) -> Outcome {
    guard case .planned(let plan) = attempt else { return Outcome(attempt: attempt) }
    do {
      return Outcome(attempt: attempt, result: try work(plan))
    } catch {
      let text = (error as? Findings)?.all.map(\.shown).joined(separator: "; ") ?? "\(error)"
      return Outcome(attempt: attempt, error: text)
    }
  }

  @discardableResult
  private mutating func take(_ outcome: Result<Outcome, any Error>, isRandom: Bool) -> Bool {
    switch outcome {
    case .failure(let error):
      failures.append("cannot be read: \(error)")
      return false
    case .success(let outcome):
      spread.add(outcome.attempt, isRandom: isRandom, time: outcome.time)
      switch outcome.attempt {
      case .planned(let plan):
        if let result = outcome.result {
          results.append((plan.name, result))
        } else {
          failures.append("\(plan.name): \(outcome.error)")
        }
        return true
      case .unplanned: return false
      case .noAnswer(let why):
        unanswered.append(why)
        return false
      case .refused(let why):
        failures.append("refused: \(why)")
        return false
      }
    }
  }
}

/// The same work over many things on all processors, results in order.
enum Parallel {
  static func map<Item: Sendable, Value: Sendable>(
    _ items: [Item], _ work: @Sendable (Item) throws -> Value
  ) -> [Result<Value, any Error>] {
    let results = Mutex<[Int: Result<Value, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: items.count) { index in
      let result = Result { try work(items[index]) }
      results.withLock { $0[index] = result }
    }
    return results.withLock { found in items.indices.compactMap { found[$0] } }
  }
}

extension Finding {
  /// One line with everything that tells where it is.
  var shown: String {
    let place = position.map { "\($0.file):\($0.line) " } ?? ""
    return "\(place)\(rule) \(subject.joined(separator: " ")): \(message)"
      + (expected.isEmpty ? "" : " [\(expected)]")
  }
}
