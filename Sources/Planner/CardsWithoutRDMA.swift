import CatalogModel
import PlanProblem

extension PlanProblem {
  /// Which cards that hosts keep stand in the way of RDMA, in words; `nil` when none does.
  var cardsWithoutRDMA: String? {
    var unable: [String] = []
    var unknown: [String] = []
    for need in cards where need.carriesStorage {
      guard let part = need.given.map({ catalog.parts[$0] }), let card = part.asNIC,
        !PlanProblem.isAble(card)
      else { continue }
      if card.rdma == .unknown {
        if !unknown.contains(part.name) { unknown.append(part.name) }
      } else if !unable.contains(part.name) {
        unable.append(part.name)
      }
    }
    let causes = [
      unable.isEmpty ? nil : "\(Relaxation.listing(unable)) cannot do it",
      unknown.isEmpty ? nil : "of \(Relaxation.listing(unknown)) no source says that it can",
    ].compactMap { $0 }
    return causes.isEmpty ? nil : causes.joined(separator: ", and ")
  }
}
