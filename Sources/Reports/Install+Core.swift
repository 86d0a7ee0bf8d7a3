import Fabric

extension Install {
  func writeCore(_ page: inout Markdown) {
    page.heading(2, "Step 7: the core")
    let cables = index.patchOrder.filter { index.links(of: $0).first?.role == .core }
    guard !cables.isEmpty else {
      page.paragraph(
        "This network is not connected to the core: nothing is to be done, and nothing of the "
          + "core may be plugged in.")
      return
    }
    page.paragraph(
      "Only after steps 1 to 6, and together with the core's owner: `core-change.md` says what to "
        + "set, how to check it and how to go back. Lay the cables now and plug them in when that "
        + "page says so.")
    page.table(
      ["Label", "From", "To", "Optics", "Cable", "Route", "Length"], cables.map(cableRow))
    writeStandby(&page)
    writeWatch(&page)
  }

  private func writeStandby(_ page: inout Markdown) {
    guard let way = StandbyWay(fabric) else { return }
    let (open, standby) = (Markdown.code(way.open), Markdown.code(way.standby))
    page.paragraph(
      "The way of \(open) to the core is open, that of \(standby) is shut at both ends and stands "
        + "by. **Before \(open) is upgraded, reloaded or taken out, change over as "
        + "`core-change.md` says, and change back afterwards.** When it dies unasked, open the "
        + "standby in the order that stands there.")
  }

  /// The groups that waited for the core.
  private func writeWatch(_ page: inout Markdown) {
    let watch = CoreWatch(fabric)
    guard !watch.isEmpty else { return }
    let lines = watch.lines(acts: true)
    page.paragraph(
      "When the other boxes of that page's \"Check after\" are ticked, let the pair follow the "
        + "core: a switch that has lost both the core and its peer takes its host ports down. Until now "
        + "it did not, since without the core the loss of one switch would take the host ports "
        + "of both. On \(watch.names)"
        + (lines.isEmpty ? " let the uplink group act, as the manual says." : ":"))
    page.code(lines)
    page.paragraph("Acceptance:")
    var checks: [String] = []
    if let commands = watch.commands {
      checks.append(
        "\(Markdown.code(commands.show)) shows on each of them a group that is enabled and up, "
          + "with \(watch.upstream) upstream, all of them up. **Where one of them is missing, type "
          + "\(Markdown.code(commands.delete)): never leave the LAG of the core alone in it**, or a "
          + "dead core takes every host port down.")
    }
    checks += [
      "Unplug all peer links: the host ports of the secondary switch go down, every host stays "
        + "connected. Plug them in again: the host ports come up.",
      "Switch off one switch: every host stays connected, also to the core. Switch it on again: "
        + "every host sees both of its ports.",
    ]
    page.checklist(checks)
    page.paragraph(
      "**When the core fails, and before work on it,** stop this again before anything is done to "
        + "one of the two switches: \(watch.stop) When the core is back: \(watch.resume)")
  }

  func writeReplacement(_ page: inout Markdown) {
    page.heading(2, "Replacing a dead switch")
    page.paragraph("The other fabric carries the hosts while you do this.")
    let roles = Set(fabric.links.map(\.role))
    let watch = CoreWatch(fabric)
    let way = StandbyWay(fabric)
    var steps: [String] = []
    if !watch.isEmpty {
      steps.append("Where the core is down too, first of all: \(watch.stop)")
    }
    if let way {
      steps.append(
        "With \(Markdown.code(way.open)): open the standby of \(Markdown.code(way.standby)) as "
          + "`core-change.md` says, in the order that stands there.")
    }
    steps += [
      "Find its name on the label"
        + (hasFiles ? " and its file in `switches/`." : " and the copy of its configuration."),
      "Take off the power, then unplug the cables; their labels say where they go.",
      "Rack a switch of the same model, with the modules and supplies of the old one, and bring it "
        + "to the firmware of its neighbours.",
      "Hook up power and management (steps 2 and 3), and load its "
        + (unconfigured.isEmpty ? "file (step 4)." : "configuration as in step 4."),
    ]
    if roles.contains(.peer) {
      steps.append(
        "With a switch of a pair: plug in the peer links first and wait until the pair is whole.")
    }
    if roles.contains(.core) {
      steps.append("With a switch that has links to the core: plug them in after the peer links.")
    }
    if let way {
      steps.append(
        "With \(Markdown.code(way.open)): its configuration opens its way to the core. Keep these "
          + "cables unplugged until the standby is shut again at both ends.")
    }
    steps.append(
      roles.contains(.uplink)
        ? "Plug in the uplinks and wait until they are up, then plug in the hosts."
        : "Plug in the hosts.")
    if !watch.isEmpty {
      steps.append(
        "When its LAG to the core is up, let it follow the core again, as in step 7: its "
          + "configuration does not.")
    }
    steps.append("Check that every host sees both of its ports, and run a live migration.")
    page.steps(steps)
  }
}
