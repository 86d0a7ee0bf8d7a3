import Fabric
import Quantities

/// Hosts that differ from most of their group, as far as no other finding says so.
enum OddOnes {
  /// Traits that belong together: one cause changes all of them.
  private static let families: [[String]] = [
    ["model", "driver", "driver version", "firmware", "slot"], ["receive ring", "send ring"],
    ["receive queues", "RSS profile"],
  ]

  static func findings(
    _ odd: [LikenessChecks.OddOne], _ runs: [HostRun], _ silenced: Set<Endpoint>
  ) -> [Finding] {
    var findings: [Finding] = []
    let wrong = wrong(runs)
    for run in runs {
      let own = odd.filter { one in
        one.host == run.plan.name
          && !(one.trait.port.map {
            silenced.contains(
              Endpoint(node: run.plan.name, port: run.plan.ports[$0].name))
          } ?? false) && !isTold(one, run, wrong)
      }
      var told: [(family: [String], ones: [LikenessChecks.OddOne])] = []
      for one in own {
        let family = families.first { $0.contains(one.trait.name) } ?? [one.trait.name]
        if let known = told.firstIndex(where: { $0.family == family }) {
          told[known].ones.append(one)
        } else {
          told.append((family, [one]))
        }
      }
      findings += told.map { finding(run.plan.name, $0.ones) }
    }
    return findings
  }

  /// Whether a check of the same value failed at the same place, here or at a host that this one is
  /// compared with: the plan says what is right, and not the majority.
  private static func isTold(_ one: LikenessChecks.OddOne, _ run: HostRun, _ wrong: Set<Wrong>)
    -> Bool
  {
    let isGone = run.rows.contains { row in
      row.outcome == .fail && (row.check == .nicPresent || row.check == .linkUp)
        && (one.trait.port.map(row.ports.contains) ?? false)
    }
    return isGone
      || one.trait.check.map { check in
        wrong.contains(
          Wrong(group: run.plan.group.name, check: check, port: one.trait.port ?? -1))
      } ?? false
  }

  /// A check that failed somewhere in a group.
  private struct Wrong: Hashable {
    var group: String
    var check: CheckID
    /// Place of the port; -1 for the host itself.
    var port: Int
  }

  private static func wrong(_ runs: [HostRun]) -> Set<Wrong> {
    var all: Set<Wrong> = []
    for run in runs {
      for row in run.rows where row.outcome == .fail {
        for port in row.ports.isEmpty ? [-1] : row.ports {
          all.insert(Wrong(group: run.plan.group.name, check: row.check, port: port))
        }
      }
    }
    return all
  }

  private static func finding(_ host: String, _ ones: [LikenessChecks.OddOne]) -> Finding {
    let places = unique(ones.map(\.trait.place)).filter { !$0.isEmpty }
    let found = unique(ones.map { "\($0.trait.name) \($0.trait.value)" }).joined(separator: ", ")
    let majority = unique(
      ones.map { "\($0.trait.name) \($0.majority) (\($0.count) of \($0.total))" })
    return Finding(
      rule: CheckID.hostsAlike.rawValue, severity: .warning, subject: [host] + places,
      message: "\(([host] + places).joined(separator: " ")) is the odd one out: \(found)",
      expected: majority.joined(separator: ", "),
      hint: "bring it to what most of its group have")
  }
}
