import DialectTestSupport
import Fabric
import Quantities
import SwitchConfig

/// Holds the VLANs that a reader finds in a changed configuration against the text itself.
///
/// A port that is in another VLAN than before must be named by the text beside that VLAN; one that is
/// in a VLAN no more must have a changed line of its own or of the VLAN; or the reader says that
/// something there is not clear.
struct VLANOracle {
  let before: ReadConfig
  let after: ReadConfig
  private let oldText: ScannedConfig
  private let newText: ScannedConfig
  /// Lines that were taken out of the old text, and those that are new in the new one.
  private let removed: [Int]
  private let added: [Int]
  private let newFindings: [Finding]
  private let newUnknown: Set<Int>

  /// A VLAN of a port or LAG.
  struct Pair: Hashable {
    var port: ScannedName
    var name: String
    var vlan: Int
    var isTagged: Bool
  }

  init(_ before: ReadConfig, _ oldBytes: [UInt8], _ after: ReadConfig, _ newBytes: [UInt8]) {
    self.before = before
    self.after = after
    // Elsewhere a control character is an accident, and no work of a terminal.
    let isPaged = oldBytes.contains(8)
    oldText = ScannedConfig(isPaged ? ShownTerminal.text(oldBytes) : oldBytes)
    newText = ScannedConfig(isPaged ? ShownTerminal.text(newBytes) : newBytes)
    // Tabs, blanks and line ends are no change of a line.
    let difference = newText.lines.map(\.text).difference(from: oldText.lines.map(\.text))
    removed = difference.removals.map {
      if case .remove(let offset, _, _) = $0 { offset } else { 0 }
    }
    added = difference.insertions.map {
      if case .insert(let offset, _, _) = $0 { offset } else { 0 }
    }
    var known: [String: Int] = [:]
    for finding in before.findings { known[finding.rule + finding.message, default: 0] += 1 }
    newFindings = after.findings.filter {
      known[$0.rule + $0.message, default: 0] -= 1
      return known[$0.rule + $0.message, default: 0] < 0
    }
    known = [:]
    for line in before.unknown { known[line.text, default: 0] += 1 }
    newUnknown = Set(
      after.unknown.filter {
        known[$0.text, default: 0] -= 1
        return known[$0.text, default: 0] < 0
      }.map { $0.number - 1 })
  }

  /// All VLANs of all ports and LAGs.
  static func pairs(_ intent: SwitchIntent?) -> Set<Pair> {
    var pairs: Set<Pair> = []
    func add(_ port: ScannedName, _ name: String, _ membership: Membership) {
      if let id = membership.untagged {
        pairs.insert(Pair(port: port, name: name, vlan: id.number, isTagged: false))
      }
      for id in membership.tagged {
        pairs.insert(Pair(port: port, name: name, vlan: id.number, isTagged: true))
      }
    }
    for port in intent?.ports ?? [] {
      add(ScannedName(port: port.name), port.name, port.membership)
    }
    // One of a pair with the number of another is called by one beyond those of the platform.
    let most = intent.flatMap { ShippedTraits.of($0.os) }?.lagNumbers.value.upperBound
    for lag in intent?.lags ?? [] {
      let own = most.map { lag.number > $0 ? lag.number - $0 : lag.number } ?? lag.number
      add(ScannedName(lag: own), "port-channel \(lag.number)", lag.membership)
    }
    return pairs
  }

  /// What the text does not account for.
  func violations() -> [String] {
    let (old, new) = (Self.pairs(before.intent), Self.pairs(after.intent))
    func ordered(_ pairs: Set<Pair>) -> [Pair] {
      pairs.sorted { ($0.name, $0.vlan) < ($1.name, $1.vlan) }
    }
    return ordered(new.subtracting(old)).filter { !isNamed($0) && !isReported($0) }
      .map { "\($0.name) is \($0.isTagged ? "tagged" : "untagged") in VLAN \($0.vlan)" }
      + ordered(old.subtracting(new)).filter { !isExplained($0) && !isReported($0) }
      .map { "\($0.name) is no more \($0.isTagged ? "tagged" : "untagged") in VLAN \($0.vlan)" }
  }

  // MARK: VLANs that are read

  private func has(_ place: Int, _ words: [String]) -> Bool {
    let pieces = String(decoding: newText.lines[place].text, as: UTF8.self).lowercased()
      .split(whereSeparator: { $0 == " " || $0 == "!" })
    return pieces.contains { piece in words.contains { piece.hasPrefix($0) } }
  }

  /// Whether a line of the port names the VLAN, or one of the VLAN the port.
  private func isNamed(_ pair: Pair) -> Bool {
    if !pair.isTagged, isDefault(pair.vlan, in: newText) { return true }
    for place in newText.block(of: pair.port) {
      let text = newText.lines[place].text
      guard has(place, ["vl", "allowed-vl", "pvid", "ta", "unt", "access", "hybrid"]) else {
        continue
      }
      // A list of all but some: every VLAN that is defined.
      if has(place, ["exc", "all()", "rem"]) {
        if has(place, ["exc"]) { return true } else { continue }
      }
      if !has(place, ["no"]) || has(place, ["vl"]),
        text.first != 110 || !text.starts(with: Array("no ".utf8)),
        ScannedConfig.names(pair.vlan, in: text[...])
      {
        return true
      }
    }
    return newText.block(ofVLAN: pair.vlan).contains {
      has($0, ["ta", "unt"]) && newText.names($0, pair.port)
    }
  }

  /// Whether untagged frames are in a VLAN where no line says one: VLAN 1, or as the text says.
  private func isDefault(_ vlan: Int, in text: ScannedConfig) -> Bool {
    vlan == 1
      || text.lines.contains {
        let words = String(decoding: $0.text, as: UTF8.self).lowercased()
        return words.hasPrefix("default") && words.contains("vlan")
          && ScannedConfig.names(vlan, in: $0.text[...])
      }
  }

  // MARK: VLANs that are read no more

  /// Whether a changed line is of the port or the VLAN.
  private func isExplained(_ pair: Pair) -> Bool {
    if isDefault(pair.vlan, in: oldText) { return true }
    func explains(_ places: [Int], _ text: ScannedConfig) -> Bool {
      guard !places.isEmpty else { return false }
      let own = text.block(of: pair.port).union(text.block(ofVLAN: pair.vlan))
      let changed = Set(places)
      return places.contains {
        // A line behind those of the port may close their block.
        var before = $0 - 1
        while changed.contains(before) { before -= 1 }
        return own.contains($0) || own.contains(before) || text.names($0, pair.port)
          || ScannedConfig.names(pair.vlan, in: text.lines[$0].text[...])
      }
    }
    return explains(removed, oldText) || explains(added, newText)
  }

  // MARK: What the reader says

  /// Whether the reader says of the port or the VLAN that something is not clear.
  private func isReported(_ pair: Pair) -> Bool {
    let own = newText.block(of: pair.port).union(newText.block(ofVLAN: pair.vlan))
    // A line behind those of the port is where their block may end.
    if newUnknown.contains(where: { own.contains($0) || own.contains($0 - 1) }) { return true }
    if newFindings.contains(where: {
      $0.subject.contains(pair.name) || own.contains(($0.position?.line ?? 0) - 1)
    }) {
      return true
    }
    // A trunk that carries every VLAN is told of as such, and gets those that are defined.
    return after.findings.contains {
      $0.rule == "config-trunk-all" && own.contains(($0.position?.line ?? 0) - 1)
    }
  }
}
