import CatalogModel
import Fabric
import Quantities
import SiteModel

/// `runbook.md`: new firmware for every switch, one at a time, with what to type, what to look at
/// before and after, and the way back.
struct Runbook {
  let index: PlanIndex
  private let planHash: String
  /// The proof that every host stays connected while one switch is away.
  private let proof: AuditedRule?
  /// Hosts of each switch and switches of each host, in the order of their links.
  private let neighbours: [String: [String]]
  /// The switch with the only open way to the core, where another one is shut.
  private let openWay: String?
  private var fabric: Fabric { index.fabric }

  init(_ input: ReportInput, _ index: PlanIndex) {
    self.index = index
    planHash = input.planHash
    var neighbours: [String: [String]] = [:]
    for link in input.fabric.links where link.role == .host {
      neighbours[link.a.node, default: []].append(link.b.node)
      neighbours[link.b.node, default: []].append(link.a.node)
    }
    self.neighbours = neighbours.mapValues { unique($0) }
    openWay = StandbyWay(input.fabric)?.open
    proof = input.rules.first { $0.rule == "survives-any-loss" && $0.checked > 0 }
  }

  var markdown: String {
    var page = Markdown()
    page.heading(1, "Runbook: new firmware in the network `\(fabric.site.name)`")
    page.paragraph(
      "One switch at a time, in this order. Go on only when every box of a step is ticked; at the "
        + "first that cannot be ticked, take the way back of that step and stop.")
    writeProof(&page)
    page.paragraph(UpgradeOrder.pairRule(fabric))
    page.paragraph(UpgradeOrder.coreRule(fabric))
    writeOrder(&page)
    writePreparation(&page)
    var step = 1
    for side in FabricSide.allCases {
      for device in UpgradeOrder.devices(fabric, side) {
        write(device, step, &page)
        step += 1
      }
      guard step > 1 else { continue }
      page.heading(2, "Fabric \(side.rawValue) is done")
      page.checklist([
        "Every host sees all of its ports on the new network.",
        "A live migration runs between two racks, and at its usual rate.",
        side == .a
          ? "Only then fabric B is touched." : "`tenfold config diff` shows no difference.",
      ])
    }
    page.paragraph("Plan `\(planHash)`.")
    Glossary.append(to: &page)
    return page.text
  }

  // MARK: The whole

  private func writeProof(_ page: inout Markdown) {
    guard let proof, proof.findings == 0 else {
      return page.paragraph(
        "No proof says that the hosts stay connected meanwhile: stop the workloads first.")
    }
    let after = fabric.totals.oversubscriptionAfterFailure.map {
      " The worst oversubscription meanwhile is \(Format.ratio($0))."
    }
    page.paragraph(
      "Proved for every step (rule `\(proof.rule)` in `audit.json`, "
        + "\(Format.count(proof.checked, "fact"))): while the switch of the step is away, every host "
        + "still reaches every other." + (after ?? ""))
  }

  private func writeOrder(_ page: inout Markdown) {
    var rows: [[String]] = []
    for side in FabricSide.allCases {
      for device in UpgradeOrder.devices(fabric, side) {
        rows.append([
          "step \(rows.count + 1)", Markdown.code(device.name), index.label(device.part),
          Markdown.code(device.rack), side.rawValue, hostsWords(device),
        ])
      }
    }
    page.table(["Step", "Switch", "Model", "Rack", "Fabric", "Hosts that lose a port"], rows)
    let others = fabric.devices.filter { $0.role == .outOfBand }.map { Markdown.code($0.name) }
    if !others.isEmpty {
      page.paragraph(
        "\(listing(others)) carries management alone: upgrade it on another day, since the others "
          + "are reached through it.")
    }
  }

  private func writePreparation(_ page: inout Markdown) {
    page.heading(2, "Before the first step")
    var checks = [
      "For every model: the image is on a server that the switches reach, its checksum is right, and "
        + "its release notes name no step in between.",
      "The console of each switch is within reach: the network that leads to it may be away.",
      "`tenfold config diff` of the plan and of the running configurations shows no difference.",
      "No backup, migration or failure test runs until the last step is done.",
    ]
    if fabric.intents.contains(where: { $0.qos != nil }) {
      checks.append("The new release keeps lossless Ethernet (PFC, ETS) as it is configured.")
    }
    page.checklist(checks)
    let systems = unique(fabric.intents.map(\.os)).compactMap { fabric.traits($0) }
    for traits in systems {
      let rules = traits.upgradeRules.map { $0.value + " (\(Markdown.code($0.fact)))" }
      guard !rules.isEmpty else { continue }
      page.paragraph(
        "What is known of \(traits.system.value), each with the number of its fact "
          + "(\(Markdown.code("templates/\(traits.os.rawValue)/facts.tsv")) names the source):")
      page.bullets(rules)
    }
  }

  private func hosts(on device: Device) -> [String] { neighbours[device.name] ?? [] }

  private func hostsWords(_ device: Device) -> String {
    let count = hosts(on: device).count
    return count == 0 ? "none" : Format.count(count, "host")
  }

  // MARK: One step

  private func write(_ device: Device, _ step: Int, _ page: inout Markdown) {
    let intent = fabric.intent(device.name)
    let traits = intent.flatMap { fabric.traits($0.os) }
    let isOpen = openWay == device.name
    page.heading(2, "Step \(step): `\(device.name)`")
    page.paragraph(
      "\(index.label(device.part)) in rack `\(device.rack)`"
        + (traits.map { ", \($0.system.value)" } ?? "") + ".", stays(device))
    page.heading(3, "Before")
    page.checklist(
      SwitchChecks.lines(traits, intent, isBefore: true, isUpgrade: true) + [
        "The step before, if there is one, is wholly ticked."
      ])
    page.heading(3, "Upgrade")
    page.checklist(
      (isOpen ? ["The standby to the core is open (`core-change.md`)."] : []) + [kept(traits)])
    page.code(lines(.backUp, traits) + lines(.installImage, traits) + lines(.reload, traits))
    if lines(.installImage, traits).isEmpty {
      page.paragraph(
        "How an image is installed stands in no source of this plan: follow the manual, then reload."
      )
    }
    page.heading(3, "After")
    page.checklist(
      SwitchChecks.lines(traits, intent, isBefore: false, isUpgrade: true)
        + ["Every host of this switch sees this port again, and pings its neighbours."]
        + (isOpen ? ["The standby to the core is shut again (`core-change.md`)."] : []))
    page.heading(3, "Way back")
    writeWayBack(device, traits, &page)
  }

  /// Who carries the traffic meanwhile.
  private func stays(_ device: Device) -> String {
    let names = hosts(on: device)
    let others = unique(names.flatMap { neighbours[$0] ?? [] })
      .filter { $0 != device.name }.map { Markdown.code($0) }
    if !names.isEmpty {
      return "\(Format.count(names.count, "host")) (\(Markdown.code(names[0]))"
        + (names.count > 1 ? " to \(Markdown.code(names[names.count - 1]))" : "")
        + ") lose this port and keep the one on \(listing(others))."
    }
    let peer = fabric.devices.filter {
      $0.name != device.name && $0.role == device.role && $0.side != device.side
    }.map { Markdown.code($0.name) }
    return peer.isEmpty ? "" : "No host is plugged into it; \(listing(peer)) carries all meanwhile."
  }

  /// What of the switch is put aside first.
  private func kept(_ traits: DialectTraits?) -> String {
    let shown = lines(.showConfiguration, traits).map { Markdown.code($0) }
    if !lines(.backUp, traits).isEmpty {
      return "The copy of the configuration has arrived and is not empty."
    }
    return shown.isEmpty
      ? "A copy of its configuration is put aside."
      : "The output of \(listing(shown)) is kept: no source names a command that copies it away."
  }

  private func lines(_ task: OperatorTask, _ traits: DialectTraits?) -> [String] {
    traits?.command(task)?.lines ?? []
  }

  private func writeWayBack(
    _ device: Device, _ traits: DialectTraits?, _ page: inout Markdown
  ) {
    page.paragraph(
      "When it does not start, or a box under After stays open: the hosts go on over the other "
        + "fabric, so there is no haste. On the console:")
    page.code(lines(.bootPrevious, traits))
    if lines(.bootPrevious, traits).isEmpty {
      page.paragraph("How the former image is started stands in no source of this plan.")
    }
    page.paragraph(
      "When its configuration is gone, load `switches/\(device.name).cfg` with its secrets filled in, "
        + "as on the first day (`install.md`). Then the checks under Before again, and no further "
        + "step until it is known what went wrong.")
  }
}
