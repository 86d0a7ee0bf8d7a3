import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension Diagnosis {
  /// The mildest changes that, made together, let a plan appear; `nil` when they do not.
  ///
  /// Every change is tried before it is told: what is printed, done, makes a plan possible.
  func remedy(_ relaxations: [Relaxation]) throws(Findings) -> Remedy? {
    var changes: [Relaxation.Change] = []
    for (index, relaxation) in relaxations.enumerated() {
      // Each in turn as mild as can be, while those after it are given up wholly.
      var base = site
      for change in changes { change.apply(&base) }
      let later = relaxations.dropFirst(index + 1)
      guard let change = try mildest(relaxation, on: base, later: later) else { return nil }
      changes.append(change)
    }
    var changed = site
    for change in changes { change.apply(&changed) }
    var example: Relaxation.Example?
    if changes.contains(where: \.namesExample) {
      guard
        let choice = try Planner.example(site: changed, catalog: catalog, options: options)
      else { return nil }
      example = self.example(choice, of: changed)
    }
    let words = changes.map { $0.words(example) }
    return Remedy(
      id: relaxations.map(\.id).joined(separator: "+"), change: words.joined(separator: "; and "),
      site: changed)
  }

  /// What words about a plan need to know of it.
  func example(_ choice: PlanChoice, of site: Site) -> Relaxation.Example {
    let prices = PriceBook(site: site, catalog: catalog)
    let bought = Set(choice.quantities.map(\.part))
    let estimated = catalog.parts.indices.filter {
      bought.contains(catalog.parts[$0].id) && prices.chosen[$0]?.price.kind == .estimate
    }
    return Relaxation.Example(
      choice: choice, estimated: estimated.map { catalog.parts[$0].id.rawValue })
  }

  /// The first change of a requirement that lets a plan appear.
  private func mildest(
    _ relaxation: Relaxation, on base: Site, later: ArraySlice<Relaxation>
  ) throws(Findings) -> Relaxation.Change? {
    func works(_ change: Relaxation.Change) throws(Findings) -> Bool {
      var copy = base
      change.apply(&copy)
      for other in later { _ = other.drop(&copy) }
      return try isFeasible(copy)
    }
    let changes = relaxation.changes(site)
    guard relaxation.isGraded else {
      for change in changes where try works(change) { return change }
      return nil
    }
    guard let last = changes.last, try works(last) else { return nil }
    var (low, high) = (0, changes.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if try works(changes[middle]) { high = middle } else { low = middle + 1 }
    }
    var change = changes[high]
    // Of racks, those alone that need it; in a large room all are named.
    guard let narrowed = change.narrowed, change.racks.count <= Self.mostRacksTried else {
      return change
    }
    for rack in change.racks where change.racks.count > 1 {
      let fewer = narrowed(change.racks.filter { $0 != rack })
      if try works(fewer) { change = fewer }
    }
    return change
  }

  /// More racks than these are not tried one by one.
  private static let mostRacksTried = 40
}
