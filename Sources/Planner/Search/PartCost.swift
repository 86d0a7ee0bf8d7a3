import PlanProblem
import Quantities

/// What units of one part cost, and how that repeats (model, M1.5).
struct PartCost {
  /// Minor units for one pack.
  let unit: Int64
  let pack: Int64
  let spare: Rational
  /// Smallest order when the test mark is set.
  let batch: Int64
  /// After this many units more, spares and packs come out even again.
  let period: Int64
  /// Cost of one period in minor units.
  let periodCost: Int64
  /// Milliwatts of one unit.
  let draw: Int64
  /// Lower bounds of a unit's cost in 1/1024 minor units: with spares as a fraction, and without.
  let linear: Int64
  let bare: Int64

  init(problem: PlanProblem, part: Int, linear: Int64, markable: Bool) {
    let data = problem.catalog.parts[part]
    unit = problem.prices.chosen[part]?.unit ?? 0
    pack = Int64(max(1, data.packSize))
    spare = problem.prices.spareRate[part]
    batch = markable ? Int64(problem.site.requirements.testFirst) : 0
    let (length, overflow) = spare.denominator.multipliedReportingOverflow(by: pack)
    // Periods beyond any order never end: the counts are then kept as they are.
    period = overflow || length > 1_000_000 ? Int64.max : length
    periodCost = period == .max ? 0 : unit * (spare.denominator + spare.numerator)
    draw = (data.asSwitch?.maxPower ?? data.asModule?.maxPower)?.milliwatts ?? 0
    self.linear = linear
    // Leftovers of a pack may serve for what comes: only single units have a bare price.
    bare = pack == 1 ? unit * 1024 : linear
  }

  /// Cost of a number of units; with `marked` at least a test batch.
  func cost(_ units: Int64, marked: Bool) -> Int64 {
    unit
      * PriceBook.packs(
        needed: units, spareRate: spare, testFirst: marked ? batch : 0, packSize: pack)
  }

  /// The cost so far that no addition can take back, in 1/1024 minor units: whole spares, but
  /// neither test batches nor started packs.
  func settled(_ units: Int64) -> Int64 {
    guard pack == 1 else { return linear * units }
    return unit * 1024 * (units + (spare.timesRoundedUp(units) ?? 0))
  }

  /// The smallest number of units with the same future: same remainder, still at least one, and
  /// still beyond the test batch.
  func reduced(_ units: Int64) -> Int64 {
    let least = max(1, batch)
    guard period != .max, units >= least else { return units }
    return least + (units - least) % period
  }

  /// The most by which the cost of further units can differ between two numbers built in so far,
  /// in 1/1024 minor units.
  var wobble: Int64 { unit * 1024 * ((pack == 1 ? 1 : 2) + batch) }
}

/// The cost of a part with its settled cost for small numbers of units looked up: the search asks
/// for it more often than for anything else.
struct SettledCost {
  let part: PartCost
  private let known: [Int64]

  init(_ part: PartCost) {
    self.part = part
    known = (0..<64).map { part.settled($0) }
  }

  /// As `PartCost.settled`.
  func settled(_ units: Int64) -> Int64 {
    units < known.count ? known[Int(units)] : part.settled(units)
  }
}
