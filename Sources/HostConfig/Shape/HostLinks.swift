import Fabric
import Quantities

/// What a plan says of each host's ports, looked up by host: links, switch ports, addresses.
struct HostLinks {
  /// The switch end of a host's port.
  struct End {
    var port: String
    var side: FabricSide
    var rate: DataRate
    var isLossless: Bool
    var device: String
  }

  /// An address of a host.
  struct Address {
    var vlan: VLANID
    var prefix: IPv4Subnet
    var port: String
    var address: IPv4Address
  }

  private var ends: [String: [End]] = [:]
  private var addresses: [String: [Address]] = [:]
  private var policies: [String: QoSIntent] = [:]

  init(_ fabric: Fabric) {
    let sides = Dictionary(fabric.devices.map { ($0.name, $0.side) }) { first, _ in first }
    var lossless: Set<Endpoint> = []
    for intent in fabric.intents {
      if let qos = intent.qos { policies[intent.hostname] = qos }
      for port in intent.ports where port.lossless {
        lossless.insert(Endpoint(node: intent.hostname, port: port.name))
      }
    }
    for link in fabric.links where link.role == .host {
      ends[link.b.node, default: []].append(
        End(
          port: link.b.port, side: sides[link.a.node] ?? .a, rate: link.rate,
          isLossless: lossless.contains(link.a), device: link.a.node))
    }
    for subnet in fabric.subnets {
      for assignment in subnet.assignments {
        addresses[assignment.node, default: []].append(
          Address(
            vlan: subnet.vlan, prefix: subnet.prefix, port: assignment.port,
            address: assignment.address))
      }
    }
  }

  /// `nil` for a port without a link.
  func end(of host: String, port: String) -> End? { ends[host]?.first { $0.port == port } }

  /// In the order of VLANs, then ports.
  func addresses(of host: String) -> [Address] { addresses[host] ?? [] }

  /// The policy of the first switch of a host that has one.
  func qos(of host: String) -> QoSIntent? {
    (ends[host] ?? []).lazy.filter(\.isLossless).compactMap { policies[$0.device] }.first
  }
}
