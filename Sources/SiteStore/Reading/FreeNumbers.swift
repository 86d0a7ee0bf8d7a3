import Quantities
import SiteModel

/// Hands out VLAN numbers and subnets that nothing in the file uses, so that a default never
/// clashes with what somebody wrote.
struct FreeNumbers {
  private var vlans: Set<Int>
  private var subnets: [IPv4Subnet] = []

  init(traffic: Traffic, core: Core?) {
    vlans = Set(traffic.tenantVLANs.map(\.number))
    vlans.formUnion((core?.carries ?? []).map(\.number))
  }

  /// Marks numbers as used.
  mutating func take(vlans: [VLANID]) { self.vlans.formUnion(vlans.map(\.number)) }

  /// Marks subnets as used.
  mutating func take(subnets: [IPv4Subnet]) { self.subnets += subnets }

  /// The number `first`, or the next free one above it.
  mutating func vlan(from first: Int, reader: SectionReader, key: String) -> VLANID {
    let number = next(from: first)
    vlans.insert(number.number)
    reader.took(key, String(number.number))
    return number
  }

  /// Two VLANs for a class: 711 and 712 for csv, 721 and 722 for live migration, and so on.
  mutating func vlanPair(for traffic: TrafficClass) -> [VLANID] {
    let first = FreeNumbers.firstVLAN(of: traffic)
    var pair: [VLANID] = []
    for offset in 0..<2 {
      let number = next(from: max(first + offset, (pair.last?.number ?? 0) + 1))
      vlans.insert(number.number)
      pair.append(number)
    }
    return pair
  }

  private static func firstVLAN(of traffic: TrafficClass) -> Int {
    switch traffic {
    case .csv: 711
    case .liveMigration: 721
    case .storage: 731
    case .backup: 741
    case .tenant: 751
    }
  }

  /// The next number that is free and not reserved; numbers of other classes' own decades are
  /// passed over last, by going up to 4093 first and then from 2.
  private func next(from first: Int) -> VLANID {
    let reserved: Set<Int> = [1, 1002, 1003, 1004, 1005, 4094]
    let own: Set<Int> = [711, 712, 721, 722, 731, 732, 741, 742]
    for number in Array(first...4093) + Array(2..<max(2, first))
    where !vlans.contains(number) && !reserved.contains(number)
      && (number / 10 == first / 10 || !own.contains(number))
    {
      if let vlan = VLANID(number) { return vlan }
    }
    // Only when every number is taken, which the limits on lists exclude.
    return .byDefault
  }

  /// A subnet named after the VLAN, such as 10.71.1.0/24 for 711; a /16 of 172.16.0.0/12 when that
  /// has too few addresses.
  mutating func subnet(
    vlan: VLANID, side: Int, traffic: TrafficClass, addresses: Int
  ) -> IPv4Subnet {
    let index = (FreeNumbers.firstVLAN(of: traffic) - 711) / 10 * 2 + side
    var candidates: [IPv4Subnet?] = []
    if addresses <= 240 {
      if vlan.number < 2560 {
        candidates.append(FreeNumbers.subnet(10, vlan.number / 10, vlan.number % 10, length: 24))
      }
      candidates.append(FreeNumbers.subnet(10, vlan.number / 256, vlan.number % 256, length: 24))
      candidates += (0..<256).map { FreeNumbers.subnet(10, 200 + index, $0, length: 24) }
    }
    candidates += (0..<16).map { FreeNumbers.subnet(172, 16 + (index + $0) % 16, 0, length: 16) }
    return take(firstFree: candidates)
  }

  /// The subnet of the table's default, or the next one that is free.
  mutating func managementSubnet(_ reader: SectionReader, racks: Int) -> IPv4Subnet {
    // Two switches a rack, two spines and the first ten numbers fit in a /24 up to 120 racks.
    let candidates =
      racks <= 120
      ? (100..<256).map { FreeNumbers.subnet(192, 168, $0, length: 24) }
      : stride(from: 100, to: 256, by: 4).map { FreeNumbers.subnet(192, 168, $0, length: 22) }
    let subnet = take(firstFree: candidates)
    reader.took("subnet", subnet.description)
    return subnet
  }

  /// `A.B.C.0/length`; `nil` for octets above 255.
  private static func subnet(_ a: Int, _ b: Int, _ c: Int, length: Int) -> IPv4Subnet? {
    guard let a = UInt8(exactly: a), let b = UInt8(exactly: b), let c = UInt8(exactly: c) else {
      return nil
    }
    let bits = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8
    return IPv4Subnet(network: IPv4Address(bits: bits), prefixLength: length)
  }

  private mutating func take(firstFree candidates: [IPv4Subnet?]) -> IPv4Subnet {
    let valid = candidates.lazy.compactMap(\.self)
    let chosen =
      valid.first { subnet in !subnets.contains { $0.overlaps(subnet) } } ?? valid.first
      ?? .everything
    subnets.append(chosen)
    return chosen
  }
}

extension [HostGroup] {
  /// Addresses that a class needs on one fabric: each card that carries it has a port there.
  func addresses(_ traffic: TrafficClass) -> Int {
    reduce(0) { sum, group in
      let cards = group.nics.reduce(0) {
        $0 + ($1.attach == .newFabric && $1.carries.contains(traffic) ? $1.count : 0)
      }
      return sum + group.hostCount * cards
    }
  }

  /// Hosts that have a card for a class.
  func hosts(_ traffic: TrafficClass) -> Int {
    filter { $0.carries(traffic) }.reduce(0) { $0 + $1.hostCount }
  }
}
