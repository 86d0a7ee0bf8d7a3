import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Threads

/// Turns what the search chose into a whole network: devices, ports, cables, addresses, intents,
/// bill, and the list to confirm.
///
/// Nothing is decided here that costs money; names, port numbers, VLAN membership and order follow
/// fixed rules, so that equal choices give equal fabrics.
public enum FabricBuilder {
  /// Builds the fabric of a choice.
  ///
  /// - Parameters:
  ///   - problem: what the choice was made for.
  ///   - choice: a feasible choice; whatever of it does not fit its switches is left out, which
  ///     an audit reports.
  ///   - reasons: what the search knows of its choice; those that follow from the plan are added.
  ///   - date: the day for which prices are judged.
  public static func build(
    problem: PlanProblem, choice: PlanChoice, reasons: [Reason], date: CalendarDate
  ) -> Fabric {
    let racks = choice.racks.sorted { $0.rack.rack < $1.rack.rack }
    let hosts = HostDraft.all(problem: problem, choice: choice)
    let plan = PortPlan(
      choice: choice, racks: racks,
      cards: racks.map { rack in
        hosts.filter { $0.rack == rack.rack.rack }.flatMap { host in
          host.ports.filter { $0.side == .a }.map(\.card)
        }
      })
    let drafting = SwitchDrafting(
      problem: problem, choice: choice, racks: racks, plan: plan,
      taken: hosts.map(\.host.name) + (problem.site.core.map { [$0.name] } ?? []))
    var cabling = Cabling(
      problem: problem, choice: choice, racks: racks, plan: plan, hosts: hosts,
      switches: drafting.drafts())
    let (cables, links) = cabling.lay()
    let switches = cabling.switches
    let networks = NetworkPlan(
      problem: problem, choice: choice, hosts: hosts, switches: switches)
    let use = PartUse(
      problem: problem, switches: switches, hosts: hosts, cables: cables, links: links)
    let bill = BillDrafting(
      problem: problem, choice: choice, use: use, date: date,
      foreignCables: foreignCables(cables, switches, problem))
    let lines = bill.lines()
    let snapshot = Snapshot(
      problem: problem, parts: use.totals().map(\.part), hosts: hosts)
    let intents = IntentDrafting(
      site: problem.site, choice: choice, switches: switches, hosts: hosts, networks: networks,
      links: links
    ).intents()
    var fabric = Fabric(
      date: date, site: snapshot.site(storageMTU: networks.storageMTU), design: choice.design,
      catalog: snapshot.catalog(),
      devices: switches.map { device($0, problem) }, hosts: hosts.map(\.host), cables: cables,
      links: links, vlans: used(networks.vlans, in: intents), subnets: networks.subnets,
      intents: intents,
      dialects: problem.options.traits.filter { traits in
        intents.contains { $0.os == traits.os }
      },
      bom: lines,
      totals: bill.totals(
        lines, isPowerComplete: switches.allSatisfy { isPowerKnown($0, problem) },
        starterRack: racks.first?.rack.rack),
      alternatives: [], confirmations: [], reasons: [])
    fabric.site.defaults = marked(fabric)
    let confirming = ConfirmationDrafting(
      problem: problem, choice: choice, fabric: fabric, switches: switches, networks: networks)
    let reasoning = ReasonDrafting(
      problem: problem, choice: choice, fabric: fabric, switches: switches, networks: networks)
    (fabric.confirmations, fabric.reasons) = both(
      { confirming.list() }, { reasoning.list(given: reasons) })
    return fabric
  }

  /// Without the VLAN for untagged frames where no link needs it: trunks drop untagged frames.
  private static func used(_ vlans: [VLAN], in intents: [SwitchIntent]) -> [VLAN] {
    vlans.filter { vlan in
      vlan.purpose != .native
        || intents.contains { intent in
          intent.ports.contains { $0.membership.untagged == vlan.id }
            || intent.lags.contains { $0.membership.untagged == vlan.id }
        }
    }
  }

  /// The defaults of the site; of numbers that this plan has no use for that is said.
  private static func marked(_ fabric: Fabric) -> [DefaultTaken] {
    let unused: [(key: String, purpose: VLANPurpose, reason: String)] = [
      ("addressing.native-vlan", .native, "not used: every link of this plan has VLANs to carry"),
      (
        "management.vlan", .management,
        "not used: every switch of this plan is managed through a port of its own"
      ),
    ]
    return fabric.site.defaults.map { entry in
      guard let rule = unused.first(where: { $0.key == entry.key }),
        !fabric.vlans.contains(where: { $0.purpose == rule.purpose })
      else { return entry }
      return DefaultTaken(key: entry.key, value: entry.value, reason: rule.reason)
    }
  }

  /// Cables with fixed plugs of another maker than a switch that they are plugged into.
  private static func foreignCables(
    _ cables: [Cable], _ switches: [SwitchDraft], _ problem: PlanProblem
  ) -> Set<Int> {
    var makers: [String: String] = [:]
    for draft in switches { makers[draft.name] = problem.catalog.parts[draft.part].vendor }
    var found: Set<Int> = []
    for cable in cables {
      guard let index = problem.index(of: cable.part), !found.contains(index),
        problem.catalog.parts[index].asCable?.family.isAttached == true
      else { continue }
      let vendor = problem.catalog.parts[index].vendor
      let isForeign = ([cable.a] + cable.b).contains { end in
        makers[end.endpoint.node].map { $0 != vendor } ?? false
      }
      if isForeign { found.insert(index) }
    }
    return found
  }

  private static func device(_ draft: SwitchDraft, _ problem: PlanProblem) -> Device {
    let parts = problem.catalog.parts
    var accessories: [PartCount] = []
    for extra in draft.accessories {
      let id = parts[extra.part].id
      if let at = accessories.firstIndex(where: { $0.part == id }) {
        accessories[at].count += extra.count
      } else {
        accessories.append(PartCount(part: id, count: extra.count))
      }
    }
    let racks = problem.site.room.racks
    return Device(
      name: draft.name, role: draft.role, side: draft.side, part: parts[draft.part].id,
      modules: draft.modules.map { parts[$0].id },
      rack: racks.indices.contains(draft.rack) ? racks[draft.rack].name : "",
      powerSupplies: draft.powerSupplies, accessories: accessories,
      ports: draft.devicePorts(), managementAddress: draft.address,
      managementPort: draft.managementPort)
  }

  private static func isPowerKnown(_ draft: SwitchDraft, _ problem: PlanProblem) -> Bool {
    draft.spec.maxPower != nil
      && draft.modules.allSatisfy { problem.catalog.parts[$0].asModule?.maxPower != nil }
  }
}
