import CatalogModel
import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// Whatever the plan rests on and nobody has confirmed stands on the list to confirm.
  static let listToConfirm = PlanProof(
    "list-to-confirm",
    claim: "every estimate, old price, third-party part, used or discontinued part is asked about"
  ) { context, ledger in
    let list = context.confirmations
    func asked(_ kinds: [Confirmation.Kind], _ name: PartID, _ fact: String) {
      ledger.expect(
        list.asks(kinds: kinds, names: [name.rawValue], words: []), at: [name.rawValue],
        "\(fact), and the list to confirm does not say so",
        expected: "an entry of the kind \(kinds[0].rawValue)")
    }
    for line in context.fabric.bom {
      if line.price.kind == .estimate { asked([.estimate], line.part, "its price is an estimate") }
      if line.isStale {
        asked([.stalePrice, .estimate], line.part, "its price is old or has no date")
      }
      let status = context.catalog.part(line.part)?.status
      if line.price.condition == .used || status == .legacy {
        asked([.availability], line.part, "it is used or no longer made")
      }
    }
    // A cable that a source calls accepted needs no question, an unknown one is `medium-accepted`'s.
    for part in context.needed.thirdPartyOptics.sorted() {
      asked([.untestedOptic, .unknown], part, "it is made by another maker than the switch")
    }
  }
}
