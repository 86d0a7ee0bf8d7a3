/// What an interface name in a configuration names.
struct InterfaceName: Hashable {
  /// Kinds of interfaces that the dialects here know.
  enum Kind: UInt8 {
    case gigabit, tenGigabit, twentyFiveGigabit, fortyGigabit, fiftyGigabit, hundredGigabit
    case management, portChannel, vlan, loopback, null, outOfBand

    /// A data port with unit and number.
    var isPort: Bool { rawValue <= Kind.hundredGigabit.rawValue }
  }
  var kind: Kind
  var first = 0
  var second = 0
  var third = 0
  /// How many numbers stand in the name.
  var count = 0

  /// The last number.
  var last: Int { count == 3 ? third : count == 2 ? second : first }
}

/// Reads interface names and lists of them: `TenGigabitEthernet 0/1-3,7`, `te1/0/1-te1/0/4`,
/// `Port-channel 10 - 14`, with kinds abbreviated.
struct InterfaceListReader {
  /// Longest list taken: longer ones are no list of a real switch.
  static let maxCount = 8192
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// All names of a list; `nil` when something in it is not understood.
  static func read(_ bytes: ArraySlice<UInt8>) -> [InterfaceName]? {
    var reader = InterfaceListReader(bytes)
    var names: [InterfaceName] = []
    var kind: InterfaceName.Kind?
    while true {
      reader.blanks()
      if let next = reader.kind() {
        kind = next
      } else if reader.atLetter {
        return nil
      }
      guard let kind else { return nil }
      reader.blanks()
      guard var name = reader.numbers(kind, after: names.last) else { return nil }
      names.append(name)
      reader.blanks()
      if reader.take(45) {
        reader.blanks()
        // The end of a range may repeat the kind.
        if reader.atLetter, reader.kind() != kind { return nil }
        reader.blanks()
        guard let end = reader.numbers(kind, after: name), end.last >= name.last,
          end.last - name.last + names.count < maxCount
        else { return nil }
        while name.last < end.last {
          switch name.count {
          case 3: name.third += 1
          case 2: name.second += 1
          default: name.first += 1
          }
          names.append(name)
        }
        guard name == end else { return nil }
        reader.blanks()
      }
      if reader.index == bytes.endIndex { return names }
      guard reader.take(44), names.count < maxCount else { return nil }
    }
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

  private mutating func kind() -> InterfaceName.Kind? {
    var end = index
    while end < bytes.endIndex, (65...90).contains(bytes[end] & 0xDF) || bytes[end] == 45 {
      end += 1
    }
    // The hyphen of `1-4` is not part of a kind.
    guard end > index, bytes[index] != 45 else { return nil }
    for (name, least, kind) in InterfaceListReader.kinds
    where InterfaceListReader.matches(bytes[index..<end], name, least) {
      index = end
      return kind
    }
    return nil
  }

  private static let kinds: [(StaticString, Int, InterfaceName.Kind)] = [
    ("tengigabitethernet", 2, .tenGigabit), ("port-channel", 2, .portChannel),
    ("vlan", 2, .vlan), ("fortygige", 2, .fortyGigabit), ("fortygigabitethernet", 2, .fortyGigabit),
    ("gigabitethernet", 2, .gigabit), ("managementethernet", 2, .management),
    ("loopback", 2, .loopback), ("null", 2, .null), ("out-of-band", 3, .outOfBand),
    ("twentyfivegige", 2, .twentyFiveGigabit), ("fiftygige", 2, .fiftyGigabit),
    ("hundredgige", 2, .hundredGigabit),
  ]

  private static func matches(_ word: ArraySlice<UInt8>, _ name: StaticString, _ least: Int) -> Bool
  {
    guard word.count >= least, word.count <= name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { buffer in
      var place = 0
      for byte in word {
        let lower = (65...90).contains(byte) ? byte | 32 : byte
        if lower != buffer[place] { return false }
        place += 1
      }
      return true
    }
  }

  /// Up to three numbers parted by `/`. A lone number after a name with more of them stands for
  /// the last one, as in `0/1,7`.
  private mutating func numbers(_ kind: InterfaceName.Kind, after: InterfaceName?) -> InterfaceName?
  {
    var name = InterfaceName(kind: kind)
    if kind == .outOfBand { return index == bytes.endIndex ? name : nil }
    while true {
      let start = index
      while index < bytes.endIndex, (48...57).contains(bytes[index]) { index += 1 }
      guard index - start <= 6, let value = LineCursor.int(bytes[start..<index]) else {
        return nil
      }
      switch name.count {
      case 0: name.first = value
      case 1: name.second = value
      case 2: name.third = value
      default: return nil
      }
      name.count += 1
      guard take(47) else { break }
    }
    if name.count == 1, let after, after.kind == kind, after.count > 1 {
      var full = after
      if full.count == 3 { full.third = name.first } else { full.second = name.first }
      return full
    }
    return name
  }
}

/// Reads `20,30-32` as ascending numbers without repeats; `nil` when it is something else.
enum NumberList {
  static func read(_ bytes: ArraySlice<UInt8>, within limits: ClosedRange<Int>) -> [Int]? {
    var numbers: [Int] = []
    for part in bytes.split(separator: 44, omittingEmptySubsequences: false) {
      let ends = part.filter { $0 != 32 && $0 != 9 }[...].split(
        separator: 45, omittingEmptySubsequences: false)
      guard (1...2).contains(ends.count), let first = LineCursor.int(ends[0]),
        let last = ends.count == 2 ? LineCursor.int(ends[1]) : first, first <= last,
        limits.contains(first), limits.contains(last),
        numbers.count + last - first < InterfaceListReader.maxCount
      else { return nil }
      numbers += first...last
    }
    var result: [Int] = []
    for number in numbers.sorted() where number != result.last { result.append(number) }
    return result
  }
}
