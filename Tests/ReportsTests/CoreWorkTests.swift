import CatalogModel
import Fabric
import Quantities
import ReportTestSupport
import SiteModel
import Testing

@testable import Reports

/// What `core-change.md` and `install.md` say of the way to the core.
@Suite("Work at the core")
struct CoreWorkTests {
  private func file(_ path: String, of fabric: Fabric) throws -> String {
    try #require(try SampleFabric.file(path, of: fabric))
  }

  /// A section of a page, up to the next heading of the same level.
  private func section(_ title: String, of text: String) throws -> Substring {
    let start = try #require(text.firstRange(of: "## \(title)\n"))
    let rest = text[start.upperBound...]
    return rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)]
  }

  /// The two central switches follow core and peer once the core is hooked up.
  private func watching(_ core: CoreKind = .chassis) -> Fabric {
    var fabric = SampleFabric.spineLeaf(core: core)
    for index in fabric.intents.indices where fabric.intents[index].pair != nil {
      fabric.intents[index].uplinkGroups = [
        UplinkGroupIntent(
          id: 1, upstreamLAGs: [100, 128], downstream: ["TenGigabitEthernet 0/0"], enabled: false)
      ]
    }
    return fabric
  }

  private func named(_ names: [String], vendor: String, core: CoreKind = .chassis) -> Fabric {
    var fabric = SampleFabric.spineLeaf(core: core)
    fabric.site.core?.vendor = vendor
    let links = fabric.links.indices.filter { fabric.links[$0].role == .core }
    for (position, index) in links.enumerated() {
      fabric.site.core?.ports[position].name = names[position]
      fabric.links[index].b.port = fabric.site.core?.ports[position].label ?? ""
    }
    return fabric
  }

  @Test("The pair follows the core from step 7 on, and no test before it relies on that")
  func step7() throws {
    let text = try file("install.md", of: watching())
    let before = try section("Step 6: break it on purpose", of: text)
    #expect(!before.contains("the host ports of the secondary switch go down"))
    #expect(before.contains("Unplug all peer links: every host keeps both of its ports"))
    let core = try section("Step 7: the core", of: text)
    #expect(core.contains("configure\nuplink-state-group 1\n enable\nend\nwrite memory"))
    #expect(core.contains("the host ports of the secondary switch go down"))
    #expect(core.contains("`show uplink-state-group 1 detail`"))
    #expect(core.contains("`no uplink-state-group 1`: never leave the LAG of the core alone"))
    for title in ["Replacing a dead switch", "Firmware upgrades"] {
      #expect(try section(title, of: text).contains("`no enable`"), "\(title)")
    }
    let plain = try file("install.md", of: SampleFabric.spineLeaf())
    #expect(!plain.contains("no enable") && !plain.contains("uplink-state-group"))
  }

  @Test("Before the roll-back the pair stops following the core")
  func rollBack() throws {
    let text = try section("Roll-back", of: file("core-change.md", of: watching()))
    let stop = try #require(text.firstRange(of: "`uplink-state-group 1`, `no enable`"))
    let shut = try #require(text.firstRange(of: "Shut down `Te1/1`"))
    #expect(stop.lowerBound < shut.lowerBound)
    let plain = try file("core-change.md", of: SampleFabric.spineLeaf())
    #expect(!plain.contains("no enable"))
  }

  @Test("Before the switch with the only open way to the core is taken out, the way is changed")
  func standby() throws {
    var fabric = SampleFabric.spineLeaf(core: .separate)
    let ends = fabric.links.filter { $0.role == .core }.map(\.a)
    for index in fabric.intents.indices where fabric.intents[index].hostname == ends[1].node {
      for port in fabric.intents[index].ports.indices
      where fabric.intents[index].ports[port].name == ends[1].port {
        fabric.intents[index].ports[port].enabled = false
      }
    }
    let text = try file("install.md", of: fabric)
    #expect(try section("Step 7: the core", of: text).contains("**Before `\(ends[0].node)` is"))
    let runbook = try file("runbook.md", of: fabric)
    let order = FabricSide.allCases.flatMap { UpgradeOrder.devices(fabric, $0) }.map(\.name)
    func step(_ name: String) throws -> Substring {
      let place = try #require(order.firstIndex(of: name))
      return try section("Step \(place + 1): `\(name)`", of: runbook)
    }
    #expect(try step(ends[0].node).contains("The standby to the core is open"))
    #expect(try step(ends[0].node).contains("The standby to the core is shut again"))
    #expect(try !step(ends[1].node).contains("standby"))
    let replacement = try section("Replacing a dead switch", of: text)
    #expect(replacement.contains("With `\(ends[0].node)`: open the standby"))
    #expect(replacement.contains("until the standby is shut again"))
  }

  @Test("Ports of an MLAG core are named with their box, each box in a section of its own")
  func mlag() throws {
    let text = try file(
      "core-change.md", of: named(["Eth1/47", "Eth1/47"], vendor: "", core: .mlag))
    for box in ["core-1a", "core-1b"] {
      #expect(text.contains("### Box `\(box)`"))
      #expect(text.contains("Put `Eth1/47` of box `\(box)` into a LAG"))
      #expect(try section("Roll-back", of: text).contains("`Eth1/47` of box `\(box)`"))
    }
    #expect(!text.contains("standby"))
    let example = try section(
      "Examples",
      of: file("core-change.md", of: named(["Te1/47", "Te1/47"], vendor: "", core: .mlag)))
    #expect(example.contains("Dell OS9, box `core-1a`") && example.contains("box `core-1b`"))
    let first = try #require(example.firstRange(of: "interface Te1/47\n shutdown"))
    let second = try #require(example.firstRange(of: "Dell OS9, box `core-1b`"))
    #expect(first.lowerBound < second.lowerBound)
  }

  @Test(
    "Examples are those of the core's maker that fit its ports",
    arguments: [
      ("", ["Te1/1", "Te1/2"], ["Dell OS9"]),
      ("Dell", ["Te1/0/1", "Te2/0/1"], ["Dell OS6"]),
      ("Dell EMC", ["1/1", "1/2"], ["Dell OS9", "Dell OS6"]),
      ("Cisco", ["Te1/1", "Te1/2"], ["Cisco IOS"]),
      ("Cisco", ["Eth1/1", "Eth1/2"], []),
      ("HPE", ["1/1/1", "1/1/2"], []),
      ("", ["Eth1/1", "Eth1/2"], []),
    ])
  func families(vendor: String, names: [String], expected: [String]) throws {
    let text = try file("core-change.md", of: named(names, vendor: vendor))
    let all = ["Dell OS9", "Dell OS6", "Cisco IOS"]
    #expect(all.filter { text.contains("\($0):\n") } == expected, "\(vendor) \(names)")
    #expect(text.contains("not verified") == (expected != ["Dell OS9"] && !expected.isEmpty))
    #expect(ReportChecks.complaints(page: text, of: named(names, vendor: vendor)) == [])
  }

  @Test("The way back leaves no LAG of OS6 shut that was not shut before")
  func openLAG() throws {
    let text = try section(
      "Roll-back", of: file("core-change.md", of: named(["Te1/0/1", "Te2/0/1"], vendor: "Dell")))
    let lag = try #require(text.firstRange(of: "interface port-channel 10\n"))
    let block = text[lag.upperBound...].prefix { $0 != "`" }
    #expect(!block.contains("\nshutdown"))
    #expect(block.contains("no shutdown\nexit"))
  }

  @Test("A cable with fixed plugs and a port for twisted pair want no optic at the core")
  func optics() throws {
    var fabric = SampleFabric.spineLeaf()
    let link = try #require(fabric.links.first { $0.role == .core })
    let cable = try #require(fabric.cables.firstIndex { $0.id == link.cable })
    fabric.cables[cable].a.optic = nil
    for leg in fabric.cables[cable].b.indices { fabric.cables[cable].b[leg].optic = nil }
    let attached = try #require(
      fabric.catalog.parts.first { $0.asCable?.family.isAttached == true })
    let patch = try #require(
      fabric.catalog.parts.first { $0.asCable?.family.isAttached == false })
    fabric.cables[cable].part = attached.id
    #expect(
      try file("core-change.md", of: fabric).contains("none: fixed plug of cable `\(link.cable)`"))
    fabric.cables[cable].part = patch.id
    #expect(try file("core-change.md", of: fabric).contains("the owner provides it"))
    for port in fabric.site.core?.ports.indices ?? 0..<0 {
      fabric.site.core?.ports[port].connector = "rj45"
    }
    #expect(try file("core-change.md", of: fabric).contains("none: RJ45 port"))
  }

  @Test("Lossless traffic is checked, and the firmware that its lines want is named")
  func lossless() throws {
    let text = try file("install.md", of: SampleFabric.spineLeaf())
    #expect(try section("Before the day", of: text).contains("`9.3(0.0)` or newer"))
    #expect(text.contains("`0 0 0 1 2 3 3 3`"))
    #expect(text.contains(" pfc detail`"))
    #expect(text.contains("`show interfaces priority-flow-control`"))
    var plain = SampleFabric.spineLeaf()
    for index in plain.intents.indices { plain.intents[index].qos = nil }
    let other = try file("install.md", of: plain)
    #expect(!other.contains("pfc detail") && !other.contains("9.3(0.0)"))
  }

  @Test("The console preparations name the way of each release, and the privileged mode is tried")
  func console() throws {
    let text = try file("install.md", of: SampleFabric.spineLeaf())
    for words in [
      "press `A`", "before `9.1(0.0)` `reload-type normal-reload`",
      "`configure`, `reload-type normal-reload`, `end`", "`boot-type normal-reload`",
      "`eula-consent support-assist reject`", "on Dell OS6 `enable` after it",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }
}
