import Fabric
import Quantities

/// Sessions of SMB that do not use all networks, as far as nothing is wrong with the networks
/// themselves at either end.
enum SessionCauses {
  /// Checks of which a failure keeps a connection from being made.
  private static let causes: Set<CheckID> = [
    .nicPresent, .linkUp, .address, .vlanID, .teamMembers, .rdmaOn, .rssOn,
  ]

  static func findings(
    _ runs: [HostRun], _ paths: PathChecks, _ silenced: Set<Endpoint>
  ) -> [Finding] {
    var broken = Set(silenced.map { $0.node.lowercased() })
    for run in runs
    where run.observed == nil
      || run.rows.contains(where: { $0.outcome == .fail && causes.contains($0.check) })
    {
      broken.insert(run.plan.name.lowercased())
    }
    for matrix in paths.matrices {
      for pair in matrix.failed where pair.failure == .reach {
        for end in [pair.from, pair.to] {
          broken.insert(runs[matrix.nodes[Int(end)].host].plan.name.lowercased())
        }
      }
    }
    return runs.flatMap { run in
      run.rows.filter { row in
        row.check == .smbMultichannel && row.outcome == .fail
          && !broken.contains(run.plan.name.lowercased())
          && !broken.contains(String(row.place.lowercased().prefix { $0 != "." }))
      }.map { row in
        Finding(
          rule: row.check.rawValue, severity: row.check.severity, subject: [row.host, row.place],
          message: "\(row.host): \(row.found)", expected: row.expected,
          hint: "look at New-SmbMultichannelConstraint, and at RSS and RDMA of the ports")
      }
    }
  }
}
