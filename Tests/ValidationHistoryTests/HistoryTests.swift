import Foundation
import Quantities
import Testing
import Validation
import ValidationHistory

@Suite("History of validations")
struct HistoryTests {
  private func result(
    _ findings: [Finding], errors: Int64 = 0, rate: Int64 = 10_000_000_000
  ) -> ValidationResult {
    ValidationResult(
      findings: findings,
      checks: [
        ValidationResult.Summary(
          check: .linkUp, claim: CheckID.linkUp.claim, pass: 2, fail: findings.count, skipped: 0,
          unknown: 0)
      ], rows: [], hosts: 1, hostsWithEvidence: 1,
      links: [
        LinkReading(
          host: "hv-1", port: "nic1-p1", cable: "C0001", rate: rate, errors: errors, drops: nil,
          packets: 100)
      ])
  }

  private func run(_ result: ValidationResult, at seconds: Int64) throws -> ValidationRun {
    ValidationRun(
      result, plan: "ab", planName: "site", time: try #require(Timestamp(seconds: seconds)),
      evidence: "cd")
  }

  private func withHistory(_ work: (ValidationHistory, String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("history-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try work(try ValidationHistory(path: path), path)
  }

  private let down = Finding(
    rule: "link.up", subject: ["hv-1", "nic1-p1"], message: "hv-1 nic1-p1 has no link",
    expected: "a link", hint: "look at cable C0001")

  @Test("A run is read back as it was written, by another process too")
  func roundTrip() throws {
    try withHistory { history, path in
      let number = try history.add(try run(result([down]), at: 1_800_000_000))
      let found = try ValidationHistory(path: path).run(number)
      let read = try #require(found)
      #expect(read.findings == [down])
      #expect(read.checks.map(\.check) == [.linkUp])
      #expect(read.checks.first?.fail == 1)
      #expect(read.links == result([]).links)
      #expect(read.verdict == .failed)
      #expect(read.time.description == "2027-01-15T08:00:00Z")
    }
  }

  @Test("Runs of a plan are found by its name and by its hash, newest first")
  func runs() throws {
    try withHistory { history, _ in
      for second in 1...3 as ClosedRange<Int64> {
        try history.add(try run(result([]), at: second))
      }
      let (byName, byHash) = (
        try history.runs(of: "site"), try history.runs(of: "ab", limit: 2)
      )
      #expect(byName.map(\.number) == [3, 2, 1])
      #expect(byHash.map(\.number) == [3, 2])
      let (others, missing) = (try history.runs(of: "other"), try history.run(4))
      #expect(others.isEmpty && missing == nil)
    }
  }

  @Test("A link shows what it did in each run")
  func trend() throws {
    try withHistory { history, _ in
      try history.add(try run(result([]), at: 1))
      try history.add(try run(result([], errors: 17, rate: 1_000_000_000), at: 2))
      let trend = try history.trend(host: "hv-1", port: "nic1-p1", plan: "site")
      #expect(trend.map(\.reading.errors) == [17, 0])
      #expect(trend.map(\.reading.rate) == [1_000_000_000, 10_000_000_000])
    }
  }

  @Test("Two runs differ by what is new, what is gone and which links changed")
  func comparison() throws {
    let before = try run(result([down]), at: 1)
    let now = try run(result([], errors: 5), at: 2)
    let better = RunComparison(before, now)
    #expect(better.gone == [down] && better.new.isEmpty)
    #expect(better.checks.map(\.failNow) == [0])
    #expect(better.links.map(\.now.errors) == [5])
    #expect(RunComparison(now, before).new == [down])
    #expect(RunComparison(before, before).isEmpty)
  }

  @Test("A file of a later version is left alone")
  func later() throws {
    try withHistory { history, path in
      try history.add(try run(result([]), at: 1))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        "python3", "-c",
        "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]);"
          + "c.execute(\"insert into grdb_migrations values ('9')\"); c.commit()", path,
      ]
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
      #expect(throws: HistoryError.self) { _ = try ValidationHistory(path: path) as Any }
    }
  }
}
