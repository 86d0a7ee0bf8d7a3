import Quantities

/// Typed access to one map of the file, by the table of keys.
///
/// Each accessor checks what stands behind its key against the table, reports what is wrong, and
/// goes on with the default so that one run tells of every problem.
struct SectionReader {
  let section: Section
  /// Path of this map, such as `room.racks[r1]`; the top is empty.
  let path: String
  /// Where the map begins.
  let position: SourcePosition
  let log: ReadLog
  /// Key for defaults, when this map is a member of a list: `room.racks[].` and the member's name.
  let listPath: String?
  let member: String?
  private let values: [String: YAMLValue]

  /// Opens a map; `nil` for one that is not in the file, which then gives nothing but defaults.
  init(
    _ section: Section, _ value: YAMLValue?, path: String, log: ReadLog, listPath: String? = nil,
    member: String? = nil
  ) {
    self.section = section
    self.path = path
    self.log = log
    self.listPath = listPath
    self.member = member
    position = value?.position ?? log.place(path)
    var values: [String: YAMLValue] = [:]
    switch value?.content {
    case .map(let entries):
      let known = section.keys.map(\.name)
      for entry in entries {
        if section.key(entry.key) == nil {
          let nearest = log.isFull ? nil : NearestWord.of(entry.key, among: known)
          log.report(
            "unknown-key", at: entry.keyPosition,
            "unknown key \(quoted(entry.key)) in \(SectionReader.title(section))",
            hint: nearest.map { "did you mean `\($0)`?" }
              ?? "known keys: " + known.joined(separator: ", "))
        } else if entry.value.isEmpty {
          log.report(
            "missing-value", at: entry.keyPosition, "key `\(entry.key)` has no value",
            hint: "give it one, or remove the line")
        } else {
          values[entry.key] = entry.value
          log.note(SectionReader.join(path, entry.key), at: entry.value.position)
        }
      }
    case nil: break
    default:
      if let value {
        log.report(
          "wrong-type", at: value.position,
          "\(SectionReader.title(section)) must be a map of keys, found \(value.kindName)",
          hint: "keys: " + section.keys.map(\.name).joined(separator: ", "))
      }
    }
    self.values = values
  }

  /// The value behind a key; `nil` when it is not given.
  func value(_ key: String) -> YAMLValue? { values[key] }

  /// Path of a key of this map.
  func path(_ key: String) -> String { SectionReader.join(path, key) }

  /// Opens the map behind a key.
  func open(_ key: String, _ section: Section) -> SectionReader {
    SectionReader(section, values[key], path: path(key), log: log)
  }

  /// Records that a default was taken for a key.
  func took(_ key: String, _ value: String, because reason: String? = nil) {
    let reason = reason ?? section.key(key)?.reason ?? ""
    log.took(
      SectionReader.join(listPath ?? path, key), member: member, value: value, because: reason)
  }

  /// The value behind a key, with its default and its presence recorded: the given value, or the
  /// default as a value without a place, or `nil`.
  func valueOrDefault(_ key: String) -> YAMLValue? {
    if let value = values[key] { return value }
    guard let spec = section.key(key) else { return nil }
    if spec.isRequired {
      log.report(
        "missing-key", at: position, "\(SectionReader.title(section)) has no `\(key)`",
        hint: "add `\(key)`: \(SectionReader.lowercased(spec.doc))")
      return nil
    }
    guard let fallback = spec.fallback else {
      if !spec.reason.isEmpty { took(key, "not stated") }
      return nil
    }
    took(key, fallback)
    return SectionReader.value(fallback, at: SourcePosition(file: log.file))
  }

  /// A default of the table as a value: `[a, b]` is a list.
  private static func value(_ text: String, at position: SourcePosition) -> YAMLValue {
    guard text.hasPrefix("["), text.hasSuffix("]") else {
      return YAMLValue(content: .scalar(text, isQuoted: false), position: position)
    }
    let words = text.dropFirst().dropLast().split { $0 == "," || $0 == " " }
    return YAMLValue(
      content: .list(
        words.map { YAMLValue(content: .scalar(String($0), isQuoted: false), position: position) }),
      position: position)
  }

  static func join(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : path + "." + key
  }

  /// `the file`, or the section's path in back-ticks.
  static func title(_ section: Section) -> String {
    section.path.isEmpty ? "the file" : "`\(section.path)`"
  }

  /// A sentence to go on another one: `VLANs ...` stays as it is.
  static func lowercased(_ doc: String) -> String {
    guard let first = doc.first, let second = doc.dropFirst().first,
      second.isLowercase || second == " "
    else { return doc }
    return first.lowercased() + doc.dropFirst()
  }
}
