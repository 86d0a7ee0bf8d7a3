import Quantities
import SiteModel
import Synchronization

/// What an exact search may take: a site that needs more is refused, since it would take a machine's
/// memory and find nothing for hours.
///
/// A class because all searches of one design share it, on whatever threads they run.
final class SearchBudget: Sendable {
  /// States that one slot may leave: about 2 GB with those of the slot before.
  static let states = 3_000_000
  private let spent = Atomic(false)

  /// Whether some search needed more: what was found then is not sure to be the best.
  var isSpent: Bool { spent.load(ordering: .relaxed) }

  func spend() { spent.store(true, ordering: .relaxed) }

  /// Why there is no answer.
  static func refusal(_ design: DesignKind, _ site: Site) -> Findings {
    Findings([
      Finding(
        rule: "search-too-large", subject: [site.name, design.rawValue],
        message: "too many plans cost nearly the same: which is the cheapest needs more than "
          + "\(Format.count(states, "state")) of a search in memory at once",
        hint:
          "leave less open: name fewer models under requirements.spine-models and tor-models, a "
          + "model instead of any under nics, fewer kinds of prices, or no spares of cables")
    ])
  }
}
