import Fabric
import Quantities

/// An address of a host in a network that is measured.
struct Entrant {
  var host: String
  var address: IPv4Address
  /// All ports that may carry it: one, or a team's.
  var ports: [Endpoint]
  var place: (attachment: Int32, device: Int32)
  var rate: DataRate
}

/// A network with those in it, in the order of the plan.
struct EntrantNetwork {
  var vlan: VLAN
  var entrants: [Entrant]
}

extension Entrant {
  /// Networks in which hosts have addresses of their own, in the order in which they come.
  static func networks(_ hosts: [PlannedHost], _ map: PathMap) -> [EntrantNetwork] {
    var networks: [EntrantNetwork] = []
    var places: [VLANID: Int] = [:]
    for host in hosts {
      for network in host.networks where network.foldedInto == nil {
        let port = Endpoint(node: host.name, port: host.ports[network.port].name)
        guard let place = map.attachment(port) else { continue }
        let entrant = Entrant(
          host: host.name, address: network.address,
          ports: network.carriers.map {
            Endpoint(node: host.name, port: host.ports[$0].name)
          }, place: place, rate: host.ports[network.port].rate)
        if let known = places[network.vlan.id] {
          networks[known].entrants.append(entrant)
        } else {
          places[network.vlan.id] = networks.count
          networks.append(EntrantNetwork(vlan: network.vlan, entrants: [entrant]))
        }
      }
    }
    return networks
  }

  /// As few of them as bring every port into one, that of most ports first. What a second network of the
  /// same ports could add, probes tell.
  static func fewest(_ networks: [EntrantNetwork]) -> [EntrantNetwork] {
    var open = Set(networks.flatMap { $0.entrants.flatMap(\.ports) })
    var left = networks
    var few: [EntrantNetwork] = []
    while !open.isEmpty {
      let gains = left.map { network in
        Set(network.entrants.lazy.flatMap(\.ports)).intersection(open).count
      }
      guard let most = gains.max(), most > 0, let place = gains.firstIndex(of: most) else { break }
      let network = left.remove(at: place)
      open.subtract(network.entrants.flatMap(\.ports))
      if network.entrants.count > 1 { few.append(network) }
    }
    return few
  }
}
