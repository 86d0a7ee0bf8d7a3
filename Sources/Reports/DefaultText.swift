import SiteModel

/// A value that the site file leaves out, with what it counts.
///
/// A file writes some values as bare numbers, since their key says what they are; in a report
/// nobody should have to know the keys.
enum DefaultText {
  /// `` `42` rack units ``, `` VLAN `99` ``; other values are plain code.
  static func value(_ taken: DefaultTaken) -> String {
    let code = Markdown.code(taken.value)
    guard !taken.value.isEmpty, taken.value.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return code
    }
    let keys = taken.key.split(separator: ".").map(String.init)
    let key = keys.last ?? ""
    if let label = labels[key] { return "\(label) \(code)" }
    let isOne = taken.value == "1"
    guard let unit = units[keys.dropLast().last.map { "\($0).\(key)" } ?? key] ?? units[key] else {
      return code
    }
    return "\(code) \(isOne ? unit.one : unit.many)"
  }

  /// What stands before a number that is a name.
  private static let labels = [
    "vlan": "VLAN", "native-vlan": "VLAN", "priority": "priority", "first-address": "number",
    "tenfold": "version",
  ]

  /// What a number counts, by the last key or the last two.
  private static let units: [String: (one: String, many: String)] = [
    "units": ("rack unit", "rack units"), "position": ("rack width", "rack widths"),
    "feeds": ("feed", "feeds"), "uplinks": ("link", "links"), "mtu": ("byte", "bytes"),
    "test-first": ("piece", "pieces"), "free-ports": ("port", "ports"),
    "power-supplies.spine": ("supply a switch", "supplies a switch"),
    "power-supplies.tor": ("supply a switch", "supplies a switch"),
    "hosts.count": ("host", "hosts"), "count": ("card", "cards"),
  ]
}
