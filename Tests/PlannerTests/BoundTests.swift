import BruteForce
import CatalogModel
import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import TenfoldTestSupport
import Testing

@testable import Planner

/// Lower bounds that hold are what makes the optimum exact.
@Suite struct BoundTests {
  static func problems(_ seeds: ClosedRange<UInt64>) throws -> [PlanProblem] {
    let options = PlanOptions(
      dialects: RandomInstance.dialects, traits: ShippedTraits.all)
    return seeds.compactMap { seed in
      let (site, catalog) = RandomInstance.make(seed: seed)
      return try? PlanProblem(site: site, catalog: catalog, options: options, wantsRDMA: false)
    }
  }

  /// Linear costs that hold for any number of units.
  private static func anyNumber(_ problem: PlanProblem) -> [Int64] {
    problem.catalog.parts.indices.map { LinearCosts.linear(problem, $0) }
  }

  @Test("No number of units that a design can use costs less than its linear cost")
  func linear() throws {
    var compared = 0
    for problem in try BoundTests.problems(1...12) {
      let any = BoundTests.anyNumber(problem)
      for design in DesignKind.allCases.map(Optional.some) + [nil] {
        let linear = design.map { LinearCosts.all(problem, $0) } ?? any
        for (part, each) in linear.enumerated() where problem.prices.chosen[part] != nil {
          let cost = PartCost(problem: problem, part: part, linear: each, markable: false)
          let most = design.flatMap { LinearCosts.mostUnits(problem, part, $0) } ?? 60
          for units in 0...Int64(most) {
            compared += 1
            #expect(cost.cost(units, marked: false) * 1024 >= each * units)
          }
        }
      }
    }
    #expect(compared > 3000)
  }

  @Test("Few units carry their whole spare: two switches at a tenth of spares are three")
  func wholeSpare() throws {
    var sharper = 0
    for problem in try BoundTests.problems(1...12) {
      let any = BoundTests.anyNumber(problem)
      let pair = LinearCosts.all(problem, .standalonePair)
      for (part, entry) in problem.catalog.parts.enumerated() {
        guard problem.prices.chosen[part] != nil, let spec = entry.asSwitch,
          !spec.roles.contains(.outOfBand) || !problem.site.management.buySwitch
        else { continue }
        let cost = PartCost(problem: problem, part: part, linear: 0, markable: false)
        let (one, two) = (cost.cost(1, marked: false), cost.cost(2, marked: false))
        #expect(pair[part] == min(one * 1024, two * 512))
        sharper += pair[part] > any[part] ? 1 : 0
      }
    }
    #expect(sharper > 0)
  }

  @Test("The bound with shares of first spares never exceeds what a way to fill the slots costs")
  func dual() throws {
    var random = SplitMix64(seed: 7)
    var (closer, ways) = (0, 0)
    for problem in try BoundTests.problems(1...12) {
      let linear = BoundTests.anyNumber(problem)
      let bought = problem.catalog.parts.indices.filter { problem.prices.chosen[$0] != nil }
      let costs = bought.prefix(7).map {
        SettledCost(PartCost(problem: problem, part: $0, linear: linear[$0], markable: false))
      }
      let steps = DualTrial.steps(costs, &random)
      let start = costs.map { _ in Int32(random.chance(20) ? random.int(0...3) : 0) }
      let trial = DualTrial(steps: steps, costs: costs, start: start)
      let cheapest = try #require(trial.ways.map(trial.cost).min())
      let bound = DualBound(steps, costs, [], start: start, target: cheapest)
      #expect(bound.least <= cheapest)
      let rest = SlotStep.rests(steps) { steps[$0].options[$1][$2].linear }[0][0]
      let plain = zip(costs, start).reduce(rest) { $0 + $1.0.part.linear * Int64($1.1) }
      closer += bound.least > plain ? 1 : 0
      for way in trial.ways {
        ways += 1
        #expect(trial.highestBound(bound, along: way) <= trial.cost(of: way))
      }
    }
    #expect(closer > 3)
    #expect(ways > 300)
  }
}

/// Steps without modes and ports, small enough to try all ways through them.
private struct DualTrial {
  let steps: [SlotStep]
  let costs: [SettledCost]
  let start: [Int32]

  static func steps(_ costs: [SettledCost], _ random: inout SplitMix64) -> [SlotStep] {
    (0..<4).map { _ in
      let options = (0..<(random.int(2...4))).map { _ in
        var adds: [(at: Int, count: Int32)] = []
        for at in costs.indices where random.chance(35) {
          adds.append((at, Int32(random.int(1...6))))
        }
        return SlotStep.Option(
          adds: adds, now: .zero,
          linear: adds.reduce(0) { $0 + costs[$1.at].part.linear * Int64($1.count) },
          bare: adds.reduce(0) { $0 + costs[$1.at].part.bare * Int64($1.count) })
      }
      return SlotStep(
        options: [options], choosesMode: false, keepsMode: false,
        isLive: costs.map { _ in true }, portsAreLive: false)
    }
  }

  /// Every way: the option of each step.
  var ways: [[Int]] {
    steps.reduce([[]]) { ways, step in
      ways.flatMap { way in step.options[0].indices.map { way + [$0] } }
    }
  }

  /// What a way truly costs, in 1/1024 minor units.
  func cost(of way: [Int]) -> Int64 {
    zip(costs, counts(after: way[...])).reduce(0) {
      $0 + $1.0.part.cost(Int64($1.1), marked: false) * 1024
    }
  }

  /// The highest bound that a search sees on the way.
  func highestBound(_ bound: DualBound, along way: [Int]) -> Int64 {
    var sum = bound.start
    var highest = sum + bound.rest[0][0]
    for (place, choice) in way.enumerated() {
      sum += bound.cost(place, 0, choice, after: counts(after: way.prefix(place)))
      highest = max(highest, sum + bound.rest[place + 1][0])
    }
    return highest
  }

  private func counts(after way: ArraySlice<Int>) -> [Int32] {
    var counts = start
    for (place, choice) in way.enumerated() {
      for add in steps[place].options[0][choice].adds { counts[add.at] += add.count }
    }
    return counts
  }
}
