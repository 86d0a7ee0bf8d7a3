import Quantities
import SiteModel

/// Reads `management` and `addressing`, numbering what the file leaves open around what it gives.
enum NetworkReader {
  static func networks(
    _ top: SectionReader, hosts: [HostGroup], traffic: Traffic, core: Core?, racks: [Rack]
  ) -> (Management, Addressing) {
    let management = top.open("management", SiteKeys.management)
    let addressing = top.open("addressing", SiteKeys.addressing)
    let entries = TrafficClass.allCases.filter { $0 != .tenant }.sorted().map {
      EntryDraft($0, addressing)
    }
    var free = FreeNumbers(traffic: traffic, core: core)
    let vlanGiven = management.value("vlan") != nil ? management.vlan("vlan") : nil
    let nativeGiven = addressing.value("native-vlan") != nil ? addressing.vlan("native-vlan") : nil
    let subnetGiven = management.value("subnet") != nil ? management.subnet("subnet") : nil
    free.take(vlans: [vlanGiven, nativeGiven].compactMap { $0 } + entries.flatMap(\.vlans))
    free.take(subnets: [subnetGiven].compactMap { $0 } + entries.flatMap(\.subnets))

    let finished = entries.compactMap {
      $0.finished(traffic: traffic, hosts: hosts, free: &free)
    }
    let native = nativeGiven ?? free.vlan(from: 666, reader: addressing, key: "native-vlan")
    let vlan = vlanGiven ?? free.vlan(from: 99, reader: management, key: "vlan")
    return (
      self.management(
        management, subnet: subnetGiven, vlan: vlan, core: core, racks: racks, free: &free),
      Addressing(
        entries: finished, nativeVLAN: native, mtu: addressing.integer("mtu") ?? 9000)
    )
  }

  private static func management(
    _ reader: SectionReader, subnet: IPv4Subnet?, vlan: VLANID, core: Core?, racks: [Rack],
    free: inout FreeNumbers
  ) -> Management {
    var rack = core?.rack ?? racks.first?.name ?? ""
    if reader.value("rack") == nil {
      reader.took("rack", rack)
    } else {
      rack = reader.name("rack") ?? rack
    }
    let subnet = subnet ?? free.managementSubnet(reader, racks: racks.count)
    return Management(
      rack: rack, buySwitch: reader.flag("buy-switch") ?? false,
      freePorts: reader.integer("free-ports"), subnet: subnet, gateway: reader.address("gateway"),
      firstAddress: reader.integer("first-address") ?? 11, ntp: reader.addresses("ntp") ?? [],
      syslog: reader.addresses("syslog") ?? [], vlan: vlan)
  }
}

/// What the file gives for one class of traffic.
private struct EntryDraft {
  let traffic: TrafficClass
  let reader: SectionReader
  let isGiven: Bool
  var vlans: [VLANID] = []
  var subnets: [IPv4Subnet] = []

  init(_ traffic: TrafficClass, _ addressing: SectionReader) {
    self.traffic = traffic
    isGiven = addressing.value(traffic.rawValue) != nil
    reader = addressing.open(traffic.rawValue, SiteKeys.addressingEntry)
    guard isGiven else { return }
    vlans = pair("vlans") { reader.vlan($0, of: "vlans") }
    subnets = pair("subnets") { reader.subnet($0, of: "subnets") }
  }

  /// Two values, one for each fabric; empty when the key is not given or wrong.
  private func pair<Value>(_ key: String, _ read: (YAMLValue) -> Value?) -> [Value] {
    guard let value = reader.value(key) else { return [] }
    guard case .list(let items) = value.content, items.count == 2 else {
      reader.wrong(
        key, value, "a list of two, for fabric A and fabric B", hint: "write `\(key): [.., ..]`")
      return []
    }
    reader.log.note(reader.path(key) + "[A]", at: items[0].position)
    reader.log.note(reader.path(key) + "[B]", at: items[1].position)
    let values = items.compactMap(read)
    return values.count == 2 ? values : []
  }

  /// The entry with everything numbered; `nil` when the site does not carry the class.
  func finished(
    traffic: Traffic, hosts: [HostGroup], free: inout FreeNumbers
  ) -> Addressing.Entry? {
    let isCarried =
      switch self.traffic {
      case .csv: traffic.csv
      case .liveMigration: traffic.liveMigration
      case .storage: traffic.storage
      case .backup:
        traffic.backup == .eastWest
          || (traffic.backup == .viaCore && hosts.addresses(.backup) > 0)
      case .tenant: false
      }
    guard isCarried else {
      if isGiven {
        let isUncarried = self.traffic == .backup && traffic.backup == .viaCore
        reader.log.report(
          "unused-addressing", at: reader.position,
          isUncarried
            ? "`addressing.backup` is given, but no card on the new network carries backup"
            : "`addressing.\(self.traffic.rawValue)` is given, but the site does not carry this "
              + "traffic",
          hint: isUncarried
            ? "remove it, or add `backup` to the `carries` of a card"
            : "remove it, or say so in `traffic`")
      }
      return nil
    }
    var vlans = self.vlans
    if vlans.count != 2 {
      vlans = free.vlanPair(for: self.traffic)
      reader.took("vlans", "[\(vlans.map { String($0.number) }.joined(separator: ", "))]")
    }
    var subnets = self.subnets
    if subnets.count != 2 {
      let needed = hosts.addresses(self.traffic)
      subnets = vlans.enumerated().map {
        free.subnet(vlan: $1, side: $0, traffic: self.traffic, addresses: needed)
      }
      reader.took("subnets", "[\(subnets.map(\.description).joined(separator: ", "))]")
    }
    guard vlans.count == 2, subnets.count == 2 else { return nil }
    return Addressing.Entry(
      traffic: self.traffic, vlanA: vlans[0], vlanB: vlans[1], subnetA: subnets[0],
      subnetB: subnets[1])
  }
}
