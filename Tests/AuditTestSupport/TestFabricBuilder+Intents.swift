import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import SiteModel

extension TestFabricBuilder {
  /// What one switch is to do, from its links.
  func intent(_ device: Device, _ vlans: [VLAN]) -> SwitchIntent {
    let isPaired = design != .standalonePair && device.role != .tor
    let known = vlans.filter { isPaired || ($0.side ?? device.side) == device.side }
    let ports = device.ports.map { port($0, device, known) }
    let isOS6 = device.part == TestParts.tor.id
    let priority: Int =
      switch device.role {
      case .spine, .central: device.side == .a ? 53248 : 57344
      default: 61440
      }
    let hostPorts = ports.filter(\.edge).map(\.name)
    return SwitchIntent(
      hostname: device.name, os: isOS6 ? .os6 : .os9,
      management: ManagementIntent(
        interface: device.managementPort, address: TestSite.sure(device.managementAddress),
        prefixLength: site.management.subnet.prefixLength, gateway: site.management.gateway),
      users: [UserIntent(name: "admin", isAdministrator: true)],
      ntp: site.management.ntp, syslog: site.management.syslog,
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: priority),
      splits: splits(device), pair: isPaired ? pair(device) : nil,
      vlans: known.map { VLANIntent(id: $0.id, name: $0.name) }, lags: lags(device, ports, known),
      ports: ports,
      qos: known.contains(where: \.lossless)
        ? ShippedTraits.of(isOS6 ? .os6 : .os9)?.qos?.standard(lossless: .storage) : nil,
      uplinkGroups: uplinkGroups(device, hostPorts))
  }

  private func uplinkGroups(_ device: Device, _ hostPorts: [String]) -> [UplinkGroupIntent] {
    let upstream =
      device.role == .tor
      ? [1]
      : device.role == .central && design == .vltPair && site.core != nil && !hasSeparateCore
        ? [100, 128] : []
    return upstream.isEmpty
      ? []
      : [
        UplinkGroupIntent(
          id: 1, upstreamLAGs: upstream, downstream: hostPorts, enabled: device.role == .tor)
      ]
  }

  private var hasSeparateCore: Bool { site.core?.kind == .separate }

  private func splits(_ device: Device) -> [SplitIntent] {
    var seen: Set<String> = []
    return device.ports.compactMap(\.splitFrom).filter { seen.insert($0).inserted }.map {
      SplitIntent(port: $0, lanes: 4, laneRate: .gigabits(10))
    }
  }

  private func pair(_ device: Device) -> PairIntent {
    let other = TestSite.sure(devices.first { $0.role == device.role && $0.side != device.side })
    return PairIntent(
      domain: 1, peerLAG: 128, backupDestination: TestSite.sure(other.managementAddress),
      priority: device.side == .a ? 4096 : 8192, systemMAC: "02:01:e8:00:00:01",
      unit: device.side == .a ? 0 : 1, delayRestore: 90)
  }

  /// LAG of a link at one of its ends: the peer link is 128, the core 100, a ToR's uplinks 1 on
  /// the ToR and 10, 11, ... on the spines.
  private func lag(_ link: Link, _ device: Device) -> Int? {
    switch link.role {
    case .host, .management: nil
    case .peer: 128
    case .core: 100
    case .uplink:
      device.role == .tor
        ? 1
        : 10
          + TestSite.sure(
            devices.filter { $0.role == .tor }.firstIndex { $0.name == link.a.node })
    }
  }

  private func port(_ port: DevicePort, _ device: Device, _ known: [VLAN]) -> PortIntent {
    let own = Endpoint(node: device.name, port: port.name)
    guard let link = links.first(where: { $0.a == own || $0.b == own }) else {
      let isSystemWide = device.part == TestParts.tor.id
      return PortIntent(name: port.name, enabled: false, mtu: isSystemWide ? 9216 : 1554)
    }
    let far = link.a == own ? link.b : link.a
    let lag = lag(link, device)
    var tagged: [VLANID] = []
    if lag == nil {
      for entry in site.addressing.entries where carries(far, entry.traffic) {
        tagged.append(
          device.side == .a || isShared(entry.traffic) ? entry.vlanA : entry.vlanB)
      }
      if carries(far, .tenant) { tagged += site.traffic.tenantVLANs }
    }
    let losslessIDs = Set(known.filter(\.lossless).map(\.id))
    let isLossless =
      lag == nil
      ? tagged.contains(where: losslessIDs.contains)
      : !losslessIDs.isEmpty && link.role != .core
    // Of two separate boxes the second is the standby.
    let isStandby = link.role == .core && hasSeparateCore && device.side == .b
    return PortIntent(
      name: port.name, description: "\(far.node) \(far.port)", enabled: !isStandby, mtu: 9216,
      lag: lag,
      membership: Membership(tagged: tagged.sorted()), edge: link.role == .host,
      bpduGuard: link.role == .host, lossless: isLossless)
  }

  private func lags(
    _ device: Device, _ ports: [PortIntent], _ known: [VLAN]
  ) -> [LAGIntent] {
    let tors = devices.filter { $0.role == .tor }
    return Set(ports.compactMap(\.lag)).sorted().map { number in
      let membership: Membership
      switch number {
      case 128: membership = .none
      case 100:
        membership = Membership(tagged: known.filter(\.mayLeave).map(\.id))
      default:
        let tor = device.role == .tor ? device : tors[number - 10]
        membership = Membership(
          tagged: known.filter {
            $0.purpose != .native && ($0.side == nil || $0.side == tor.side)
          }.map(\.id))
      }
      return LAGIntent(
        number: number,
        description: number == 128 ? "peer link" : number == 100 ? "core-1" : "uplinks",
        lacp: number != 128, isPeerLink: number == 128,
        pairLAG: device.role == .tor || number == 128 || (number == 100 && hasSeparateCore)
          ? nil : number, membership: membership,
        mtu: 9216)
    }
  }
}
