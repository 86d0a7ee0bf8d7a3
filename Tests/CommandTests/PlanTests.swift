import Foundation
import TenfoldTestSupport
import Testing

/// Plans the smallest example as whole processes.
@Suite("Plan, as a user runs it")
struct PlanTests {
  static let site = "examples/starter-pair/site.yaml"
  static let date = ["--date", "2026-11-23"]

  /// All files of a folder by their path in it.
  static func content(of folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    for path in paths {
      let file = folder.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      if !isFolder.boolValue { files[path] = try Data(contentsOf: file) }
    }
    return files
  }

  @Test("Output is the same bytes in another time zone, language and working folder")
  func determinism() throws {
    try withTemporaryFolder { folder in
      let site = Repository.root.appendingPathComponent(Self.site).path
      let first = folder.appendingPathComponent("first").path
      let plain = try Binary.run(["plan", Self.site, "-o", first] + Self.date)
      #expect(plain.status == 0, "\(plain.errors)")
      // No cache in the second run, a relative output and an absolute site.
      let other = try Binary.run(
        ["plan", site, "-o", "second"] + Self.date, in: folder,
        environment: [
          "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8",
          "XDG_CACHE_HOME": folder.appendingPathComponent("cache").path,
        ])
      #expect(other.status == 0, "\(other.errors)")
      let (a, b) = (
        try Self.content(of: URL(fileURLWithPath: first)),
        try Self.content(of: folder.appendingPathComponent("second"))
      )
      #expect(a.keys.sorted() == b.keys.sorted())
      for name in a.keys.sorted() { #expect(a[name] == b[name], "\(name) differs") }
    }
  }

  @Test("The folder holds every file, the audit holds, and things in it can be explained")
  func folder() throws {
    try withTemporaryFolder { folder in
      let run = try Binary.run(["plan", Self.site, "-o", "out", "--quiet"] + Self.date, in: folder)
      #expect(run.status == 3)
      let site = Repository.root.appendingPathComponent(Self.site).path
      let planned = try Binary.run(
        ["plan", site, "-o", "out", "--json"] + Self.date, in: folder)
      #expect(planned.status == 0, "\(planned.errors)")
      let parsed = try JSONSerialization.jsonObject(with: Data(planned.output.utf8))
      let summary = try #require(parsed as? [String: Any])
      #expect(summary["design"] as? String == "standalone-pair")
      let files = try #require(summary["files"] as? [String])
      let wanted = [
        "addresses.csv", "audit.json", "bom.csv", "bom.json", "cabling.csv", "install.md",
        "plan.json", "report.md", "vlans.csv",
      ]
      for name in wanted { #expect(files.contains(name)) }
      let config = try #require(files.first { $0.hasPrefix("switches/") })

      let audit = try Binary.run(["audit", "out/plan.json"], in: folder)
      #expect(audit.status == 0, "\(audit.errors)")
      #expect(audit.output.contains(" proofs over "))
      let report = try #require(try Self.content(of: folder)["out/vlans.csv"])
      let vlan = try #require(
        String(decoding: report, as: UTF8.self).split(separator: "\r\n").dropFirst().first?
          .split(separator: ",").first.map(String.init))
      for subject in [
        nil, "design", "rdma", "C0001", "L0001", "port-used-once", vlan, "vlan \(vlan)",
        config + ":5",
      ] {
        let explained = try Binary.run(
          ["explain", "out"] + (subject.map { [$0] } ?? []), in: folder)
        #expect(explained.status == 0, "\(explained.errors)")
        #expect(explained.output.split(separator: "\n").count > 1)
      }
      let unknown = try Binary.run(["explain", "out", "C9999"], in: folder)
      #expect(unknown.status == 2)
      #expect(unknown.errors.contains("nothing called \"C9999\""))
    }
  }

  @Test("Wrong input ends with 2, an unmet requirement with 1, and nothing is written")
  func refusals() throws {
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site.yaml")
      let out = folder.appendingPathComponent("out")
      func run(_ text: String) throws -> Binary.Result {
        try Data(text.utf8).write(to: site)
        return try Binary.run(["plan", "site.yaml", "-o", "out"] + Self.date, in: folder)
      }
      let wrong = try run("tenfold: 1\nracks: 2\nhosts: 8\nbugdet: 100\n")
      #expect(wrong.status == 2)
      #expect(wrong.errors.hasPrefix("site.yaml:4:1: error: "))
      let dear = try run(
        (Repository.text(Self.site) ?? "").replacingOccurrences(
          of: "budget: 9000", with: "budget: 9"))
      #expect(dear.status == 1, "\(dear.errors)")
      #expect(dear.errors.hasPrefix("site.yaml:"))
      #expect(dear.errors.contains(": error: the cheapest plan costs "))
      // The place is that of the budget.
      let place = dear.errors.split(separator: ":").dropFirst().first.flatMap { Int($0) } ?? 0
      let lines = try String(contentsOf: site, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(place > 0 && lines[place - 1].hasPrefix("budget: "))
      let small = try run("tenfold: 1\nbudget: { total: 40000, starter: 9 }\nracks: 2\nhosts: 4\n")
      #expect(small.status == 1, "\(small.errors)")
      #expect(
        small.errors.hasPrefix("site.yaml:2:34: error: the first phase of the cheapest plan "))
      #expect(small.errors.contains("more than the starter budget of 9.00 EUR [over-budget]"))
      let unknown = try run(
        "tenfold: 1\nracks: 2\nhosts: 8\nrequirements:\n  tor-models: [MS510TXM]\n")
      #expect(unknown.status == 2)
      #expect(unknown.errors.hasPrefix("site.yaml:5:15: error: requirements.tor-models: switch "))
      #expect(!FileManager.default.fileExists(atPath: out.path))
    }
  }

  @Test("A currency without a rate of exchange is named as what is missing")
  func currencyWithoutRate() throws {
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site.yaml")
      try Data("tenfold: 1\ncurrency: CZK\nracks: 1\nhosts: 2\n".utf8).write(to: site)
      let run = try Binary.run(["plan", "site.yaml", "-o", "out"] + Self.date, in: folder)
      #expect(run.status == 1)
      #expect(
        run.errors.hasPrefix(
          "site.yaml:2:11: error: no price can be turned into CZK without a rate of exchange"))
      #expect(run.errors.contains("prices.exchange"))
    }
  }

  @Test(
    "A pair that its dialect cannot write is planned without configurations when the site allows")
  func unwrittenPair() throws {
    try withTemporaryFolder { folder in
      let text = """
        tenfold: 1
        prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
        racks: 1
        hosts: { count: 2, nics: [{ model: X520-DA2, carries: [csv, live-migration] }] }
        traffic: { rdma: none }
        requirements: { designs: [vlt-pair], spine-models: [N4032F], configurations: optional }
        """
      try Data(text.utf8).write(to: folder.appendingPathComponent("site.yaml"))
      let run = try Binary.run(["plan", "site.yaml", "-o", "out"] + Self.date, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains(" 0 configurations read back"))
      #expect(
        run.output.contains("by hand  no configuration is written for fabric-a, fabric-b\n"))
      func page(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent("out/\(name)"), encoding: .utf8)
      }
      let report = try page("report.md")
      #expect(report.contains("No configuration is written for `fabric-a` and `fabric-b`"))
      #expect(report.contains("### Switches that are set up by hand: 1 point\n"))
      let install = try page("install.md")
      #expect(install.contains("`fabric-a`: set it up by hand."))
      #expect(!install.contains("switches/"))
      let out = folder.appendingPathComponent("out/switches").path
      #expect(!FileManager.default.fileExists(atPath: out))
      let audit = try Binary.run(["audit", "out/plan.json"], in: folder)
      #expect(audit.status == 0, "\(audit.errors)")
      // A plan that does not say so is not proven.
      let plan = folder.appendingPathComponent("out/plan.json")
      let silent = try String(contentsOf: plan, encoding: .utf8)
        .replacingOccurrences(of: "it is set up by hand", with: "it is set up")
      try Data(silent.utf8).write(to: plan)
      let again = try Binary.run(["audit", "out/plan.json"], in: folder)
      #expect(again.status == 1)
      #expect(again.errors.contains("is set up by hand [fits-dialect]"))
    }
  }

  @Test("Preferred RDMA that is given up stands on page one, and can be asked for")
  func rdmaGivenUp() throws {
    try withTemporaryFolder { folder in
      let text = """
        tenfold: 1
        racks: 1
        hosts: { count: 4, nics: [{ model: X540-T2, carries: [csv, live-migration] }] }
        """
      try Data(text.utf8).write(to: folder.appendingPathComponent("site.yaml"))
      let run = try Binary.run(["plan", "site.yaml", "-o", "out"] + Self.date, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let report = try String(
        contentsOf: folder.appendingPathComponent("out/report.md"), encoding: .utf8)
      let pageOne = report.components(separatedBy: "## Design and alternatives").first ?? ""
      #expect(pageOne.contains("RDMA (SMB Direct) was preferred, but no plan with it is possible"))
      let explained = try Binary.run(["explain", "out", "rdma"], in: folder)
      #expect(explained.output.contains("Intel X540-T2 cannot do it"))
      // A rate of exchange that the site leaves out is dated, with its source.
      #expect(report.contains(", a reference rate of the catalogue: "))
      #expect(!report.contains("(no date)"))
    }
  }

  @Test("A folder that Tenfold did not write stays as it is")
  func foreignFolder() throws {
    try withTemporaryFolder { folder in
      try Data("x".utf8).write(to: folder.appendingPathComponent("thesis.txt"))
      let run = try Binary.run(["plan", Self.site, "-o", folder.path] + Self.date)
      #expect(run.status == 2)
      #expect(run.errors.contains("such as \"thesis.txt\" [output-folder]"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["thesis.txt"])
    }
  }
}
