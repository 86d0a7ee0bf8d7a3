import Evidence
import Fabric
import Quantities

/// Probes of all networks, put together.
struct PathChecks {
  let map: PathMap
  private(set) var matrices: [ProbeMatrix] = []
  /// Measurements that brought nothing, and whether there are any at all.
  private(set) var rows: [CheckRow] = []

  /// - Parameters:
  ///   - hosts: of the plan.
  ///   - observed: the same with their evidence; `nil` for one without.
  ///   - throughput: Measurements of TCP.
  init(
    _ fabric: Fabric, _ hosts: [PlannedHost], _ observed: [ObservedHost?],
    _ probes: [[ProbeColumn]], _ throughput: PathRates
  ) {
    map = PathMap(fabric)
    rows = throughput.rows
    for vlan in fabric.vlans {
      var nodes: [ProbeMatrix.Node] = []
      var indices: [IPv4Address: Int] = [:]
      for (place, host) in hosts.enumerated() {
        for (network, own) in host.networks.enumerated()
        where own.vlan.id == vlan.id && own.foldedInto == nil {
          let name = PathChecks.carrier(own, host, observed[place])
          let port = Endpoint(node: host.name, port: name)
          guard let attachment = map.attachment(port) else { continue }
          indices[own.address] = nodes.count
          nodes.append(
            ProbeMatrix.Node(host: place, network: network, port: port, place: attachment))
        }
      }
      guard Set(nodes.map(\.host)).count > 1 else { continue }
      var matrix = ProbeMatrix(vlan: vlan, nodes: nodes, elements: map.elements.count)
      for (place, node) in nodes.enumerated() {
        let address = hosts[node.host].networks[node.network].address
        let columns = probes[node.host].filter { $0.kind == .ping && $0.from == address }
        if columns.isEmpty {
          matrix.takeNothing(from: place)
        } else {
          matrix.take(columns, from: place, indices: indices, map)
        }
      }
      rows += throughput.judge(&matrix, indices, hosts, map)
      matrices.append(matrix)
    }
  }

  /// The port by which a network leaves its host: of a team the member that is active.
  private static func carrier(
    _ network: PlannedNetwork, _ host: PlannedHost, _ observed: ObservedHost?
  ) -> String {
    let planned = host.ports[network.port].name
    guard network.carriers.count > 1, let observed,
      let team = observed.interfaces.first(where: { interface in
        interface.kind == .team
          && interface.lower.contains { $0.lowercased() == planned.lowercased() }
      }),
      case .activeBackup? = team.team.value?.mode, let active = team.team.value?.active?.first,
      let port = network.carriers.first(where: {
        host.ports[$0].name.lowercased() == active.lowercased()
      })
    else { return planned }
    return host.ports[port].name
  }
}
