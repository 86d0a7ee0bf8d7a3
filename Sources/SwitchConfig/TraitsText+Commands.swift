import CatalogModel

extension TraitsText {
  /// Tasks with what is typed for them: lines parted by `, then `, and what shows that all is well.
  mutating func commands() -> [OperatorCommand] {
    OperatorTask.allCases.compactMap { task in
      guard let entry = values[task.rawValue]?.first else { return nil }
      let lines = entry.words[0].parts(by: ", then ")
      guard entry.words.count <= 2, !lines.contains("") else {
        report(
          "the command cannot be understood", line: entry.line,
          expected: "\"COMMAND, then COMMAND\" [\"what shows that all is well\"] FACT")
        return nil
      }
      return OperatorCommand(
        task: task, lines: lines, sign: entry.words.count > 1 ? entry.words[1] : "",
        fact: entry.fact)
    }
  }

  /// Sentences, each with its fact.
  func upgradeRules() -> [Sourced<String>] {
    (values["upgrade-rule"] ?? []).map { Sourced($0.words.joined(separator: " "), $0.fact) }
  }
}

extension String {
  /// The texts between a mark.
  fileprivate func parts(by mark: String) -> [String] {
    var parts: [String] = []
    let (bytes, sign) = (Array(utf8), Array(mark.utf8))
    var (start, place) = (0, 0)
    while place < bytes.count {
      guard bytes[place...].starts(with: sign) else {
        place += 1
        continue
      }
      parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
      place += sign.count
      start = place
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }
}
