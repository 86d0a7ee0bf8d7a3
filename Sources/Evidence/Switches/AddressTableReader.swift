import Quantities

/// Reads tables of learned addresses (`show mac address-table` and its like) of any platform: a line
/// that holds one address and names one port of the switch is an entry, whatever its columns are.
/// Lines that name a bundle, or no port of the plan, are none.
public enum AddressTableReader {
  /// Longest line that is looked at, in bytes.
  private static let longestLine = 400

  /// The entries of a text, in its order.
  /// - Parameter ports: the ports of the switch, as the plan names them.
  public static func entries(of text: [UInt8], ports: [String]) -> [LearnedAddress] {
    let names = PortIndex(ports)
    var entries: [LearnedAddress] = []
    for line in text.split(separator: 10) where line.count <= longestLine {
      let words = line.split { $0 <= 32 || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ",") }
        .map { String(decoding: $0, as: UTF8.self) }
      let addresses = words.indices.filter {
        words[$0].utf8.count > 11 && MACAddress(words[$0]) != nil
      }
      guard addresses.count == 1, let place = addresses.first, let mac = MACAddress(words[place])
      else { continue }
      var found: [String] = []
      var index = 0
      while index < words.count {
        if index + 1 < words.count, let port = names.port(words[index] + words[index + 1]) {
          found.append(port)
          index += 2
        } else {
          if let port = names.port(words[index]) { found.append(port) }
          index += 1
        }
      }
      guard found.count == 1 else { continue }
      entries.append(LearnedAddress(mac: mac, port: found[0]))
    }
    return entries
  }
}

/// Ports of one switch by every way to write them.
struct PortIndex {
  /// Ports by their numbers: few share one.
  private var byNumber: [String: [String]] = [:]

  init(_ ports: [String]) {
    for port in ports { byNumber[PortIndex.number(port), default: []].append(port) }
  }

  /// The port that a word names; `nil` when none or several may be meant.
  func port(_ word: String) -> String? {
    let matching = (byNumber[PortIndex.number(word)] ?? []).filter { PortName.same($0, word) }
    return matching.count == 1 ? matching[0] : nil
  }

  private static func number(_ name: String) -> String {
    let digits = name.utf8.drop { !(48...57).contains($0) }
    return String(decoding: digits.filter { $0 != 32 }.map(lower), as: UTF8.self)
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }
}
