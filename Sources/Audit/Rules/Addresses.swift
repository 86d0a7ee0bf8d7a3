import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// Every host port has an address in each subnet of its traffic, and none is used twice.
  static let addresses = PlanProof(
    "addresses", claim: "subnets do not overlap, and each host port has its own address in each"
  ) { context, ledger in
    let subnets = context.fabric.subnets
    let management = context.site.management.subnet
    for (index, subnet) in subnets.enumerated() {
      let subject = ["vlan \(subnet.vlan.number)", subnet.prefix.description]
      ledger.expect(
        context.vlanByID[subnet.vlan] != nil, at: subject, "its VLAN is not in the plan")
      for other in subnets.dropFirst(index + 1) {
        ledger.expect(
          !subnet.prefix.overlaps(other.prefix), at: subject,
          "it overlaps \(other.prefix) of VLAN \(other.vlan.number)",
          expected: "subnets of their own")
      }
      ledger.expect(
        !subnet.prefix.overlaps(management)
          || context.vlanByID[subnet.vlan]?.purpose == .management,
        at: subject, "it overlaps the management subnet \(management)")
      if let gateway = subnet.gateway {
        ledger.expect(
          isUsable(gateway, in: subnet.prefix), at: subject, "its gateway \(gateway) is outside it")
        ledger.expect(
          context.vlanByID[subnet.vlan]?.mayLeave ?? false, at: subject,
          "it has a gateway and its VLAN may not leave", expected: "no gateway")
      }
      checkAssignments(subnet, context, &ledger)
    }
    checkEveryPort(context, &ledger)
  }

  private static func checkAssignments(
    _ subnet: Subnet, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    var taken: Set<IPv4Address> = subnet.gateway.map { [$0] } ?? []
    var ports: Set<Endpoint> = []
    for assignment in subnet.assignments {
      let subject = [assignment.node, assignment.port, assignment.address.description]
      ledger.expect(
        isUsable(assignment.address, in: subnet.prefix), at: subject,
        "the address is outside \(subnet.prefix)")
      ledger.expect(
        taken.insert(assignment.address).inserted, at: subject, "the address is used twice")
      let endpoint = Endpoint(node: assignment.node, port: assignment.port)
      ledger.expect(
        ports.insert(endpoint).inserted, at: subject,
        "the port has two addresses in \(subnet.prefix)")
      ledger.expect(
        context.hostPortIndex[endpoint] != nil, at: subject, "there is no such host port")
    }
  }

  /// One address for each port and class of its card, in the subnet of its side; one for each host
  /// where that is all it has.
  private static func checkEveryPort(_ context: AuditContext, _ ledger: inout Ledger) {
    var held: [VLANID: Set<Endpoint>] = [:]
    var prefixes: [VLANID: IPv4Subnet] = [:]
    for subnet in context.fabric.subnets {
      held[subnet.vlan, default: []].formUnion(
        subnet.assignments.map { Endpoint(node: $0.node, port: $0.port) })
      prefixes[subnet.vlan] = subnet.prefix
    }
    for entry in context.site.addressing.entries {
      for network in context.networks(of: entry) where context.vlanByID[network.vlan] != nil {
        let (vlan, prefix) = (network.vlan, network.prefix)
        ledger.expect(
          prefixes[vlan] == prefix, at: ["vlan \(vlan.number)"],
          "its subnet is \(prefixes[vlan]?.description ?? "not planned")",
          expected: prefix.description)
        var wanted: Set<Endpoint> = []
        // Of a host with one address any of its ports may hold it.
        var singles: Set<String> = []
        var others: Set<Endpoint> = []
        for port in context.hostPorts where port.carries.contains(entry.traffic) {
          guard let link = port.links.first.map({ context.links[$0] }) else { continue }
          let device = context.switchView(link.a) ?? context.switchView(link.b)
          guard let own = device?.device.side,
            context.isAddressed(port, entry.traffic, in: network, on: own)
          else { continue }
          if context.hasOneAddress(port, entry.traffic) {
            singles.insert(port.endpoint.node)
            others.insert(port.endpoint)
          } else {
            wanted.insert(port.endpoint)
          }
        }
        let found = (held[vlan] ?? []).subtracting(others)
        for node in singles.sorted() {
          let count = (held[vlan] ?? []).count { $0.node == node }
          ledger.expect(
            count == 1, at: [node, "vlan \(vlan.number)"],
            "it has \(count) addresses in \(prefix)",
            expected: "one, on all its ports in active/standby")
        }
        for endpoint in wanted.subtracting(found).sorted() {
          ledger.fail(
            at: [endpoint.node, endpoint.port, "vlan \(vlan.number)"],
            "it has no address in \(prefix)")
        }
        for endpoint in found.subtracting(wanted).sorted() {
          ledger.fail(
            at: [endpoint.node, endpoint.port, "vlan \(vlan.number)"],
            "it has an address in \(prefix) and none of its traffic")
        }
        ledger.expect(true, at: [], "")
      }
    }
  }

  private static func isUsable(_ address: IPv4Address, in subnet: IPv4Subnet) -> Bool {
    guard subnet.contains(address) else { return false }
    let host = address.bits &- subnet.network.bits
    return host >= 1 && Int(host) <= subnet.usableAddresses
  }
}
