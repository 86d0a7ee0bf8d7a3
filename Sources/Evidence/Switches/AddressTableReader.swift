import Quantities

/// Reads tables of learned addresses (`show mac address-table` and its like) of any platform: a line
/// that holds one address and names one port of the switch is an entry, whatever its columns are.
/// Lines that name a bundle, or no port of the plan, are none.
public enum AddressTableReader {
  /// The entries of a text, in its order.
  /// - Parameter ports: the ports of the switch, as the plan names them.
  public static func entries(of text: [UInt8], ports: [String]) -> [LearnedAddress] {
    let names = PortIndex(ports)
    return text.split(separator: 10).compactMap { line in
      guard let row = TableWords(line), row.addresses.count == 1,
        let mac = row.addresses.first.flatMap({ MACAddress(row.words[$0]) })
      else { return nil }
      let found = row.ports(names)
      return found.count == 1 ? LearnedAddress(mac: mac, port: found[0].port) : nil
    }
  }
}
