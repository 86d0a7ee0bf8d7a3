import Fabric
import Quantities

/// Links between two bridges that are one: a LAG with LACP, or a single link.
public struct LabTrunk: Hashable, Sendable {
  /// One of its links.
  public struct Member: Hashable, Sendable {
    public var link: Link
    /// Interface at the lower switch: the ToR, or the one below the core.
    public var a: String
    /// Interface at the spine or the core.
    public var b: String
    public var mtuA: Int
    public var mtuB: Int
  }
  public var bridgeA: String
  public var bridgeB: String
  /// Name of the bond at either side, such as `lag-sw3-11`; empty for a single link.
  public var bondA: String
  public var bondB: String
  public var membershipA: Membership
  /// `nil` at the core, which takes all that comes.
  public var membershipB: Membership?
  public var members: [Member]

  /// Interface of a single link at the core, for `LabPlan.unusableNames`.
  var coreInterface: String? { membershipB == nil ? members.first?.b : nil }

  /// Port of Open vSwitch at the lower switch.
  var portA: String { bondA.isEmpty ? members.first?.a ?? "" : bondA }
  var portB: String { bondB.isEmpty ? members.first?.b ?? "" : bondB }

  static func all(
    _ index: FabricIndex, _ switches: [LabSwitch], core: LabCore?
  ) -> [LabTrunk] {
    var ends: [Endpoint: (port: LabSwitch.Port, bridge: String)] = [:]
    for device in switches {
      for port in device.ports {
        ends[Endpoint(node: device.name, port: port.name)] = (port, device.bridge)
      }
    }
    var trunks: [LabTrunk] = []
    var known: [String: Int] = [:]
    for link in index.fabric.links where link.role == .uplink || link.role == .core {
      guard let a = ends[link.a] else { continue }
      let b = ends[link.b]
      guard let bridgeB = b?.bridge ?? (link.role == .core ? core?.bridge : nil) else { continue }
      // At the core no port has an interface of the plan's own.
      let far = String(a.port.interface.dropLast()) + "b"
      let member = Member(
        link: link, a: a.port.interface, b: b?.port.interface ?? far, mtuA: a.port.mtu,
        mtuB: b?.port.mtu ?? a.port.mtu)
      let lag = index.lag(link.a).map { "\($0.pairLAG ?? $0.number)" } ?? "link \(link.id)"
      let key = "\(a.bridge) \(lag) \(bridgeB)"
      if let place = known[key] {
        trunks[place].members.append(member)
        trunks[place].bondA = "lag-\(a.bridge)-\(lag)"
        trunks[place].bondB = "lag-\(bridgeB)-\(a.bridge)-\(lag)"
        continue
      }
      known[key] = trunks.count
      trunks.append(
        LabTrunk(
          bridgeA: a.bridge, bridgeB: bridgeB, bondA: "", bondB: "",
          membershipA: a.port.membership, membershipB: b?.port.membership, members: [member]))
    }
    return trunks
  }
}

/// What stands for the existing core: a switch that takes every VLAN, and a router behind it that
/// answers in all of them. A VLAN that must not leave has to be stopped before it gets there.
public struct LabCore: Hashable, Sendable {
  /// A VLAN as the router sees it.
  public struct Leg: Hashable, Sendable {
    public var vlan: VLANID
    /// Interface at the switch, and at the router.
    public var a: String
    public var b: String
    /// Subnets to reach by it.
    public var subnets: [IPv4Subnet]
    /// Addresses of the router in it: gateways of the plan.
    public var gateways: [InterfaceText]
  }
  /// `ADDRESS/LENGTH`.
  public typealias InterfaceText = String

  public var name: String
  /// Bridge of its switch.
  public var bridge = "core"
  public var legs: [Leg]
  /// Address beyond it that networks of storage must not reach: the first of those reserved for
  /// documentation (RFC 5737) that the plan does not use.
  public var address: IPv4Address

  var ports: [String] { legs.map(\.a) }

  init(_ fabric: Fabric, switchName: String) {
    let used = fabric.subnets.map(\.prefix)
    let candidates = ["203.0.113.1", "198.51.100.1", "192.0.2.1"].compactMap { IPv4Address($0) }
    address =
      candidates.first { candidate in !used.contains { $0.contains(candidate) } }
      ?? IPv4Address(bits: 0xCB00_7101)
    name = switchName
    legs = fabric.vlans.filter { $0.purpose != .native }.map { vlan in
      let own = fabric.subnets.filter { $0.vlan == vlan.id }
      return Leg(
        vlan: vlan.id, a: "c\(vlan.id.number)", b: "v\(vlan.id.number)",
        subnets: own.map(\.prefix),
        gateways: own.compactMap { subnet in
          subnet.gateway.map { "\($0)/\(subnet.prefix.prefixLength)" }
        })
    }
  }
}
