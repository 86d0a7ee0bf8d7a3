import Quantities

/// A line of a table of a switch, taken apart.
struct TableWords {
  /// Longest line that is looked at, in bytes.
  static let longestLine = 400

  let words: [String]

  /// `nil` for a line that is too long to be one of a table.
  init?(_ line: ArraySlice<UInt8>) {
    guard line.count <= Self.longestLine else { return nil }
    words = line.split { $0 <= 32 || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ",") }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether the line is one of a configuration in the same text: it tells where a port is meant to
  /// lead, and not where it leads.
  var isOfConfiguration: Bool {
    guard let first = words.first?.lowercased() else { return true }
    return first.hasPrefix("!") || first.hasPrefix("#")
      || ["description", "name", "interface", "comment"].contains(first)
  }

  /// Places of words that are MAC addresses.
  var addresses: [Int] {
    words.indices.filter { words[$0].utf8.count > 11 && MACAddress(words[$0]) != nil }
  }

  /// Whether a word can stand for the kind of a port before its number: `Et1  1` are two columns.
  private static func isKind(_ word: String) -> Bool {
    !word.utf8.contains { (48...57).contains($0) }
  }

  /// Ports that the words name, with the place of the first word of each; platforms write `Te 0/1` in
  /// two words.
  func ports(_ names: PortIndex) -> [(place: Int, port: String)] {
    var found: [(place: Int, port: String)] = []
    var index = 0
    while index < words.count {
      if index + 1 < words.count, Self.isKind(words[index]),
        let port = names.port(words[index] + words[index + 1])
      {
        found.append((index, port))
        index += 2
      } else {
        if let port = names.port(words[index]) { found.append((index, port)) }
        index += 1
      }
    }
    return found
  }
}
