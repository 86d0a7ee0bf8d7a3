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
  /// What the switch is meant to do, as far as the text says it; `nil` when no line of it is of the
  /// dialect. `findings` says what is missing.
  public var intent: SwitchIntent?
  /// Lines that say something: neither empty nor comments.
  public var lines: Int
  /// Those of them that are not understood, in the order of the text.
  public var unknown: [UnknownLine]
  /// Dangling references, contradictions and unsafe defaults; in the order of the text, those
  /// about what is missing last.
  public var findings: [Finding]
  /// The spanning tree that runs, where it is not one that plans use.
  public var otherSpanningTree: String?
  /// Whether the text is a part of a configuration, as far as it shows: it has no out-of-band
  /// address, and no name together with what a switch prints above a whole one.
  public var isPart: Bool {
    guard let intent else { return true }
    return intent.management == nil && (intent.hostname.isEmpty || signs.marks == 0)
  }
  /// What shows that a system of the dialect printed the text.
  var signs = DialectSigns()
}

/// Reads configurations of one dialect back as intents.
///
/// Text becomes a model of what its lines say, and that the neutral intent. Order of blocks,
/// comments, line ends, abbreviations and ranges do not matter. What lies outside an intent is kept
/// as an unknown line, never guessed and never fatal.
public struct SwitchConfigReader: Sendable {
  public let os: SwitchOS
  let grammar: Grammar
  let traits: DialectTraits
  /// The last VLAN that the platform has.
  var lastVLAN: Int { traits.vlanNumbers?.value.upperBound ?? 4094 }

  /// Makes a reader; keep it, since the grammar is parsed once only.
  /// - Parameters:
  ///   - grammar: text of the dialect's `grammar.txt`.
  ///   - file: its name, for messages.
  ///   - traits: limits and defaults of the dialect.
  /// - Throws: `Findings` with the lines of the grammar that cannot be understood.
  public init(
    _ os: SwitchOS, grammar: String, file: String, traits: DialectTraits
  ) throws(Findings) {
    self.os = os
    self.traits = traits
    self.grammar = try GrammarText.grammar(grammar, file: file)
  }

  /// Makes a reader of a grammar that is read already.
  init(_ os: SwitchOS, grammar: Grammar, traits: DialectTraits) {
    self.os = os
    self.traits = traits
    self.grammar = grammar
  }

  /// Reads a configuration.
  ///
  /// - Parameter bytes: any bytes.
  /// - Parameter file: name for the findings.
  /// - Complexity: linear in the text and the lists it spells out.
  public func read(_ bytes: [UInt8], file: String) -> ReadConfig {
    let model = ConfigWalk.model(bytes, grammar, lastVLAN: lastVLAN)
    var builder = IntentBuilder(model, grammar, os, traits, file: file)
    let intent = builder.build()
    return ReadConfig(
      os: os, intent: model.unknown.count < model.lines ? intent : nil, lines: model.lines,
      unknown: model.unknown, findings: builder.log.findings,
      otherSpanningTree: intent.spanningTree.mode == .off ? model.otherSpanningTree?.name : nil,
      signs: model.signs)
  }

  /// Reads a configuration given as text.
  public func read(_ text: String, file: String) -> ReadConfig {
    read(Array(text.utf8), file: file)
  }
}

/// Collects findings about a configuration.
struct ReadingLog {
  let file: String
  /// What mends a finding, by its rule.
  let hints: [String: String]
  private(set) var findings: [Finding] = []

  init(file: String, hints: [String: String]) {
    self.file = file
    self.hints = hints
  }

  /// `line` 0 is about the whole file.
  mutating func report(
    _ rule: String, as severity: Severity = .error, line: Int = 0, subject: String = "",
    _ message: String
  ) {
    findings.append(
      Finding(
        rule: "config-" + rule, severity: severity,
        position: SourcePosition(file: file, line: line),
        subject: subject.isEmpty ? [] : [subject],
        message: subject.isEmpty ? message : "\(subject): \(message)",
        hint: hints[rule] ?? ""))
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
