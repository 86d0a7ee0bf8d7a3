import CatalogModel
import Quantities
import SiteModel

/// Parts of a plan by their names, for whoever looks up many of them: `Fabric` itself goes through its
/// lists.
public struct FabricIndex: Sendable {
  /// An address of a host.
  public struct Address: Hashable, Sendable {
    public var subnet: Subnet
    public var assignment: AddressAssignment
  }

  public let fabric: Fabric
  private var links: [String: [Link]] = [:]
  private var ports: [Endpoint: PortIntent] = [:]
  private var lags: [Endpoint: LAGIntent] = [:]
  private var sides: [String: FabricSide] = [:]
  private var policies: [String: QoSIntent] = [:]
  private var addresses: [String: [Address]] = [:]
  private var vlans: [VLANID: VLAN] = [:]
  private var groups: [String: HostGroup] = [:]

  /// Makes the index of a plan. Where two things have one name the first counts.
  public init(_ fabric: Fabric) {
    self.fabric = fabric
    for link in fabric.links where link.role == .host {
      links[link.b.node, default: []].append(link)
    }
    for intent in fabric.intents {
      policies[intent.hostname] = policies[intent.hostname] ?? intent.qos
      for port in intent.ports {
        let end = Endpoint(node: intent.hostname, port: port.name)
        ports[end] = ports[end] ?? port
        if let number = port.lag {
          lags[end] = lags[end] ?? intent.lags.first { $0.number == number }
        }
      }
    }
    for device in fabric.devices { sides[device.name] = sides[device.name] ?? device.side }
    for subnet in fabric.subnets {
      for assignment in subnet.assignments {
        addresses[assignment.node, default: []].append(
          Address(subnet: subnet, assignment: assignment))
      }
    }
    for vlan in fabric.vlans { vlans[vlan.id] = vlans[vlan.id] ?? vlan }
    for group in fabric.site.hosts { groups[group.name] = groups[group.name] ?? group }
  }

  /// The link that a port of a host has to its switch, which is its end `a`; `nil` without one.
  public func link(ofHostPort end: Endpoint) -> Link? {
    links[end.node]?.first { $0.b.port == end.port }
  }

  /// What a port of a switch is to do; `nil` where nothing is planned.
  public func port(_ end: Endpoint) -> PortIntent? { ports[end] }

  /// The LAG of a port of a switch; `nil` where it is in none.
  public func lag(_ end: Endpoint) -> LAGIntent? { lags[end] }

  /// VLANs of a port of a switch, those of its LAG if it is in one.
  public func membership(_ end: Endpoint) -> Membership {
    lags[end]?.membership ?? ports[end]?.membership ?? .none
  }

  /// The fabric that a switch belongs to; `nil` where there is no such switch.
  public func side(of device: String) -> FabricSide? { sides[device] }

  /// Addresses of a host by VLAN, then port.
  public func addresses(of host: String) -> [Address] { addresses[host] ?? [] }

  /// What the network of an address is called on its host: as its VLAN, with a number where the host
  /// has several addresses in that. `nil` without such a VLAN.
  public func networkName(_ address: Address) -> String? {
    guard let vlan = vlans[address.subnet.vlan] else { return nil }
    let alike = addresses(of: address.assignment.node).filter {
      $0.subnet.vlan == address.subnet.vlan
    }
    guard alike.count > 1 else { return vlan.name }
    let number = alike.firstIndex { $0.assignment.port == address.assignment.port } ?? 0
    return "\(vlan.name)-\(number + 1)"
  }

  /// The VLAN with a number; `nil` when there is none.
  public func vlan(_ id: VLANID) -> VLAN? { vlans[id] }

  /// The host group with a name; `nil` when there is none.
  public func group(_ name: String) -> HostGroup? { groups[name] }

  /// The policy of the first lossless port of a host whose switch has one.
  public func qos(of host: String) -> QoSIntent? {
    (links[host] ?? []).lazy.filter { ports[$0.a]?.lossless == true }
      .compactMap { policies[$0.a.node] }.first
  }

  /// What card a bundle of ports has, by which it is told from others.
  private struct Kind: Equatable {
    var carries: [TrafficClass]
    var part: PartID?
  }

  /// Cards of a host that carry the same, as numbers from 0 in the order of its cards; `nil` for cards
  /// without a port on the new fabric. Cards of Windows teams must be alike, so parts count there.
  public func bundles(of host: Host) -> [Int?] {
    guard let group = groups[host.group] else { return host.cards.map { _ in nil } }
    var kinds: [Kind] = []
    return host.cards.map { card in
      guard !card.ports.isEmpty, group.nics.indices.contains(card.slot) else { return nil }
      let kind = Kind(
        carries: group.nics[card.slot].carries, part: group.hasMultichannel ? card.part : nil)
      if let known = kinds.firstIndex(of: kind) { return known }
      kinds.append(kind)
      return kinds.count - 1
    }
  }

  /// The same for cards whose ports are a team; `nil` for the others.
  public func teams(of host: Host) -> [Int?] {
    guard let group = groups[host.group] else { return host.cards.map { _ in nil } }
    return zip(host.cards, bundles(of: host)).map { card, bundle in
      bundle.flatMap { fabric.site.hasTeam(group.nics[card.slot], of: group) ? $0 : nil }
    }
  }
}
