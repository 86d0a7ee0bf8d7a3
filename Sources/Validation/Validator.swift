import Evidence
import Fabric
import Quantities
import SiteModel
import Threads

/// Compares what stands in the racks with what was planned.
public enum Validator {
  /// Runs the checks over evidence.
  ///
  /// - Parameters:
  ///   - fabric: The plan.
  ///   - planHash: SHA-256 of its file, as evidence names it.
  ///   - evidence: At most one entry a host, in any order; hosts that the plan does not know are told.
  ///   - switches: What the tables of switches say, at most one entry a switch.
  ///   - running: Running configurations, compared with the plan.
  ///   - throughput: What was measured between hosts; of one pair the last counts.
  ///   - leastRate: What every way must carry; what its links allow when `nil`.
  ///   - only: Checks to report; all of them when empty.
  public static func validate(
    _ fabric: Fabric, planHash: String, evidence: [HostEvidence], switches: [SwitchFacts] = [],
    running: [RunningConfig] = [], throughput: [Throughput] = [], leastRate: DataRate? = nil,
    only: Set<CheckID> = []
  ) -> ValidationResult {
    let planned = PlannedHosts(fabric)
    var byName: [String: HostEvidence] = [:]
    for entry in evidence { byName[entry.facts.host.lowercased()] = entry }
    let own = planned.hosts.map { byName[$0.name.lowercased()] }
    let directory = SwitchDirectory(fabric)
    let learned = LearnedPorts(fabric, switches)
    let wantsRDMA = fabric.site.traffic.rdma != .none
    let groups = Dictionary(grouping: planned.hosts, by: \.group.name)
    let migrations = planned.hosts.map { host in
      PlannedMigration(host, of: groups[host.group.name] ?? [], planned.qos)
    }
    // What nobody asked for explains nothing: its finding would not be shown, and what follows from it
    // would have none.
    let asked = only.isEmpty ? Set(CheckID.allCases) : only
    let checked = concurrentMap(Array(planned.hosts.indices)) { place in
      HostRun(
        planned.hosts[place], own[place], planHash, CablingChecks(directory, learned), planned.qos,
        migrations[place], wantsRDMA: wantsRDMA
      ).keeping(asked)
    }
    let paths = PathChecks(
      fabric, planned.hosts, checked.map(\.observed), own.map { $0?.probes ?? [] },
      PathRates(throughput, planHash: planHash, least: leastRate))
    let likeness = LikenessChecks.run(
      fabric.site.hosts.map { group in
        checked.compactMap(\.observed).filter { $0.plan.group.name == group.name }
      }.filter { !$0.isEmpty })
    let switchCauses = SwitchCauses(asked.contains(.switchConfig) ? running : [], fabric)
    let switchLinks = SwitchLinkChecks(fabric, switches).keeping(asked)
    let switchPorts = SwitchPortChecks(fabric, switches).keeping(asked)
    let rows =
      checked.flatMap(\.rows) + switchLinks.rows + switchCauses.rows + switchPorts.rows
      + paths.rows + likeness.rows
    let diagnosis = Diagnosis(
      fabric, planned.hosts, checked, paths, switchLinks, switchCauses, switchPorts, likeness.odd)
    var findings = strangers(evidence, planned.hosts) + diagnosis.findings
    findings.removeAll { finding in
      CheckID(rawValue: finding.rule).map { !asked.contains($0) } ?? false
    }
    let checks = summaries(rows, paths, asked)
    if findings.isEmpty { findings = unexplained(checks, rows) }
    return ValidationResult(
      findings: findings, checks: checks,
      rows: rows.filter { $0.outcome != .pass && asked.contains($0.check) },
      hosts: planned.hosts.count, hostsWithEvidence: own.count { $0 != nil },
      links: checked.compactMap(\.observed).flatMap(LinkReading.all))
  }

  /// Where checks failed and no cause was named, what failed is named: a run that fails says why.
  private static func unexplained(
    _ checks: [ValidationResult.Summary], _ rows: [CheckRow]
  ) -> [Finding] {
    checks.filter { $0.fail > 0 }.map { check in
      let row = rows.first { $0.check == check.check && $0.outcome == .fail }
      return Finding(
        rule: check.check.rawValue, severity: check.check.severity,
        subject: row.map { [$0.host, $0.place].filter { !$0.isEmpty } } ?? [],
        message: "\(check.fail) do not hold: \(check.claim)",
        expected: row?.expected ?? "", hint: "--json lists each of them")
    }
  }

  /// Evidence of hosts that the plan does not have.
  private static func strangers(_ evidence: [HostEvidence], _ hosts: [PlannedHost]) -> [Finding] {
    let known = Set(hosts.map { $0.name.lowercased() })
    return evidence.filter { !known.contains($0.facts.host.lowercased()) }.map { entry in
      Finding(
        rule: CheckID.evidence.rawValue, subject: [entry.facts.host],
        message: "there is evidence of \(entry.facts.host), which the plan does not know",
        hint: "collect it again with the name of the plan (--host, -HostName)")
    }
  }

  /// With how much loss it would have been seen, where somebody sent enough probes to care.
  private static func lossClaim(_ paths: PathChecks) -> String {
    let probes = paths.matrices.compactMap(\.fewestProbes).min()
    guard let probes, paths.matrices.contains(where: \.hasManyProbes) else {
      return CheckID.pathLoss.claim
    }
    return "\(CheckID.pathLoss.claim); of \(DetectableLoss.shown(probes: probes)) between two hosts"
      + " it would be seen with 99 % probability"
  }

  private static func summaries(
    _ rows: [CheckRow], _ paths: PathChecks, _ asked: Set<CheckID>
  ) -> [ValidationResult.Summary] {
    var counts: [CheckID: [Outcome: Int]] = [:]
    for row in rows { counts[row.check, default: [:]][row.outcome, default: 0] += 1 }
    for failure in ProbeMatrix.Failure.allCases {
      let check = failure.check
      for matrix in paths.matrices {
        let own = matrix.counts[failure.rawValue]
        counts[check, default: [:]][.pass, default: 0] += own.pass
        counts[check, default: [:]][.fail, default: 0] += own.fail
        counts[check, default: [:]][.unknown, default: 0] += own.unknown
      }
    }
    return CheckID.allCases.filter(asked.contains).map { check in
      let own = counts[check] ?? [:]
      return ValidationResult.Summary(
        check: check, claim: check == .pathLoss ? lossClaim(paths) : check.claim,
        pass: own[.pass] ?? 0, fail: own[.fail] ?? 0,
        skipped: own[.skipped] ?? 0, unknown: own[.unknown] ?? 0)
    }
  }
}

/// The checks of one host by itself.
struct HostRun: Sendable {
  let plan: PlannedHost
  /// `nil` for a host without evidence.
  let observed: ObservedHost?
  private(set) var rows: [CheckRow]
  private(set) var misplaced: [CablingChecks.Misplaced]
  /// Services that it tried over the existing LAN.
  let reach: [ReachProbe]

  init(
    _ plan: PlannedHost, _ evidence: HostEvidence?, _ planHash: String,
    _ cabling: CablingChecks, _ qos: QoSIntent?, _ migration: PlannedMigration?, wantsRDMA: Bool
  ) {
    self.plan = plan
    guard let evidence else {
      rows = [
        CheckRow(
          check: .evidence, host: plan.name, outcome: .unknown, found: "nobody looked at this host")
      ]
      observed = nil
      misplaced = []
      reach = []
      return
    }
    let observed = ObservedHost(plan, evidence.facts)
    var sheet = Sheet(host: plan.name, commands: evidence.commands)
    sheet.add(.evidence, "", .pass, "collected \(evidence.collected)")
    if evidence.plan.isEmpty {
      sheet.skip(.evidencePlan, "", "the collector knew no plan")
    } else {
      let isSame = evidence.plan == planHash
      sheet.add(
        .evidencePlan, "", isSame ? .pass : .fail, "plan \(evidence.plan.prefix(12))",
        expected: isSame ? "" : "plan \(planHash.prefix(12))")
    }
    PortChecks.run(observed, &sheet)
    var cabling = cabling
    cabling.run(observed, &sheet)
    NetworkChecks.run(observed, &sheet)
    TeamChecks.run(observed, &sheet)
    SettingChecks.run(observed, &sheet)
    DCBChecks.run(observed, qos, wantsRDMA: wantsRDMA, &sheet)
    MigrationChecks.run(observed, migration, &sheet)
    SMBChecks.run(observed, &sheet)
    IsolationChecks.run(observed, evidence.probes, &sheet)
    ReachChecks.run(evidence.reach, &sheet)
    reach = evidence.reach ?? []
    rows = sheet.rows
    misplaced = cabling.misplaced
    self.observed = observed
  }

  /// With rows of these checks alone.
  func keeping(_ asked: Set<CheckID>) -> HostRun {
    var own = self
    own.rows.removeAll { !asked.contains($0.check) }
    if !asked.contains(.lldpPlan) { own.misplaced = [] }
    return own
  }
}
