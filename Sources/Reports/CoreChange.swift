import CatalogModel
import Fabric
import Quantities
import SiteModel

/// `core-change.md`: what the owner of the existing core types, how to check it, and the way back.
struct CoreChange {
  let index: PlanIndex
  let planHash: String
  let core: Core
  let paths: [Path]

  /// Links that end on one box of the core, or on all of it where it is one.
  struct Path {
    /// Box of the core; empty where it is one.
    var box: String
    var links: [Link]
    /// Numbers of the LAGs on the new switches; empty where a link stands alone.
    var lags: [Int]
  }

  /// `nil` when the plan does not touch a core.
  init?(_ input: ReportInput, _ index: PlanIndex) {
    let links = input.fabric.links.filter { $0.role == .core }
    guard let core = input.fabric.site.core, !links.isEmpty else { return nil }
    self.index = index
    self.core = core
    planHash = input.planHash
    let boxes = core.hasTwoBoxes ? unique(links.map { core.box(of: $0.b) }) : [""]
    paths = boxes.map { box in
      let own = core.hasTwoBoxes ? links.filter { core.box(of: $0.b) == box } : links
      return Path(
        box: box, links: own, lags: unique(own.compactMap { index.lag(of: $0.a) }).sorted())
    }
  }

  private var fabric: Fabric { index.fabric }
  /// Whether each box has a way of its own, only one of which is open.
  private var hasStandby: Bool { core.kind == .separate && paths.count > 1 }
  private var leaving: [VLAN] { fabric.vlans.filter(\.mayLeave) }
  private var vlanWords: String {
    leaving.isEmpty ? "no VLAN at all" : listing(leaving.map { "VLAN \($0.id.number)" })
  }

  var markdown: String {
    var page = Markdown()
    page.heading(1, "Change request for the core `\(core.name)`")
    page.paragraph(
      "A new 10 Gbps network is hooked up to the core with "
        + "\(Format.count(fabric.links.count { $0.role == .core }, "link")).",
      "The core stays as it is but for what stands here: \(core.kind.words).",
      "Storage traffic stays inside the new network; only \(vlanWords) may pass.")
    writeBefore(&page)
    writeSettings(&page)
    CoreExamples(core: core, paths: paths, vlans: leaving).write(&page)
    writeAfter(&page)
    writeRollBack(&page)
    page.paragraph("Plan `\(planHash)`.")
    Glossary.append(to: &page)
    return page.text
  }

  private func writeBefore(_ page: inout Markdown) {
    page.heading(2, "Check before")
    var checks = [
      "The new network has passed its own acceptance (`install.md`), and no cable leads to the "
        + "core yet.",
      "The ports in the table below are free, shut down and at their defaults.",
      "The running configuration of the core is saved and a copy lies elsewhere.",
    ]
    if hasTree {
      checks += [
        "Write down the root bridge of the spanning tree. It should have "
          + "priority \(core.spanningTree.priority).",
        "Write down how often the tree has changed (the topology change counter).",
      ]
    }
    if !leaving.isEmpty { checks.append("On the core exist: \(vlanWords).") }
    checks.append("Somebody who can reach the core's console is at hand.")
    page.checklist(checks)
    if let warning { page.paragraph("**Warning.** \(warning)") }
  }

  /// What makes this core's spanning tree special; `nil` when nothing does.
  private var warning: String? {
    switch core.spanningTree.mode {
    case .rstp, .mstp: nil
    case .pvst, .rapidPVST:
      "The core runs one spanning tree for every VLAN (`\(core.spanningTree.mode.rawValue)`), the "
        + "new switches run RSTP with one tree for all. The two understand each other in one VLAN "
        + "only, so do not rely on spanning tree to break a loop between them: plug in nothing "
        + "but the links of this page, and plug them in after the LAG is set up on both sides."
    case .none:
      "The core runs no spanning tree, so nothing breaks a loop: plug in nothing but the links "
        + "of this page, and plug them in after the LAG is set up on both sides."
    }
  }

  private func writeSettings(_ page: inout Markdown) {
    page.heading(2, "What to set")
    for (number, path) in paths.enumerated() {
      if paths.count > 1 {
        page.heading(
          3, (hasStandby ? "Path \(number + 1): box " : "Box ") + Markdown.code(path.box))
      }
      page.table(
        ["Port of the core", "To", "Cable", "Rate", "Optic at the core"],
        path.links.map { link in
          [
            Markdown.code(core.portName(of: link.b)), Markdown.code(index.text(link.a)),
            Markdown.code(link.cable), Format.rate(link.rate), optic(link),
          ]
        })
      page.steps(settings(path, isStandby: hasStandby && number > 0))
    }
    if hasStandby {
      page.paragraph(
        "The core is two separate boxes, so **no single LAG over both is possible**.",
        "One path carries the traffic. The other stands by, **shut on both sides**: the two boxes "
          + "are joined to each other, so two open paths would be a circle, and spanning tree might "
          + "cut the link between the boxes to break it.")
      page.paragraph(
        "When the first path fails, change over by hand. First shut it at every end that still "
          + "answers, \(listing(openingPorts(paths[0]))) and "
          + "\(listing(paths[0].links.map { boxPort($0) })): one end is enough, and without it the "
          + "path that comes back would close the circle. Then open the standby at both ends, "
          + "\(listing(openingPorts(paths[1]))) and "
          + "\(listing(paths[1].links.map { boxPort($0) })). Go back in the same order: shut the "
          + "standby, then open the first. Until somebody changes over, \(vlanWords) have no way "
          + "to the core.")
    }
  }

  /// What is plugged into the port of the core.
  private func optic(_ link: Link) -> String {
    let cable = fabric.cable(link.cable)
    if let end = cable.flatMap({ ([$0.a] + $0.b).first { $0.endpoint == link.b } }),
      let optic = end.optic
    {
      return index.label(optic)
    }
    if let cable, index.part(cable.part)?.asCable?.family.isAttached == true {
      return "none: fixed plug of cable \(Markdown.code(cable.id))"
    }
    let port = core.port(labelled: link.b.port)
    if port?.connector == Connector.rj45.rawValue { return "none: RJ45 port" }
    return "not in this plan: the owner provides it"
  }

  /// Ports of the new switches that a path ends on.
  private func openingPorts(_ path: Path) -> [String] {
    path.links.map { Markdown.code(index.text($0.a)) }
  }

  /// A port of the core, with its box where there are two.
  private func portText(_ link: Link) -> String {
    core.box(of: link.b).isEmpty ? Markdown.code(core.portName(of: link.b)) : boxPort(link)
  }

  private func boxPort(_ link: Link) -> String {
    Markdown.code(core.portName(of: link.b)) + " of box " + Markdown.code(core.box(of: link.b))
  }

  private func settings(_ path: Path, isStandby: Bool) -> [String] {
    let ports = listing(path.links.map { Markdown.code(core.portName(of: $0.b)) })
    let box = core.kind == .mlag && paths.count > 1 ? " of box \(Markdown.code(path.box))" : ""
    var steps: [String] = []
    if core.kind == .mlag {
      steps.append(
        "Put \(ports)\(box) into a LAG, with LACP in active mode. \(core.kind.memberAdvice)")
    } else if path.links.count > 1 {
      steps.append("Make one LAG of \(ports), with LACP in active mode. \(core.kind.memberAdvice)")
    } else {
      steps.append("Use \(ports) with LACP in active mode, as a LAG of one member.")
    }
    if !path.lags.isEmpty {
      steps.append(
        "On the new switches it is \(listing(path.lags.map { "LAG \($0)" })); the number on the "
          + "core is the owner's choice.")
    }
    steps.append(
      "Make it a trunk that carries tagged \(vlanWords), and no other VLAN. Never leave the list "
        + "at \"all\".")
    steps.append("Untagged frames belong to an unused VLAN, or are dropped.")
    steps.append(mtuStep)
    steps.append(spanningTreeStep)
    steps.append(
      "Plug in \(listing(path.links.map { Markdown.code($0.cable) })) while these ports are still "
        + "shut down.")
    if isStandby {
      steps.append(
        "This is the standby path: leave its ports shut down, here and on the new switch.")
    } else {
      steps.append("Bring the ports up one at a time.")
    }
    return steps
  }

  private var mtuStep: String {
    let largest = leaving.map(\.mtu).max() ?? 1500
    let own = core.mtu.map { "the core's ports are said to have \(Format.count($0, "byte"))" }
    return largest <= 1500
      ? "Leave the MTU as it is: packets of \(Format.count(largest, "byte")) must pass"
        + (own.map { "; \($0)." } ?? ".")
      : "The MTU must let packets of \(Format.count(largest, "byte")) pass, headers not counted; "
        + (own ?? "what the core's ports have is not known: look it up") + "."
  }

  /// Whether the core runs a spanning tree, so that there is a root.
  private var hasTree: Bool { core.spanningTree.mode != .none }

  private var spanningTreeStep: String {
    guard hasTree else {
      return
        "The core runs no spanning tree, and none is switched on for this: the tree of the new "
        + "switches is the only one, and one of them is its root."
    }
    let spines = Set(fabric.links.filter { $0.role == .core }.map(\.a.node))
    let priorities = fabric.intents.filter { spines.contains($0.hostname) }
      .map(\.spanningTree.priority)
    let theirs = unique(priorities.sorted()).map { "priority \($0)" }
    return "Leave spanning tree on, and its mode and priorities as they are: the core stays the "
      + "root\(core.spanningTree.mode == .mstp ? " of the common tree (instance zero)" : "") with "
      + "priority \(core.spanningTree.priority)"
      + (theirs.isEmpty ? "." : ", the new switches have \(listing(theirs)), which loses.")
      + " Where the core offers a root guard, switch it on for this LAG."
      + (core.spanningTree.mode == .mstp
        ? " The new switches stay outside of the core's region, so only its common tree "
          + "reaches them." : "")
  }

  private func writeAfter(_ page: inout Markdown) {
    page.heading(2, "Check after")
    page.checklist(
      paths.map { path in
        let name = path.box.isEmpty ? "The LAG" : "The LAG on box \(Markdown.code(path.box))"
        if hasStandby, path.box != paths[0].box {
          return "\(name) is down, as the standby must be."
        }
        return "\(name) is up with \(Format.count(path.links.count, "member")), and each has "
          + "found its LACP partner."
      }
        + (hasTree
          ? [
            "The root bridge is the one that was written down, and the topology change counter has "
              + "stopped."
          ] : []) + [
          "The trunk carries \(vlanWords), and no other VLAN.",
          fabric.site.traffic.gateways == .core
            ? "A host on the new network reaches its gateway in each of these VLANs."
            : "A host on the new network reaches one on the old network in each of these VLANs.",
          hasStandby
            ? "Change over to the standby path as described above, see that the traffic goes on, and "
              + "change back."
            : "Pull one cable: the traffic goes on. Plug it in again: it goes on.",
          "After ten minutes the ports count no errors and no dropped frames.",
        ]
        + (CoreWatch(fabric).isEmpty
          ? []
          : [
            "Last of all the new network follows the core: the end of step 7 of `install.md`."
          ]))
  }

  private func writeRollBack(_ page: inout Markdown) {
    page.heading(2, "Roll-back")
    page.paragraph(
      "At any sign of trouble in the old network, go back first and look for the cause later.",
      "Traffic inside the new network goes on; \(vlanWords) lose the way to the core.")
    let watch = CoreWatch(fabric)
    var steps = [
      watch.isEmpty ? "" : "First of all, in the new network: \(watch.stop)",
      "Shut down \(listing(paths.flatMap(\.links).map(portText))) on the core.",
      "Unplug \(listing(paths.flatMap(\.links).map { Markdown.code($0.cable) })) at the core.",
      "Take the VLANs from the trunk, delete the LAG with what was set on it (a description, a root "
        + "guard, an MTU), and set the ports to their defaults.",
      "Delete VLANs that were made for this change.",
      "Compare the running configuration with the saved copy: nothing else differs.",
    ]
    if hasTree { steps.append("The root bridge is the one that was written down.") }
    page.steps(steps.filter { !$0.isEmpty })
    CoreExamples(core: core, paths: paths, vlans: leaving).writeRollBack(&page)
  }
}

extension Core {
  /// Box of the core's end of a link; empty when the site does not say.
  func box(of end: Endpoint) -> String {
    if ports.contains(where: { $0.box == end.node }) { return end.node }
    return (port(labelled: end.port) ?? ports.first { $0.name == end.port })?.box ?? ""
  }

  /// Name of the core's end of a link, as its box calls it.
  func portName(of end: Endpoint) -> String { port(labelled: end.port)?.name ?? end.port }
}

extension PlanIndex {
  /// LAG of a switch port; `nil` when it stands alone.
  func lag(of end: Endpoint) -> Int? {
    fabric.intent(end.node)?.ports.first { $0.name == end.port }?.lag
  }
}

extension CoreKind {
  var words: String {
    switch self {
    case .chassis: "it is one chassis"
    case .stack: "it is a stack that acts as one switch"
    case .mlag: "it is two boxes that offer one LAG together (MLAG)"
    case .separate: "it is two separate boxes"
    }
  }

  /// Where the members of the LAG belong.
  var memberAdvice: String {
    switch self {
    case .chassis: "Members on different line cards survive the loss of one."
    case .stack: "Members on different units of the stack survive the loss of one."
    case .mlag: "It is one LAG on both boxes, with the same MLAG number on each."
    case .separate: "All its members are on this box."
    }
  }
}
