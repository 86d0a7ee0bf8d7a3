import Quantities

/// The form of a line: words, and places for values.
struct Pattern: Hashable, Sendable {
  /// A place for a value.
  enum Capture: Hashable, Sendable {
    /// A decimal number.
    case number(ClosedRange<Int>)
    /// A number such as `0x8000`.
    case hexadecimal(ClosedRange<Int>)
    /// `1-3,7`, up to the end of the line: a list may have blanks in it.
    case numbers(ClosedRange<Int>)
    /// Numbers parted by blanks, up to a word that is none.
    case series(ClosedRange<Int>)
    /// Interfaces of some roles, such as `te 0/1-3,7`.
    case interfaces([InterfaceRole])
    case address
    /// `A/N`.
    case prefix
    /// Prefix length of a netmask.
    case mask
    /// One word, without the quotes around it.
    case word
    /// The rest of the line, without the quotes around it; may be empty.
    case text
  }

  /// A part of a form.
  enum Element: Hashable, Sendable {
    case keyword(Keyword)
    /// A word in which `*` stands for any characters and `?` for one; no value.
    case like([UInt8])
    case capture(Capture)
    /// Any words, or none.
    case anything
  }

  /// A value in a line.
  enum Value: Hashable, Sendable {
    case number(Int)
    case numbers([Int])
    case interfaces([InterfaceName])
    case address(IPv4Address)
    case prefix(IPv4Address, Int)
    case text(String)
  }

  var elements: [Element]

  /// The words of a line of this form, as far as they are fixed.
  var words: String {
    elements.compactMap { element in
      if case .keyword(let keyword) = element {
        String(decoding: keyword.bytes, as: UTF8.self)
      } else {
        nil
      }
    }.joined(separator: " ")
  }

  /// Number of values in a line of this form.
  var captureCount: Int { elements.count { if case .capture = $0 { true } else { false } } }

  /// The keyword that every line of this form starts with; `nil` where it starts with a value.
  var first: Keyword? {
    if case .keyword(let keyword)? = elements.first { return keyword }
    return nil
  }

  /// The values of a line in order; `nil` when it is not of this form, or a value is none that may
  /// stand there.
  func values(_ line: LineCursor, _ kinds: [InterfaceKind]) -> [Value]? {
    var values: [Value] = []
    return match(0, line, at: 0, kinds, &values) ? values : nil
  }

  /// The values of a line that starts with this form from a word on, and the word after it; `nil`
  /// when it does not.
  func start(
    of line: LineCursor, at word: Int, _ kinds: [InterfaceKind]
  ) -> (values: [Value], next: Int)? {
    var (values, word) = ([Value](), word)
    for element in elements {
      switch element {
      case .keyword(let keyword):
        guard word < line.count, keyword.matches(line.bytes(word)) else { return nil }
        word += 1
      case .capture(let capture):
        guard let (value, next) = Pattern.value(capture, line, at: word, kinds) else { return nil }
        values.append(value)
        word = next
      case .like(let form):
        guard word < line.count, Pattern.isLike(line.bytes(word), form[...]) else { return nil }
        word += 1
      case .anything: return nil
      }
    }
    return (values, word)
  }

  private func match(
    _ element: Int, _ line: LineCursor, at word: Int, _ kinds: [InterfaceKind],
    _ values: inout [Value]
  ) -> Bool {
    guard element < elements.count else { return word == line.count }
    switch elements[element] {
    case .keyword(let keyword):
      guard word < line.count, keyword.matches(line.bytes(word)) else { return false }
      return match(element + 1, line, at: word + 1, kinds, &values)
    case .like(let form):
      guard word < line.count, Pattern.isLike(line.bytes(word), form[...]) else { return false }
      return match(element + 1, line, at: word + 1, kinds, &values)
    case .anything:
      let known = values.count
      for next in word...max(word, line.count) {
        if match(element + 1, line, at: next, kinds, &values) { return true }
        values.removeSubrange(known...)
      }
      return false
    case .capture(let capture):
      guard let (value, next) = Pattern.value(capture, line, at: word, kinds) else { return false }
      values.append(value)
      return match(element + 1, line, at: next, kinds, &values)
    }
  }

  /// Whether a word has a form.
  /// - Complexity: the product of both lengths for each `*`.
  static func isLike(_ word: ArraySlice<UInt8>, _ form: ArraySlice<UInt8>) -> Bool {
    guard let first = form.first else { return word.isEmpty }
    let rest = form.dropFirst()
    if first == UInt8(ascii: "*") {
      return (0...word.count).contains { isLike(word.dropFirst($0), rest) }
    }
    guard let byte = word.first, first == UInt8(ascii: "?") || first == byte else { return false }
    return isLike(word.dropFirst(), rest)
  }

  /// A value and the word after it.
  private static func value(
    _ capture: Capture, _ line: LineCursor, at word: Int, _ kinds: [InterfaceKind]
  ) -> (Value, Int)? {
    switch capture {
    case .number(let limits):
      guard let number = line.int(word), limits.contains(number) else { return nil }
      return (.number(number), word + 1)
    case .hexadecimal(let limits):
      guard let number = line.hexadecimal(word), limits.contains(number) else { return nil }
      return (.number(number), word + 1)
    case .numbers(let limits):
      guard let (numbers, length) = NumberList.read(line.rest(from: word), within: limits),
        let next = line.word(after: word, bytes: length)
      else { return nil }
      return (.numbers(numbers), next)
    case .series(let limits):
      var (numbers, next) = ([Int](), word)
      while let number = line.int(next) {
        guard limits.contains(number), numbers.count < 64 else { return nil }
        numbers.append(number)
        next += 1
      }
      return numbers.isEmpty ? nil : (.numbers(ReaderValues.ascending(numbers)), next)
    case .interfaces(let roles):
      guard let (names, length) = InterfaceListReader.read(line.rest(from: word), kinds),
        names.allSatisfy({ roles.contains(kinds[$0.kind].role) }),
        let next = line.word(after: word, bytes: length)
      else { return nil }
      return (.interfaces(names), next)
    case .address: return line.address(word).map { (.address($0), word + 1) }
    case .prefix:
      if let prefix = line.prefix(word) {
        return (.prefix(prefix.address, prefix.length), word + 1)
      }
      guard let address = line.address(word), let length = line.length(word + 1) else { return nil }
      return (.prefix(address, length), word + 2)
    case .mask: return line.mask(word).map { (.number($0), word + 1) }
    case .word:
      return word < line.count ? (.text(line.unquoted(word)), word + 1) : nil
    case .text: return (.text(line.unquoted(from: word)), max(word, line.count))
    }
  }
}
