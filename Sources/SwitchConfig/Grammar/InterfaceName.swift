/// What interfaces of a kind are for.
enum InterfaceRole: String, Hashable, Sendable, CaseIterable {
  /// A data port.
  case port
  /// A link aggregation group.
  case lag
  /// A link aggregation group of a pair, on platforms where such ones have numbers of their own.
  case pairLAG = "pair-lag"
  /// The switch's own interface in a VLAN.
  case vlan
  /// The out-of-band port.
  case management
  /// Anything else, such as a loopback.
  case other

  /// Whether it is a link aggregation group.
  var isLAG: Bool { self == .lag || self == .pairLAG }
}

/// A kind of interface in a dialect: `TenGigabitEthernet 0/1`, `Port-channel 10`.
struct InterfaceKind: Hashable, Sendable {
  var role: InterfaceRole
  /// What stands before the numbers in a name that the platform writes, blank included.
  var text: String
  /// The ways to write it, lower case, without blanks.
  var keywords: [Keyword]
  /// Numbers that stand for a word, such as `0/3/` for the LAGs.
  var fixed: [[UInt8]] = []
  /// Numbers in a full name; none for the only one of its kind.
  var counts: ClosedRange<Int>
  /// What stands before the last number of the longest names: `/`, `:` or `-`.
  var lastMark = UInt8(ascii: "/")
}

/// Name of an interface in a configuration: its kind and up to four numbers.
struct InterfaceName: Hashable, Sendable {
  /// Place of the kind in the grammar.
  var kind: Int
  private var numbers = SIMD4<Int32>(repeating: 0)
  /// How many numbers stand in the name.
  private(set) var count = 0

  init(kind: Int) { self.kind = kind }

  /// A number, from 0 on; 0 where the name has fewer.
  subscript(_ index: Int) -> Int {
    get { (0..<4).contains(index) ? Int(numbers[index]) : 0 }
    set { if (0..<4).contains(index) { numbers[index] = Int32(clamping: newValue) } }
  }

  /// In full, as the platform writes it.
  func text(_ kinds: [InterfaceKind]) -> String {
    let kind = kinds[kind]
    var text = kind.text
    for index in 0..<count {
      let mark = index + 1 == kind.counts.upperBound ? kind.lastMark : UInt8(ascii: "/")
      if index > 0 { text.unicodeScalars.append(Unicode.Scalar(mark)) }
      text += String(self[index])
    }
    return text
  }

  /// Key of a LAG; `nil` of anything else.
  func lagKey(_ kinds: [InterfaceKind]) -> Int? {
    switch kinds[kind].role {
    case .lag: first
    case .pairLAG: first + ConfigModel.lagsOfPair
    default: nil
    }
  }

  /// The first number: that of a LAG or VLAN.
  var first: Int { self[0] }
  /// The last number.
  var last: Int {
    get { self[count - 1] }
    set { self[count - 1] = newValue }
  }

  /// Adds a number; `false` when there is no room for it.
  mutating func append(_ number: Int) -> Bool {
    guard count < 4 else { return false }
    count += 1
    last = number
    return true
  }

  /// Order by numbers, then by kind.
  static func precedes(_ left: InterfaceName, _ right: InterfaceName) -> Bool {
    for index in 0..<4 where left.numbers[index] != right.numbers[index] {
      return left.numbers[index] < right.numbers[index]
    }
    return left.kind < right.kind
  }
}
