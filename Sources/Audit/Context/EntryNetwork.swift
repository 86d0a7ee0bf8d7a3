import Fabric
import Quantities
import SiteModel

/// A VLAN with its subnet that a class of traffic must have.
struct EntryNetwork {
  let vlan: VLANID
  let prefix: IPv4Subnet
  /// The fabric that the site names it for.
  let fabric: FabricSide
  /// The fabric that it is on; `nil` for both.
  let side: FabricSide?
}

/// Hosts that must reach one another in a class of traffic, over VLANs any of which will do.
struct Audience {
  let vlans: [VLANID]
  /// By index in `Fabric.hosts`.
  let holds: (Int) -> Bool
}

/// How the hosts are in the networks of each class of traffic.
struct ClassUse {
  /// Classes of which some host has a single address.
  var single: Set<TrafficClass> = []
  /// Classes of which some host has a network on each fabric.
  var split: Set<TrafficClass> = []
  /// Classes of which some host's network on each fabric may be sought at either of its ports.
  var loose: Set<TrafficClass> = []
}

extension AuditContext {
  /// The networks of a class: one on each fabric for hosts with SMB Multichannel; the first of them
  /// on both fabrics for hosts with a single address and for what leaves through the core.
  func networks(of entry: Addressing.Entry) -> [EntryNetwork] {
    let traffic = entry.traffic
    let leaves = site.leavesThroughCore(traffic)
    let isLoose = classUse.loose.contains(traffic)
    let spans = leaves || isLoose || classUse.single.contains(traffic)
    let first = EntryNetwork(
      vlan: entry.vlanA, prefix: entry.subnetA, fabric: .a, side: spans ? nil : .a)
    let isUsed = classUse.split.contains(traffic) || classUse.single.contains(traffic)
    guard isUsed ? classUse.split.contains(traffic) : !leaves else { return [first] }
    return [
      first,
      EntryNetwork(
        vlan: entry.vlanB, prefix: entry.subnetB, fabric: .b, side: isLoose ? nil : .b),
    ]
  }

  /// Whether a host port on a side has its address in a network of a class that it carries.
  func isAddressed(
    _ port: HostPortView, _ traffic: TrafficClass, in network: EntryNetwork, on side: FabricSide
  ) -> Bool {
    isShared(port, traffic) ? network.fabric == .a : network.fabric == side
  }

  /// Whether the frames of a network must arrive at a host port on a side that carries its class.
  func arrives(
    _ network: EntryNetwork, _ traffic: TrafficClass, at port: HostPortView, on side: FabricSide
  ) -> Bool {
    isAddressed(port, traffic, in: network, on: side)
      || (isLoose(port) && isAddressed(port, traffic, in: network, on: side.other))
  }

  /// Whether the host of a port has a single address for a class of traffic.
  func hasOneAddress(_ port: HostPortView, _ traffic: TrafficClass) -> Bool {
    !hasMultichannel(port.host) || site.leavesThroughCore(traffic)
  }

  /// Whether a port has the network of both fabrics for a class: hosts with a single address, and
  /// those that must reach them. Cluster volumes and live migration join hosts of one kind alone.
  func isShared(_ port: HostPortView, _ traffic: TrafficClass) -> Bool {
    if hasOneAddress(port, traffic) { return true }
    switch traffic {
    case .csv, .liveMigration: return false
    case .storage, .backup, .tenant: return classUse.single.contains(traffic)
    }
  }

  /// Whether a virtual port of the host may sit on any port of the card: they are a team, for guests
  /// or for an address on both fabrics, and Windows Server 2012 R2 ties no virtual port to a member.
  func isLoose(_ port: HostPortView) -> Bool {
    group(of: port.host)?.os == "windows-server-2012r2"
      && port.carries.contains { $0 == .tenant || site.leavesThroughCore($0) }
  }

  /// How the hosts are in the networks of each class.
  func usesOfClasses() -> ClassUse {
    var use = ClassUse()
    for port in hostPorts where !hasMultichannel(port.host) {
      use.single.formUnion(port.carries)
    }
    for port in hostPorts where hasMultichannel(port.host) {
      for traffic in port.carries where !site.leavesThroughCore(traffic) {
        let joinsOthers = traffic != .csv && traffic != .liveMigration
        guard !(joinsOthers && use.single.contains(traffic)) else { continue }
        use.split.insert(traffic)
        if isLoose(port) { use.loose.insert(traffic) }
      }
    }
    return use
  }

  /// Who must reach whom in a class: all hosts, but for classes that join hosts of one kind; hosts
  /// with one address, and virtual ports that may sit anywhere, each in a single VLAN.
  func audiences(of entry: Addressing.Entry) -> [Audience] {
    let networks = networks(of: entry)
    guard let first = networks.first else { return [] }
    guard networks.count > 1 else { return [Audience(vlans: [first.vlan]) { _ in true }] }
    var audiences = [
      Audience(vlans: networks.map(\.vlan)) { hasMultichannel($0) }
    ]
    if classUse.single.contains(entry.traffic) {
      audiences.append(Audience(vlans: [first.vlan]) { !hasMultichannel($0) })
    }
    if classUse.loose.contains(entry.traffic) {
      let loose = Set(
        hostPorts.filter { isLoose($0) && $0.carries.contains(entry.traffic) }.map(\.host))
      audiences += networks.map { network in
        Audience(vlans: [network.vlan]) { loose.contains($0) }
      }
    }
    return audiences
  }

  private func group(of host: Int) -> HostGroup? {
    let name = fabric.hosts[host].group
    return site.hosts.first { $0.name == name }
  }

  private func hasMultichannel(_ host: Int) -> Bool { group(of: host)?.hasMultichannel ?? false }
}
