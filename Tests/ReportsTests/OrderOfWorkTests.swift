import CatalogModel
import Fabric
import Quantities
import ReportTestSupport
import SiteModel
import Testing

@testable import Reports

@Suite("Order of work")
struct OrderOfWorkTests {
  private func file(_ path: String, of fabric: Fabric) throws -> String {
    try #require(try SampleFabric.file(path, of: fabric))
  }

  /// Whether texts occur one after another.
  private func expectOrder(_ parts: [String], in text: String) {
    var rest = text[...]
    for part in parts {
      guard let range = rest.firstRange(of: part) else {
        Issue.record("\(part) is missing, or stands too early")
        return
      }
      rest = rest[range.upperBound...]
    }
  }

  @Test("A login is asked for after the configuration that allows it")
  func login() throws {
    let text = try file("install.md", of: SampleFabric.spineLeaf())
    expectOrder(
      ["## Step 3", "answers a ping", "## Step 4", "An SSH login works", "## Step 5"], in: text)
  }

  @Test("Cables to the core are plugged in after LAG and VLANs are set, before the ports open")
  func core() throws {
    let fabric = SampleFabric.spineLeaf()
    let text = try file("core-change.md", of: fabric)
    let link = try #require(fabric.links.first { $0.role == .core })
    expectOrder(
      ["Make it a trunk", "Plug in `\(link.cable)`", "Bring the ports up one at a time"], in: text)
    expectOrder(
      [
        "interface Port-channel 10", " shutdown", " tagged Port-channel 10",
        "interface \(link.b.port)", " shutdown", "port-channel 10 mode active",
        "interface \(link.b.port)\n no shutdown",
      ], in: text)
    expectOrder(
      ["## Roll-back", "no tagged Port-channel 10", "no interface Port-channel 10"], in: text)
  }

  @Test("Where the core runs no spanning tree, nobody looks for its root")
  func noTree() throws {
    let text = try file("core-change.md", of: SampleFabric.spineLeaf(coreMode: .none))
    #expect(!text.contains("root bridge"))
    #expect(!text.contains("stays the root"))
    #expect(text.contains("none is switched on for this"))
    let mstp = try file("core-change.md", of: SampleFabric.spineLeaf(coreMode: .mstp))
    #expect(mstp.contains("instance zero"))
  }

  @Test("The two of a pair are upgraded one after the other, and with a word on versions")
  func upgrades() throws {
    var fabric = SampleFabric.spineLeaf()
    let steps = UpgradeOrder.steps(fabric)
    let places = ["spine-a", "spine-b"].compactMap { name in
      steps.firstIndex { $0.hasPrefix("`\(name)`") }
    }
    #expect(places.count == 2)
    #expect(steps[places[0] + 1].hasPrefix("Verify fabric A"))
    #expect(places[0] + 2 == places[1])
    #expect(steps.last?.hasPrefix("Verify fabric B") == true)
    let hasPair = fabric.intents.contains { $0.pair != nil }
    #expect(
      try file("runbook.md", of: fabric).contains("are a pair and run one version") == hasPair)
    let text = try file("runbook.md", of: fabric)
    let order = FabricSide.allCases.flatMap { UpgradeOrder.devices(fabric, $0) }
    expectOrder(
      order.enumerated().map { "## Step \($0 + 1): `\($1.name)`" } + ["## Fabric B is done"],
      in: text)
    for parts in text.split(separator: "\n## Step ").dropFirst() {
      expectOrder(
        ["### Before", "### Upgrade", "reload", "### After", "### Way back"], in: String(parts))
    }
    fabric.intents = []
    #expect(UpgradeOrder.pairRule(fabric).isEmpty)
  }

  @Test("Checks speak of what the design has")
  func standalone() throws {
    let text = try file("install.md", of: SampleFabric.standalonePair())
    for word in ["after its uplinks", "Plug in the uplinks", "With a switch of a pair"] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test("A management switch that is bought is set up by hand, and its way out is asked for")
  func managementSwitch() throws {
    var fabric = SampleFabric.spineLeaf()
    var box = fabric.devices[0]
    box.name = "oob-1"
    box.role = .outOfBand
    box.ports = []
    fabric.devices.append(box)
    let text = try file("install.md", of: fabric)
    #expect(text.contains("First set up `oob-1` by hand"))
    #expect(text.contains("only over a cable that the owner") || text.contains("provides a cable"))
    #expect(!text.contains("| `oob-1`    | ``"))
  }

  @Test("Lines that differ in numbers alone are one point")
  func alikeLines() throws {
    let notes = (1...16).flatMap { port in
      ["tor-r1-a", "tor-r1-b", "tor-r2-a", "tor-r2-b"].map { name in
        ConfigNote(device: name, line: port, text: "add Te1/0/\(port)", note: "spelling (X-1)")
      }
    }
    let fabric = SampleFabric.spineLeaf()
    let input = ReportInput(
      fabric: fabric, planHash: "", findings: [], rules: [], configNotes: notes,
      configured: fabric.intents.map(\.hostname))
    let lines = ConfirmationList(input, PlanIndex(fabric)).groups
      .first { $0.kind == .unverifiedLine }?.entries
    #expect(lines?.map(\.subject) == ["add Te1/0/1"])
    #expect(
      lines?.first?.question
        == "spelling (X-1); so for 15 more lines with other numbers in it (on 4 switches)")
  }
}
