/// How much a finding matters.
public enum Severity: String, Hashable, Sendable, Comparable, Codable, CaseIterable {
  /// The input or the network is wrong.
  case error
  /// It works, but somebody should look at it.
  case warning
  /// Worth knowing.
  case note

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}

/// A place in a text file.
public struct SourcePosition: Hashable, Sendable, Comparable, Codable {
  /// The file as the user named it.
  public var file: String
  /// 1-based line; 0 when only the file is known.
  public var line: Int
  /// 1-based column in characters; 0 when only the line is known.
  public var column: Int
  /// Makes a position.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

/// One thing that is wrong or noteworthy: site errors, audit proofs and validation results alike.
///
/// A finding is a value and knows nothing of printing.
public struct Finding: Hashable, Sendable, Codable {
  /// The rule that speaks, in kebab case, such as `port-used-twice`.
  public var rule: String
  /// How much it matters.
  public var severity: Severity
  /// Place in an input file; `nil` when it is about a design.
  public var position: SourcePosition?
  /// Place in a design: device, port, link or rack names, widest first; empty for an input file.
  public var subject: [String]
  /// What was found, as one sentence without a full stop.
  public var message: String
  /// What was expected; empty when the message says it.
  public var expected: String
  /// What to do; empty when there is nothing to add.
  public var hint: String

  /// Makes a finding.
  public init(
    rule: String, severity: Severity = .error, position: SourcePosition? = nil,
    subject: [String] = [], message: String, expected: String = "", hint: String = ""
  ) {
    self.rule = rule
    self.severity = severity
    self.position = position
    self.subject = subject
    self.message = message
    self.expected = expected
    self.hint = hint
  }
}

/// Several findings thrown together: input is read to its end before anybody is told.
public struct Findings: Error, Sendable, Hashable {
  /// In the order of their positions.
  public var all: [Finding]
  /// Wraps findings.
  public init(_ all: [Finding]) { self.all = all }
}
