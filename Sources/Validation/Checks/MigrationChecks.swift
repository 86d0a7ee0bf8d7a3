import Evidence
import Fabric
import Quantities

/// How a host moves guests, against what the scripts of the plan set.
enum MigrationChecks {
  /// The limit is written in units of 10⁶ or 2²⁰ bytes by whom one asks: they differ by 4.9 %.
  private static let slack: Int64 = 5

  static let checks: [CheckID] = [
    .migrationOption, .migrationCount, .migrationNetwork, .migrationSignIn, .smbLimit,
  ]

  static func run(_ host: ObservedHost, _ plan: PlannedMigration?, _ sheet: inout Sheet) {
    sheet.ports = []
    guard host.facts.system == .windows else {
      for check in checks { sheet.skip(check, "", "only Windows has such a setting of the host") }
      return
    }
    guard let plan else {
      for check in checks { sheet.skip(check, "", "the host has no network of live migration") }
      return
    }
    let migration = host.facts.migration
    sheet.judge(
      .migrationOption, "", migration.option, expected: "smb", shown: \.rawValue,
      holds: { $0 == .smb })
    count(migration, &sheet)
    networks(migration, plan, &sheet)
    signIn(host, &sheet)
    sheet.judge(
      .smbLimit, "", migration.smbLimit,
      expected: plan.limit.map { "\($0) bytes a second" } ?? "no limit",
      shown: { $0.map { "\($0) bytes a second" } ?? "no limit" },
      holds: { found in isNear(found, plan.limit) })
  }

  private static func isNear(_ found: Int64?, _ planned: Int64?) -> Bool {
    guard let found, let planned else { return found == planned }
    let (difference, over) = found.subtractingReportingOverflow(planned)
    return !over && abs(difference) <= planned / 100 * slack
  }

  /// That of the cluster wins where there is one.
  private static func count(_ migration: MigrationFacts, _ sheet: inout Sheet) {
    let wanted = LiveMigration.count
    if case .known(let limit, let source) = migration.clusterLimit, limit != wanted {
      return sheet.add(
        .migrationCount, "", .fail, "\(limit) at once by the cluster", expected: "\(wanted)",
        output: source.output)
    }
    sheet.judge(
      .migrationCount, "", migration.hostLimit, expected: "\(wanted)", shown: { "\($0) at once" },
      holds: { $0 == wanted })
  }

  private static func networks(
    _ migration: MigrationFacts, _ plan: PlannedMigration, _ sheet: inout Sheet
  ) {
    // The cluster's own list is in no cmdlet that only reads.
    guard migration.clusterLimit.value == nil else {
      return sheet.skip(.migrationNetwork, "", "the cluster says which networks are taken")
    }
    let planned = Set(plan.subnets)
    sheet.judge(
      .migrationNetwork, "", migration.networks,
      expected: plan.subnets.map(\.description).joined(separator: ", "),
      shown: { found in
        found == [.everything]
          ? "any network"
          : found.isEmpty ? "none" : found.map(\.description).joined(separator: ", ")
      }, holds: { Set($0) == planned })
  }

  /// Windows Server 2025 has Credential Guard on where it can, and that keeps CredSSP from signing in
  /// elsewhere (`host-validation`, section 3a).
  private static func signIn(_ host: ObservedHost, _ sheet: inout Sheet) {
    guard host.plan.group.os == "windows-server-2025" else {
      return sheet.skip(.migrationSignIn, "", "either way of signing in works on this release")
    }
    let facts = host.facts.migration
    if facts.authentication.value?.lowercased() == "credssp" {
      return sheet.judge(
        .migrationSignIn, "", facts.hasCredentialGuard, expected: "Kerberos",
        shown: { $0 ? "CredSSP, with Credential Guard on" : "CredSSP" }, holds: { !$0 })
    }
    sheet.judge(
      .migrationSignIn, "", facts.authentication, expected: "Kerberos", shown: { $0 },
      holds: { _ in true })
  }
}
