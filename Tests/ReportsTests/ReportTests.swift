import CatalogModel
import Fabric
import Quantities
import ReportTestSupport
import Testing

@testable import Reports

@Suite("Reports")
struct ReportTests {
  static let fabrics: [Fabric] = [
    SampleFabric.spineLeaf(), SampleFabric.spineLeaf(racks: 4, hostsPerRack: 1),
    SampleFabric.spineLeaf(core: .separate, coreMode: .rapidPVST),
    SampleFabric.spineLeaf(core: .mlag, coreMode: .none),
    SampleFabric.spineLeaf(coreMode: .mstp), SampleFabric.standalonePair(),
  ]

  func input(_ fabric: Fabric, unwritten: [String] = []) throws -> ReportInput {
    ReportInput(
      fabric: fabric, planHash: FabricJSON.hash(try FabricJSON.bytes(fabric)),
      findings: [
        Finding(
          rule: "cable-reach", severity: .warning, subject: ["tor-r1-a", "Te1/0/1"],
          message: "the cable is as long as its route", hint: "take the next length")
      ],
      rules: [AuditedRule(rule: "cable-reach", claim: "cables reach", checked: 40, findings: 1)],
      configNotes: [
        ConfigNote(
          device: "tor-r1-a", line: 12, text: "logging 192.0.2.7", note: "the word is not verified"),
        ConfigNote(
          device: "tor-r1-b", line: 12, text: "logging 192.0.2.7", note: "the word is not verified"),
      ], configured: fabric.intents.map(\.hostname).filter { !unwritten.contains($0) })
  }

  func file(_ path: String, of fabric: Fabric) throws -> String {
    let files = try Reports(input(fabric)).files
    let file = try #require(files.first { $0.path == path })
    return String(decoding: file.bytes, as: UTF8.self)
  }

  @Test(
    "Numbers have units, parts a price kind and date, abbreviations a meaning, unknowns a question",
    arguments: fabrics.indices)
  func mechanical(number: Int) throws {
    let fabric = Self.fabrics[number]
    for file in try Reports(input(fabric)).files where file.path.hasSuffix(".md") {
      let text = String(decoding: file.bytes, as: UTF8.self)
      let complaints =
        file.path == "report.md"
        ? ReportChecks.complaints(report: text, of: fabric)
        : ReportChecks.complaints(page: text, of: fabric)
      #expect(complaints.isEmpty, "\(file.path): \(complaints.joined(separator: "\n"))")
    }
  }

  @Test("The checks notice what they are for")
  func checksBite() throws {
    let fabric = SampleFabric.spineLeaf()
    let text = try file("report.md", of: fabric)
    func complaints(_ old: String, _ new: String) -> [String] {
      #expect(text.contains(old), "the report lacks \(old)")
      return ReportChecks.complaints(report: text.replacing(old, with: new), of: fabric)
    }
    #expect(complaints(" rack units |", " |").contains { $0.contains("has no unit") })
    #expect(complaints("1500 bytes", "1500").contains { $0.contains("has no unit") })
    #expect(complaints("- **VLT**", "- **VLX**").contains { $0.contains("abbreviation VLT") })
    #expect(complaints("Connects", "QXZ connects").contains { $0.contains("abbreviation QXZ") })
    #expect(complaints("| Price kind  |", "| Kind |").contains { $0.contains("Price kind") })
    #expect(complaints("| estimate    |", "| guess |").contains { $0.contains("no price kind") })
    #expect(complaints("| no date    |", "| long ago |").contains { $0.contains("no date") })
    #expect(
      complaints("- [ ] Dell N4032F: 4 order units", "- [ ] x: 4 order units")
        .contains { $0.contains("the estimate of Dell N4032F") })
    #expect(
      complaints("- [ ] `r2`: ", "- [ ] `rx`: ").contains { $0.contains("`r2` has an unknown") })
  }

  @Test("Reports are the same bytes every time")
  func deterministic() throws {
    let fabric = SampleFabric.spineLeaf(racks: 5)
    #expect(try Reports(input(fabric)).files == Reports(input(fabric)).files)
  }

  @Test("Files come in the order of their paths")
  func order() throws {
    for fabric in Self.fabrics {
      let paths = try Reports(input(fabric)).files.map(\.path)
      #expect(paths == paths.sorted())
    }
  }

  @Test("A plan that touches no core has no change request")
  func standalone() throws {
    let paths = try Reports(input(SampleFabric.standalonePair())).files.map(\.path)
    #expect(!paths.contains("core-change.md"))
    #expect(
      try file("install.md", of: SampleFabric.standalonePair()).contains(
        "This network is not connected to the core"))
  }

  @Test("Two separate core boxes get a LAG each, and standby is said")
  func separateCore() throws {
    let text = try file("core-change.md", of: SampleFabric.spineLeaf(core: .separate))
    #expect(text.contains("no single LAG over both is possible"))
    #expect(text.contains("### Path 1: box `core-1a`"))
    #expect(text.contains("### Path 2: box `core-1b`"))
    #expect(text.contains("This is the standby path"))
    #expect(!text.contains("Make one LAG"))
  }

  @Test("PVST+ and a core without spanning tree are warned of; RSTP is not")
  func spanningTreeWarnings() throws {
    func text(_ mode: Fabric) throws -> String { try file("core-change.md", of: mode) }
    #expect(
      try text(SampleFabric.spineLeaf(coreMode: .pvst)).contains(
        "**Warning.** The core runs one spanning tree for every VLAN"))
    #expect(
      try text(SampleFabric.spineLeaf(coreMode: .none)).contains("The core runs no spanning tree"))
    #expect(try !text(SampleFabric.spineLeaf(coreMode: .rstp)).contains("**Warning.**"))
  }

  @Test("An audit error stands in the first paragraph")
  func auditError() throws {
    var input = try input(SampleFabric.spineLeaf())
    input.findings.append(Finding(rule: "loop", message: "two paths without a LAG"))
    let index = PlanIndex(input.fabric)
    let text = PlanReport(input, index, ConfirmationList(input, index)).markdown
    #expect(text.contains("**The audit found 1 error: do not order before they are understood**"))
  }

  @Test("Every cable stands once in the cabling list, in patch order, the core last")
  func cabling() throws {
    let fabric = SampleFabric.spineLeaf(racks: 3)
    let rows = try file("cabling.csv", of: fabric).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.count == fabric.cables.count + 1)
    #expect(rows.allSatisfy { $0.count == CablingFile.header.count })
    #expect(Set(rows.dropFirst().map { $0[1] }) == Set(fabric.cables.map(\.id)))
    let purposes = rows.dropFirst().map { $0[2] }
    #expect(unique(purposes) == ["management", "peer", "uplink", "host", "core"])
    let breakout = try #require(rows.first { $0[3] == "4" })
    #expect(breakout[5...6] == ["spine-a", "fortyGigE 0/48"])
    #expect(breakout[9] == "tor-r1-a | tor-r1-a | tor-r1-b | tor-r1-b")
    #expect(breakout[10] == "Te1/0/1 | Te1/0/2 | Te1/0/1 | Te1/0/2")
  }

  @Test("A switch without a configuration is set up by hand; the others load theirs")
  func unwritten() throws {
    let input = try input(SampleFabric.spineLeaf(), unwritten: ["tor-r1-a"])
    let index = PlanIndex(input.fabric)
    let install = Install(input, index).markdown
    #expect(install.contains("`tor-r1-a`: set it up by hand."))
    #expect(!install.contains("switches/tor-r1-a.cfg"))
    #expect(install.contains("load `switches/tor-r1-b.cfg`"))
    #expect(ReportChecks.complaints(page: install, of: input.fabric) == [])
    let report = PlanReport(input, index, ConfirmationList(input, index)).markdown
    #expect(report.contains("**No configuration is written for `tor-r1-a`**"))
    #expect(ReportChecks.complaints(report: report, of: input.fabric) == [])
  }

  @Test("An address of a bond names the ports that stand by")
  func bondedAddresses() throws {
    var fabric = SampleFabric.spineLeaf()
    func rows() throws -> [[String]] {
      try file("addresses.csv", of: fabric).split(separator: "\r\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let column = try #require(try rows().first?.firstIndex(of: "bond_standby_ports"))
    #expect(try rows().dropFirst().allSatisfy { $0[column] == "" })
    let subnet = try #require(fabric.subnets.first { !$0.assignments.isEmpty })
    let assignment = try #require(subnet.assignments.first)
    let vlan = try #require(fabric.vlans.firstIndex { $0.id == subnet.vlan })
    fabric.vlans[vlan].side = nil
    for group in fabric.site.hosts.indices { fabric.site.hosts[group].os = "linux" }
    let host = try #require(fabric.hosts.first { $0.name == assignment.node })
    let others = host.cards.flatMap(\.ports).filter { $0 != assignment.port }
    let row = try #require(
      try rows().first { $0[5] == assignment.address.description })
    #expect(!others.isEmpty)
    #expect(!row[column].isEmpty)
    #expect(row[column].split(separator: " ").allSatisfy { others.contains(String($0)) })
  }

  @Test("Sums of bom.csv are those of the plan")
  func bill() throws {
    let fabric = SampleFabric.spineLeaf()
    let rows = try file("bom.csv", of: fabric).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(BillFiles.header.firstIndex(of: "total"))
    let sum = rows.dropFirst().compactMap { Rational(decimal: $0[column])?.timesRoundedUp(100) }
    #expect(sum.reduce(0, +) == fabric.totals.goods.minorUnits)
  }

  @Test("CSV cells are quoted as RFC 4180 asks, and no spreadsheet runs them")
  func csv() {
    var csv = CSV(["a", "b"])
    csv.row([.text("x,y"), .text("say \"hi\"")])
    csv.row([.text("=1+1"), .text("@x")])
    csv.row([.text("-5"), .number("-5")])
    csv.row([.text("two\nlines"), .text(" space")])
    csv.row([.text("+49")])
    #expect(
      csv.text
        == "a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\r\n'=1+1,'@x\r\n'-5,-5\r\n\"two\nlines\",\" space\"\r\n'+49,\r\n"
    )
  }

  @Test("A cell of a table cannot break the table")
  func tableCells() {
    var page = Markdown()
    page.table(["A", ">B"], [["x|y\nz", "1"]])
    #expect(page.text == "| A      |   B |\n| ------ | --: |\n| x\\|y z |   1 |\n")
  }

  @Test("Points to confirm stand once, also when the planner gave them")
  func confirmationsOnce() throws {
    var fabric = SampleFabric.spineLeaf()
    fabric.confirmations.append(
      Confirmation(kind: .estimate, subject: "dell-n4032f", question: "ask three dealers"))
    fabric.confirmations.append(fabric.confirmations[0])
    let list = ConfirmationList(try input(fabric), PlanIndex(fabric))
    let estimates = list.groups.first { $0.kind == .estimate }?.entries ?? []
    #expect(estimates.count { $0.subject == "dell-n4032f" } == 1)
    let unknown = list.groups.first { $0.kind == .unknown }?.entries ?? []
    #expect(unknown.count { $0.subject == "dell-n4032f" } == 1)
    let lines = list.groups.first { $0.kind == .unverifiedLine }?.entries ?? []
    #expect(lines.map(\.question) == ["the word is not verified (on `tor-r1-a` and `tor-r1-b`)"])
  }

  @Test("The glossary has each term once")
  func glossary() {
    let terms = Glossary.entries.map(\.term)
    #expect(Set(terms).count == terms.count)
    #expect(Glossary.used(in: "ToRs with `VLT` and <http://VLAN>").map(\.term) == ["ToR"])
    #expect(Glossary.used(in: "a SKU").map(\.term) == ["SKU"])
  }
}
