import Glibc
import Migration
import Synchronization
import TenfoldTestSupport
import Threads
import Transport

/// Whether the tuner finds how many migrations at once are best, beside somebody who measures all counts.
public enum TunerCheck {
  /// Counts that are tried.
  static let range = 1...10

  /// Guests and limits of one case.
  struct Drain: Sendable {
    private static let count = 24
    var guests: [ModelGuest]
    /// Bytes a second of a connection: what a core of a host can.
    var pace: Int

    /// - Parameter rate: Bytes a second of the link.
    init(rate: Double, _ random: inout SplitMix64) {
      func part() -> Double { Double(random.next() % 1_000_000) / 1e6 }
      // From one that fills the link alone to one that takes a tenth of it.
      pace = Int(rate * (0.12 + 0.9 * part()))
      let writes = part() < 0.5 ? 0 : 0.3 * part()
      // Many, so that which of them are the last counts for little.
      guests = (0..<Self.count).map { _ in
        let pages = Int(rate * 0.06 * (0.6 + 0.8 * part()) / 4096)
        return ModelGuest(
          pages: pages, zeroPages: 0,
          Workload(
            pages: max(1, pages / 2), writesPerSecond: rate / 4096 * writes / Double(Self.count),
            pattern: .uniform))
      }
    }
  }

  private static func paced(_ pace: Int) -> LaneShape {
    var shape = LaneShape()
    shape.pace = pace
    return shape
  }

  /// Seconds that a drain takes with so many at once; `nil` where it cannot be measured.
  static func seconds(_ drain: Drain, atOnce: Int, _ pair: HostPair, seed: UInt64) -> Double? {
    let next = Mutex(0)
    let failed = Atomic(false)
    let start = ContinuousClock.now
    eachOnItsThread(Array(0..<atOnce)) { _ in
      while true {
        let place = next.withLock { place in
          defer { place += 1 }
          return place
        }
        guard place < drain.guests.count else { return }
        let report = pair.move(
          drain.guests[place], MigrationMachine.Settings(), streams: 1,
          seed: seed &+ UInt64(place), lanes: Self.paced(drain.pace))
        if report?.outcome != .moved { failed.store(true, ordering: .relaxed) }
      }
    }
    let time = (ContinuousClock.now - start) / .seconds(1)
    return failed.load(ordering: .relaxed) ? nil : time
  }

  /// One case.
  /// - Returns: whether the tuner's count is within one of the other's, with less than half of the
  ///   measurements; `nil` where nothing can be measured.
  public static func run(_ pair: HostPair, rate: Double, seed: UInt64) -> Bool? {
    var random = SplitMix64(seed: seed)
    let drain = Drain(rate: rate, &random)
    var tuner = Tuner(Tuner.Settings(range))
    while let count = tuner.next {
      tuner.record(count, seconds: seconds(drain, atOnce: count, pair, seed: seed))
    }
    var all = TunedCurve()
    for _ in 0..<3 {
      for count in range {
        guard let time = seconds(drain, atOnce: count, pair, seed: seed) else { return nil }
        all.add(count, time)
      }
    }
    guard let found = tuner.result,
      let best = all.best(within: all.threshold(floor: 0.02, repeats: 3))
    else { return nil }
    let isGood =
      abs(found.best - best.value) <= 1 && found.curve.measurements * 2 < all.measurements
    func shown(_ curve: TunedCurve) -> String {
      curve.points.map { "\($0.value):\(Int(($0.median * 1000).rounded()))" }
        .joined(separator: " ")
    }
    print(
      "  \(isGood ? "found" : "MISSED"): \(found.best) at once with \(found.curve.measurements)"
        + " measurements (\(found.reason)), \(best.value) with \(all.measurements); noise"
        + " \(Int(((all.noise ?? 0) * 1000).rounded())) per mille")
    print("    ms by count: \(shown(all))")
    if !isGood { print("    of the tuner: \(shown(found.curve))") }
    return isGood
  }
}
