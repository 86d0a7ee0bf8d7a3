import CatalogModel
import Fabric
import Quantities

/// A line that a reader does not understand, or that lies outside what an intent can say.
public struct UnknownLine: Hashable, Sendable {
  /// 1-based.
  public var number: Int
  /// Without blanks at its ends.
  public var text: String
  /// Makes a line.
  public init(number: Int, text: String) {
    self.number = number
    self.text = text
  }
}

/// What a configuration says.
public struct ReadConfig: Hashable, Sendable {
  public var os: SwitchOS
  /// What the switch is meant to do; `nil` when host name or management address are missing or the
  /// dialect has no reader. `findings` says which.
  public var intent: SwitchIntent?
  /// In the order of the text.
  public var unknown: [UnknownLine]
  /// Dangling references, contradictions and unsafe defaults; in the order of the text, those
  /// about what is missing last.
  public var findings: [Finding]
}

/// Reads configurations back as intents.
///
/// Text becomes a model of the dialect, and that the neutral intent. Order of blocks, comments,
/// line ends, abbreviations and ranges do not matter. What lies outside an intent is kept as an
/// unknown line, never guessed and never fatal.
public enum SwitchConfigReader {
  /// Reads a configuration.
  ///
  /// - Parameter bytes: any bytes.
  /// - Parameter file: name for the findings.
  /// - Complexity: linear in the text and the lists it spells out.
  public static func read(_ bytes: [UInt8], os: SwitchOS, file: String) -> ReadConfig {
    switch os {
    case .os9:
      var parser = OS9Parser(bytes)
      parser.parse()
      var builder = OS9IntentBuilder(parser.model, file: file)
      let intent = builder.build()
      return ReadConfig(
        os: os, intent: intent, unknown: parser.model.unknown, findings: builder.log.findings)
    case .os6:
      var parser = OS6Parser(bytes)
      parser.parse()
      var builder = OS6IntentBuilder(parser.model, file: file)
      let intent = builder.build()
      return ReadConfig(
        os: os, intent: intent, unknown: parser.model.unknown, findings: builder.log.findings)
    default:
      return ReadConfig(
        os: os, intent: nil, unknown: [],
        findings: [
          Finding(
            rule: "config-dialect", position: SourcePosition(file: file),
            message: "there is no reader for switch system \"\(os.rawValue)\"")
        ])
    }
  }

  /// Reads a configuration given as text.
  public static func read(_ text: String, os: SwitchOS, file: String) -> ReadConfig {
    read(Array(text.utf8), os: os, file: file)
  }
}

/// Collects findings about a configuration.
struct ReadingLog {
  let file: String
  private(set) var findings: [Finding] = []

  init(file: String) { self.file = file }

  /// `line` 0 is about the whole file.
  mutating func report(
    _ rule: String, as severity: Severity = .error, line: Int = 0, subject: String = "",
    _ message: String, hint: String = ""
  ) {
    findings.append(
      Finding(
        rule: "config-" + rule, severity: severity,
        position: SourcePosition(file: file, line: line),
        subject: subject.isEmpty ? [] : [subject], message: message, hint: hint))
  }

  /// Sorts by place; what is missing has no place and comes last.
  mutating func sort() {
    findings = findings.enumerated().sorted { left, right in
      let a = left.element.position?.line ?? 0
      let b = right.element.position?.line ?? 0
      return (a == 0 ? Int.max : a, left.offset) < (b == 0 ? Int.max : b, right.offset)
    }.map(\.element)
  }
}
