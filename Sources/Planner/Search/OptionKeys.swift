import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// Elements of the key of M7, and what options stand for in a plan.
extension SearchContext {
  /// A number as keys write it: three digits.
  static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 3 - text.utf8.count)) + text
  }

  /// The key of a solution of M3.
  func key(_ costed: CostedSolution) -> String { costed.solution.key(in: catalog) }

  /// The key of a host option.
  func key(_ option: HostOption, on variant: SwitchVariant) -> String {
    let mode = option.mode.isSplit ? "split" : "native"
    var solutions = key(option.first)
    if let second = option.second { solutions += ":" + key(second) }
    return "\(catalog.parts[option.mode.card].id.rawValue)=\(mode):"
      + "\(variant.groups[option.mode.group].id):\(solutions)"
  }

  /// The key of a management option.
  func key(_ option: ManagementOption, of variant: SwitchVariant) -> String {
    let group = option.group.map { variant.groups[$0].id } ?? "oob"
    let solutions = [key(option.first)] + (option.second.map { [key($0)] } ?? [])
    return ([group] + solutions).joined(separator: ":")
  }

  /// The key elements of a rack option.
  func key(_ option: RackOption, structure: CentreStructure) -> [String] {
    guard let links = option.tor else {
      return ["-"] + option.hosts.map { key($0, on: structure.variant) } + ["-", "-"]
    }
    let tor = links.variant.value
    var elements = [tor.key] + option.hosts.map { key($0, on: tor) }
    let scheme = links.scheme
    elements.append(
      "\(scheme.mode.rawValue):\(tor.groups[scheme.torGroup].id):"
        + "\(structure.variant.groups[scheme.spineGroup].id):"
        + "\(SearchContext.digits(scheme.rate.wholeGigabits)):"
        + "\(SearchContext.digits(links.perNode)):"
        + "\(key(links.first)):\(key(links.second))")
    if let management = links.management { elements.append(key(management, of: tor)) }
    return elements
  }

  /// The parts of a rack option.
  func demand(_ option: RackOption) -> Demand {
    var demand = Demand()
    for host in option.hosts {
      // With ToRs one solution serves both sides.
      demand.add(host.first.solution, links: host.mode.links, times: host.second == nil ? 2 : 1)
      if let second = host.second { demand.add(second.solution, links: host.mode.links) }
    }
    if let links = option.tor {
      demand.add(links.purchase.demand)
      demand.add(links.first.solution, links: links.perNode, times: 2)
      demand.add(links.second.solution, links: links.perNode, times: 2)
      if let management = links.management { demand.add(management.first.solution, links: 2) }
    }
    demand.normalise()
    return demand
  }

  /// A rack option as part of a plan.
  func choice(_ option: RackOption, of rack: HostRack) -> RackChoice {
    RackChoice(
      rack: rack, tor: option.tor?.variant.value, hosts: option.hosts.map(\.choice),
      uplink: option.tor.map { links in
        UplinkChoice(
          mode: links.scheme.mode, torGroup: links.scheme.torGroup,
          spineGroup: links.scheme.spineGroup, rate: links.scheme.rate, perNode: links.perNode,
          solution1: links.first.solution, solution2: links.second.solution)
      }, management: option.tor?.management?.choice)
  }
}
