import JSONText

/// A value in the JSON of a tool. Tools write a number now as a number and now as a text, one thing
/// now alone and now in a list: here it is read by what it means.
struct ToolNode {
  let tree: JSONTree
  init(_ tree: JSONTree) { self.tree = tree }

  /// The member with a name; also where the tool writes `-` for `_`.
  subscript(_ name: String) -> ToolNode? {
    guard case .object(let members) = tree.value else { return nil }
    if let exact = members.first(where: { $0.name == name }) { return ToolNode(exact.value) }
    guard name.utf8.contains(UInt8(ascii: "_")) else { return nil }
    let other = name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
    return members.first { $0.name.utf8.elementsEqual(other) }.map { ToolNode($0.value) }
  }

  /// Names and values of an object in their order; none of other kinds.
  var members: [(name: String, value: ToolNode)] {
    guard case .object(let members) = tree.value else { return [] }
    return members.map { ($0.name, ToolNode($0.value)) }
  }

  /// Elements of a list; `nil` for other kinds.
  var list: [ToolNode]? {
    guard case .array(let elements) = tree.value else { return nil }
    return elements.map { ToolNode($0) }
  }

  /// Elements of a list, or the value itself as the only one.
  var elements: [ToolNode] { list ?? [self] }

  var isObject: Bool { if case .object = tree.value { true } else { false } }

  /// A text, or a number as it is written.
  var text: String? {
    switch tree.value {
    case .string(let text), .decimal(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }

  /// A whole number in a range, as a number or a text.
  func whole(in range: ClosedRange<Int>) -> Int? {
    switch tree.value {
    case .integer(let number): Int(exactly: number).flatMap { range.contains($0) ? $0 : nil }
    case .string(let text): ToolText.whole(text, in: range)
    default: nil
    }
  }

  /// A counter; those above 63 bits are decimals to the reader of JSON.
  var count: UInt64? {
    switch tree.value {
    case .integer(let number): UInt64(exactly: number)
    case .string(let text), .decimal(let text): ToolText.count(text)
    default: nil
    }
  }

  /// True or false, also as `on`, `yes` or a number: older releases differ.
  var flag: Bool? {
    switch tree.value {
    case .bool(let flag): flag
    case .integer(0): false
    case .integer(1): true
    case .string(let text): ToolNode.flag(text)
    default: nil
    }
  }

  static func flag(_ text: some StringProtocol) -> Bool? {
    switch text {
    case "on", "yes", "true": true
    case "off", "no", "false": false
    default: nil
    }
  }
}
