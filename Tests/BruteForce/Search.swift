import CatalogModel
import Quantities
import SiteModel

/// A choice for the first few stages of a skeleton: what it does, and the way there by index of the
/// choice at each stage. Choices are sorted by key, so ways compare as keys do.
private struct Partial {
  var state: State
  var way: [Int32]
  var ways: Int
}

/// Everything about a partial choice that what follows, or the objective, can depend on.
private struct State: Hashable {
  var counts: [Int32]
  var centre: PortUse
  var testedFirst: UInt64
  var need: Int64
  var capacity: Int64
  var now: Rational
  var after: Rational
}

/// Walks through every plan of the model for RDMA wanted or not.
struct Search {
  let model: Model
  let wantsRDMA: Bool
  private var best: BrutePlan?
  /// What a unit of each part adds at least, in thousandths of a minor unit.
  private let unitFloor: [Int64]

  init(model: Model, wantsRDMA: Bool) {
    self.model = model
    self.wantsRDMA = wantsRDMA
    unitFloor = model.parts.indices.map { model.leastCostOfUnit($0) }
  }

  /// The optimum of M7; `nil` if there is no plan.
  mutating func run() -> BrutePlan? {
    // Cheap switches first, so that what is dropped is dropped early; the order decides nothing.
    let skeletons = skeletons().sorted { $0.cost < $1.cost }
    var cache: [RackQuestion: [Choice]] = [:]
    for skeleton in skeletons {
      if !model.visitsAll, let best, skeleton.cost > best.goods { break }
      walk(skeleton, &cache)
    }
    return best
  }
}

/// What the choices of a rack depend on.
private struct RackQuestion: Hashable {
  var design: DesignKind
  var cards: [Int]
  var centre: String
  var rack: Int
  var tor: String
}

extension Search {
  /// The stages of a skeleton's links, each with its choices sorted by key; `nil` if one has none.
  private func stages(
    _ skeleton: Skeleton, _ cache: inout [RackQuestion: [Choice]]
  ) -> [[Choice]]? {
    let frame = skeleton.frame
    let order = model.visitsAll ? sortedByKey : merged
    var stages = [
      order(model.peerChoices(frame)), order(model.coreChoices(frame)),
      order(model.centreManagementChoices(frame)),
    ]
    for (place, rack) in model.hostRacks.enumerated() {
      let tor = skeleton.tors.isEmpty ? nil : skeleton.tors[place]
      let question = RackQuestion(
        design: frame.design, cards: frame.cards.parts, centre: frame.centre.key, rack: rack,
        tor: tor?.key ?? "-")
      if cache[question] == nil {
        let needs = skeleton.torNeeds.isEmpty ? nil : skeleton.torNeeds[place]
        cache[question] = order(
          model.rackChoices(frame, rack: rack, tor: tor, torNeeds: needs))
      }
      stages.append(cache[question] ?? [])
    }
    return stages.contains { $0.isEmpty } ? nil : stages
  }

  /// Tries every combination of links for one skeleton.
  private mutating func walk(_ skeleton: Skeleton, _ cache: inout [RackQuestion: [Choice]]) {
    guard let stages = stages(skeleton, &cache), isFeasible(skeleton, stages) else { return }
    // In thousandths of a minor unit: what the links of the stages from each on cost at least.
    var floor: [Int64] = [0]
    for stage in stages.reversed() {
      let least = stage.map { leastCost($0.effect.uses) }.min() ?? 0
      floor.insert(least + (floor.first ?? 0), at: 0)
    }
    var limit: Int64?
    if !model.visitsAll {
      limit = best?.goods
      if let limit, 1000 * skeleton.cost + floor[0] > 1000 * limit { return }
      // A narrow walk first: whatever it finds is a plan, so nothing dearer need be looked at.
      for partial in complete(skeleton, stages, floor, width: 30, limit: limit) {
        let goods = model.goods(partial.state.counts, testedFirst: partial.state.testedFirst)
        limit = min(limit ?? goods, goods)
      }
    }
    for partial in complete(skeleton, stages, floor, width: .max, limit: limit) {
      consider(plan(skeleton, stages, partial), ways: partial.ways)
    }
  }

  /// Whether any choice of links keeps the rules that the stages share: the centre's ports and what
  /// the peer link must carry. Answered with what is bought left out, so that far fewer choices
  /// differ.
  private func isFeasible(_ skeleton: Skeleton, _ stages: [[Choice]]) -> Bool {
    guard !model.visitsAll else { return true }
    let bare = stages.map { stage in
      merged(
        stage.map { choice in
          var effect = choice.effect
          (effect.uses, effect.testedFirst, effect.now, effect.after) = ([], 0, .zero, .zero)
          return Choice(key: choice.key, effect: effect)
        })
    }
    let floor = [Int64](repeating: 0, count: stages.count + 1)
    return !complete(skeleton, bare, floor, width: .max, limit: nil).isEmpty
  }

  /// What the links among the uses cost at least, in thousandths of a minor unit.
  private func leastCost(_ uses: [Use]) -> Int64 {
    uses.reduce(0) { sum, use in
      model.isMedium[use.part] ? sum + Int64(use.count) * unitFloor[use.part] : sum
    }
  }

  /// Every way to choose links for a skeleton that may cost no more than `limit`.
  ///
  /// Goes stage by stage. Partial choices in the same state are merged and the one with the least
  /// key kept: whatever completes one completes the others to plans that are equal in M7.1 to M7.4
  /// and larger in the key. A partial choice is dropped only if it breaks a rule that no further
  /// choice can mend (ports in use and load only grow), or if its switches, its links so far and the
  /// cheapest choice at each later stage, without packs or spares rounded up, already cost more than
  /// `limit`. With a finite `width` only that many, the cheapest, are followed.
  private func complete(
    _ skeleton: Skeleton, _ stages: [[Choice]], _ floor: [Int64], width: Int, limit: Int64?
  ) -> [Partial] {
    let frame = skeleton.frame
    let start = State(
      counts: skeleton.counts, centre: frame.noCentrePorts, testedFirst: 0, need: 0, capacity: 0,
      now: .zero, after: .zero)
    var front = [Partial(state: start, way: [], ways: 1)]
    let fixed = skeleton.counts.enumerated().map { Use(part: $0.offset, count: Int($0.element)) }
    var spent = [1000 * skeleton.cost + leastCost(fixed)]
    for (index, stage) in stages.enumerated() {
      let extras = stage.map { leastCost($0.effect.uses) }
      var places: [State: Int] = [:]
      var next: [Partial] = []
      var nextSpent: [Int64] = []
      for (partial, soFar) in zip(front, spent) {
        for (offset, choice) in stage.enumerated() {
          guard model.mayStep() else { return [] }
          let least = soFar + extras[offset]
          if let limit, least + floor[index + 1] > 1000 * limit { continue }
          let effect = choice.effect
          var state = partial.state
          state.need = max(state.need, effect.need)
          state.capacity += effect.capacity
          // The peer link is the first stage.
          if state.need > state.capacity, frame.design != .standalonePair { continue }
          state.centre.add(effect.centre)
          guard frame.centre.fits(state.centre, freePorts: model.rules.freePorts)
          else { continue }
          for use in effect.uses { state.counts[use.part] += Int32(use.count) }
          state.testedFirst |= effect.testedFirst
          state.now = max(state.now, effect.now)
          state.after = max(state.after, effect.after)
          let ways = partial.ways * choice.ways
          if let place = places[state], !model.visitsAll {
            next[place].ways += ways
            let way = partial.way + [Int32(offset)]
            if way.lexicographicallyPrecedes(next[place].way) { next[place].way = way }
          } else {
            places[state] = next.count
            next.append(Partial(state: state, way: partial.way + [Int32(offset)], ways: ways))
            nextSpent.append(least)
          }
        }
      }
      if next.count > width {
        let order = next.indices.sorted { (nextSpent[$0], $0) < (nextSpent[$1], $1) }.prefix(width)
        (next, nextSpent) = (order.map { next[$0] }, order.map { nextSpent[$0] })
      }
      (front, spent) = (next, nextSpent)
    }
    return front.compactMap { partial in
      guard partial.state.centre.hasSplit else { return partial }
      // Licences that the split ports of the central switches need.
      guard let whenSplit = skeleton.centreNeeds.whenSplit else { return nil }
      var whole = partial
      for use in whenSplit { whole.state.counts[use.part] += Int32(use.count) }
      return whole
    }
  }

  /// The plan that a complete choice is.
  private func plan(_ skeleton: Skeleton, _ stages: [[Choice]], _ partial: Partial) -> BrutePlan {
    let frame = skeleton.frame
    let design = DesignKind.allCases.firstIndex(of: frame.design) ?? 0
    let outOfBand = skeleton.outOfBand.map { model.parts[$0].id.rawValue } ?? "-"
    let links = zip(stages, partial.way).flatMap { stage, offset in stage[Int(offset)].key }
    let counts = partial.state.counts
    let quantities = counts.indices.filter { counts[$0] > 0 }.map {
      BruteQuantity(part: model.parts[$0].id, count: Int(counts[$0]))
    }
    return BrutePlan(
      goods: model.goods(counts, testedFirst: partial.state.testedFirst),
      now: partial.state.now, after: partial.state.after, distinctParts: quantities.count,
      draw: skeleton.draw,
      key: [threeDigits(design)] + frame.cards.key + [frame.centre.key, outOfBand] + links,
      quantities: quantities, wantsRDMA: wantsRDMA, torKeys: skeleton.tors.map(\.key),
      tiedChoices: 1, tiedBills: 1)
  }

  /// Keeps the better of the best plan so far and this one, and counts those that cost the same.
  private mutating func consider(_ plan: BrutePlan, ways: Int) {
    var plan = plan
    plan.tiedChoices = ways
    guard let known = best, known.goods <= plan.goods else {
      best = plan
      return
    }
    guard known.goods == plan.goods else { return }
    var kept = precedes(plan, known) ? plan : known
    kept.tiedChoices = known.tiedChoices + ways
    kept.tiedBills = known.tiedBills + 1
    best = kept
  }

  /// M7 from the second element on.
  private func precedes(_ left: BrutePlan, _ right: BrutePlan) -> Bool {
    if left.now != right.now { return left.now < right.now }
    if left.after != right.after { return left.after < right.after }
    if left.distinctParts != right.distinctParts { return left.distinctParts < right.distinctParts }
    if left.draw != right.draw { return left.draw < right.draw }
    return keyPrecedes(left.key, right.key)
  }
}
