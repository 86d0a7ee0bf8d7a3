import Quantities
import SiteModel

/// What comes out of reading beside the values: problems, defaults, and where each value stands.
final class ReadLog {
  /// More than this many problems are not listed one by one.
  static let mostProblems = 100

  let file: String
  private(set) var problems: [Finding] = []
  private(set) var hidden = 0
  private var places: [String: SourcePosition] = [:]
  private var defaults: [TakenDefault] = []
  private var defaultIndex: [TakenDefault.Identity: Int] = [:]

  init(file: String) { self.file = file }

  /// Records a problem.
  func report(
    _ rule: String, at position: SourcePosition, _ message: String, hint: String = ""
  ) {
    add(Finding(rule: rule, position: position, message: message, hint: hint))
  }

  /// Whether further problems are only counted.
  var isFull: Bool { problems.count >= ReadLog.mostProblems }

  /// Records a finished finding.
  func add(_ finding: Finding) {
    guard problems.count < ReadLog.mostProblems else {
      hidden += 1
      return
    }
    problems.append(finding)
  }

  /// All problems in the order of the file, with a last line when some are hidden.
  var findings: [Finding] {
    let sorted = problems.enumerated().sorted { left, right in
      let (a, b) = (left.element.position, right.element.position)
      if let a, let b, a != b { return a < b }
      return left.offset < right.offset
    }.map(\.element)
    guard hidden > 0 else { return sorted }
    return sorted + [
      Finding(
        rule: "more-problems", severity: .note, position: SourcePosition(file: file),
        message: "\(hidden) more problems are not shown", hint: "mend these first")
    ]
  }

  /// Remembers where the value of a path stands.
  func note(_ path: String, at position: SourcePosition) { places[path] = position }

  /// Whether the file gives a value for the path.
  func gives(_ path: String) -> Bool { places[path] != nil }

  /// Where the value of the path stands, or of what encloses it.
  func place(_ path: String) -> SourcePosition {
    sitePlaces.place(path) ?? SourcePosition(file: file, line: 1, column: 1)
  }

  /// Where everything stands that was read so far.
  var sitePlaces: SitePlaces { SitePlaces(places) }

  /// Records a default; for members of a list, `member` is the name of the one that took it.
  func took(_ key: String, member: String? = nil, value: String, because reason: String) {
    let identity = TakenDefault.Identity(key: key, value: value, reason: reason)
    if let index = defaultIndex[identity] {
      if let member { defaults[index].members.append(member) }
      return
    }
    defaultIndex[identity] = defaults.count
    defaults.append(TakenDefault(identity: identity, members: member.map { [$0] } ?? []))
  }

  /// The defaults in the order in which they were taken; equal ones of several members of a list
  /// of `sizes` are one entry, written `list[*]` when all took it.
  func taken(sizes: [String: Int]) -> [DefaultTaken] {
    defaults.map { entry in
      var key = entry.identity.key
      if let mark = key.firstIndex(of: "["), !entry.members.isEmpty {
        let list = String(key[..<mark])
        let isAll = entry.members.count == sizes[list]
        let shown = entry.members.prefix(5).joined(separator: ", ")
        let rest = entry.members.count > 5 ? ", and \(entry.members.count - 5) more" : ""
        let tail = key[mark...].drop { $0 != "]" }.dropFirst()
        key = list + "[" + (isAll ? "*" : shown + rest) + "]" + tail
      }
      return DefaultTaken(key: key, value: entry.identity.value, reason: entry.identity.reason)
    }
  }
}

/// A default and the members of a list that took it.
private struct TakenDefault {
  struct Identity: Hashable {
    var key: String
    var value: String
    var reason: String
  }
  var identity: Identity
  var members: [String]
}
