import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// Elements of the key of M7, as far as modes decide them; solutions follow their texts.
extension SearchContext {
  /// A number as keys write it: three digits.
  static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 3 - text.utf8.count)) + text
  }

  /// The key of a solution of M3.
  func key(_ costed: CostedSolution) -> String { costed.solution.key(in: catalog) }

  /// The element of hosts.
  private func element(
    _ mode: HostMode, on variant: SwitchVariant
  ) -> (text: String, roles: Int) {
    let form = mode.isSplit ? "split" : "native"
    let card = catalog.parts[mode.card].id.rawValue
    return ("\(card)=\(form):\(variant.groups[mode.group].id):", mode.roles.count)
  }

  /// The element of management.
  func element(
    _ mode: ManagementMode, of variant: SwitchVariant
  ) -> (text: String, roles: Int) {
    ((mode.group.map { variant.groups[$0].id } ?? "oob") + ":", mode.roles.count)
  }

  /// The elements of a rack.
  func elements(
    _ mode: RackMode, structure: CentreStructure
  ) -> [(text: String, roles: Int)] {
    guard let links = mode.tor else {
      return [("-", 0)] + mode.hosts.map { element($0, on: structure.variant) }
        + [("-", 0), ("-", 0)]
    }
    let tor = links.variant.value
    let scheme = links.scheme
    let uplinks =
      "\(scheme.mode.rawValue):\(tor.groups[scheme.torGroup].id):"
      + "\(structure.variant.groups[scheme.spineGroup].id):"
      + "\(SearchContext.digits(scheme.rate.wholeGigabits)):"
      + "\(SearchContext.digits(links.perNode)):"
    return [(tor.key, 0)] + mode.hosts.map { element($0, on: tor) } + [(uplinks, 2)]
      + (links.management.map { [element($0, of: tor)] } ?? [])
  }
}
