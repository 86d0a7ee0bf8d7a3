import Quantities
import SiteModel

/// Random sites that can mostly be planned: what owners could write, from one rack with a host to
/// eight racks in three rows.
///
/// `RandomSite` makes any valid site; most of those ask for things that exclude each other. Here
/// the design is drawn first and the rest around it, so that more than half have a plan. Values
/// at the edge of what a site file may say are drawn too, but seldom.
public struct PlannableSite {
  /// A site with every value spelt out, in the words of its file.
  ///
  /// Of some sites lines are left out afterwards, so that defaults are taken: the file read again
  /// is what counts.
  public static func text(seed: UInt64) -> String {
    // Neighbouring seeds must not give neighbouring numbers.
    var maker = PlannableSite(random: SplitMix64(seed: seed &* 0x2545_F491_4F6C_DD1D))
    let text = SiteText.yaml(maker.site(name: "site-\(seed % 1_000_000)"))
    return maker.random.chance(35) ? maker.thinned(text) : text
  }

  var random: SplitMix64
  /// The design that the site is drawn around.
  var design = DesignKind.spineLeaf
  /// Numbers that are taken, so that no VLAN has two uses; 99 and 666 are the defaults of lines
  /// that may be left out.
  private var usedVLANs: Set<Int> = [1, 99, 666]

  init(random: SplitMix64) { self.random = random }

  private mutating func site(name: String) -> Site {
    design = random.pick([
      .spineLeaf, .spineLeaf, .spineLeaf, .spineLeaf, .vltPair, .vltPair, .vltPair,
      .standalonePair, .standalonePair,
    ])
    let racks = racks()
    let isIsland = design == .standalonePair
    let tenants =
      isIsland || random.chance(35)
      ? [] : (0..<random.int(1...4)).compactMap { _ in vlan() }.sorted()
    let hasCore = !tenants.isEmpty || random.chance(isIsland ? 15 : 30)
    let traffic = Traffic(
      rdma: random.pick([.none, .none, .none, .preferred, .preferred, .preferred, .required]),
      csv: random.chance(90), liveMigration: true, storage: random.chance(20),
      backup: random.pick(
        hasCore && !isIsland ? [.none, .eastWest, .viaCore] : [.none, .none, .eastWest]),
      tenantVLANs: tenants, gateways: hasCore ? random.pick([.core, .core, .none]) : .none,
      northSouth: hasCore && random.chance(15) ? .gigabits(random.pick([1, 10, 20])) : nil)
    let hosts = hosts(racks, traffic: traffic)
    let currency = random.chance(70) ? Currency.eur : random.pick(Self.currencies)
    return Site(
      name: name, currency: currency, budget: budget(currency), prices: prices(currency),
      room: room(racks), hosts: hosts, traffic: traffic, requirements: requirements(racks),
      core: hasCore ? core(racks, tenants: tenants) : nil, management: management(racks),
      addressing: addressing(traffic), defaults: [])
  }

  private static let currencies =
    [.usd]
    + ["GBP", "CHF", "SEK", "PLN", "CZK", "JPY", "HUF"].compactMap {
      Currency(rawValue: $0)
    }

  /// A number that no other VLAN has.
  mutating func vlan() -> VLANID? {
    while true {
      let number = random.int(2...4093)
      if !(1002...1005).contains(number), usedVLANs.insert(number).inserted {
        return VLANID(number)
      }
    }
  }

  // MARK: Room

  private mutating func racks() -> [Rack] {
    let count = random.int(1...(design == .spineLeaf ? 8 : 4))
    let rows = random.int(1...3)
    let style = random.int(0...9)
    // Far apart, so that fibre is needed.
    let isFar = count > 1 && random.chance(25)
    let states = random.chance(40)
    return (0..<count).map { index in
      let name =
        switch style {
        case 0: "\(101 + index)"
        case 1: "A-0\(index + 1)"
        case 2: "Server-Room-North-Cabinet-No-000\(index + 1)"
        case 3: "rack\(index + 1)"
        default: "r\(index + 1)"
        }
      let row = index % rows
      return Rack(
        name: String(name.suffix(32)), row: row, rowName: "row\(row + 1)",
        position: index / rows + 1 + (isFar && index == count - 1 ? random.int(40...160) : 0),
        units: random.pick([42, 42, 47]),
        freeUnits: states ? random.int(4...20) : nil,
        freePower: states && random.chance(70) ? .watts(random.int(12...50) * 100) : nil,
        power: random.chance(20) ? .watts(7000) : nil, feeds: random.pick([1, 1, 2]),
        airflow: random.chance(3) ? random.pick(["port-to-psu", "psu-to-port"]) : nil,
        outlet: random.chance(15) ? random.pick(["C13", "C13", "C19"]) : nil)
    }
  }

  private mutating func room(_ racks: [Rack]) -> Room {
    var cabling: [ExistingCabling] = []
    if random.chance(10) {
      // Panels between all racks.
      let medium = random.pick(["om3", "om3", "os2", "cat6a"])
      for (index, a) in racks.enumerated() {
        for b in racks[(index + 1)...] {
          cabling.append(
            ExistingCabling(
              medium: medium, rackA: a.name, rackB: b.name, length: .metres(random.int(5...80))))
        }
      }
    } else if random.chance(8) {
      for _ in 0..<random.int(1...3) {
        cabling.append(
          ExistingCabling(
            medium: random.pick(["om3", "om3", "om4", "os2", "cat6a", "cat6a", "cat6", "om1"]),
            rackA: random.pick(racks).name, rackB: random.pick(racks).name,
            length: .metres(random.int(3...60))))
      }
    }
    return Room(
      rowPitch: Length(millimetres: Int64(random.int(12...40)) * 100),
      rackWidth: Length(millimetres: random.pick([600, 600, 800])),
      trayHeight: Length(millimetres: Int64(random.int(0...10)) * 100),
      slack: .percent(random.pick([0, 5, 10, 15, 30])), racks: racks, existingCabling: cabling)
  }

  // MARK: Addresses

  private mutating func addressing(_ traffic: Traffic) -> Addressing {
    var wanted: [TrafficClass] = []
    if traffic.csv { wanted.append(.csv) }
    if traffic.backup == .eastWest { wanted.append(.backup) }
    if traffic.liveMigration { wanted.append(.liveMigration) }
    if traffic.storage { wanted.append(.storage) }
    let entries = wanted.sorted().enumerated().compactMap { index, kind -> Addressing.Entry? in
      guard let a = vlan(), let b = vlan(), let subnetA = IPv4Subnet("172.\(16 + index).0.0/22"),
        let subnetB = IPv4Subnet("172.\(24 + index).64.0/20")
      else { return nil }
      return Addressing.Entry(
        traffic: kind, vlanA: a, vlanB: b, subnetA: subnetA, subnetB: subnetB)
    }
    return Addressing(
      entries: entries, nativeVLAN: random.chance(50) ? vlan() ?? .byDefault : Self.unused,
      mtu: random.pick([9000, 9000, 9000, 9000, 9000, 9000, 1500, 4000, 9194, 9216]))
  }

  private static let unused = VLANID(666) ?? .byDefault

  private mutating func management(_ racks: [Rack]) -> Management {
    let subnet = IPv4Subnet(random.pick(["10.99.0.0/24", "10.99.0.0/16", "192.168.7.64/26"]))
    let network = subnet ?? .everything
    let isRouted = random.chance(50)
    func server(_ number: Int) -> IPv4Address? { network.address(number) }
    return Management(
      rack: random.pick(racks).name, buySwitch: random.chance(15),
      freePorts: random.chance(30) ? random.int(18...48) : nil, subnet: network,
      gateway: isRouted ? server(1) : nil, firstAddress: random.int(10...20),
      ntp: random.chance(60) ? [server(5), server(6)].compactMap { $0 } : [],
      syslog: random.chance(40) ? [server(7)].compactMap { $0 } : [],
      vlan: VLANID(99) ?? .byDefault)
  }

  // MARK: Lines left out

  /// Keys of which each may be left out without another value losing its sense.
  private static let optional = [
    "used-parts", "stale-after", "freight-and-vat", "direct-order", "row-pitch",
    "rack-width", "tray", "oversubscription", "after-any-failure", "spares", "third-party-optics",
    "test-first", "power-supplies", "unknowns", "free-ports", "native-vlan", "mtu",
  ]

  /// The file without some of its lines.
  private mutating func thinned(_ text: String) -> String {
    let dropsManagement = random.chance(40)
    let lines = text.split(separator: "\n").filter { line in
      if line.hasPrefix("management: ") { return !dropsManagement }
      guard line.hasPrefix("  "), line.dropFirst(2).first?.isLetter == true,
        let colon = line.firstIndex(of: ":"),
        Self.optional.contains(String(line[..<colon].dropFirst(2)))
      else { return true }
      return random.chance(50)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
