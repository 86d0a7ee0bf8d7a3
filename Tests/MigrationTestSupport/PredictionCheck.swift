import Migration
import TenfoldTestSupport

/// Whether predictions hold on a link: some migrations are measured to fit the constants, others are
/// predicted and then measured.
public enum PredictionCheck {
  /// One case.
  struct Case {
    var predicted: Double
    var measured: Double
    var guest: ModelGuest
    /// Of processors, both ends together.
    var predictedProcessors: Double
    var measuredProcessors: Double?
    /// Part by which it was wrong.
    var error: Double { predicted / measured - 1 }
  }

  /// - Parameter rate: Bytes a second that the link is said to carry: sizes of guests follow from it.
  /// - Returns: misses beyond a tenth, and all cases.
  public static func run(
    _ pair: HostPair, rate: Double, seed: UInt64, count: Int
  ) -> (misses: Int, cases: Int)? {
    var random = SplitMix64(seed: seed)
    let settings = MigrationMachine.Settings()
    func part() -> Double { Double(random.next() % 1_000_000) / 1e6 }
    func guest(seconds: Double, zero: Double, dirty: Double) -> ModelGuest {
      let full = Int(rate * seconds / 4096)
      let pages = Int(Double(full) / (1 - zero))
      let patterns: [Workload.Pattern] = [
        .uniform, .hotSpot(writes: 0.9, pages: 0.1), .sequential, .burst(on: 0.3, off: 0.3),
      ]
      return ModelGuest(
        pages: pages, zeroPages: pages - full,
        Workload(
          pages: max(1, Int(Double(full) * (0.05 + 0.9 * part()))),
          writesPerSecond: rate / 4096 * dirty, pattern: patterns[Int(random.next() % 4)]))
    }
    // Short and long, full and half empty, idle and busy.
    let fitting = [
      (0.6, 0.0, 0.0), (1.5, 0.0, 0.0), (0.6, 0.6, 0.0), (1.0, 0.0, 0.1), (1.0, 0.3, 0.2),
    ]
    var reports: [MigrationReport] = []
    for (number, (seconds, zero, dirty)) in fitting.enumerated() {
      guard
        let report = pair.move(
          guest(seconds: seconds, zero: zero, dirty: dirty), settings, streams: 2,
          seed: seed &+ UInt64(number))
      else { return nil }
      reports.append(report)
    }
    guard let costs = MigrationFit.costs(of: reports, pageSize: settings.pageSize) else {
      return nil
    }
    print(
      "  fitted: \(Int(costs.bytesPerSecond * 8 / 1e6)) Mbps, \(micro(costs.perPass)) us a pass,"
        + " \(micro(costs.setUp)) us before, \(micro(costs.blackOut)) us to stop and start,"
        + " \(micro(costs.cleanUp)) us after, processors \(micro(costs.processorSecondsPerGigabyte))"
        + " us a gigabyte, \(micro(costs.processorSecondsPerPage * 1000)) us a thousand pages")
    var (misses, cases) = (0, 0)
    var processors: [Double] = []
    for number in 0..<count {
      let guest = guest(seconds: 0.7 + 1.8 * part(), zero: 0.5 * part(), dirty: 0.55 * part())
      let predicted = MigrationModel.predict(
        pages: guest.pages, zeroPages: guest.zeroPages, guest.workload, costs, settings)
      guard
        let report = pair.move(guest, settings, streams: 2, seed: seed &+ 1000 &+ UInt64(number))
      else { return nil }
      let one = Case(
        predicted: predicted.total, measured: report.total / .seconds(1), guest: guest,
        predictedProcessors: predicted.processorSeconds,
        measuredProcessors: report.allProcessorTime.map { $0 / .seconds(1) })
      if let measured = one.measuredProcessors, measured > 0 {
        processors.append(abs(one.predictedProcessors / measured - 1))
      }
      cases += 1
      if abs(one.error) > 0.1 || (report.outcome == .moved) != (predicted.outcome == .moved) {
        misses += 1
        print(
          "  missed: \(micro(one.predicted) / 1000) ms predicted, \(micro(one.measured) / 1000) ms"
            + " measured, \(predicted.passes) and \(report.rounds.count) passes, slowed down by"
            + " \(predicted.throttle) and \(report.throttle) %, \(guest)")
      }
    }
    let within = processors.count { $0 <= 0.2 }
    print("  processor time within 20 %: \(within) of \(processors.count)")
    return (misses, cases)
  }

  private static func micro(_ seconds: Double) -> Int { Int((seconds * 1e6).rounded()) }
}
