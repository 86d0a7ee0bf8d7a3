import PlanProblem
import Quantities

/// Least linear cost of all racks that the centre's ports and the peer link allow.
///
/// Only these couple the racks here, so a few couplings a rack and a table over their sums give the
/// exact minimum; it bounds the true cost from below and proves a centre too small.
struct PortBound {
  let structure: CentreStructure
  let freePorts: Int
  /// Bits a second that some rack must put on the peer link; 0 for no such demand.
  let peerLoadWanted: Int64
  /// The cheapest option of each rack for each coupling that the peer link carries, cheapest first.
  let modes: [[RackMode]]
  /// Sum of each rack's cheapest.
  private let cheapest: Int64
  /// The modes of each rack that no other of its modes replaces.
  private var frugal: [[Sum]] = []

  init(structure: CentreStructure, freePorts: Int, peerLoadWanted: Int64, modes: [[RackMode]]) {
    self.structure = structure
    self.freePorts = freePorts
    self.peerLoadWanted = peerLoadWanted
    self.modes = modes.map { options in
      options.filter { $0.coupling.peerLoad <= structure.peerCapacity }.sorted {
        $0.linear < $1.linear
      }
    }
    cheapest = self.modes.reduce(0) { $0 + ($1.first?.linear ?? 0) }
    frugal = self.modes.map { options in
      PortBound.unreplaced(options.enumerated().map { step($0.element, at: $0.offset) })
    }
  }

  /// The minimum that is at most `most`; `nil` when there is none: the ports do not suffice, or no
  /// rack loads the peer link as wanted.
  func least(most: Int64) -> Int64? {
    guard !modes.contains(where: \.isEmpty), cheapest <= most else { return nil }
    if let easy = easy(forcing: nil) { return easy <= most ? easy : nil }
    return tabled(forcing: nil, most: most)
  }

  /// The same with one rack held to one option.
  func least(forcing option: RackMode, of rack: Int, most: Int64) -> Int64? {
    guard let own = modes[rack].first?.linear, cheapest - own + option.linear <= most else {
      return nil
    }
    let forced = (rack, option)
    if let easy = easy(forcing: forced) { return easy <= most ? easy : nil }
    return tabled(forcing: forced, most: most)
  }

  /// One option of each rack that together cost the minimum; `nil` when there is none.
  func cheapestChoice() -> [RackMode]? {
    guard !modes.contains(where: \.isEmpty) else { return nil }
    return easyChoice(forcing: nil) ?? tabledChoice()
  }

  /// The sum of the cheapest options where the ports allow just that; nothing can cost less.
  private func easy(forcing forced: (rack: Int, option: RackMode)?) -> Int64? {
    easyChoice(forcing: forced)?.reduce(0) { $0 + $1.linear }
  }

  /// The cheapest options where the ports allow just that; with a wanted load one of the racks
  /// takes its cheapest that has it.
  private func easyChoice(forcing forced: (rack: Int, option: RackMode)?) -> [RackMode]? {
    var chosen: [RackMode] = []
    for (rack, options) in modes.enumerated() {
      let first = forced.flatMap { $0.rack == rack ? $0.option : nil } ?? options.first
      guard let first else { return nil }
      chosen.append(first)
    }
    if !chosen.contains(where: { $0.coupling.peerLoad >= peerLoadWanted }) {
      var best: (rack: Int, option: RackMode, more: Int64)?
      for (rack, options) in modes.enumerated() where forced?.rack != rack {
        guard let loaded = options.first(where: { $0.coupling.peerLoad >= peerLoadWanted }) else {
          continue
        }
        let more = loaded.linear - chosen[rack].linear
        if let known = best, known.more <= more { continue }
        best = (rack, loaded, more)
      }
      guard let best else { return nil }
      chosen[best.rack] = best.option
    }
    var use = structure.use
    for option in chosen { use.add(option.coupling.use) }
    return structure.variant.fits(use, freePorts: freePorts) ? chosen : nil
  }

  /// What some racks take together.
  private struct Sum {
    var use: PortUse
    /// Whether a rack with the wanted load is among those summed.
    var isLoaded: Bool
    var cost: Int64
    /// Index of the last rack's option in its modes, and of the sum before it.
    var option = 0
    var before = 0

    /// Whether whatever follows does no worse after this than after another.
    func replaces(_ other: Sum) -> Bool {
      cost <= other.cost && (isLoaded || !other.isLoaded) && use.isWithin(other.use)
    }
  }

  private func tabled(forcing forced: (rack: Int, option: RackMode)?, most: Int64) -> Int64? {
    layers(forcing: forced, most: most)?.last?.filter(\.isLoaded).map(\.cost).min()
  }

  private func tabledChoice() -> [RackMode]? {
    guard let layers = layers(forcing: nil, most: SearchContext.unlimited),
      let last = layers.last?.filter(\.isLoaded).min(by: PortBound.precedes)
    else { return nil }
    var chosen: [RackMode] = []
    var sum = last
    for (options, layer) in zip(modes, layers.dropLast()).reversed() {
      chosen.append(options[sum.option])
      sum = layer[sum.before]
    }
    return chosen.reversed()
  }

  /// The sums worth while after none, one, two, ... racks; `nil` when the ports do not suffice.
  private func layers(
    forcing forced: (rack: Int, option: RackMode)?, most: Int64
  ) -> [[Sum]]? {
    var layers = [[Sum(use: structure.use, isLoaded: peerLoadWanted == 0, cost: 0)]]
    var rest = cheapest
    for (rack, options) in modes.enumerated() {
      rest -= options.first?.linear ?? 0
      var steps = frugal[rack]
      if let forced, forced.rack == rack { steps = [step(forced.option, at: 0)] }
      var next: [Sum] = []
      for (before, sum) in layers[rack].enumerated() {
        for step in steps {
          let cost = sum.cost + step.cost
          guard cost + rest <= most else { continue }
          var use = sum.use
          use.add(step.use)
          guard structure.variant.fits(use, freePorts: freePorts) else { continue }
          next.append(
            Sum(
              use: use, isLoaded: sum.isLoaded || step.isLoaded, cost: cost, option: step.option,
              before: before))
        }
      }
      guard !next.isEmpty else { return nil }
      layers.append(PortBound.unreplaced(next))
    }
    return layers
  }

  private func step(_ option: RackMode, at index: Int) -> Sum {
    Sum(
      use: option.coupling.use, isLoaded: option.coupling.peerLoad >= peerLoadWanted,
      cost: option.linear, option: index)
  }

  /// Leaves out what another one replaces: fewer ports at no more cost fit wherever more do.
  private static func unreplaced(_ sums: [Sum]) -> [Sum] {
    var kept: [Sum] = []
    for sum in sums.sorted(by: precedes) where !kept.contains(where: { $0.replaces(sum) }) {
      kept.append(sum)
    }
    return kept
  }

  private static func precedes(_ left: Sum, _ right: Sum) -> Bool {
    if left.cost != right.cost { return left.cost < right.cost }
    if left.isLoaded != right.isLoaded { return left.isLoaded }
    return left.use.counts.lexicographicallyPrecedes(right.use.counts)
  }
}
