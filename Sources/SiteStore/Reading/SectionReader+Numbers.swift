import Quantities

/// Parsers of VLANs, addresses and subnets.
extension SectionReader {
  func subnet(_ value: YAMLValue, of key: String) -> IPv4Subnet? {
    guard let text = value.text, let slash = text.firstIndex(of: "/"),
      let address = IPv4Address(text[..<slash]),
      let length = Int(text[text.index(after: slash)...]),
      (0...32).contains(length)
    else {
      wrong(key, value, "an IPv4 subnet such as `10.71.1.0/24`")
      return nil
    }
    guard let subnet = IPv4Subnet(network: address, prefixLength: length) else {
      let mask: UInt32 = length == 0 ? 0 : ~0 << UInt32(32 - length)
      let network = IPv4Address(bits: address.bits & mask)
      log.report(
        "bad-subnet", at: value.position,
        "`\(key)` must be the address of a subnet, \(quoted(text)) is one of a host",
        hint: "write `\(network)/\(length)`")
      return nil
    }
    guard (8...29).contains(length) else {
      outOfRange(key, value, "a subnet of length /8 to /29")
      return nil
    }
    guard SectionReader.isUnicast(address) else {
      log.report(
        "bad-subnet", at: value.position,
        "`\(key)` must be a range that hosts can have, found "
          + quoted(text), hint: "use a private one such as 10.71.1.0/24")
      return nil
    }
    return subnet
  }

  /// Neither this-network, loopback, link-local, multicast nor reserved (RFC 6890).
  private static func isUnicast(_ address: IPv4Address) -> Bool {
    let first = address.bits >> 24
    return first != 0 && first != 127 && first < 224 && address.bits >> 16 != 0xA9FE
  }

  func address(_ value: YAMLValue, of key: String) -> IPv4Address? {
    guard let text = value.text, let address = IPv4Address(text) else {
      wrong(key, value, "an IPv4 address such as `10.0.0.1`")
      return nil
    }
    guard SectionReader.isUnicast(address) else {
      outOfRange(key, value, "an address that a host can have")
      return nil
    }
    return address
  }

  func vlan(_ value: YAMLValue, of key: String) -> VLANID? {
    guard let text = value.text, let rational = Rational(decimal: text), rational.denominator == 1,
      let number = Int(exactly: rational.numerator)
    else {
      wrong(key, value, "a VLAN number from 2 to 4093")
      return nil
    }
    guard let vlan = VLANID(number) else {
      outOfRange(key, value, "a VLAN number from 2 to 4093")
      return nil
    }
    let reason: String? =
      switch number {
      case 1: "VLAN 1 is the untagged default of every switch"
      case 1002...1005: "VLANs 1002 to 1005 are reserved for token ring and FDDI"
      case 4094: "VLAN 4094 is used inside VLT and MLAG pairs"
      default: nil
      }
    if let reason {
      log.report(
        "reserved-vlan", at: value.position, "`\(key)` uses VLAN \(number), which is reserved",
        hint: reason + "; take another number")
      return nil
    }
    return vlan
  }
}
