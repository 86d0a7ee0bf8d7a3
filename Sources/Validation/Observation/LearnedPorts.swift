import Evidence
import Fabric
import Quantities

/// Where the switches learned the addresses of hosts, on ports that lead to hosts or to nothing by
/// plan: what comes over a link between switches says nothing of a cable.
struct LearnedPorts: Sendable {
  private var places: [MACAddress: [Endpoint]] = [:]
  /// Switches whose table is there.
  let devices: Set<String>

  init(_ fabric: Fabric, _ switches: [SwitchFacts]) {
    var between: Set<Endpoint> = []
    for link in fabric.links where link.role != .host {
      between.insert(link.a)
      between.insert(link.b)
    }
    devices = Set(switches.filter { !$0.learned.isEmpty }.map(\.device))
    for entry in switches {
      for learned in entry.learned {
        let end = Endpoint(node: entry.device, port: learned.port)
        guard !between.contains(end), places[learned.mac]?.contains(end) != true else { continue }
        places[learned.mac, default: []].append(end)
      }
    }
  }

  /// Ports on which an address was learned, in the order of the tables.
  func ports(of mac: MACAddress) -> [Endpoint] { places[mac] ?? [] }
}
