import Evidence
import Quantities

/// Who is cut off from the existing LAN: a host that reaches nobody, a service that nobody reaches, or
/// what is left of single pairs.
enum ReachCauses {
  /// A service by name and port.
  private struct Service: Hashable {
    var target: String
    var port: Int
  }

  /// - Parameter silent: hosts, in lower case, of which another finding says that they answer nobody.
  static func findings(_ runs: [HostRun], silent: Set<String>) -> [Finding] {
    let asking = runs.filter { !$0.reach.isEmpty }
    let dumb = asking.filter { run in run.reach.allSatisfy { !$0.isReached } }
    let dumbNames = silent.union(dumb.map { $0.plan.name.lowercased() })
    var tried: [Service: (all: Int, lost: Int)] = [:]
    var order: [Service] = []
    for run in asking where !dumbNames.contains(run.plan.name.lowercased()) {
      for probe in run.reach {
        let service = Service(target: probe.target, port: probe.port)
        if tried[service] == nil { order.append(service) }
        tried[service, default: (0, 0)].all += 1
        if !probe.isReached { tried[service, default: (0, 0)].lost += 1 }
      }
    }
    var findings = dumb.map { run in
      finding(
        [run.plan.name], "\(run.plan.name) reaches nobody over the existing LAN, not even by name",
        "look at its port on the existing LAN, its team there, and its DNS servers")
    }
    let dead = order.filter { service in
      tried[service].map { $0.all > 1 && $0.lost == $0.all } ?? false
        && !dumbNames.contains(service.target.lowercased())
    }
    for target in unique(dead.map(\.target)) {
      let ports = dead.filter { $0.target == target }.map { "\($0.port)" }
      findings.append(
        finding(
          [target],
          "nobody reaches \(target) over the existing LAN, port \(ports.joined(separator: ", "))",
          "look whether it runs, whether its name is right in DNS, and at its firewall"))
    }
    let gone = Set(dead)
    for run in asking where !dumbNames.contains(run.plan.name.lowercased()) {
      let left = run.reach.filter { probe in
        !probe.isReached && !gone.contains(Service(target: probe.target, port: probe.port))
          && !dumbNames.contains(probe.target.lowercased())
      }
      guard !left.isEmpty else { continue }
      let named = left.prefix(5).map { "\($0.target) \($0.port)" }.joined(separator: ", ")
      findings.append(
        finding(
          [run.plan.name],
          "\(run.plan.name) does not reach \(named)\(left.count > 5 ? " and others" : "") over the"
            + " existing LAN",
          "look at its port on the existing LAN and at the members of its team there"))
    }
    return findings
  }

  private static func finding(_ subject: [String], _ message: String, _ hint: String) -> Finding {
    Finding(
      rule: CheckID.managementReach.rawValue, subject: subject, message: message,
      expected: "an answer", hint: hint)
  }
}
