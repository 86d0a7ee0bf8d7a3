import CatalogModel
import Fabric
import Quantities
import SiteModel

/// `install.md`: the day plan for those who rack, cable and configure.
struct Install {
  let index: PlanIndex
  let planHash: String
  let notes: [ConfigNote]
  /// Host names of the switches that have no configuration.
  let unconfigured: [String]
  /// Groups of hosts with files of their own.
  let hostFolders: [String]
  var fabric: Fabric { index.fabric }

  init(_ input: ReportInput, _ index: PlanIndex) {
    self.index = index
    planHash = input.planHash
    notes = input.configNotes
    unconfigured = input.unconfigured
    hostFolders = input.hostFolders
  }

  var markdown: String {
    var page = Markdown()
    page.heading(1, "Installing the network `\(fabric.site.name)`")
    page.paragraph(
      "Work through the steps in order. Each ends with an acceptance: go on when every box of it "
        + "is ticked.",
      "The old network is not touched before the last step.")
    if fabric.design == .standalonePair {
      page.paragraph(
        "The two switches are islands: no cable goes from one to the other, and none to the old "
          + "network but for management.")
    }
    writePreparation(&page)
    writeRacks(&page)
    writePower(&page)
    writeManagement(&page)
    writeConfigurations(&page)
    writeCabling(&page)
    writeFailureTests(&page)
    writeCore(&page)
    writeReplacement(&page)
    page.heading(2, "Firmware upgrades")
    page.paragraph(
      "`runbook.md` leads through them, one switch at a time, with what to type, what to look at and"
        + " the way back.")
    writeSheetHelp(&page)
    page.paragraph("Plan `\(planHash)`.")
    Glossary.append(to: &page)
    return page.text
  }

  // MARK: Steps

  private func acceptance(_ page: inout Markdown, _ checks: [String]) {
    page.paragraph("Acceptance:")
    page.checklist(checks)
  }

  private func writePreparation(_ page: inout Markdown) {
    page.heading(2, "Before the day")
    var checks = [
      "Every line of `bom.csv` has come, with the order number that stands there."
    ]
    if hasFiles {
      checks.append(
        "Each file in `switches/` has its placeholder secrets filled in; keep that copy safe.")
    }
    if !unconfigured.isEmpty {
      checks.append(
        "For \(listing(unconfigured.map { Markdown.code($0) })) somebody who knows the model has "
          + "written the configuration: this plan has none.")
    }
    checks.append("All switches of one model run the same firmware.")
    if lossless.contains(.os9) {
      checks.append(
        "The firmware of each Dell OS9 switch (`show version`) is `9.3(0.0)` or newer: older ones do "
          + "not know the lines for lossless traffic. That it is this release is inferred from "
          + "manuals and not verified.")
    }
    let batch = fabric.bom.filter { $0.testFirst > 0 }
    if !batch.isEmpty {
      checks.append("The first batch of \(listing(batch.map { index.label($0.part) })) was tested.")
    }
    checks.append("Two labels are printed for every cable, one for each end.")
    page.checklist(checks)
    page.paragraph("Cables by kind, for sorting into one box a rack:")
    let parts = unique(fabric.cables.map(\.part)).sorted()
    page.table(
      ["Cable", "Order number", "Length", "Pieces to lay"],
      parts.map { id in
        let pieces = fabric.cables.filter { $0.part == id }.reduce(0) { $0 + $1.pieces }
        return [
          index.label(id), index.orderNumber(id),
          index.stockLength(id).map { Format.length($0) } ?? "unknown",
          Format.count(pieces, "piece"),
        ]
      })
  }

  private func writeRacks(_ page: inout Markdown) {
    page.heading(2, "Step 1: rack the switches")
    page.table(
      ["Rack", "Switch", "Model", "Height", "Modules", "Fabric", "Air"],
      byRack.map { device in
        let spec = index.part(device.part)?.asSwitch
        let modules = device.modules.enumerated().map {
          "bay \($0.offset + 1): \(index.label($0.element))"
        }
        return [
          Markdown.code(device.rack), Markdown.code(device.name), index.label(device.part),
          spec?.halfRackUnits.map { Format.rackUnits(halves: $0) } ?? "unknown",
          modules.isEmpty ? "none" : modules.joined(separator: ", "),
          device.role == .outOfBand ? "management" : "fabric \(device.side.rawValue)",
          airText(device),
        ]
      })
    acceptance(
      &page,
      [
        "Every switch sits in its rack, carries its name at the front and at the back, and its "
          + "modules are in their bays.",
        "Every switch blows as this table says, and all of a rack in the same direction.",
      ])
  }

  private var byRack: [Device] {
    fabric.site.room.racks.flatMap { rack in fabric.devices.filter { $0.rack == rack.name } }
  }

  private func airText(_ device: Device) -> String {
    guard let spec = index.part(device.part)?.asSwitch, !spec.airflow.isEmpty else {
      return "unknown"
    }
    return fabric.airflow(of: device)?.words
      ?? "as ordered: " + spec.airflow.map(\.words).joined(separator: "; or ")
  }

  private func writePower(_ page: inout Markdown) {
    page.heading(2, "Step 2: power")
    page.table(
      ["Rack", "Switch", "Supplies", "Inlet", "Outlet of the rack", "Where to"],
      byRack.map { device in
        let rack = fabric.site.room.racks.first { $0.name == device.rack }
        let inlet = index.part(device.part)?.asSwitch?.powerSupplies.inlet ?? ""
        return [
          Markdown.code(device.rack), Markdown.code(device.name),
          "at least " + Format.count(device.powerSupplies, "supply", "supplies"),
          inlet.isEmpty ? "unknown" : Markdown.code(inlet),
          rack?.outlet.map { Markdown.code($0) } ?? "not stated",
          feedText(device, feeds: rack?.feeds ?? 1),
        ]
      })
    var checks = ["Every supply shows that it is well."]
    if fabric.site.room.racks.contains(where: { $0.feeds > 1 }) {
      checks.append(
        "With one feed switched off, no rack with two feeds loses more than the switches of one "
          + "fabric.")
    }
    acceptance(&page, checks)
  }

  private func feedText(_ device: Device, feeds: Int) -> String {
    guard feeds > 1 else {
      return device.powerSupplies > 1 ? "all supplies to the one feed" : "the one feed"
    }
    guard device.powerSupplies > 1 else { return device.side == .a ? "feed 1" : "feed 2" }
    return "supply 1 to feed 1, supply 2 to feed 2"
  }

  private func writeManagement(_ page: inout Markdown) {
    page.heading(2, "Step 3: management")
    writeManagementSwitch(&page)
    let byHand = unconfigured.filter { fabric.intent($0) != nil }
    let isAllByHand = fabric.intents.allSatisfy { byHand.contains($0.hostname) }
    page.paragraph(
      "Connect each switch to the management network."
        + (isAllByHand
          ? " On its console, give it its address as its maker's manual says."
          : " On its console, do what the first lines of its file ask for, then give it its "
            + "address: type the lines of the file for its management port."
            + (byHand.isEmpty
              ? ""
              : " A switch that is set up by hand (step 4) gets its address as its maker's manual "
                + "says."))
    )
    page.bullets(consolePreparations)
    page.table(
      ["Switch", "Port", "Cable", "To", "Address"],
      fabric.devices.compactMap { device in
        let link = fabric.links.first { $0.role == .management && $0.a.node == device.name }
        let port = device.managementPort.isEmpty ? link?.a.port ?? "" : device.managementPort
        guard link != nil else { return nil }
        return [
          Markdown.code(device.name), Markdown.code(port), Markdown.code(link?.cable ?? ""),
          link.map { Markdown.code(index.text($0.b)) } ?? "-",
          device.managementAddress.map {
            Markdown.code("\($0)/\(fabric.site.management.subnet.prefixLength)")
          } ?? "none",
        ]
      })
    acceptance(
      &page,
      [
        "Every switch of this table answers a ping at its address.",
        "The switch that answers is the one that the label names (look at its serial number).",
      ])
  }

  private func writeConfigurations(_ page: inout Markdown) {
    page.heading(2, "Step 4: load the configurations")
    page.paragraph("No data cable is plugged in yet. Take the switches one by one:")
    var steps: [String] = []
    for device in fabric.devices {
      guard let intent = fabric.intent(device.name) else { continue }
      guard !unconfigured.contains(device.name) else {
        steps.append("\(Markdown.code(device.name)): set it up by hand.")
        continue
      }
      let file = Markdown.code("switches/\(device.name).cfg")
      let splits =
        intent.splits.isEmpty
        ? ""
        : " It splits \(Format.count(intent.splits.count, "port")): save and reload after the "
          + "lines that split, then load the rest."
      let lines = notes.count { $0.device == device.name }
      let unverified =
        lines == 0
        ? "" : " Look at its \(Format.count(lines, "marked line")): the syntax is not verified."
      steps.append("\(Markdown.code(device.name)): load \(file).\(splits)\(unverified)")
    }
    page.steps(steps)
    if !unconfigured.isEmpty {
      page.paragraph(
        "No configuration is written for a switch that is set up by hand: its entry in `intents` of "
          + "`plan.json` says what every port, LAG and VLAN of it is to do. `cabling.csv` says "
          + "what is plugged in where, and `vlans.csv` which VLAN is for what.")
    }
    page.paragraph("Then save, or the next power cut leaves a switch without configuration:")
    page.bullets(savings + ["Reload the switch."])
    acceptance(
      &page,
      [
        "No line was refused.",
        "Each switch was saved and reloaded, and came back with its name, its address and its VLANs.",
        "Every unused port is shut down.",
        "An SSH login works at every address of step 3"
          + (systems.contains(.os6)
            ? ", and on Dell OS6 `enable` after it asks for the enable password and shows `#`."
            : "."),
      ] + losslessSettings)
  }

  /// Whether any switch has a file to load.
  var hasFiles: Bool { fabric.intents.contains { !unconfigured.contains($0.hostname) } }

  /// How each operating system of the plan saves.
  private var savings: [String] {
    systems.map { os in
      fabric.traits(os).map { "\($0.system.value): \($0.saving.value)." }
        ?? "\(os.rawValue): as its manual says."
    }
  }
}
