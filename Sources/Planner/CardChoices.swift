import CatalogModel
import PlanProblem
import Quantities

/// Which network cards are tried: one for each of the problem's needs.
///
/// Cards of one kind connect alike. Two choices with the same kinds, that give the same needs one
/// card, differ in nothing but the price and the names of the cards: of such only the cheapest is
/// tried, of equal ones the first by name, which the key of M7 prefers. The same holds where kinds
/// differ only in that the cards of one accept more media.
struct CardChoices: Sequence {
  /// A choice with what its cards cost, in minor units; 0 where prices do not matter.
  struct Choice {
    var cards: [Int]
    var cost: Int64
  }

  private let problem: PlanProblem
  private let isPriced: Bool
  /// Candidates for each need.
  private let lists: [[Int]]
  /// By card a number for its kind, and for what is left of that without the media.
  private let kinds: [Int: Int]
  private let shapes: [Int: Int]
  private let known: [Kind]
  /// The choices worth a try, cheapest first; `nil` where there are too many to look at all before
  /// the first is tried.
  private var sifted: [Choice]?

  /// - Parameter isPriced: whether the cheapest is wanted; else any that is possible.
  init(_ problem: PlanProblem, _ solver: LinkSolver, isPriced: Bool) {
    self.problem = problem
    self.isPriced = isPriced
    let candidates = problem.cards.map { problem.candidates(for: $0) }
    var known: [Kind] = []
    var numbers: [Kind: Int] = [:]
    var kinds: [Int: Int] = [:]
    for card in Set(candidates.joined()).sorted() {
      let kind = Kind(problem, solver, card)
      let number = numbers[kind] ?? known.count
      if number == known.count { known.append(kind) }
      numbers[kind] = number
      kinds[card] = number
    }
    self.kinds = kinds
    self.known = known
    var shapes: [Kind: Int] = [:]
    self.shapes = kinds.mapValues { number in
      var shape = known[number]
      shape.accepted = []
      let shapeNumber = shapes[shape] ?? shapes.count
      shapes[shape] = shapeNumber
      return shapeNumber
    }
    let kept = CardChoices.lists(problem, candidates, isPriced: isPriced) { card in
      known[kinds[card] ?? 0]
    }
    // Where any choice will do, those that fit most come first: they are possible if any is.
    lists =
      isPriced
      ? kept
      : kept.map { cards in
        cards.sorted { left, right in
          let (a, b) = (known[kinds[left] ?? 0].rank, known[kinds[right] ?? 0].rank)
          return a != b ? a < b : left < right
        }
      }
    let count = lists.reduce(1) {
      Swift.min(CardChoices.mostSifted + 1, $0 * Swift.max(1, $1.count))
    }
    // Where any choice will do, the first often does.
    if isPriced, count <= CardChoices.mostSifted { sifted = sift() }
  }

  private static let mostSifted = 50_000

  private func kind(of card: Int) -> Kind { known[kinds[card] ?? 0] }

  private func sift() -> [Choice] {
    let parts = problem.catalog.parts
    var choices: [Choice] = []
    var known: [Signature: Int] = [:]
    for cards in Combinations(lists) {
      let choice = Choice(cards: cards, cost: cost(cards))
      let signature = Signature(cards, kinds)
      guard let at = known[signature] else {
        known[signature] = choices.count
        choices.append(choice)
        continue
      }
      let rival = choices[at]
      let isBetter =
        choice.cost != rival.cost
        ? choice.cost < rival.cost
        : choice.cards.lazy.map { parts[$0].id }.lexicographicallyPrecedes(
          rival.cards.lazy.map { parts[$0].id })
      if isBetter { choices[at] = choice }
    }
    // The cheapest first, of equal ones the first by name.
    let ordered = choices.sorted { left, right in
      if left.cost != right.cost { return left.cost < right.cost }
      return left.cards.lazy.map { parts[$0].id }.lexicographicallyPrecedes(
        right.cards.lazy.map { parts[$0].id })
    }
    return withoutReplaced(ordered)
  }

  /// Leaves out each choice that one before it replaces: whatever the dearer cards are connected
  /// with, the cheaper ones accept as well.
  private func withoutReplaced(_ choices: [Choice]) -> [Choice] {
    var kept: [Choice] = []
    var alike: [Signature: [[Kind]]] = [:]
    for choice in choices {
      let own = choice.cards.map { kind(of: $0) }
      let signature = Signature(choice.cards, shapes)
      let rivals = alike[signature] ?? []
      let isReplaced = rivals.prefix(CardChoices.mostRivals).contains { rival in
        zip(rival, own).allSatisfy { $0.accepts(mediaOf: $1) }
      }
      guard !isReplaced else { continue }
      alike[signature, default: []].append(own)
      kept.append(choice)
    }
    return kept
  }

  /// How many choices before it each is compared with.
  private static let mostRivals = 64

  func makeIterator() -> AnyIterator<Choice> {
    if let sifted { return AnyIterator(sifted.makeIterator()) }
    var combinations = Combinations(lists).makeIterator()
    guard !isPriced else {
      return AnyIterator { combinations.next().map { Choice(cards: $0, cost: cost($0)) } }
    }
    let replaces = known.map { kind in known.map { kind.replaces($0) } }
    var tried = Set<Signature>()
    var handedOut: [[Int]: [[Int]]] = [:]
    return AnyIterator {
      while let cards = combinations.next() {
        let signature = Signature(cards, kinds)
        guard tried.insert(signature).inserted else { continue }
        // Who asks for another choice found none of those before possible.
        let isReplaced = (handedOut[signature.sameAs] ?? []).contains { rival in
          zip(rival, signature.kinds).allSatisfy { replaces[$0][$1] }
        }
        guard !isReplaced else { continue }
        handedOut[signature.sameAs, default: []].append(signature.kinds)
        return Choice(cards: cards, cost: 0)
      }
      return nil
    }
  }

  /// All that a plan can feel of a choice but price and names.
  private struct Signature: Hashable {
    var kinds: [Int]
    /// For each need the first with the same card.
    var sameAs: [Int]

    init(_ cards: [Int], _ known: [Int: Int]) {
      kinds = cards.map { known[$0] ?? -1 }
      sameAs = cards.map { card in cards.firstIndex(of: card) ?? 0 }
    }
  }

  /// Everything of a card that a plan can feel but its price and name.
  private struct Kind: Hashable {
    var ports: Int?
    var connector: Connector?
    var rates: [DataRate]
    var accepted: [Bool]
    var isAble: Bool
    var needsLossless: Bool

    init(_ problem: PlanProblem, _ solver: LinkSolver, _ part: Int) {
      let card = problem.catalog.parts[part].asNIC
      ports = card?.ports
      connector = card?.connector
      rates = card.map { PlanProblem.rates(of: $0) } ?? []
      accepted = solver.acceptedMedia(part)
      isAble = card.map { PlanProblem.isAble($0) } ?? false
      needsLossless = card?.rdma.needsLossless ?? false
    }

    /// Less for one that fits more: by ports to connect, then by media that it accepts.
    var rank: (Int, Int) { (ports ?? .max, -accepted.count { $0 }) }

    /// Whether it is possible wherever another is: no more ports to connect, no fewer media that it
    /// accepts, and nothing else that a plan can feel.
    func replaces(_ other: Kind) -> Bool {
      guard let ports, let theirs = other.ports, connector == other.connector,
        rates == other.rates, isAble == other.isAble, needsLossless == other.needsLossless
      else { return false }
      return ports <= theirs && accepts(mediaOf: other)
    }

    /// Whether it accepts all media that another accepts.
    func accepts(mediaOf other: Kind) -> Bool {
      zip(accepted, other.accepted).allSatisfy { $0 || !$1 }
    }
  }

  /// Candidates for each need without those that cannot matter: as many of a kind are enough as
  /// there are needs that might each want one of its own.
  private static func lists(
    _ problem: PlanProblem, _ all: [[Int]], isPriced: Bool, kind: (Int) -> Kind
  ) -> [[Int]] {
    let needs = problem.cards.count
    return zip(problem.cards, all).map { need, candidates in
      guard need.given == nil else { return candidates }
      let units = Int64(problem.site.hosts[need.group].hostCount * need.count)
      let kinds = candidates.map(kind)
      let costs = candidates.map {
        PartCost(problem: problem, part: $0, linear: 0, markable: false)
      }
      return candidates.indices.filter { x in
        let rivals = candidates.indices.filter { y in
          guard y != x else { return false }
          guard isPriced else {
            return kinds[y].replaces(kinds[x]) && (y < x || !kinds[x].replaces(kinds[y]))
          }
          guard kinds[y] == kinds[x] else { return false }
          let used = UsedUnits(units: units)
          let saving =
            costs[x].leastDifference(used, UsedUnits())
            + costs[y].leastDifference(UsedUnits(), used)
          return saving > 0
        }
        return rivals.count < needs
      }.map { candidates[$0] }
    }
  }

  /// What the cards bought cost.
  private func cost(_ cards: [Int]) -> Int64 {
    Planner.demand(problem, cards).parts.reduce(0) { sum, entry in
      let cost = PartCost(problem: problem, part: entry.part, linear: 0, markable: false)
      return sum + cost.cost(Int64(entry.count), marked: false)
    }
  }
}

/// One entry of each of some lists, in all ways; that of the last list changes first.
private struct Combinations: Sequence, IteratorProtocol {
  private let lists: [[Int]]
  /// Index in each list of the next way; `nil` after the last.
  private var upcoming: [Int]?

  init(_ lists: [[Int]]) {
    self.lists = lists
    upcoming = lists.contains(where: \.isEmpty) ? nil : lists.map { _ in 0 }
  }

  mutating func next() -> [Int]? {
    guard let indices = upcoming else { return nil }
    upcoming = nil
    for depth in lists.indices.reversed() where indices[depth] + 1 < lists[depth].count {
      upcoming = indices[..<depth] + [indices[depth] + 1] + lists[(depth + 1)...].map { _ in 0 }
      break
    }
    return zip(lists, indices).map { $0[$1] }
  }
}
