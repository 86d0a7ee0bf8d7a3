import TemplateText

/// Compares the cmdlets of a line with the forms that facts allow. Written from `templates/README.md`
/// alone: it shares no code with the templates or the renderer.
struct PowerShellFacts {
  private var forms: [String: [(since: String, cmdlet: String, words: Set<String>)]] = [:]

  /// Releases in order.
  static let releases = ["2012r2", "2016", "2019", "2022", "2025"]

  /// Cmdlets of the language itself, which set nothing, and functions of the scripts.
  private static let language: Set<String> = [
    "Join-Path", "Split-Path", "Test-Path", "New-Item", "Move-Item", "Out-Null", "Where-Object",
    "ForEach-Object", "Sort-Object", "Select-Object", "Measure-Object", "Format-Table",
    "Import-Csv",
    "ConvertFrom-Json", "ConvertTo-Json", "Get-Command", "Get-Date", "Set-StrictMode",
    "Save-Before", "Set-Planned", "Set-Keyword", "Get-PlannedAdapters", "Assert-Unused",
  ]

  init(_ table: FactTable) {
    for fact in table.facts {
      for form in fact.lines {
        let words = form.pattern.split(separator: " ").map(String.init)
        forms[fact.id, default: []].append((form.context, words[0], Set(words.dropFirst())))
      }
    }
  }

  /// What is wrong with a line: cmdlets that no fact of it allows with these parameters on a release.
  /// - Parameter used: takes the forms that were met, as `FACT CMDLET`.
  func complaints(_ line: ConfigLine, release: String, used: inout Set<String>) -> [String] {
    guard !line.text.drop(while: { $0 == " " }).hasPrefix("#") else { return [] }
    let until = Self.releases.firstIndex(of: release) ?? 0
    return Self.calls(line.text).compactMap { call in
      guard !Self.language.contains(call.cmdlet) else { return nil }
      let fitting = line.facts.flatMap { id in (forms[id] ?? []).map { (id, $0) } }.filter {
        $0.1.cmdlet.lowercased() == call.cmdlet.lowercased()
          && call.parameters.isSubset(of: $0.1.words)
          && (Self.releases.firstIndex(of: $0.1.since) ?? 99) <= until
      }
      for (id, form) in fitting { used.insert("\(id) \(form.cmdlet)") }
      return fitting.isEmpty
        ? "\(call.cmdlet) \(call.parameters.sorted()) by \(line.facts)" : nil
    }
  }

  /// Cmdlets and `powercfg.exe` on a line with the parameters that stand with each; those of a table
  /// that a line splats count for the cmdlet after it.
  static func calls(_ text: String) -> [(cmdlet: String, parameters: Set<String>)] {
    let characters = Array(text)
    var calls: [(cmdlet: String, parameters: Set<String>)] = []
    var place = 0
    var quote: Character?
    while place < characters.count {
      let character = characters[place]
      if let open = quote {
        // Within double quotes `$( )` is code again.
        if open == "\"", character == "$", place + 1 < characters.count,
          characters[place + 1] == "("
        {
          quote = nil
          place += 1
          continue
        }
        if character == open { quote = nil }
        place += 1
        continue
      }
      if character == "'" { quote = character }
      let isStart =
        place == 0 || !(characters[place - 1].isLetter || "-$@.'".contains(characters[place - 1]))
      if isStart, character.isLetter || character == "@" {
        var end = place
        while end < characters.count,
          characters[end].isLetter || characters[end].isNumber || "-.".contains(characters[end])
        { end += 1 }
        let word = String(characters[place..<end])
        if word == "powercfg.exe" || isCmdlet(word) {
          calls.append((word, parameters(characters, from: end)))
        }
        place = max(end, place + 1)
        continue
      }
      place += 1
    }
    return calls
  }

  private static func isCmdlet(_ word: String) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { $0.count > 1 && $0.allSatisfy(\.isLetter) }
      && parts.allSatisfy { $0.first?.isUppercase ?? false }
  }

  /// Words that start with `-` or `/` up to the end of the command.
  private static func parameters(_ text: [Character], from start: Int) -> Set<String> {
    var found: Set<String> = []
    var depth = 0
    var place = start
    var quote: Character?
    while place < text.count {
      let character = text[place]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "({".contains(character) {
        depth += 1
      } else if ")}".contains(character) {
        if depth == 0 { return found }
        depth -= 1
      } else if depth == 0, "|;".contains(character) {
        return found
      } else if depth == 0, "-/".contains(character), text[place - 1] == " ",
        place + 1 < text.count, text[place + 1].isLetter
      {
        var end = place + 1
        while end < text.count, text[end].isLetter || text[end].isNumber { end += 1 }
        let word = String(text[place..<end])
        // Operators of the language end what belongs to a cmdlet.
        if ["-eq", "-ne", "-and", "-or", "-split", "-join", "-replace", "-notin", "-in"].contains(
          word)
        {
          return found
        }
        found.insert(word)
        place = end
        continue
      }
      place += 1
    }
    return found
  }
}
