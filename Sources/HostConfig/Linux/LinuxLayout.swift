import Fabric
import Quantities

/// How the ports of a Linux host become interfaces: cards that carry the same are one bond, each VLAN
/// stands on its bond, and VLANs of guests end in a bridge.
struct LinuxLayout {
  /// Longest name of an interface in bytes: `IFNAMSIZ` of the kernel less its end.
  static let longestName = 15

  /// Ports of which one is active; a single port is its own.
  struct Base {
    /// Such as `bond0`; the port's where there is one alone.
    var name: String
    /// Names of ports; the first is the one that is active while it has a link.
    var members: [String]
    var isBond: Bool
    /// Payload MTU in bytes: the largest on it.
    var mtu: Int
  }

  /// A VLAN on a base.
  struct Tagged {
    /// Such as `bond0.721`.
    var name: String
    var base: String
    var vlan: VLAN
    /// Place in `HostShape.networks`; `nil` for a VLAN of guests.
    var network: Int?
    /// Bridge that guests plug into; empty for a VLAN of the host's own.
    var bridge: String
  }

  var bases: [Base] = []
  var tagged: [Tagged] = []

  init(_ shape: HostShape) {
    for (place, bundle) in shape.bundles.enumerated() {
      let networks = shape.networks.indices.filter { shape.networks[$0].bundle == place }
      guard !networks.isEmpty || bundle.carriesTenants else { continue }
      let members = bundle.ports.map { shape.ports[$0].name }
      let isBond = members.count > 1
      let base = Base(
        name: isBond ? "bond\(place)" : members[0], members: members, isBond: isBond,
        mtu: networks.map { shape.networks[$0].vlan.mtu }.max() ?? 1500)
      bases.append(base)
      for network in networks {
        let vlan = shape.networks[network].vlan
        tagged.append(
          Tagged(
            name: "\(base.name).\(vlan.id.number)", base: base.name, vlan: vlan, network: network,
            bridge: ""))
      }
      guard bundle.carriesTenants else { continue }
      for vlan in shape.tenants {
        // A VLAN of guests is bridged once: on the first of the cards that carry them.
        let bridge = "vmbr\(vlan.id.number)"
        guard !tagged.contains(where: { $0.bridge == bridge }) else { continue }
        tagged.append(
          Tagged(
            name: "\(base.name).\(vlan.id.number)", base: base.name, vlan: vlan, network: nil,
            bridge: bridge))
      }
    }
  }

  /// Names that the kernel would not take.
  var tooLong: [String] {
    (bases.flatMap { [$0.name] + $0.members } + tagged.map(\.name)).filter {
      $0.utf8.count > Self.longestName
    }
  }
}
