import CatalogModel
import Fabric
import Quantities
import SiteModel

/// A host of a lab: a network namespace with a virtual switch of its own, as hypervisors have one.
public struct LabHost: Hashable, Sendable {
  /// A port, as the plan names it.
  public struct Port: Hashable, Sendable {
    public var name: String
    public var link: Link
    /// Such as `02:1f:00:00:01:00`; its networks have it too, as VLANs on a port do.
    public var mac: String
    /// Payload MTU in bytes: the largest of its networks, 1500 without any.
    public var mtu: Int
  }

  /// A network of a host: a port of its virtual switch.
  public struct Network: Hashable, Sendable {
    /// Such as `v711`.
    public var interface: String
    public var vlan: VLAN
    public var address: IPv4Address
    public var prefixLength: Int
    /// Whether its frames leave with a tag.
    public var isTagged: Bool
    /// The physical port that the plan gives it.
    public var port: String
  }

  /// How ports carry networks.
  public enum Form: Hashable, Sendable {
    case port
    /// Active-backup: the first port carries all while it has a link.
    case bond
    /// Ports of a team that do not all have the same VLANs: each network is tied to the ports that
    /// have its own, without a bond, which could not do that.
    case tied
  }

  /// A virtual switch of the host: one for each port or team, so that the host joins no fabrics.
  public struct Base: Hashable, Sendable {
    /// Such as `br0`.
    public var bridge: String
    public var form: Form
    /// Places in `ports`.
    public var ports: [Int]
    public var networks: [Network]
    /// VLANs of each of `ports`.
    var memberships: [Membership]
  }

  public var name: String
  public var ports: [Port]
  public var bases: [Base]
  public var networks: [Network] { bases.flatMap(\.networks) }

  init(_ host: Host, _ index: FabricIndex, number: Int) {
    name = host.name
    ports = []
    bases = []
    var baseOfTeam: [Int: Int] = [:]
    for (card, team) in zip(host.cards, index.teams(of: host)) {
      for port in card.ports {
        guard let link = index.link(ofHostPort: Endpoint(node: host.name, port: port)) else {
          continue
        }
        let place = ports.count
        ports.append(
          Port(name: port, link: link, mac: LabHost.mac(host: number, port: place), mtu: 1500))
        let membership = index.membership(link.a)
        if let base = team.flatMap({ baseOfTeam[$0] }) {
          bases[base].ports.append(place)
          bases[base].memberships.append(membership)
        } else {
          if let team { baseOfTeam[team] = bases.count }
          add(place, membership)
        }
      }
    }
    place(index.addresses(of: host.name), index)
  }

  /// A locally administered address of its own for each port.
  static func mac(host: Int, port: Int) -> String {
    let bytes = [0x02, 0x1F, host >> 16 & 0xFF, host >> 8 & 0xFF, host & 0xFF, port & 0xFF]
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }

  private mutating func add(_ port: Int, _ membership: Membership) {
    bases.append(
      Base(
        bridge: "br\(bases.count)", form: .port, ports: [port], networks: [],
        memberships: [membership]))
  }

  /// Puts networks on their bases.
  private mutating func place(
    _ own: [FabricIndex.Address], _ index: FabricIndex
  ) {
    for own in own {
      let (subnet, assignment) = (own.subnet, own.assignment)
      guard let vlan = index.vlan(subnet.vlan),
        let port = ports.firstIndex(where: { $0.name == assignment.port }),
        let base = bases.firstIndex(where: { $0.ports.contains(port) }),
        let member = bases[base].ports.firstIndex(of: port)
      else { continue }
      let alike = networks.count { $0.vlan.id == vlan.id }
      bases[base].networks.append(
        Network(
          interface: "v\(vlan.id.number)" + (alike == 0 ? "" : "-\(alike + 1)"), vlan: vlan,
          address: assignment.address, prefixLength: subnet.prefix.prefixLength,
          isTagged: bases[base].memberships[member].untagged != vlan.id, port: assignment.port))
    }
    for base in bases.indices {
      if bases[base].ports.count > 1 {
        let isSame = Set(bases[base].memberships).count == 1
        bases[base].form = isSame ? .bond : .tied
      }
      let mtu = bases[base].networks.map(\.vlan.mtu).max() ?? 1500
      for (member, port) in bases[base].ports.enumerated() {
        let membership = bases[base].memberships[member]
        ports[port].mtu =
          bases[base].form == .tied
          ? bases[base].networks.filter { membership.carries($0.vlan.id) }.map(\.vlan.mtu).max()
            ?? 1500 : mtu
      }
    }
  }
}
