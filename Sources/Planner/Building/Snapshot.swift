import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// The part of site and catalogue that a plan carries with it.
struct Snapshot {
  let problem: PlanProblem
  /// Part indices that the plan buys.
  let parts: [Int]
  let hosts: [HostDraft]

  /// The site without places in its file, with the exchange rates that the bill needs and the MTU
  /// that all parts take.
  func site(storageMTU: Int) -> Site {
    var site = problem.site
    site.addressing.mtu = storageMTU
    for group in site.hosts.indices {
      site.hosts[group].position = nil
      for card in site.hosts[group].nics.indices { site.hosts[group].nics[card].position = nil }
    }
    let currencies = Set(parts.compactMap { problem.prices.chosen[$0]?.price.amount.currency })
    site.prices.exchange = problem.prices.ratesUsed.filter { currencies.contains($0.from) }
    return site
  }

  /// Every part in use with its chosen price, and the rules that say what they accept and how long
  /// cables may be.
  func catalog() -> Catalog {
    let catalog = problem.catalog
    let cards = hosts.flatMap { $0.host.cards.compactMap(\.part) }.compactMap {
      problem.index(of: $0)
    }
    let used = Set(parts + cards).sorted()
    let kept = used.map { catalog.parts[$0] }
    let bought = Set(parts).sorted()
    return Catalog(
      parts: kept, prices: bought.compactMap { problem.prices.chosen[$0]?.price },
      compatibility: catalog.compatibility.filter { rule in
        kept.contains { isMeant($0, byDevice: rule.device) }
          && (rule.medium.hasPrefix("third-party")
            || kept.contains { isMeant($0, byMedium: rule.medium) })
      },
      references: References(cableRules: cableRules(for: kept)))
  }

  /// Rules on the length of the cables with fixed plugs among some parts.
  private func cableRules(for parts: [Part]) -> [CableRule] {
    let families = parts.compactMap(\.asCable?.family).filter(\.isAttached)
    return problem.catalog.references.cableRules.filter { rule in
      guard rule.maxLength != nil, let family = rule.family else { return false }
      return families.contains(family)
    }
  }

  private func isMeant(_ part: Part, byDevice name: String) -> Bool {
    guard part.asSwitch != nil || part.asNIC != nil else { return false }
    if name == part.id.rawValue || name == "vendor:" + part.vendor { return true }
    return part.asSwitch?.os.map { name == "os:" + $0.rawValue } ?? false
  }

  private func isMeant(_ part: Part, byMedium name: String) -> Bool {
    guard part.asOptic != nil || part.asCable != nil else { return false }
    return name == part.id.rawValue || name == "vendor:" + part.vendor
  }
}
