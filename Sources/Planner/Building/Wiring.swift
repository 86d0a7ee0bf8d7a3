import CatalogModel
import Fabric
import PlanProblem
import Quantities

/// How one link is laid.
struct Lay {
  var solution: LinkSolution
  var rate: DataRate
  /// Length that each piece must cover.
  var routed: Length
  /// Fixed cabling used, as cables name it; empty for none.
  var existing: String
}

/// Cables and links in patch order, numbered as they come.
struct Wiring {
  private let catalog: Catalog
  private(set) var cables: [Cable] = []
  private var drafts: [(link: Link, cable: Int)] = []
  /// Index of the cable whose trunk is in a split port.
  private var trunks: [Endpoint: Int] = [:]

  init(catalog: Catalog) { self.catalog = catalog }

  /// Adds a link and its cable, or a further leg of the breakout cable in the same split port.
  ///
  /// - Parameter trunk: the whole port, when one end is a lane.
  mutating func connect(
    _ role: LinkRole, _ a: Endpoint, _ b: Endpoint, trunk: Endpoint? = nil, lay: Lay
  ) {
    let solution = lay.solution
    var near = CableEnd(endpoint: a, optic: id(solution.opticA))
    var far = CableEnd(endpoint: b, optic: id(solution.opticB))
    if let trunk {
      if trunk.node != a.node { far = CableEnd(endpoint: a, optic: id(solution.opticA)) }
      near = CableEnd(endpoint: trunk)
    }
    let cable: Int
    if let trunk, let known = trunks[trunk] {
      cable = known
      cables[known].b.append(far)
    } else {
      cable = cables.count
      cables.append(
        Cable(
          id: Wiring.label("C", cables.count + 1),
          part: id(solution.cable) ?? PartID(""), pieces: solution.pieces, routed: lay.routed,
          existing: lay.existing, a: near, b: [far]))
      if let trunk { trunks[trunk] = cable }
    }
    drafts.append(
      (Link(id: "", role: role, a: a, b: b, rate: lay.rate, cable: cables[cable].id), cable))
  }

  /// Links in the order of their cables.
  func links() -> [Link] {
    let order = drafts.indices.sorted { (drafts[$0].cable, $0) < (drafts[$1].cable, $1) }
    return order.enumerated().map { number, index in
      var link = drafts[index].link
      link.id = Wiring.label("L", number + 1)
      return link
    }
  }

  private func id(_ part: Int?) -> PartID? {
    part.flatMap { catalog.parts.indices.contains($0) ? catalog.parts[$0].id : nil }
  }

  private static func label(_ letter: String, _ number: Int) -> String {
    let digits = String(number)
    return letter + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
