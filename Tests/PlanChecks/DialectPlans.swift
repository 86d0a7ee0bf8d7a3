import CatalogModel
import DialectTestSupport
import Fabric

/// Random plans made from switches of one dialect; where it writes no pairs, with centres of Dell
/// OS9, which does, or else as islands.
public struct DialectPlans: Sendable {
  /// The dialect.
  public let os: SwitchOS
  /// With switches of the dialect alone last.
  private let makers: [PlanMaker]

  /// Sites that are tried for one plan before a dialect is given up.
  private static let patience: UInt64 = 60

  /// Reads the catalogue.
  public init(of os: SwitchOS) throws {
    self.os = os
    makers = try [true, false].map { mixes in
      try PlanMaker { Self.part($0, os, mixes: mixes) }
    }
  }

  private static func part(_ part: Part, _ os: SwitchOS, mixes: Bool) -> Part? {
    guard var spec = part.asSwitch, spec.roles != [.outOfBand], spec.os != os else { return part }
    guard mixes, ShippedTraits.of(os)?.pair == nil, spec.os == .os9, spec.roles.contains(.spine)
    else { return nil }
    // Of these alone the cheaper plans would be made.
    var part = part
    spec.roles = [.spine]
    part.spec = .networkSwitch(spec)
    return part
  }

  /// Switches of a plan whose text the dialect writes.
  func texts(of plan: PlannedCase) -> [SwitchIntent] {
    plan.fabric.intents.filter { $0.os == os && ShippedTraits.of(os)?.writes($0) == true }
  }

  /// The plan of a seed that has a text of the dialect.
  func plan(seed: UInt64) -> PlannedCase? {
    for maker in makers {
      guard case .planned(let plan) = maker.random(seed: seed), !texts(of: plan).isEmpty
      else { continue }
      return plan
    }
    return nil
  }

  /// Does the same with so many plans that have a text of the dialect, or with fewer where there
  /// are no more; results in the order of seeds.
  /// - Parameter isApart: whether each is planned in a process of its own, so that one that takes too
  ///   long is left out; the program must be `plan-checks`.
  public func map<Value: Sendable>(
    seed: UInt64, count: Int, isApart: Bool = false, _ work: @Sendable (PlannedCase) throws -> Value
  ) throws -> [Value] {
    var results: [Value] = []
    var next = seed
    while results.count < count, next < seed + UInt64(count) * Self.patience {
      let batch = Array(next..<next + 8)
      next += 8
      let made = Parallel.map(batch) { number -> Value? in
        guard isApart else { return try plan(seed: number).map(work) }
        switch PlannerProcess.attempt(seed: number, dialect: os) {
        case .planned(let plan): return try work(plan)
        case .noAnswer(let why):
          print("left out: \(os.rawValue) \(why)")
          return nil
        case .unplanned, .refused: return nil
        }
      }
      results += try made.compactMap { try $0.get() }.prefix(count - results.count)
    }
    return results
  }
}
