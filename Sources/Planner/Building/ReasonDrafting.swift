import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// Says why devices, cables, prices and VLANs are as they are.
struct ReasonDrafting {
  let problem: PlanProblem
  let choice: PlanChoice
  let fabric: Fabric
  let switches: [SwitchDraft]
  let networks: NetworkPlan

  private var site: Site { problem.site }

  /// The search's own reasons first, then devices, cables, bill and VLANs in the plan's order.
  func list(given: [Reason]) -> [Reason] {
    given + devices() + cables() + bill() + vlans()
  }

  private func devices() -> [Reason] {
    switches.enumerated().map { index, draft in
      let part = problem.catalog.parts[draft.part]
      let modules = draft.modules.map { problem.catalog.parts[$0].model }
      let what = ([part.model] + modules).joined(separator: " with ")
      let rack =
        site.room.racks.indices.contains(draft.rack)
        ? site.room.racks[draft.rack].name : ""
      var text: String
      switch draft.role {
      case .spine, .central:
        text =
          "Model \(what): with two of these the whole plan is cheapest. It stands"
          + " in \(rack)"
          + (site.room.racks.count == 1
            ? ", the only rack."
            : site.requirements.spineRacks.isEmpty
              ? ", one of the two racks from which the ways to all hosts are shortest in sum."
              : ", as the site asks.")
      case .tor:
        text =
          "Model \(what): with two of these in \(rack) the whole plan is"
          + " cheapest. They have ports for its hosts and for uplinks within"
          + " \(Format.ratio(site.requirements.oversubscription)) oversubscription,"
          + " \(Format.ratio(site.requirements.oversubscriptionAfterFailure)) after a failure."
      case .outOfBand:
        text =
          "Model \(what): the cheapest management switch with a port for each switch of the plan."
      }
      if let load = load(draft) { text += " " + load }
      if fabric.intents.indices.contains(index), draft.role != .outOfBand {
        let priority = fabric.intents[index].spanningTree.priority
        text += " Its bridge priority is \(priority)"
        if let core = site.core, choice.design != .standalonePair {
          text += ", worse than the \(core.spanningTree.priority) of \(core.name), which stays root"
        }
        text += "."
      }
      return Reason(subject: draft.name, text: text)
    }
  }

  /// Gbps of hosts over Gbps of uplinks of a ToR.
  private func load(_ draft: SwitchDraft) -> String? {
    guard draft.role == .tor else { return nil }
    func bits(_ role: LinkRole) -> Int64 {
      fabric.links.filter { $0.role == role && $0.a.node == draft.name }
        .reduce(0) { $0 + $1.rate.bitsPerSecond }
    }
    let (hosts, uplinks) = (bits(.host), bits(.uplink))
    guard let ratio = Rational(hosts, over: uplinks) else { return nil }
    return "Its hosts have \(Format.rate(DataRate(bitsPerSecond: hosts))) and its uplinks "
      + "\(Format.rate(DataRate(bitsPerSecond: uplinks))): \(Format.ratio(ratio))."
  }

  /// One for each stock length in use.
  private func cables() -> [Reason] {
    var longest: [(part: PartID, cable: Cable, count: Int)] = []
    for cable in fabric.cables {
      if let at = longest.firstIndex(where: { $0.part == cable.part }) {
        longest[at].count += 1
        if cable.routed > longest[at].cable.routed { longest[at].cable = cable }
      } else {
        longest.append((cable.part, cable, 1))
      }
    }
    longest.sort { $0.part < $1.part }
    return longest.compactMap { entry in
      guard let part = fabric.catalog.part(entry.part), let spec = part.asCable else { return nil }
      let runs = entry.count == 1 ? "1 run" : "\(entry.count) runs"
      var text =
        "It is used for \(runs). The longest way, \(entry.cable.id), is"
        + " \(Format.length(entry.cable.routed)) with \(Format.percent(site.room.slack)) slack; the"
        + " stock length is \(Format.length(spec.length))."
      if !entry.cable.existing.isEmpty {
        text += " It is a patch cord to the existing cabling \(entry.cable.existing)."
      }
      if spec.lanes > 1 {
        text += " One cable carries up to \(spec.lanes) links and fails as one."
      }
      return Reason(subject: part.id.rawValue, text: text)
    }
  }

  /// Which price of a part counts, and which others there were.
  private func bill() -> [Reason] {
    fabric.bom.compactMap { line in
      guard let part = fabric.catalog.part(line.part) else { return nil }
      func said(_ price: Price) -> String {
        let date = price.asOf.map { "of \($0.iso)" } ?? "undated"
        return "\(price.kind.rawValue), \(price.condition.rawValue), \(date)"
      }
      var text =
        "The price that counts is \(Format.money(line.price.amount)) (\(said(line.price)))"
      if line.price.amount != line.unitPrice {
        text += ", \(steps(line, part)) \(Format.money(line.unitPrice))"
      }
      text += "."
      let others = problem.catalog.prices.filter { $0.part == line.part && $0 != line.price }
      if others.isEmpty {
        text += " There is no other."
      } else {
        let shown = others.prefix(3).map { price in
          let hasRate =
            PriceBook.rate(
              from: price.amount.currency, site: problem.site, catalog: problem.catalog) != nil
          return "\(Format.money(price.amount)) (\(said(price))"
            + (hasRate ? ")" : "; not counted, no rate for its currency)")
        }
        text += " Others: " + shown.joined(separator: "; ")
        text += others.count > 3 ? "; and \(others.count - 3) further prices." : "."
        text += " The kind that is trusted most counts, then the latest, then the lowest; new and"
        text += " used are compared at the end."
      }
      if line.spares > 0 {
        text += " Ordered are \(Format.count(line.needed, "piece")) to build in and "
        text += "\(Format.count(line.spares, "piece")) as spares"
        text += line.testFirst > 0 ? " or test pieces." : "."
      }
      return Reason(subject: part.id.rawValue, text: text)
    }
  }

  /// What made the unit price of an amount, such as `after exchange`.
  private func steps(_ line: BOMLine, _ part: Part) -> String {
    let rules = site.prices
    let isDiscounted =
      (line.price.kind == .list || line.price.kind == .contract)
      && (rules.directOrder > .zero || rules.discounts.contains { $0.vendor == part.vendor })
    let isExchanged = line.price.amount.currency != site.currency
    let steps = [isExchanged ? "exchange" : "", isDiscounted ? "discount" : ""]
    return "after " + steps.filter { !$0.isEmpty }.joined(separator: " and ")
  }

  private func vlans() -> [Reason] {
    fabric.vlans.map { vlan in
      let subject = "vlan \(vlan.id.number)"
      switch vlan.purpose {
      case .native:
        return Reason(
          subject: subject,
          text: "It stands for untagged frames and is carried nowhere: no port is left in VLAN 1.")
      case .management:
        return Reason(
          subject: subject,
          text: "It reaches switches without an out-of-band port, on one port each.")
      case .backup where vlan.mayLeave:
        return Reason(
          subject: subject,
          text: "It carries backup on both fabrics, so that a host keeps its one address when a"
            + " switch is lost. It may leave: the core carries it.")
      case .tenant:
        return Reason(
          subject: subject,
          text: vlan.mayLeave
            ? "It may leave: the core carries it." : "It stays inside: the core does not carry it.")
      case .csv, .liveMigration, .storage, .backup:
        let side =
          vlan.side.map {
            " and lives on fabric \($0.rawValue) alone, so that a path is"
              + " never shared"
          } ?? " on both fabrics, so that " + spanReason(vlan)
        return Reason(
          subject: subject,
          text: "It carries \(vlan.purpose.rawValue)\(side). It never reaches the core."
            + (vlan.lossless ? " It is lossless (priority 3) on every hop." : ""))
      }
    }
  }
  /// Why a VLAN of storage-class traffic is on both fabrics.
  private func spanReason(_ vlan: VLAN) -> String {
    let traffic = TrafficClass(rawValue: vlan.purpose.rawValue)
    let hasSingle = site.hosts.contains { group in
      traffic.map { site.hasOneAddress(group, $0) && group.carries($0) } ?? false
    }
    return hasSingle
      ? "a host without SMB Multichannel keeps its one address when a switch is lost"
      : "a virtual port works on whichever port of its team Windows Server 2012 R2 puts it"
  }
}
