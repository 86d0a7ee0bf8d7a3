import CatalogModel
import Fabric
import Quantities
import SiteModel

extension Install {
  func writeCabling(_ page: inout Markdown) {
    page.heading(2, "Step 5: cable, in this order")
    page.paragraph(
      "A cable is listed once, at its end A.",
      fabric.links.contains { $0.role == .core }
        ? "The uplinks to the core stay unplugged until step 7." : "",
      "The same list for a spreadsheet is `cabling.csv`.")
    let cables = index.patchOrder
    for stage in PlanIndex.stages where stage != .management && stage != .core {
      let own = cables.filter { index.links(of: $0).first?.role == stage }
      guard !own.isEmpty else { continue }
      page.heading(3, stage.heading)
      if stage == .host {
        writeBonds(&page)
        writeHostFiles(&page)
        writeVirtualPorts(&page)
      }
      let racks = unique(own.map { index.rack(of: $0.a.endpoint.node) })
      for rack in racks {
        if racks.count > 1 { page.paragraph("From rack \(Markdown.code(rack)):") }
        page.table(
          ["Label", "From", "To", "Optics", "Cable", "Route", "Length"],
          own.filter { index.rack(of: $0.a.endpoint.node) == rack }.map(cableRow))
      }
      page.paragraph("Acceptance:")
      page.checklist(stage.checks)
    }
    writeLossless(&page)
  }

  /// Hosts without SMB Multichannel: one address over both fabrics.
  private func writeBonds(_ page: inout Markdown) {
    let groups = fabric.site.hosts.filter { !$0.hasMultichannel && $0.joinsNewFabric }
    guard !groups.isEmpty else { return }
    page.paragraph(
      "On hosts of \(listing(groups.map { Markdown.code($0.name) })) join the ports on the two "
        + "fabrics to one bond, active/standby (`active-backup`), without LACP, the port on fabric "
        + "A active. VLANs and addresses are those of the bond: `addresses.csv` shows each address "
        + "at the active port and names the standby ports beside it.")
  }

  /// A row of a table of cables.
  func cableRow(_ cable: Cable) -> [String] {
    let legs = cable.b.map { Markdown.code(index.text($0.endpoint)) }.joined(separator: ", ")
    let near = index.rack(of: cable.a.endpoint.node)
    var elsewhere: [String] = []
    for end in cable.b {
      let rack = index.rack(of: end.endpoint.node)
      if rack != near, !rack.isEmpty { elsewhere.append(Markdown.code(rack)) }
    }
    let place = elsewhere.isEmpty ? "" : " in rack \(listing(unique(elsewhere)))"
    let pieces = cable.pieces > 1 ? "\(Format.count(cable.pieces, "piece")) of " : ""
    let over = cable.existing.isEmpty ? "" : " over \(Markdown.code(cable.existing))"
    return [
      Markdown.code(cable.id), Markdown.code(index.text(cable.a.endpoint)), legs + place,
      optics(cable), pieces + index.label(cable.part) + over, Format.length(cable.routed),
      index.stockLength(cable.part).map { Format.length($0) } ?? "unknown",
    ]
  }

  /// Order numbers of the optics at end A and at end B, once when they are alike.
  private func optics(_ cable: Cable) -> String {
    let near = opticText(cable.a)
    guard let far = cable.b.first.map(opticText), far != near else { return near }
    return "\(near) and \(far)"
  }

  private func opticText(_ end: CableEnd) -> String {
    guard let optic = end.optic else { return "none" }
    return Markdown.code(index.skuOrLabel(optic))
  }

  func writeFailureTests(_ page: inout Markdown) {
    page.heading(2, "Step 6: break it on purpose")
    page.paragraph("With a live migration running, and nothing of value on the hosts yet:")
    var checks: [String] = []
    if fabric.links.contains(where: { $0.role == .uplink }) {
      checks.append("Unplug one uplink of a ToR: the migration goes on.")
      checks.append("Unplug all uplinks of a ToR: its host ports go down, the migration goes on.")
    }
    if fabric.links.contains(where: { $0.role == .peer }) {
      checks.append("Unplug one peer link: the pair stays a pair.")
      if !CoreWatch(fabric).isEmpty {
        checks.append(
          "Unplug all peer links: every host keeps both of its ports, and the migration goes on. "
            + "Plug them in again: the pair is a pair.")
      }
    }
    let hasUplinks = fabric.intents.contains { $0.uplinkGroups.contains(where: \.enabled) }
    checks += [
      "Switch off one switch of fabric A: every host stays connected. Switch it on again, and "
        + (hasUplinks
          ? "its host ports come up after its uplinks." : "every host sees both of its ports."),
      "The same with one switch of fabric B.",
      "Unplug one host port: the other carries on.",
    ]
    page.checklist(checks)
  }

  func writeSheetHelp(_ page: inout Markdown) {
    page.heading(2, "How to read `cabling.csv`")
    page.bullets([
      "One row is one cable, in the order of plugging. The text is UTF-8, rows end with carriage "
        + "return and line feed, decimals have a point.",
      "`label` goes on both ends. `a_` columns are one end, `b_` columns the other; an empty port "
        + "means any free one.",
      "A breakout cable has its trunk at end A; the `b_` columns hold its legs in lane order, "
        + "parted by a vertical bar, and `legs` counts them. Legs that are not listed stay unused "
        + "and are tied back.",
      "`routed_m` is the way with slack, `stock_m` the length of the cable, both in metres.",
      "Where `pieces` is two, a patch cord goes to the fixed cabling of `over_existing_cabling` "
        + "at each end.",
      "A text that begins with a sign that spreadsheets take for a formula has an apostrophe in "
        + "front.",
    ])
  }
}

extension LinkRole {
  fileprivate var heading: String {
    switch self {
    case .host: "Hosts"
    case .uplink: "Uplinks from the racks to the spine"
    case .peer: "Peer links"
    case .core: "Uplinks to the core"
    case .management: "Management"
    }
  }

  fileprivate var checks: [String] {
    switch self {
    case .host:
      [
        "LLDP, or the list of learned addresses, shows each host on the ports of the list.",
        "Every host sees both of its ports at full speed, one on each fabric.",
        "From each host a ping with the full MTU and no fragmentation reaches every other host, in "
          + "each storage subnet.",
      ]
    case .uplink:
      [
        "LLDP shows each neighbour as listed; no pair is swapped.",
        "Each LAG of a ToR is up with all its members, half of them on each spine node.",
        "Spanning tree shows no blocked port.",
      ]
    case .peer:
      [
        "The pair is up: one switch is primary, the other is secondary.",
        "All members of the peer link are up, and the backup link over management works.",
        "The members lie apart, in different trays or at least on different sides of the rack: what "
          + "cuts all of them at once parts the pair.",
      ]
    case .core, .management: []
    }
  }
}
