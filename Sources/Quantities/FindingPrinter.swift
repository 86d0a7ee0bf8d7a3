/// Turns findings into the lines that a terminal or an editor understands.
///
/// One finding is `file:line:column: error: message [rule]`, then an indented line for what was
/// expected and one for what to do, each only when there is something to say.
public struct FindingPrinter: Sendable {
  /// Whether severities are coloured (ANSI escape sequences).
  public var usesColor: Bool

  /// Makes a printer.
  public init(usesColor: Bool = false) { self.usesColor = usesColor }

  /// All findings, one after the other, each line ended by a newline.
  public func text(_ findings: [Finding]) -> String { findings.map(text).joined() }

  /// One finding with its extra lines, each ended by a newline.
  public func text(_ finding: Finding) -> String {
    var text = ""
    if let place = place(of: finding) { text += place + ": " }
    text += severity(finding.severity) + ": " + FindingPrinter.visible(finding.message)
    text += " [" + finding.rule + "]\n"
    if !finding.expected.isEmpty {
      text += "  expected: " + FindingPrinter.visible(finding.expected) + "\n"
    }
    // A hint may be a list: one line each, below the first.
    let hint = finding.hint.split(separator: "\n").map { FindingPrinter.visible($0) }
    if !hint.isEmpty { text += "  hint: " + hint.joined(separator: "\n    ") + "\n" }
    return text
  }

  private func place(of finding: Finding) -> String? {
    if let position = finding.position {
      var text = FindingPrinter.visible(position.file)
      if position.line > 0 {
        text += ":" + String(position.line)
        if position.column > 0 { text += ":" + String(position.column) }
      }
      return text
    }
    guard !finding.subject.isEmpty else { return nil }
    return FindingPrinter.visible(finding.subject.joined(separator: " / "))
  }

  private func severity(_ severity: Severity) -> String {
    guard usesColor else { return severity.rawValue }
    let code =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    return "\u{1B}[1;\(code)m\(severity.rawValue)\u{1B}[0m"
  }

  /// The text with control characters written as `\u{..}`: what a file holds must not be able to
  /// steer the reader's terminal.
  public static func visible(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return String(text) }
    var result = ""
    for scalar in text.unicodeScalars {
      if isControl(scalar) {
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// C0, C1, delete, line separators and the marks that turn the direction of text.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
