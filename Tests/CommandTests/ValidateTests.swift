import Foundation
import TenfoldTestSupport
import Testing

@Suite("Validation of what was built")
struct ValidateTests {
  private static let plan = "examples/medium/expected"

  /// A folder with the configurations of all switches, one of them changed.
  private func withEvidence(
    replacing old: String = "", by new: String = "", _ work: (URL) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let evidence = folder.appendingPathComponent("evidence")
      try FileManager.default.copyItem(
        at: Repository.root.appendingPathComponent("\(Self.plan)/switches"), to: evidence)
      if !old.isEmpty {
        let file = evidence.appendingPathComponent("r1-tor-a.cfg")
        let text = try String(contentsOf: file, encoding: .utf8)
        let range = try #require(text.range(of: old))
        try text.replacingCharacters(in: range, with: new)
          .write(to: file, atomically: true, encoding: .utf8)
      }
      try work(evidence)
    }
  }

  private func validate(
    _ evidence: URL, _ options: String..., history: URL? = nil
  ) throws -> Binary.Result {
    try Binary.run(
      ["validate", Self.plan, "--evidence", evidence.path] + options
        + (history.map { ["--history", $0.path] } ?? ["--no-history"]))
  }

  @Test("What was planned and is so is green")
  func green() throws {
    try withEvidence { evidence in
      let result = try validate(evidence, "--only", "switch.config")
      #expect(result.status == 0 && result.errors == "")
      #expect(result.output.hasSuffix("green: 1 checks hold over 44 hosts\n"))
    }
  }

  @Test("Without evidence of hosts nothing is green")
  func incomplete() throws {
    try withEvidence { evidence in
      let result = try validate(evidence)
      #expect(result.status == 1)
      #expect(result.output.contains("44 unknown: nobody looked at this host\n"))
      #expect(result.output.contains("not green: nothing is known to be wrong"))
      #expect(result.output.hasSuffix("evidence of 0 of 44 hosts\n"))
    }
  }

  @Test("A setting of a switch that differs is named with what to type")
  func setting() throws {
    try withEvidence(replacing: "allowed vlan 711,721\n", by: "allowed vlan 711\n") { evidence in
      let result = try validate(evidence, "--only", "switch.config")
      #expect(result.status == 1)
      #expect(result.errors.hasPrefix("r1-tor-a / Te1/0/1: error: r1-tor-a Te1/0/1: "))
      #expect(result.errors.contains("  hint: type on r1-tor-a:\n"))
      #expect(result.errors.contains("switchport trunk allowed vlan"))
      #expect(result.output.contains("failed: 1 cause; "))
    }
  }

  @Test("Damaged evidence ends the run at its line, and nothing is written down")
  func damaged() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("hv.json")
      try "{\n  \"tenfold-evidence\": 1,\n  \"host\": }\n".write(
        to: file, atomically: true, encoding: .utf8)
      let history = folder.appendingPathComponent("history.sqlite")
      let result = try validate(folder, history: history)
      #expect(result.status == 2 && result.output == "")
      #expect(result.errors.contains("hv.json:3:11: error: "))
      #expect(!FileManager.default.fileExists(atPath: history.path))
    }
  }

  @Test("A check that nobody knows is told, with the one that was probably meant")
  func unknownCheck() throws {
    try withEvidence { evidence in
      let result = try validate(evidence, "--only", "link.upp")
      #expect(result.status == 2)
      #expect(result.errors.contains("there is no check \"link.upp\""))
      #expect(result.errors.contains("did you mean link.up?"))
    }
  }

  @Test("The page and the JUnit file say what the run found")
  func files() throws {
    try withEvidence(replacing: "allowed vlan 711,721\n", by: "allowed vlan 711\n") { evidence in
      let parent = evidence.deletingLastPathComponent()
      let page = parent.appendingPathComponent("page.html")
      let junit = parent.appendingPathComponent("junit.xml")
      _ = try validate(evidence, "--html", page.path, "--junit", junit.path)
      let html = try String(contentsOf: page, encoding: .utf8)
      #expect(html.contains("<p class=\"verdict failed\">Failed: 1 cause."))
      #expect(html.contains("r1-tor-a Te1/0/1: "))
      #expect(html.contains("<span class=\"port none\" title=\"nic1-p1\"></span>"))
      let xml = try String(contentsOf: junit, encoding: .utf8)
      #expect(xml.contains(" failures=\"1\" "))
      #expect(xml.contains("<failure message=\"1 do not hold\">"))
      #expect(xml.hasSuffix("</testsuite>\n"))
    }
  }

  @Test("Runs are kept, listed and compared")
  func history() throws {
    try withTemporaryFolder { folder in
      let history = folder.appendingPathComponent("state/history.sqlite")
      try withEvidence(replacing: "allowed vlan 711,721\n", by: "allowed vlan 711\n") {
        let result = try validate($0, "--only", "switch.config", history: history)
        #expect(result.status == 1)
      }
      try withEvidence {
        let result = try validate($0, "--only", "switch.config", history: history)
        #expect(result.status == 0)
      }
      let options = ["--history", history.path]
      let list = try Binary.run(["validate", "history"] + options)
      let lines = list.output.split(separator: "\n")
      #expect(list.status == 0 && lines.count == 2)
      #expect(lines.first?.contains("  green ") == true)
      #expect(lines.last?.contains("  failed ") == true)
      let better = try Binary.run(["validate", "compare"] + options)
      #expect(better.status == 0)
      #expect(better.output.hasPrefix("gone: r1-tor-a Te1/0/1: "))
      #expect(better.output.hasSuffix("switch.config: 1 -> 0 failed, 0 -> 0 unknown\n"))
      let worse = try Binary.run(["validate", "compare", "2", "1"] + options)
      #expect(worse.status == 1 && worse.output.hasPrefix("new:  r1-tor-a Te1/0/1: "))
      #expect(try Binary.run(["validate", "compare", "2", "7"] + options).status == 2)
    }
  }

  @Test("A history that is no database is refused, and left as it is")
  func foreignHistory() throws {
    try withTemporaryFolder { folder in
      let history = folder.appendingPathComponent("notes.txt")
      try "not a database, but long enough to look like one to nobody\n".write(
        to: history, atomically: true, encoding: .utf8)
      try withEvidence { evidence in
        let result = try validate(evidence, "--only", "switch.config", history: history)
        #expect(result.status == 3)
        #expect(result.errors.contains("notes.txt: error: "))
      }
      #expect(try String(contentsOf: history, encoding: .utf8).hasPrefix("not a database"))
    }
  }

  @Test(
    "A kit holds the addresses of the plan and what must not answer",
    arguments: [
      ("linux", "collect.sh"), ("windows", "collect.ps1"),
    ])
  func kit(system: String, name: String) throws {
    try withTemporaryFolder { folder in
      let kit = folder.appendingPathComponent("kit")
      let result = try Binary.run(
        ["kit", system, Self.plan, "-o", kit.path, "--core", "192.0.2.9"])
      #expect(result.status == 0)
      let text = try String(
        contentsOf: kit.appendingPathComponent(name), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let begin = try #require(lines.firstIndex { $0.hasSuffix("table of the plan begins") })
      let end = try #require(lines.firstIndex { $0.hasSuffix("table of the plan ends") })
      let table = lines[(begin + 1)..<end]
      #expect(table.first?.hasPrefix("plan ") == true)
      #expect(table.contains("network hv-r1-01 csv-a 10.71.1.11 24 9000 711"))
      #expect(table.contains("cross 192.0.2.9"))
      #expect(table.contains("cross 10.10.99.1"))
    }
  }

  @Test("An address that is none is refused before anything is written")
  func wrongAddress() throws {
    try withTemporaryFolder { folder in
      let kit = folder.appendingPathComponent("kit")
      let result = try Binary.run(
        ["kit", "linux", Self.plan, "-o", kit.path, "--core", "10.0.0.256"])
      #expect(result.status == 2)
      #expect(result.errors.contains("\"10.0.0.256\" is no IPv4 address"))
      #expect(!FileManager.default.fileExists(atPath: kit.path))
    }
  }

  @Test("Measurements need agents; a file of others is refused before those are asked")
  func throughput() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("measured.jsonl")
      let other =
        "{\"tenfold-throughput\":1,\"plan\":\"0\",\"streams\":4,\"warmUp\":1,\"seconds\":3,"
        + "\"planned\":2}\n"
      try Data(other.utf8).write(to: file)
      let alone = try Binary.run([
        "validate", Self.plan, "--evidence", file.path, "--throughput", file.path,
      ])
      #expect(alone.status == 2 && alone.errors.contains("measures between agents"))
      let refused = try Binary.run([
        "validate", Self.plan, "--hosts", "all", "--throughput", file.path, "--no-history",
        "--keys", folder.appendingPathComponent("keys").path,
      ])
      #expect(refused.status == 2)
      #expect(refused.errors.contains("it was measured for another plan [throughput-file]"))
      #expect(try Data(contentsOf: file) == Data(other.utf8))
      // As evidence it is said to be of no use, and nothing is green for it.
      let judged = try Binary.run([
        "validate", Self.plan, "--evidence", file.path, "--only", "path.rate", "--no-history",
      ])
      #expect(judged.status == 1 && judged.output.contains("measured for plan 0"))
    }
  }
}
