import TenfoldTestSupport
import Testing

@testable import Migration

@Suite("The tuner")
struct TunerTests {
  /// Seconds of a drain with so many at once, of hosts and guests that are drawn.
  struct Drain {
    var guests: [ModelGuest]
    var costs: MigrationCosts
    var noise: Double

    init(_ random: inout SplitMix64) {
      func part() -> Double { Double(random.next() % 1_000_000) / 1e6 }
      let rate = 1e8 * (1 + 20 * part())
      costs = MigrationCosts(bytesPerSecond: rate)
      if random.next() % 2 == 0 { costs.bytesPerSecondEach = rate * (0.15 + 0.6 * part()) }
      costs.setUp = 0.3 + 2 * part()
      costs.perPass = 0.01
      costs.blackOut = 0.05
      costs.cleanUp = 0.1 + part()
      costs.lossPerMigration = random.next() % 3 == 0 ? 0 : 0.06 * part()
      noise = 0.002 + 0.008 * part()
      let most = 200_000 + Int(random.next() % 400_000)
      guests = (0..<24).map { _ in
        let pages = most / 2 + Int(random.next() % UInt64(most / 2))
        return ModelGuest(
          pages: pages, zeroPages: pages / 5,
          Workload(
            pages: pages / 10, writesPerSecond: Double(random.next() % 8000), pattern: .uniform))
      }
    }

    func seconds(_ count: Int) -> Double {
      DrainModel.predict(guests, atOnce: count, costs, MigrationMachine.Settings()).total
    }
  }

  /// About normal, of mean 0 and deviation 1.
  static func normal(_ random: inout SplitMix64) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next() % 1_000_000) / 1e6 }
  }

  /// What a tuner and what measuring everything found, and what it took.
  struct Comparison {
    var found = 0
    var brute = 0
    var measurements = 0
    var all = 0
    var truth: [Double] = []

    init(seed: UInt64, noise: Double?) {
      var random = SplitMix64(seed: seed)
      let drain = Drain(&random)
      let noise = noise ?? drain.noise
      let range = 1...16
      truth = range.map { drain.seconds($0) }
      func measured(_ value: Int) -> Double {
        truth[value - 1] * (1 + noise * TunerTests.normal(&random))
      }
      var every = TunedCurve()
      for value in range { for _ in 0..<3 { every.add(value, measured(value)) } }
      brute = every.best(within: every.threshold(floor: 0.02, repeats: 3))?.value ?? 0
      all = every.measurements
      var tuner = Tuner(Tuner.Settings(range))
      while let value = tuner.next, tuner.curve.measurements < 100 {
        tuner.record(value, seconds: measured(value))
      }
      found = tuner.result?.best ?? 0
      measurements = tuner.curve.measurements
    }
  }

  @Test("finds what measuring everything finds, with less than half of the measurements")
  func brute() {
    let cases = (0..<150).map { Comparison(seed: UInt64($0), noise: 0) }
    let wrong = cases.enumerated().filter { abs($0.element.found - $0.element.brute) > 1 }
    #expect(wrong.isEmpty, "\(wrong.map { "\($0.offset): \($0.element)" })")
    #expect(cases.allSatisfy { $0.measurements * 2 < $0.all })
  }

  @Test("is not led astray by noise")
  func noise() {
    let cases = (0..<150).map { Comparison(seed: UInt64($0), noise: nil) }
    // Where a curve is flat what measuring everything finds is an accident too; the time is not.
    for (seed, one) in cases.enumerated() {
      guard one.truth.indices.contains(one.found - 1), let least = one.truth.min() else {
        Issue.record("seed \(seed) found nothing")
        continue
      }
      #expect(one.truth[one.found - 1] < least * 1.045, "seed \(seed): \(one)")
    }
    #expect(cases.count { abs($0.found - $0.brute) > 1 } < 10)
    #expect(cases.allSatisfy { $0.measurements * 2 < $0.all })
  }

  @Test("says why, and tries nothing beyond what failed")
  func failed() {
    var tuner = Tuner(Tuner.Settings(1...50))
    var tried: [Int] = []
    while let value = tuner.next {
      tried.append(value)
      tuner.record(value, seconds: value < 9 ? 100 / Double(value) + 1 : nil)
    }
    #expect(tried.filter { $0 >= 9 } == [9])
    #expect(tuner.result?.best == 8)
    #expect(tuner.result?.reason == "7 takes longer, 9 failed")
  }

  @Test("never calls a value best that failed, however fast it was before")
  func failedLater() {
    var tuner = Tuner(Tuner.Settings(1...10))
    var isFirst = true
    while let value = tuner.next {
      let fails = value >= 8 && !isFirst
      if value >= 8 { isFirst = false }
      tuner.record(value, seconds: fails ? nil : 100 / Double(value))
    }
    #expect(tuner.result?.best ?? 99 < 8)
  }

  @Test("tries both of two values, and all of three", arguments: [2, 3])
  func few(count: Int) {
    for better in 1...count {
      var tuner = Tuner(Tuner.Settings(1...count))
      while let value = tuner.next { tuner.record(value, seconds: value == better ? 5 : 10) }
      #expect(tuner.result?.best == better && tuner.curve.points.count >= 2)
    }
  }

  @Test("goes down where more is worse")
  func down() {
    var tuner = Tuner(Tuner.Settings(1...50))
    while let value = tuner.next { tuner.record(value, seconds: 10 + Double(value)) }
    #expect(tuner.result?.best == 1)
    #expect(tuner.result?.reason == "there is nothing less, more takes longer")
  }

  @Test("says why there is nothing more, and when it was not allowed to measure more")
  func limits() {
    var tuner = Tuner(Tuner.Settings(1...8))
    while let value = tuner.next { tuner.record(value, seconds: 100 / Double(value)) }
    let reason = tuner.result(naming: { "\($0)" }, most: "there are no more guests")?.reason
    #expect(reason == "7 takes longer, there are no more guests")
    var settings = Tuner.Settings(1...50)
    settings.mostMeasurements = 3
    tuner = Tuner(settings)
    while let value = tuner.next { tuner.record(value, seconds: 100 / Double(value)) }
    #expect(tuner.result?.reason.hasSuffix("3 measurements are the most") == true)
  }

  @Test("ends, whatever it is told")
  func ends() {
    for seed in 0..<200 {
      var random = SplitMix64(seed: UInt64(seed))
      let low = Int(random.next() % 5)
      var settings = Tuner.Settings(low...(low + Int(random.next() % 60)))
      settings.start = Int(random.next() % 80)
      var tuner = Tuner(settings)
      var count = 0
      while let value = tuner.next {
        #expect(settings.range.contains(value))
        count += 1
        guard count < 1000 else { break }
        tuner.record(
          value, seconds: random.next() % 5 == 0 ? nil : Double(random.next() % 1000) / 10)
      }
      #expect(count < 200, "seed \(seed)")
    }
  }
}
