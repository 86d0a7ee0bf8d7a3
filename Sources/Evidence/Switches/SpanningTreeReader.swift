import Quantities

/// Finds the ports that spanning tree blocks because another way leads to the root: a line that begins
/// with a port and holds both a role and a state, whatever its columns are, or the list of `show
/// spanning-tree blockedports`. A port that is blocked while it has another role is on its way up.
enum SpanningTreeReader {
  private static let roles: Set<String> = [
    "altn", "altr", "alternate", "alternate-port", "back", "backup", "bkup", "backup-port",
  ]
  private static let otherRoles: Set<String> = [
    "root", "desg", "designated", "root-port", "designated-port", "mstr", "master",
  ]
  private static let blocking: Set<String> = [
    "blk", "blk*", "blocking", "discarding", "discard", "dsc",
  ]
  private static let forwarding: Set<String> = ["fwd", "forwarding", "forward"]

  /// Places that are blocked, each once, and whether the text has such a table at all.
  static func blocked(
    _ lines: [ArraySlice<UInt8>], _ names: SwitchPortNames
  ) -> (places: [String], isThere: Bool) {
    var places: [String] = []
    var isThere = false
    var list = TableListState()
    for line in lines {
      guard line.count <= TableWords.longestLine else { continue }
      let words = TableColumns.words(line).map(\.text)
      let lower = words.map { $0.lowercased() }
      if list.take(lower) {
        isThere = true
        if list.isRow { places += names.places(words.dropFirst().joined()) }
        continue
      }
      let hasRole = lower.contains(where: roles.contains)
      let hasState = lower.contains { blocking.contains($0) || forwarding.contains($0) }
      guard hasState, hasRole || lower.contains(where: otherRoles.contains),
        let place = first(words, names)
      else { continue }
      isThere = true
      if hasRole, lower.contains(where: blocking.contains) { places.append(place) }
    }
    return (unique(places), isThere)
  }

  /// The place that a line begins with; entries of RouterOS have a number and flags before.
  private static func first(_ words: [String], _ names: SwitchPortNames) -> String? {
    guard words.count > 1 else { return nil }
    return names.place(words[0]) ?? names.place(words[0] + words[1])
  }

  /// Where in `Name  Blocked Interfaces List` a text is.
  private struct TableListState {
    private var isOpen = false
    private(set) var isRow = false

    /// Whether a line belongs to such a list.
    mutating func take(_ words: [String]) -> Bool {
      isRow = false
      if words == ["name", "blocked", "interfaces", "list"] {
        isOpen = true
        return true
      }
      guard isOpen else { return false }
      if words.count < 2 || words[0].hasPrefix("number") {
        isOpen = false
        return false
      }
      isRow = !words[0].hasPrefix("-")
      return true
    }
  }
}
