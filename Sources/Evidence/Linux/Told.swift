import JSONText

/// What one tool said, and the place where it stands.
struct Told {
  /// Index in `EvidenceFile.outputs`.
  let place: Int
  let output: ToolOutput

  /// The text as JSON, or why there is none.
  enum Tree {
    case known(ToolNode)
    case unknown(Unknown)
  }

  func known<Value>(_ value: Value) -> Reading<Value> { .known(value, Source(output: place)) }

  /// Whether the text is empty but for white space.
  var isSilent: Bool { output.value == nil && output.text.utf8.allSatisfy(ToolText.isSpace) }

  /// Whether it says that all went well, and nothing else.
  var isEmptyAnswer: Bool {
    isSilent && output.status == 0 && output.errors.utf8.allSatisfy(ToolText.isSpace)
  }

  /// Whether the text begins as JSON does.
  var isJSON: Bool {
    if output.value != nil { return true }
    let first = output.text.utf8.first { !ToolText.isSpace($0) }
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
  }

  /// The text as JSON. A good text is good whatever the status is.
  func tree() -> Tree {
    if let value = output.value { return .known(ToolNode(value)) }
    guard isJSON else { return .unknown(failure("no JSON")) }
    do throws(JSONSyntaxError) {
      return .known(ToolNode(try JSONTree(Array(output.text.utf8), limits: .tools)))
    } catch {
      return .unknown(garbled("JSON, byte \(error.offset): \(error.message)"))
    }
  }

  /// The reason where a good output lacks a value.
  func absent(_ detail: String) -> Unknown {
    ToolFailure.said(by: output) ?? Unknown(.notSupported, ToolText.shown(detail))
  }

  /// The reason where a value makes no sense.
  func garbled(_ detail: String) -> Unknown { Unknown(.notUnderstood, ToolText.shown(detail)) }

  /// The reason where there is no output to speak of.
  func failure(_ detail: String) -> Unknown {
    if let said = ToolFailure.said(by: output) { return said }
    if output.status != 0 { return garbled("ended with status \(output.status)") }
    return garbled(isSilent ? "no output" : detail)
  }
}

/// What tools say when they cannot.
enum ToolFailure {
  private static let phrases: [(phrase: String, reason: Unknown.Reason)] = [
    ("operation not permitted", .notPermitted), ("permission denied", .notPermitted),
    ("must be root", .notPermitted), ("not permitted", .notPermitted),
    ("not supported", .notSupported), ("no stats available", .notSupported),
    ("bad command line argument", .notSupported), ("is unknown, try", .notSupported),
    ("unknown option", .notSupported), ("unrecognized option", .notSupported),
    ("invalid option", .notSupported), ("multi-call binary", .notSupported),
    ("failed to open netlink_rdma", .notSupported),
    // The control socket of a daemon that does not run.
    ("unable to connect to socket", .toolMissing), ("command not found", .toolMissing),
    ("daemon not running", .toolMissing),
  ]

  /// The reason that a tool itself gives, on standard error or in the midst of its text.
  static func said(by output: ToolOutput) -> Unknown? {
    if output.status == 127 {
      return Unknown(.toolMissing, ToolText.shown(firstLine(output.errors) ?? output.command))
    }
    for text in [output.errors, output.text] {
      for line in ToolText.lines(text).prefix(2000) {
        // What a program calls its own fields is longer than what it complains of.
        guard line.count <= 400 else { continue }
        let words = ToolText.string(line).lowercased()
        if let found = phrases.first(where: { words.contains($0.phrase) }) {
          return Unknown(found.reason, ToolText.shown(ToolText.string(line)))
        }
      }
    }
    guard output.status != 0, let line = firstLine(output.errors) else { return nil }
    return Unknown(.notUnderstood, ToolText.shown("status \(output.status): \(line)"))
  }

  private static func firstLine(_ text: String) -> String? {
    ToolText.lines(text).lazy.map { ToolText.string(ToolText.trimmed($0)) }
      .first { !$0.isEmpty }
  }
}
