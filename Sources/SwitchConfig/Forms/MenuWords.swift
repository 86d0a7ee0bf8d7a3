/// A word of a command: bare, or a property.
struct MenuWord: Hashable, Sendable {
  var line: Int
  /// Name of a property; `nil` for a bare word.
  var key: String?
  /// Without quotation marks and escapes.
  var value: String
  /// Whether no part of it stood in quotation marks or brackets.
  var isPlain = true
  /// Whether it stood in brackets.
  var isBracketed = false

  /// `KEY=NAME` of `[ find KEY=NAME ]`; `nil` for anything else.
  var found: (key: String, name: String)? {
    guard isBracketed else { return nil }
    var rest = Self.trimmed(value[...])
    guard rest.hasPrefix("find ") else { return nil }
    rest = Self.trimmed(rest.dropFirst(5))
    if rest.hasPrefix("where ") { rest = Self.trimmed(rest.dropFirst(6)) }
    guard let equals = rest.firstIndex(of: "=") else { return nil }
    let key = String(rest[..<equals])
    var name = rest[rest.index(after: equals)...]
    let isQuoted = name.count > 1 && name.hasPrefix("\"") && name.hasSuffix("\"")
    if isQuoted { name = name.dropFirst().dropLast() }
    guard UnfoldedText.isWord(key), !name.isEmpty, !name.contains("\""),
      isQuoted || !name.contains(" ")
    else { return nil }
    return (key, String(name))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// A command: a line with its continuations, or a part of one between semicolons.
struct MenuCommand: Hashable, Sendable {
  var line: Int
  /// Menu that its prompt names, `""` for the outermost; `nil` where there is no prompt.
  var prompt: String?
  var words: [MenuWord] = []
  /// As it stands, continuations joined.
  var text = ""
  /// Whether a quotation mark or bracket is open at its end.
  var isBroken = false
}

/// Parts a text into commands and their words.
struct MenuWords {
  private let bytes: [UInt8]
  /// Where the text starts.
  private let first: Int
  private var index: Int
  private var line = 1
  /// That of the line.
  private var promptMenu: String?
  /// Whether a comment has this in it, such as `by RouterOS`; never where it is empty.
  private let mark: [UInt8]
  private(set) var isMarked = false

  init(_ bytes: [UInt8], mark: String = "") {
    self.bytes = bytes
    self.mark = Array(mark.utf8)
    // A byte order mark says nothing.
    first = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    index = first
  }

  private static let placeholder = Array("<FILL IN SECRET>".utf8)

  /// Longest text of a command that is kept for showing.
  private static let shownBytes = 160

  /// Longest prompt.
  private static let promptBytes = 200

  /// The next command that says something; `nil` at the end of the text.
  mutating func next() -> MenuCommand? {
    while index < bytes.count {
      if index == first || bytes[index - 1] == 10 { prompt() }
      blanks()
      if index < bytes.count, bytes[index] == 35 { comment() }
      let command = command()
      if !command.words.isEmpty || command.isBroken || command.prompt != nil { return command }
    }
    return nil
  }

  private mutating func comment() {
    let start = index
    while index < bytes.count, bytes[index] != 10 { index += 1 }
    guard !isMarked, let first = mark.first else { return }
    isMarked = bytes[start..<index].indices.contains {
      bytes[$0] == first && bytes[$0..<index].starts(with: mark)
    }
  }

  /// Goes behind `[admin@name] /menu> `.
  private mutating func prompt() {
    promptMenu = nil
    guard index < bytes.count, bytes[index] == 91 else { return }
    let line = bytes[index...].prefix(Self.promptBytes).prefix { $0 != 10 }
    guard let close = line.firstIndex(of: 93), line[..<close].contains(64),
      let end = line[close...].firstIndex(of: 62)
    else { return }
    // In safe mode the prompt ends in `<SAFE>`.
    let menu = line[(close + 1)..<end].prefix { $0 != 60 }
    promptMenu = String(decoding: menu.filter { $0 > 32 }, as: UTF8.self)
    index = end + 1
  }

  private mutating func blanks() {
    while index < bytes.count {
      if bytes[index] == 32 || bytes[index] == 9 || bytes[index] == 13 {
        index += 1
      } else if !continuation() {
        return
      }
    }
  }

  /// Where a text goes on behind a backslash at the end of a line: behind the blanks at the start
  /// of the next one.
  private func goesOn(at place: Int) -> Int? {
    guard place < bytes.count, bytes[place] == 92 else { return nil }
    var next = place + 1
    if next < bytes.count, bytes[next] == 13 { next += 1 }
    guard next < bytes.count, bytes[next] == 10 else { return nil }
    next += 1
    while next < bytes.count, bytes[next] == 32 || bytes[next] == 9 { next += 1 }
    return next
  }

  private mutating func continuation() -> Bool {
    guard let next = goesOn(at: index) else { return false }
    index = next
    line += 1
    return true
  }

  /// Words up to the end of the command, which is passed.
  private mutating func command() -> MenuCommand {
    var command = MenuCommand(line: line, prompt: promptMenu)
    promptMenu = nil
    let start = index
    while true {
      blanks()
      guard index < bytes.count else { break }
      if bytes[index] == 10 {
        command.text = shown(start)
        index += 1
        line += 1
        return command
      }
      if bytes[index] == 59 {
        command.text = shown(start)
        index += 1
        return command
      }
      guard let word = word() else {
        command.isBroken = true
        while index < bytes.count, bytes[index] != 10 { index += 1 }
        continue
      }
      command.words.append(word)
    }
    command.text = shown(start)
    return command
  }

  private func shown(_ start: Int) -> String {
    var text: [UInt8] = []
    var place = start
    while place < index, text.count < Self.shownBytes {
      if let next = goesOn(at: place) {
        place = next
      } else {
        text.append(bytes[place])
        place += 1
      }
    }
    while let last = text.last, last == 32 || last == 9 || last == 13 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// A word; `nil` where a quotation mark or bracket in it is not closed on its line.
  private mutating func word() -> MenuWord? {
    var word = MenuWord(line: line, value: "")
    var value: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 32, 9, 13, 10, 59:
        word.value = String(decoding: value, as: UTF8.self)
        return word
      case 61 where word.key == nil && word.isPlain && !value.isEmpty:
        word.key = String(decoding: value, as: UTF8.self)
        value = []
        index += 1
        // A line may end behind the sign.
        _ = continuation()
      case 34:
        word.isPlain = false
        guard quoted(&value) else { return nil }
      case 91 where value.isEmpty:
        word.isPlain = false
        word.isBracketed = true
        guard bracketed(&value) else { return nil }
      case 92 where continuation():
        continue
      case 60 where bytes[index...].starts(with: MenuWords.placeholder):
        // What is to be filled in is one thing, though a switch takes it for several words.
        value += MenuWords.placeholder
        index += MenuWords.placeholder.count
      default:
        value.append(byte)
        index += 1
      }
    }
    word.value = String(decoding: value, as: UTF8.self)
    return word
  }

  private mutating func quoted(_ value: inout [UInt8]) -> Bool {
    index += 1
    while index < bytes.count, bytes[index] != 10 {
      switch bytes[index] {
      case 34:
        index += 1
        return true
      case 92:
        if continuation() { continue }
        index += 1
        guard index < bytes.count else { return false }
        escape(&value)
      default:
        value.append(bytes[index])
        index += 1
      }
    }
    return false
  }

  /// The sign behind a backslash.
  private mutating func escape(_ value: inout [UInt8]) {
    func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 48...57: byte - 48
      case 65...70: byte - 55
      default: nil
      }
    }
    let byte = bytes[index]
    if index + 1 < bytes.count, let high = digit(byte), let low = digit(bytes[index + 1]) {
      value.append(high << 4 | low)
      index += 2
      return
    }
    switch byte {
    case 95: value.append(32)
    case 110: value.append(10)
    case 114: value.append(13)
    case 116: value.append(9)
    default: value.append(byte)
    }
    index += 1
  }

  private mutating func bracketed(_ value: inout [UInt8]) -> Bool {
    index += 1
    while index < bytes.count, bytes[index] != 10 {
      if bytes[index] == 93 {
        index += 1
        return true
      }
      if continuation() { continue }
      value.append(bytes[index])
      index += 1
    }
    return false
  }
}
