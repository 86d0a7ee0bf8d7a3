import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// The way to the core: the right number of links on its free ports, and just what may leave.
  static let coreHookUp = PlanProof(
    "core-hook-up",
    claim: "the core is reached over its free ports, from both nodes, by what may leave alone",
    readsIntents: true
  ) { context, ledger in
    let trunks = context.layer2.trunks.filter { $0.b == nil }
    let leaving = context.fabric.vlans.filter(\.mayLeave).map(\.id).sorted()
    let wantsCore =
      context.fabric.design != .standalonePair && context.site.core != nil
      && (!context.site.traffic.tenantVLANs.isEmpty || context.site.traffic.backup == .viaCore)
    guard let core = context.site.core else {
      return ledger.expect(trunks.isEmpty, at: ["core"], "there are links to a core and no core")
    }
    let coreLinks = context.links.filter { $0.link.role == .core }
    ledger.expect(
      coreLinks.count == (wantsCore ? core.uplinks : 0), at: [core.name],
      "\(coreLinks.count) links lead to the core",
      expected: wantsCore ? "\(core.uplinks)" : "none: nothing is to leave")
    guard wantsCore else { return }
    let central: DeviceRole = context.fabric.design == .spineLeaf ? .spine : .central
    var rates: [Int64] = []
    for (index, view) in context.switches.enumerated() where view.device.role == central {
      let own = trunks.filter { $0.a == index }
      ledger.expect(
        own.count * 2 == core.uplinks, at: [view.name, core.name],
        "\(own.count) of the core's links are on this switch",
        expected: "half of \(core.uplinks)")
      rates.append(
        own.reduce(0) {
          $0.addingReportingOverflow(context.links[$1.link].link.rate.bitsPerSecond).partialValue
        })
      for trunk in own {
        let membership = view.membership(trunk.portA)
        ledger.expect(
          membership.tagged == leaving, at: [view.name, trunk.portA.name, core.name],
          "it has \(membership.shown)",
          expected: "tagged " + leaving.map { String($0.number) }.joined(separator: ", "),
          hint: "list just the VLANs that may leave")
        ledger.expect(
          membership.untagged == nil || membership.untagged == context.site.addressing.nativeVLAN,
          at: [view.name, trunk.portA.name, core.name],
          "its untagged frames go to VLAN \(membership.untagged?.number ?? 0)",
          expected: "nowhere, or the unused VLAN")
      }
    }
    for id in core.carries {
      ledger.expect(
        leaving.contains(id), at: [core.name, "vlan \(id.number)"],
        "the core is to carry it, and no VLAN of the plan that may leave has this number")
    }
    if let wanted = context.site.traffic.northSouth {
      let rest = DataRate(bitsPerSecond: rates.min() ?? 0)
      ledger.expect(
        rest >= wanted, at: [core.name],
        "after the loss of one node \(Format.rate(rest)) are left towards the core",
        expected: "at least \(Format.rate(wanted))")
    }
    checkStanding(context, trunks, core, &ledger)
  }

  /// One LAG where the core is one; one open way where it is two boxes. Of two boxes each has half
  /// of the links.
  private static func checkStanding(
    _ context: AuditContext, _ trunks: [Trunk], _ core: Core, _ ledger: inout Ledger
  ) {
    if core.hasTwoBoxes {
      for box in Set(core.ports.map(\.box)).sorted() {
        let links = trunks.count { $0.box == box }
        ledger.expect(
          links * 2 == core.uplinks, at: [core.name, box],
          "\(links) of the \(core.uplinks) links end on box \(box)",
          expected: "half of them, so that the loss of a box leaves the other",
          hint: "move links to the other box")
      }
    }
    if core.kind == .separate {
      let open = Set(trunks.filter { $0.portA.enabled }.map(\.a))
      ledger.expect(
        open.count == 1, at: [core.name],
        "\(open.count) switches have an open way to one of the two separate boxes",
        expected: "1; the other is the standby, shut until somebody opens it",
        hint: "two open ways and the link between the boxes are a circle")
      for index in Set(trunks.map(\.a)).sorted() {
        ledger.expect(
          Set(trunks.filter { $0.a == index }.map(\.box)).count == 1,
          at: [context.switches[index].name, core.name], "its links end on both separate boxes",
          expected: "one box, since no LAG can end on two")
      }
      return
    }
    var numbers: Set<Int?> = []
    for trunk in trunks {
      let lag = trunk.portA.lag.flatMap { context.switches[trunk.a].lag($0) }
      numbers.insert(lag?.pairLAG)
    }
    ledger.expect(
      numbers.count == 1 && !numbers.contains(nil), at: [core.name],
      "the links to the core are not one LAG over both nodes",
      expected: "one LACP LAG, split over both nodes", hint: "anything else is a loop")
  }
}
