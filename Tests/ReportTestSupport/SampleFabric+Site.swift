import CatalogModel
import Fabric
import Quantities
import SiteModel

extension SampleFabric {
  func site(_ design: DesignKind, core: Core?, budget: Int64?) -> Site {
    let management = sure(IPv4Subnet("192.168.50.0/24"))
    let nativeVLAN = sure(VLANID(999))
    return Site(
      name: design == .spineLeaf ? "medium" : "starter", currency: .eur,
      budget: Budget(total: budget.map { Money(minorUnits: $0, currency: .eur) }),
      prices: PriceRules(
        kinds: ["estimate", "list", "refurbished", "street"], allowsUsed: true, discounts: [],
        exchange: [ExchangeRate(from: .usd, rate: Rational(92, over: 100) ?? .one)],
        exchangeDate: SampleParts.date("2026-11-01"), staleAfterMonths: 24,
        freightAndVAT: .percent(19)),
      room: Room(
        rowPitch: Length(millimetres: 1800), rackWidth: Length(millimetres: 600),
        trayHeight: Length(millimetres: 300), slack: .percent(10),
        racks: (1...max(racks, 1)).map {
          Rack(
            name: "r\($0)", row: 0, rowName: "A", position: $0,
            freeUnits: $0 == 1 ? 8 : nil, freePower: $0 == 1 ? .watts(900) : nil,
            feeds: $0 == 1 ? 2 : 1)
        }),
      hosts: [
        HostGroup(
          name: "hv",
          placements: (1...max(racks, 1)).map {
            HostGroup.Placement(rack: "r\($0)", count: hostsPerRack)
          }, os: "windows-server-2012r2",
          nics: [
            HostNIC(
              model: "MCX312A-XCBT", attach: .newFabric, carries: [.csv, .liveMigration]),
            HostNIC(model: nil, onboard: "4x1G base-t", attach: .existingLAN, carries: []),
          ])
      ],
      traffic: Traffic(
        rdma: .required, csv: true, liveMigration: true, storage: false, backup: .viaCore,
        tenantVLANs: core?.carries ?? [], gateways: core == nil ? .none : .core),
      requirements: Requirements(
        oversubscription: Rational(4), oversubscriptionAfterFailure: Rational(8),
        designs: [design],
        spares: SpareRates(
          optics: .percent(5), cables: .percent(5), switches: .zero, nics: .zero),
        thirdPartyOptics: true, testFirst: 2, spinePowerSupplies: 2, torPowerSupplies: 1,
        allowsUnconfigured: false, allowsUnknown: true),
      core: core,
      management: Management(
        rack: "r1", buySwitch: false, freePorts: nil, subnet: management,
        gateway: IPv4Address("192.168.50.1"), firstAddress: 10,
        ntp: [IPv4Address("192.168.50.2")].compactMap { $0 }, syslog: [],
        vlan: sure(VLANID(99))),
      addressing: Addressing(entries: [], nativeVLAN: nativeVLAN, mtu: 9000),
      defaults: [
        DefaultTaken(
          key: "room.row-pitch", value: "1.8 m", reason: "usual distance of two rows"),
        DefaultTaken(
          key: "prices.freight-and-vat", value: "19%", reason: "German VAT, freight included"),
      ])
  }

  /// What a switch is to do, derived from its links.
  func intent(_ device: Device, _ vlans: [VLAN], core: Core?) -> SwitchIntent {
    let own = links.filter { $0.role != .management }.compactMap { link in
      link.a.node == device.name
        ? (link.a.port, link.role, link.b)
        : link.b.node == device.name ? (link.b.port, link.role, link.a) : nil
    }
    let roleOf = Dictionary(own.map { ($0.0, $0) }) { first, _ in first }
    let tagged = vlans.filter { $0.purpose != .native && ($0.side ?? device.side) == device.side }
      .map(\.id)
    let ports = device.ports.map { port -> PortIntent in
      guard let (_, role, far) = roleOf[port.name] else {
        return PortIntent(name: port.name, enabled: false, mtu: 1500)
      }
      let lag: Int? =
        switch role {
        case .host, .management: nil
        case .uplink: device.role == .tor ? 1 : 10
        case .peer: 128
        case .core: 100
        }
      return PortIntent(
        name: port.name, description: "\(far.node) \(far.port)", enabled: true, mtu: 9216, lag: lag,
        membership: lag == nil ? Membership(tagged: tagged) : .none, edge: role == .host,
        bpduGuard: role == .host, lossless: role != .core)
    }
    let lags = Set(ports.compactMap(\.lag)).sorted().map {
      LAGIntent(
        number: $0, description: $0 == 100 ? "core-1" : $0 == 128 ? "peer link" : "uplink",
        lacp: $0 != 128, isPeerLink: $0 == 128, pairLAG: $0 == 128 || $0 == 1 ? nil : $0,
        membership: Membership(tagged: $0 == 100 ? core?.carries ?? [] : tagged),
        mtu: $0 == 100 ? 1554 : 9216)
    }
    return SwitchIntent(
      hostname: device.name, os: device.role == .tor ? .os6 : .os9,
      management: ManagementIntent(
        interface: device.managementPort,
        address: device.managementAddress ?? IPv4Address(bits: 0), prefixLength: 24,
        gateway: IPv4Address("192.168.50.1")),
      users: [UserIntent(name: "admin", isAdministrator: true)],
      ntp: [IPv4Address("192.168.50.2")].compactMap { $0 }, syslog: [],
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: 40960),
      splits: [],
      pair: device.role == .spine
        ? PairIntent(
          domain: 1, peerLAG: 128, backupDestination: IPv4Address(bits: 0xC0A8_320B),
          priority: device.side == .a ? 4096 : 8192, systemMAC: "02:01:e8:00:00:01",
          unit: device.side == .a ? 0 : 1, delayRestore: 90) : nil,
      vlans: vlans.filter { ($0.side ?? device.side) == device.side || device.role == .spine }
        .map { VLANIntent(id: $0.id, name: $0.name) }, lags: lags, ports: ports,
      qos: QoSIntent(
        policy: "dcb",
        groups: [
          TrafficGroup(
            id: 0, bandwidth: 50, lossless: false,
            priorities: [0, 1, 2, 4, 5, 6, 7].compactMap { PriorityCodePoint($0) }),
          TrafficGroup(id: 1, bandwidth: 50, lossless: true, priorities: [.storage]),
        ]), uplinkGroups: [])
  }
}
