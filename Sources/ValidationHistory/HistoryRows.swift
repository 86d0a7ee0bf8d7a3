import GRDB
import Quantities
import Validation

/// Rows of the tables as values, and back.
enum HistoryRows {
  static func insert(_ run: ValidationRun, _ database: Database) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO run
          (plan, plan_name, time, evidence, verdict, hosts, hosts_with_evidence)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run.plan, run.planName, run.time.seconds, run.evidence, run.verdict.rawValue, run.hosts,
        run.hostsWithEvidence,
      ])
    let number = database.lastInsertedRowID
    let finding = try database.cachedStatement(
      sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for (place, own) in run.findings.enumerated() {
      try finding.execute(arguments: [
        number, place, own.rule, own.severity.rawValue, own.subject.joined(separator: "\n"),
        own.message, own.expected, own.hint,
      ])
    }
    let count = try database.cachedStatement(
      sql: "INSERT INTO check_count VALUES (?, ?, ?, ?, ?, ?)")
    for own in run.checks {
      try count.execute(arguments: [
        number, own.check.rawValue, own.pass, own.fail, own.skipped, own.unknown,
      ])
    }
    let link = try database.cachedStatement(
      sql: "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for own in run.links {
      try link.execute(arguments: [
        number, own.host, own.port, own.cable, own.rate, own.errors, own.drops, own.packets,
      ])
    }
    return number
  }

  static func summaries(
    _ database: Database, _ plan: String?, _ limit: Int
  ) throws -> [RunSummary] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT run.*, (SELECT count(*) FROM finding WHERE finding.run = run.id) AS causes
        FROM run WHERE ?1 IS NULL OR plan = ?1 OR plan_name = ?1
        ORDER BY id DESC LIMIT ?2
        """, arguments: [plan, limit]
    ).compactMap { row in
      guard let time = Timestamp(seconds: row["time"]),
        let verdict = ValidationResult.Verdict(rawValue: row["verdict"])
      else { return nil }
      return RunSummary(
        number: row["id"], time: time, planName: row["plan_name"], plan: row["plan"],
        verdict: verdict, causes: row["causes"], hosts: row["hosts"],
        hostsWithEvidence: row["hosts_with_evidence"], evidence: row["evidence"])
    }
  }

  static func run(_ number: Int64, _ database: Database) throws -> ValidationRun? {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM run WHERE id = ?", arguments: [number]),
      let time = Timestamp(seconds: row["time"]),
      let verdict = ValidationResult.Verdict(rawValue: row["verdict"])
    else { return nil }
    let findings = try Row.fetchAll(
      database, sql: "SELECT * FROM finding WHERE run = ? ORDER BY place", arguments: [number]
    ).map { row -> Finding in
      let subject: String = row["subject"]
      return Finding(
        rule: row["rule"], severity: Severity(rawValue: row["severity"]) ?? .error,
        subject: subject.isEmpty ? [] : subject.split(separator: "\n").map(String.init),
        message: row["message"], expected: row["expected"], hint: row["hint"])
    }
    // Checks that this version does not know are left out.
    let counts = try Row.fetchAll(
      database, sql: "SELECT * FROM check_count WHERE run = ?", arguments: [number]
    ).compactMap { row -> ValidationResult.Summary? in
      guard let check = CheckID(rawValue: row["name"]) else { return nil }
      return ValidationResult.Summary(
        check: check, claim: check.claim, pass: row["pass"], fail: row["fail"],
        skipped: row["skipped"], unknown: row["unknown"])
    }
    let order = Dictionary(
      CheckID.allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let links = try Row.fetchAll(
      database, sql: "SELECT * FROM link WHERE run = ? ORDER BY host, port", arguments: [number]
    ).map(reading)
    return ValidationRun(
      plan: row["plan"], planName: row["plan_name"], time: time, evidence: row["evidence"],
      verdict: verdict, hosts: row["hosts"], hostsWithEvidence: row["hosts_with_evidence"],
      findings: findings,
      checks: counts.sorted { (order[$0.check] ?? 0) < (order[$1.check] ?? 0) }, links: links)
  }

  static func trend(
    _ database: Database, _ host: String, _ port: String, _ plan: String, _ limit: Int
  ) throws -> [LinkTrend] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT link.*, run.time AS time FROM link JOIN run ON run.id = link.run
        WHERE link.host = ? AND link.port = ? AND run.plan_name = ?
        ORDER BY link.run DESC LIMIT ?
        """, arguments: [host, port, plan, limit]
    ).compactMap { row in
      Timestamp(seconds: row["time"]).map {
        LinkTrend(run: row["run"], time: $0, reading: reading(row))
      }
    }
  }

  private static func reading(_ row: Row) -> LinkReading {
    LinkReading(
      host: row["host"], port: row["port"], cable: row["cable"], rate: row["rate"],
      errors: row["errors"], drops: row["drops"], packets: row["packets"])
  }
}
