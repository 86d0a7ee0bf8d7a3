import Evidence
import Quantities

/// Networks that must stay among hosts: no answer from the core, and no route to it.
enum IsolationChecks {
  static func run(_ host: ObservedHost, _ probes: [ProbeColumn], _ sheet: inout Sheet) {
    for (place, network) in host.plan.networks.enumerated() {
      sheet.ports = network.carriers
      guard network.foldedInto == nil else {
        sheet.skip(.vlanIsolated, network.name, "the host is not in the network")
        continue
      }
      guard !network.vlan.mayLeave else {
        sheet.skip(.vlanIsolated, network.name, "the network may leave by plan")
        continue
      }
      let own = probes.filter { $0.kind == .crossing && $0.from == network.address }
      let answered = own.flatMap { column in
        zip(column.to, column.received).filter { $0.1 > 0 }.map(\.0)
      }
      let route = route(place, host)
      if let other = answered.first {
        sheet.add(
          .vlanIsolated, network.name, .fail, "\(other) answers \(network.address)",
          expected: "no answer from outside")
      }
      // A route is the host's own, whoever answers.
      if let route {
        sheet.add(
          .vlanIsolated, network.name, .fail,
          "a route to \(route.destination) leaves by \(route.interface)", expected: "no route")
      }
      guard answered.isEmpty, route == nil else { continue }
      if own.contains(where: { !$0.to.isEmpty }) {
        let tried = own.reduce(0) { $0 + $1.to.count }
        sheet.add(.vlanIsolated, network.name, .pass, "none of \(tried) addresses answers")
      } else {
        sheet.skip(.vlanIsolated, network.name, "nobody named an address of the core to try")
      }
    }
  }

  /// A route by a gateway over the interface of a network.
  private static func route(_ network: Int, _ host: ObservedHost) -> RouteFacts? {
    guard let name = host.interface(ofNetwork: network)?.name else { return nil }
    return host.facts.routes.value?.first { $0.interface == name && $0.gateway != nil }
  }
}
