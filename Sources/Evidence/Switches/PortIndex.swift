import Quantities

/// Ports of one device by every way to write them.
public struct PortIndex: Sendable {
  /// Ports by their numbers: few share one.
  private var byNumber: [String: [String]] = [:]

  /// Makes an index of names.
  public init(_ ports: [String]) {
    for port in ports { byNumber[PortIndex.number(port), default: []].append(port) }
  }

  /// The port that a word names; `nil` when none or several may be meant.
  public func port(_ word: String) -> String? {
    let matching = (byNumber[PortIndex.number(word)] ?? []).filter { PortName.same($0, word) }
    return matching.count == 1 ? matching[0] : nil
  }

  private static func number(_ name: String) -> String {
    let digits = name.utf8.drop { !(48...57).contains($0) }
    return String(decoding: digits.filter { $0 != 32 }.map(lower), as: UTF8.self)
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }
}
