/// How well a fact is known.
public enum FactGrade: String, Hashable, Sendable, Comparable, CaseIterable {
  /// A page of the vendor's manual.
  case manual = "M"
  /// A template, configuration or article that a vendor published.
  case vendor = "V"
  /// Community text or a configuration in use.
  case community = "C"
  /// Derived from manual facts.
  case derived = "D"
  /// Not found in the sources read: the owner must check it.
  case unverified = "U"

  /// Better known first.
  public static func < (left: FactGrade, right: FactGrade) -> Bool { left.rank < right.rank }
  private var rank: Int {
    switch self {
    case .manual: 0
    case .vendor: 1
    case .community: 2
    case .derived: 3
    case .unverified: 4
    }
  }
}

/// One numbered fact about a dialect: what a line of its text may look like, or a limit.
public struct Fact: Hashable, Sendable {
  /// Such as `OS9-17`.
  public var id: String
  public var grade: FactGrade
  /// Models on which the fact is unverified although it is known elsewhere.
  public var unverifiedOn: [String]
  /// Where it comes from: addresses, or the facts it is derived from.
  public var source: String
  /// What it says, in our words.
  public var meaning: String
  /// Lines it allows, each within a block; empty for facts that are no lines.
  public var lines: [FactLine]

  /// The grade on a model: `grade`, or unverified where nobody has shown the fact for that model.
  public func grade(onModel model: String) -> FactGrade {
    unverifiedOn.contains(where: { Fact.contains(model, $0) }) ? .unverified : grade
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    let text = Array(text.utf8)
    let part = Array(part.utf8)
    guard !part.isEmpty, text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}

/// The form of a line that a fact allows.
public struct FactLine: Hashable, Sendable {
  /// Block in which the line stands; `config` for the outermost, `comment` for a comment.
  public var context: String
  /// Words; `{...}` stands for a value (`templates/README.md`).
  public var pattern: String
}
