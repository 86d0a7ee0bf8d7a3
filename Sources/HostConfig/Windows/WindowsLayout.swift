import CatalogModel
import Fabric
import Quantities
import SiteModel

/// How the ports of a Windows host become interfaces with addresses: which stay as they are, which
/// go under a virtual switch or into a team.
struct WindowsLayout {
  /// A team of NIC Teaming (LBFO).
  struct Team {
    var name: String
    /// Names of ports.
    var members: [String]
    var isUnderSwitch: Bool
  }

  /// A virtual switch of Hyper-V.
  struct Switch {
    var name: String
    /// Names of ports, or of the one team under it.
    var members: [String]
    var isEmbeddedTeam: Bool
    var carriesTenants: Bool
  }

  /// What carries an address.
  struct Interface {
    enum Kind: String {
      /// The port itself, in one VLAN.
      case adapter = "Adapter"
      /// A virtual port of the host on a switch.
      case virtual = "Virtual"
      /// An interface of a team, in one VLAN.
      case team = "Team"
    }
    /// Name by which cmdlets know it.
    var alias: String
    var kind: Kind
    /// Place in `HostShape.networks`.
    var network: Int
    /// The port, switch or team that it is on.
    var parent: String
    /// Port that it is tied to; empty when it is not.
    var tiedTo: String
    /// Whether RDMA must be on, or off; `nil` to leave it.
    var rdma: Bool?
  }

  /// Which cores serve a port.
  enum Queues: String {
    /// RSS: the host's own traffic.
    case rss = "Rss"
    /// Queues for virtual machines: a port under a virtual switch.
    case vmq = "Vmq"
  }

  var teams: [Team] = []
  var switches: [Switch] = []
  var interfaces: [Interface] = []
  /// Of each of `HostShape.ports`.
  var queues: [Queues]
  /// Of each of `HostShape.ports`: whether RDMA must be on, or off; `nil` to leave it.
  var rdma: [Bool?]
  /// Networks of the plan in which the hosts have no address, since a port has one VLAN alone, with
  /// the network of the same port that carries their traffic.
  var folded: [(network: Int, into: Int)] = []
  /// Whether RDMA that the plan wants is lost to a team.
  var hasLostRDMA = false

  init(_ shape: HostShape, _ system: WindowsSystem) {
    queues = shape.ports.map { _ in .rss }
    rdma = shape.ports.map { WindowsLayout.rdma($0, shape) }
    for place in shape.bundles.indices {
      if shape.bundles[place].isTeam {
        join(place, shape, system)
      } else {
        for port in shape.bundles[place].ports { leave(port, shape, system) }
      }
    }
    interfaces.sort { $0.network < $1.network }
  }

  /// RDMA on where a card can and the network serves it, off where it would run over a network that
  /// loses packets or nobody wants it; untouched on cards that have none or are unknown.
  private static func rdma(_ port: HostPort, _ shape: HostShape) -> Bool? {
    guard port.rdma.isCapable else { return nil }
    return shape.wantsRDMA && (port.isLossless || !port.rdma.needsLossless)
  }

  /// Ports that are one team: under a virtual switch where guests or a hypervisor are, else alone.
  private mutating func join(_ place: Int, _ shape: HostShape, _ system: WindowsSystem) {
    let bundle = shape.bundles[place]
    let members = bundle.ports.map { shape.ports[$0].name }
    let name = WindowsLayout.stem(members)
    let networks = shape.networks.indices.filter { shape.networks[$0].bundle == place }
    guard shape.isHypervisor else {
      for port in bundle.ports { loseRDMA(port) }
      teams.append(Team(name: "\(name)-team", members: members, isUnderSwitch: false))
      for network in networks { addTeamInterface(network, shape, team: "\(name)-team") }
      return
    }
    for port in bundle.ports { queues[port] = .vmq }
    let isEmbedded = system.guestTeam == .embedded
    if !isEmbedded {
      teams.append(Team(name: "\(name)-team", members: members, isUnderSwitch: true))
      for port in bundle.ports { loseRDMA(port) }
    }
    switches.append(
      Switch(
        name: "\(name)-switch", members: isEmbedded ? members : ["\(name)-team"],
        isEmbeddedTeam: isEmbedded, carriesTenants: bundle.carriesTenants))
    for network in networks {
      addVirtual(
        network, shape, system, on: "\(name)-switch",
        tied: isEmbedded && !shape.networks[network].isShared)
    }
  }

  /// A port that is in no team: one network makes it an interface of its own; several need something
  /// that tells VLANs apart.
  private mutating func leave(_ port: Int, _ shape: HostShape, _ system: WindowsSystem) {
    let networks = shape.networks.indices.filter { shape.networks[$0].port == port }
    let name = shape.ports[port].name
    guard networks.count > 1 else {
      for network in networks { addAdapter(network, shape) }
      return
    }
    if shape.isHypervisor, system.hasVirtualRDMA {
      queues[port] = .vmq
      switches.append(
        Switch(
          name: "\(name)-switch", members: [name], isEmbeddedTeam: false, carriesTenants: false))
      for network in networks {
        addVirtual(network, shape, system, on: "\(name)-switch", tied: false)
      }
    } else if rdma[port] == true,
      let place = VLANPurpose.kept(networks.map({ shape.networks[$0].vlan.purpose }))
    {
      let kept = networks[place]
      addAdapter(kept, shape)
      folded += networks.filter { $0 != kept }.map { (network: $0, into: kept) }
    } else {
      loseRDMA(port)
      teams.append(Team(name: "\(name)-team", members: [name], isUnderSwitch: false))
      for network in networks { addTeamInterface(network, shape, team: "\(name)-team") }
    }
  }

  private mutating func loseRDMA(_ port: Int) {
    if rdma[port] == true { hasLostRDMA = true }
    rdma[port] = nil
  }

  private mutating func addAdapter(_ network: Int, _ shape: HostShape) {
    let port = shape.networks[network].port
    interfaces.append(
      Interface(
        alias: shape.ports[port].name, kind: .adapter, network: network,
        parent: shape.ports[port].name, tiedTo: "", rdma: rdma[port]))
  }

  private mutating func addVirtual(
    _ network: Int, _ shape: HostShape, _ system: WindowsSystem, on name: String, tied: Bool
  ) {
    let own = shape.networks[network]
    interfaces.append(
      Interface(
        alias: "vEthernet (\(own.name))", kind: .virtual, network: network, parent: name,
        tiedTo: tied ? shape.ports[own.port].name : "",
        rdma: system.hasVirtualRDMA && !own.isShared ? rdma[own.port] : nil))
  }

  private mutating func addTeamInterface(_ network: Int, _ shape: HostShape, team: String) {
    interfaces.append(
      Interface(
        alias: shape.networks[network].name, kind: .team, network: network, parent: team,
        tiedTo: "", rdma: nil))
  }

  /// What a team of ports is called by: their card, or first and last card.
  private static func stem(_ members: [String]) -> String {
    var cards: [String] = []
    for member in members {
      let card = member.split(separator: "-").first.map(String.init) ?? member
      if cards.last != card { cards.append(card) }
    }
    return cards.count > 1 ? "\(cards[0])-\(cards[cards.count - 1])" : cards.first ?? "ports"
  }
}
