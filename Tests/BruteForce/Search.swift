import CatalogModel
import Quantities
import SiteModel

/// The switches and cards of a plan: everything but its links.
private struct Skeleton {
  var frame: Frame
  var centreNeeds: VariantNeeds
  var outOfBand: Int?
  /// By host rack; empty without ToRs.
  var tors: [Variant]
  var torNeeds: [VariantNeeds]
  /// Built-in units by part.
  var counts: [Int32]
  /// What the parts that are no links cost at least: exact, but for licences of split ports.
  var cost: Int64
  var draw: Int64
}

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
  private let model: Model
  private let wantsRDMA: Bool
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

// MARK: - Switches and cards

extension Search {
  private func skeletons() -> [Skeleton] {
    let racks = model.hostRacks
    let places = model.centreRacks()
    var found: [Skeleton] = []
    for design in DesignKind.allCases where model.rules.designs.contains(design) {
      if design == .standalonePair, !model.allowsStandalonePair { continue }
      let switches = design == .spineLeaf ? 2 + 2 * racks.count : 2
      guard let outOfBands = model.outOfBandChoices(switches: switches) else { continue }
      for cards in model.cardChoices(wantsRDMA: wantsRDMA) {
        let centres = model.variants(for: .centre(design), lossless: cards.lossless)
        let allTors = design == .spineLeaf ? model.variants(for: .tor, lossless: cards.lossless) : []
        for centre in centres {
          let frame = Frame(design: design, cards: cards, centre: centre, centreRacks: places)
          let nodeNeeds = places.map {
            model.needs(
              of: centre, rack: $0, powerSupplies: model.rules.spinePowerSupplies,
              inPair: design != .standalonePair, lossless: cards.lossless)
          }
          guard let first = nodeNeeds[0], let second = nodeNeeds[1] else { continue }
          let centreNeeds = VariantNeeds(
            always: first.always + second.always,
            whenSplit: first.whenSplit.flatMap { a in second.whenSplit.map { a + $0 } })
          var torLists: [[(Variant, VariantNeeds)]] = [[]]
          for rack in design == .spineLeaf ? racks : [] {
            let usable = allTors.compactMap { tor in
              model.needs(
                of: tor, rack: rack, powerSupplies: model.rules.torPowerSupplies, inPair: false,
                lossless: cards.lossless
              ).map { (tor, $0) }
            }
            torLists = torLists.flatMap { list in usable.map { list + [$0] } }
          }
          for outOfBand in outOfBands {
            for tors in torLists {
              guard model.mayStep() else { return [] }
              if let skeleton = skeleton(frame, centreNeeds, outOfBand, tors) {
                found.append(skeleton)
              }
            }
          }
        }
      }
    }
    return found
  }

  /// Adds up the parts and checks what the switches of a rack share; `nil` where a limit is broken.
  private func skeleton(
    _ frame: Frame, _ centreNeeds: VariantNeeds, _ outOfBand: Int?,
    _ tors: [(Variant, VariantNeeds)]
  ) -> Skeleton? {
    var standing: [(rack: Int, halfUnits: Int, draw: Int64, airflow: [Airflow])] = []
    for rack in frame.centreRacks {
      standing.append((rack, frame.centre.halfUnits, frame.centre.draw, frame.centre.spec.airflow))
    }
    for (rack, (tor, _)) in zip(model.hostRacks, tors) {
      for _ in 0...1 { standing.append((rack, tor.halfUnits, tor.draw, tor.spec.airflow)) }
    }
    var uses = frame.cards.bought + centreNeeds.always
    for (_, needs) in tors { uses += needs.always + needs.always }
    if let outOfBand, let spec = model.parts[outOfBand].asSwitch {
      guard let rack = model.rackIndex(model.site.management.rack) else { return nil }
      standing.append(
        (rack, spec.halfRackUnits ?? 2, spec.maxPower?.milliwatts ?? 0, spec.airflow))
      uses.append(Use(part: outOfBand, count: 1))
      for required in spec.requires where required.when == .always {
        guard let part = model.indexOf[required.part], model.price[part] != nil
        else { return nil }
        uses.append(Use(part: part, count: required.quantity))
      }
    }
    for (index, rack) in model.site.room.racks.enumerated() {
      let here = standing.filter { $0.rack == index }
      if let free = rack.freeUnits, here.reduce(0, { $0 + $1.halfUnits }) > 2 * free { return nil }
      if let free = rack.freePower, here.reduce(0, { $0 + $1.draw }) > free.milliwatts {
        return nil
      }
      guard model.airflowsAgree(here.map(\.airflow), rack: rack) else { return nil }
    }
    var counts = [Int32](repeating: 0, count: model.parts.count)
    for use in uses { counts[use.part] += Int32(use.count) }
    var others = counts
    for part in others.indices where model.isMedium[part] { others[part] = 0 }
    return Skeleton(
      frame: frame, centreNeeds: centreNeeds, outOfBand: outOfBand, tors: tors.map(\.0),
      torNeeds: tors.map(\.1), counts: counts, cost: model.goods(others, testedFirst: 0),
      draw: standing.reduce(0) { $0 + $1.draw })
  }
}

extension Model {
  /// Where the two central switches stand (M5.3).
  func centreRacks() -> [Int] {
    let racks = site.room.racks
    let given = rules.spineRacks.compactMap { rackIndex($0) }
    if let first = given.first { return [first, given.count > 1 ? given[1] : first] }
    if racks.count < 2 { return [0, 0] }
    let hosts = racks.map { rack in
      Int64(
        site.hosts.flatMap(\.placements).filter { $0.rack == rack.name }
          .reduce(0) { $0 + $1.count })
    }
    var best: (sum: Int64, pair: [Int])?
    for a in racks.indices {
      for b in racks.indices where a < b {
        let sum = racks.indices.reduce(Int64(0)) { sum, r in
          sum + hosts[r]
            * (routedLength(r, isHost: false, a, isHost: false)
              + routedLength(r, isHost: false, b, isHost: false))
        }
        if best.map({ sum < $0.sum }) ?? true { best = (sum, [a, b]) }
      }
    }
    return best?.pair ?? [0, 0]
  }

  /// Out-of-band switches that have a port for each of the others, or the one choice of none; `nil`
  /// where the existing switch has too few ports.
  func outOfBandChoices(switches: Int) -> [Int?]? {
    guard site.management.buySwitch else {
      if let free = site.management.freePorts, free < switches { return nil }
      return [nil]
    }
    return parts.indices.filter { index in
      guard price[index] != nil, let spec = parts[index].asSwitch,
        spec.roles.contains(.outOfBand)
      else { return false }
      let ports = spec.ports.filter { $0.connector == .rj45 && $0.rates.contains(.gigabits(1)) }
      return ports.reduce(0) { $0 + $1.count } >= switches
    }
  }

  /// M6, airflow of the switches in one rack.
  func airflowsAgree(_ lists: [[Airflow]], rack: Rack) -> Bool {
    let blowing = lists.filter { !$0.isEmpty && !$0.allSatisfy { $0 == .fanless } }
    if let wanted = rack.airflow,
      !blowing.allSatisfy({ list in list.contains { $0.rawValue == wanted } })
    {
      return false
    }
    guard let first = blowing.first else { return true }
    return first.contains { entry in blowing.allSatisfy { $0.contains(entry) } }
  }
}

// MARK: - Links

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
