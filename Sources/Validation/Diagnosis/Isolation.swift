import Quantities

/// A network of storage that reaches the core is one finding, however many hosts see it.
enum Isolation {
  static func findings(_ runs: [HostRun]) -> [Finding] {
    var told: [(vlan: String, rows: [CheckRow])] = []
    for run in runs {
      for row in run.rows where row.check == .vlanIsolated && row.outcome == .fail {
        guard let network = run.plan.networks.first(where: { $0.name == row.place }) else {
          continue
        }
        let name = "VLAN \(network.vlan.id.number) (\(network.vlan.name))"
        // A route is the host's own; an answer is the network's.
        let key = row.found.hasPrefix("a route") ? "\(run.plan.name): \(name)" : name
        if let known = told.firstIndex(where: { $0.vlan == key }) {
          told[known].rows.append(row)
        } else {
          told.append((key, [row]))
        }
      }
    }
    return told.map { entry in
      let isRoute = entry.rows[0].found.hasPrefix("a route")
      return Finding(
        rule: CheckID.vlanIsolated.rawValue,
        subject: isRoute ? [entry.rows[0].host, entry.rows[0].place] : [entry.vlan],
        message: "\(entry.vlan) reaches the core: \(entry.rows[0].found)"
          + (entry.rows.count > 1 ? ", and so on for \(entry.rows.count) addresses" : ""),
        expected: entry.rows[0].expected,
        hint: isRoute
          ? "remove the route: only the management network has a gateway"
          : "remove the VLAN from the uplink to the core, on both switches of the pair")
    }
  }
}
