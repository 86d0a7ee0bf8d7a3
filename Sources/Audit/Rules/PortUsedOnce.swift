import Fabric

extension PlanProof {
  /// No port has two plugs, and no link hangs in the air.
  static let portUsedOnce = PlanProof(
    "port-used-once", claim: "every link ends at ports that exist, and no port is used twice"
  ) { context, ledger in
    var users: [Endpoint: [String]] = [:]
    for view in context.links {
      for (node, endpoint) in [(view.a, view.link.a), (view.b, view.link.b)] {
        checkEndpoint(endpoint, node, view.link, context, &ledger)
        if !endpoint.port.isEmpty { users[endpoint, default: []].append(view.link.id) }
      }
    }
    for (endpoint, ids) in users.filter({ $0.value.count > 1 }).sorted(by: { $0.key < $1.key }) {
      ledger.fail(
        at: [endpoint.node, endpoint.port],
        "the links \(ids.joined(separator: ", ")) share this port",
        expected: "one link a port", hint: "move all but one to a free port")
    }
    for _ in users { ledger.expect(true, at: [], "") }
  }

  private static func checkEndpoint(
    _ endpoint: Endpoint, _ node: Node, _ link: Link, _ context: AuditContext,
    _ ledger: inout Ledger
  ) {
    let exists: Bool
    switch node {
    case .device(let index):
      let view = context.switches[index]
      exists =
        view.port(endpoint.port) != nil
        || (link.role == .management && !endpoint.port.isEmpty
          && endpoint.port == view.device.managementPort)
        || (view.device.role == .outOfBand && endpoint.port.isEmpty)
    case .host: exists = context.hostPortIndex[endpoint] != nil
    case .core: exists = context.site.core?.port(labelled: endpoint.port) != nil
    case .management: exists = true
    case .unknown: exists = false
    }
    ledger.expect(
      exists, at: [endpoint.node, endpoint.port],
      "the link \(link.id) ends at a port that is not there",
      expected: "a port of a switch, host or core of the plan")
  }
}
