/// Reads interface names and lists of them: `TenGigabitEthernet 0/1-3,7`, `te1/0/1-te1/0/4`,
/// `Port-channel 10 - 14`, with kinds abbreviated.
struct InterfaceListReader {
  /// Longest list taken: longer ones are no list of a real switch.
  static let maxCount = 8192
  private let bytes: ArraySlice<UInt8>
  private let kinds: [InterfaceKind]
  private var index: Int

  private init(_ bytes: ArraySlice<UInt8>, _ kinds: [InterfaceKind]) {
    self.bytes = bytes
    self.kinds = kinds
    index = bytes.startIndex
  }

  /// The names of a list at the start of a text, and how many bytes it takes; `nil` when something
  /// in it is not understood.
  static func read(
    _ bytes: ArraySlice<UInt8>, _ kinds: [InterfaceKind]
  ) -> (names: [InterfaceName], length: Int)? {
    var reader = InterfaceListReader(bytes, kinds)
    var names: [InterfaceName] = []
    var kind: Int?
    while true {
      reader.blanks()
      if let next = reader.kind() ?? reader.kindWithoutWord(after: kind) {
        kind = next
      } else if reader.atLetter {
        return nil
      }
      guard let kind else { return nil }
      reader.blanks()
      guard let name = reader.numbers(kind, after: names.last) else { return nil }
      names.append(name)
      var end = reader.index
      reader.blanks()
      if reader.take(45) {
        guard reader.range(from: name, &names) else { return nil }
        end = reader.index
        reader.blanks()
      }
      guard reader.take(44) else { return (names, end - bytes.startIndex) }
      guard names.count < maxCount else { return nil }
    }
  }

  /// The rest of a range after its hyphen.
  private mutating func range(from first: InterfaceName, _ names: inout [InterfaceName]) -> Bool {
    var name = first
    blanks()
    // The end of a range may repeat the kind.
    if atLetter {
      if kind() != name.kind { return false }
    } else {
      _ = kindWithoutWord(after: name.kind)
    }
    blanks()
    guard name.count > 0, let end = numbers(name.kind, after: name), end.last >= name.last,
      end.last - name.last + names.count < InterfaceListReader.maxCount
    else { return false }
    while name.last < end.last {
      name.last += 1
      names.append(name)
    }
    return name == end
  }

  private var atLetter: Bool {
    index < bytes.endIndex && (65...90).contains(bytes[index] & 0xDF)
  }

  private mutating func blanks() {
    while index < bytes.endIndex, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.endIndex, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func kind() -> Int? {
    var end = index
    while end < bytes.endIndex, (65...90).contains(bytes[end] & 0xDF) || bytes[end] == 45 {
      end += 1
    }
    // The hyphen of `1-4` is not part of a kind.
    guard end > index, bytes[index] != 45 else { return nil }
    let word = bytes[index..<end]
    guard let kind = kinds.firstIndex(where: { $0.keywords.contains { $0.matches(word) } }) else {
      return nil
    }
    index = end
    return kind
  }

  /// The kind of a name that starts with a number: by numbers that stand for its word, or where
  /// names of a kind have none. `nil` where the name before it says it.
  private mutating func kindWithoutWord(after before: Int?) -> Int? {
    guard index < bytes.endIndex, (48...57).contains(bytes[index]) else { return nil }
    for (place, kind) in kinds.enumerated() {
      for numbers in kind.fixed where bytes[index...].starts(with: numbers) {
        index += numbers.count
        return place
      }
    }
    return before == nil ? kinds.firstIndex(where: \.keywords.isEmpty) : nil
  }

  /// Numbers parted by `/`, the last of the longest names by the mark of their kind. A lone number
  /// after a name with more of them stands for the last one, as in `0/1,7`.
  private mutating func numbers(_ kind: Int, after: InterfaceName?) -> InterfaceName? {
    var name = InterfaceName(kind: kind)
    let counts = kinds[kind].counts
    if counts.upperBound == 0 { return name }
    while true {
      let start = index
      while index < bytes.endIndex, (48...57).contains(bytes[index]) { index += 1 }
      guard index - start <= 6, let value = LineCursor.int(bytes[start..<index]),
        name.append(value)
      else { return nil }
      let isLast = name.count == counts.upperBound - 1
      guard take(isLast ? kinds[kind].lastMark : 47) else { break }
    }
    if name.count == 1, let after, after.kind == kind, after.count > 1 {
      var full = after
      full.last = name.first
      return full
    }
    return counts.contains(name.count) ? name : nil
  }
}

/// Reads `20,30-32` as ascending numbers without repeats.
enum NumberList {
  /// The numbers of a list at the start of a text, and how many bytes it takes; `nil` when it is
  /// something else.
  static func read(
    _ bytes: ArraySlice<UInt8>, within limits: ClosedRange<Int>
  ) -> (numbers: [Int], length: Int)? {
    var index = bytes.startIndex
    var numbers: [Int] = []
    func skipBlanks() {
      while index < bytes.endIndex, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
    }
    func number() -> Int? {
      let start = index
      while index < bytes.endIndex, (48...57).contains(bytes[index]) { index += 1 }
      return LineCursor.int(bytes[start..<index])
    }
    func take(_ byte: UInt8) -> Bool {
      guard index < bytes.endIndex, bytes[index] == byte else { return false }
      index += 1
      return true
    }
    while true {
      skipBlanks()
      guard let first = number() else { return nil }
      var (last, end) = (first, index)
      skipBlanks()
      if take(45) {
        skipBlanks()
        guard let other = number() else { return nil }
        (last, end) = (other, index)
        skipBlanks()
      }
      guard first <= last, limits.contains(first), limits.contains(last),
        numbers.count + last - first < InterfaceListReader.maxCount
      else { return nil }
      numbers += first...last
      guard take(44) else { return (ReaderValues.ascending(numbers), end - bytes.startIndex) }
    }
  }
}
