import CatalogModel
import DialectTestSupport
import Fabric
import Quantities

extension Golden {
  /// A CRS317 with each kind of port and LAG that a text of RouterOS can hold, beside the plain
  /// trunks of plans: in one VLAN, tagged and untagged at once, in none; static and LACP; an account
  /// that may only look.
  static var memberships: SwitchIntent {
    guard let traits = ShippedTraits.of(.routeros) else { preconditionFailure("no traits") }
    let (jumbo, usual) = (traits.linkMTU.value.upperBound, traits.defaultMTU.value)
    func name(_ number: Int) -> String { "sfp-sfpplus\(number)" }
    func host(_ number: Int, _ membership: Membership, guarded: Bool = true) -> PortIntent {
      PortIntent(
        name: name(number), description: "hv-r1-0\(number) nic1-p1", enabled: true, mtu: jumbo,
        membership: membership, edge: true, bpduGuard: guarded)
    }
    var ports = [
      host(1, Membership(untagged: vlan(30), tagged: ids([20, 711]))),
      host(2, Membership(tagged: ids([711]))),
      host(3, Membership(untagged: vlan(30)), guarded: false),
      PortIntent(
        name: name(4), description: "kept for later", enabled: true, mtu: usual, edge: true),
      PortIntent(
        name: name(5), description: "core-1 Te1/1", enabled: true, mtu: 9216,
        membership: Membership(tagged: ids([20]))),
    ]
    ports += (6...11).map { PortIntent(name: name($0), enabled: false, mtu: usual) }
    ports += (12...16).map { number in
      PortIntent(
        name: name(number), description: "core-\(number % 2 + 1) Te1/\(number)", enabled: true,
        mtu: jumbo, lag: number < 14 ? 1 : number < 16 ? 2 : 3)
    }
    func lag(_ number: Int, _ lacp: Bool, _ text: String, _ membership: Membership) -> LAGIntent {
      LAGIntent(
        number: number, description: text, lacp: lacp, isPeerLink: false, pairLAG: nil,
        membership: membership, mtu: jumbo)
    }
    return SwitchIntent(
      hostname: "fabric-b", os: .routeros, management: management("ether1", 14),
      users: [
        UserIntent(name: "admin", isAdministrator: true),
        UserIntent(name: "second", isAdministrator: true),
        UserIntent(name: "viewer", isAdministrator: false),
      ],
      ntp: [ip("192.0.2.5")], syslog: [ip("192.0.2.6"), ip("192.0.2.7")],
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: 61440), splits: [], pair: nil,
      vlans: [
        VLANIntent(id: vlan(20), name: "tenant-20"), VLANIntent(id: vlan(30), name: "consoles"),
        VLANIntent(id: vlan(711), name: "csv-a"),
      ],
      lags: [
        lag(1, true, "core-1 and core-2", Membership(tagged: ids([20]))),
        lag(2, false, "", Membership(untagged: vlan(30), tagged: ids([20]))),
        lag(3, true, "spare", Membership(untagged: vlan(30))),
      ],
      ports: ports, qos: nil, uplinkGroups: [])
  }
}
