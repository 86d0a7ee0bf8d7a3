import Foundation
import TenfoldTestSupport
import Testing

/// A dialect is a folder of templates, facts, traits and grammar: no Swift.
@Suite("An added dialect")
struct AddedDialectTests {
  /// The words of Dell OS9, but for ports that are called otherwise.
  private func dialect(in folder: URL) throws {
    let target = folder.appendingPathComponent("templates/demo")
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    for name in Repository.names(in: "templates/os9", ending: "") {
      var text = try #require(Repository.text("templates/os9/\(name)"))
      text = text.replacingOccurrences(of: "\"TenGigabitEthernet \"", with: "\"Xe \"")
        .replacingOccurrences(of: "te(ngigabitethernet)", with: "xe")
      try text.write(
        to: target.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
  }

  /// The shipped S4810 under another name, with that dialect.
  private func catalog(in folder: URL) throws -> String {
    let dell = try #require(Repository.text("catalogs/dell.xml"))
    let start = try #require(dell.range(of: "<switch id=\"dell-s4810\" "))
    let end = try #require(dell.range(of: "</switch>", range: start.lowerBound..<dell.endIndex))
    let part = dell[start.lowerBound..<end.upperBound]
      .replacingOccurrences(of: "dell-s4810", with: "demo-s1")
      .replacingOccurrences(of: "\"S4810\"", with: "\"S1\"")
      .replacingOccurrences(of: "vendor=\"Dell\"", with: "vendor=\"Demo\"")
      .replacingOccurrences(of: "os=\"os9\"", with: "os=\"demo\"")
      .replacingOccurrences(of: "prefix=\"TenGigabitEthernet 0/\"", with: "prefix=\"Xe 0/\"")
      .replacingOccurrences(
        of: "sources=\"[^\"]*\"", with: "sources=\"mine\"", options: .regularExpression)
    let file = folder.appendingPathComponent("demo.xml")
    try """
    <?xml version="1.0" encoding="UTF-8"?>
    <catalog xmlns="urn:tenfold:catalog:1">
      <source id="mine" url="https://example.com" accessed="2026-11-23"/>
      \(part)
      <price part="demo-s1" amount="100" currency="EUR" kind="quote" condition="new"
        as-of="2026-11-01" source="mine"/>
    </catalog>
    """.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  private static let site = """
    tenfold: 1
    name: demo
    prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
    room: { racks: [r1, r2] }
    hosts: [{ name: hv, racks: { r1: 4, r2: 4 }, nics: [{ model: mellanox-mcx312a-xcbt }] }]
    requirements: { designs: [vlt-pair], spine-models: [demo-s1] }
    """

  @Test(
    "Its texts are planned, written, read back and proved, its pair and its traffic classes too")
  func plan() throws {
    try withTemporaryFolder { folder in
      try dialect(in: folder)
      let site = folder.appendingPathComponent("site.yaml")
      try Self.site.write(to: site, atomically: true, encoding: .utf8)
      let out = folder.appendingPathComponent("out").path
      let templates = folder.appendingPathComponent("templates").path
      let run = try Binary.run([
        "plan", site.path, "-o", out, "--catalog", try catalog(in: folder), "--templates",
        templates, "--date", "2026-11-23",
      ])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("2 configurations read back"), "\(run.output)")
      let text = try String(contentsOfFile: out + "/switches/fabric-a.cfg", encoding: .utf8)
      #expect(text.contains("\ninterface Xe 0/0\n"))
      #expect(text.contains("\nvlt domain ") && text.contains("\ndcb-map "))
      let plan = try String(contentsOfFile: out + "/plan.json", encoding: .utf8)
      #expect(plan.contains("\"os\": \"demo\""))
      // The plan carries what the texts can hold: the audit asks no template.
      let audit = try Binary.run(["audit", out])
      #expect(audit.status == 0, "\(audit.errors)")
      let diff = try Binary.run([
        "config", "diff", out, out + "/switches", "--templates", templates,
      ])
      #expect(
        diff.status == 0 && diff.output == "nothing differs\n", "\(diff.output)\(diff.errors)")
    }
  }

  @Test("Limits of its traits bind, and what is wrong with them is told at its line")
  func traits() throws {
    try withTemporaryFolder { folder in
      try dialect(in: folder)
      let file = folder.appendingPathComponent("templates/demo/traits.txt")
      let good = try String(contentsOf: file, encoding: .utf8)
      let site = folder.appendingPathComponent("site.yaml")
      try Self.site.write(to: site, atomically: true, encoding: .utf8)
      let words = [
        "plan", site.path, "-o", folder.appendingPathComponent("out").path, "--catalog",
        try catalog(in: folder), "--templates", folder.appendingPathComponent("templates").path,
      ]
      // Without words for a pair there is no design left.
      let single = good.split(separator: "\n").filter { !$0.hasPrefix("pair") }
      try single.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
      let refused = try Binary.run(words)
      #expect(refused.status == 1 && refused.errors.contains("configuration"), "\(refused.errors)")
      try good.replacingOccurrences(of: "lag-members 16", with: "lag-mebers 16")
        .write(to: file, atomically: true, encoding: .utf8)
      let wrong = try Binary.run(words)
      #expect(wrong.status == 2, "\(wrong.errors)")
      #expect(wrong.errors.contains("\"lag-mebers\" is no trait"), "\(wrong.errors)")
      #expect(wrong.errors.contains("did you mean `lag-members`?"), "\(wrong.errors)")
      #expect(wrong.errors.contains("there is no \"lag-members\""), "\(wrong.errors)")
    }
  }
}
