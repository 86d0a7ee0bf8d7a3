import JSONText
import Quantities

/// A value of an object, which may be a number in one release of PowerShell and a text in another.
struct WindowsValue {
  let tree: JSONTree

  /// As a text; lists of one element count as it.
  var text: String? {
    switch tree.value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .decimal(let number): number
    case .array: single?.text
    case .bool, .null, .object: nil
    }
  }

  /// As a whole number.
  var integer: Int64? {
    switch tree.value {
    case .integer(let number): number
    case .string(let text): Int64(WindowsValue.trimmed(text))
    case .array: single?.integer
    case .decimal, .bool, .null, .object: nil
    }
  }

  /// As a whole number in a range.
  func integer(in range: ClosedRange<Int64>) -> Int? {
    guard let integer, range.contains(integer) else { return nil }
    return Int(exactly: integer)
  }

  /// As a counter, which may be beyond 63 bits.
  var counter: UInt64? {
    switch tree.value {
    case .integer(let number): UInt64(exactly: number)
    case .decimal(let text), .string(let text): UInt64(WindowsValue.trimmed(text))
    case .array: single?.counter
    case .bool, .null, .object: nil
    }
  }

  /// As a truth: PowerShell writes `True` where it makes a text of one.
  var flag: Bool? {
    switch tree.value {
    case .bool(let value): return value
    case .integer(0): return false
    case .integer(1): return true
    case .string(let text):
      switch WindowsValue.trimmed(text).lowercased() {
      case "true", "1": return true
      case "false", "0": return false
      default: return nil
      }
    case .array: return single?.flag
    default: return nil
    }
  }

  /// As a list of texts; one text alone is a list of one.
  var texts: [String] {
    guard case .array(let elements) = tree.value else { return text.map { [$0] } ?? [] }
    return elements.compactMap { WindowsValue(tree: $0).text }
  }

  /// As a list of whole numbers; `nil` when one of them is none.
  var integers: [Int64]? {
    guard case .array(let elements) = tree.value else { return integer.map { [$0] } }
    let numbers = elements.compactMap { WindowsValue(tree: $0).integer }
    return numbers.count == elements.count ? numbers : nil
  }

  var mac: MACAddress? { text.flatMap { MACAddress(WindowsValue.trimmed($0)) } }
  var address: IPv4Address? { text.flatMap { IPv4Address(WindowsValue.trimmed($0)) } }

  /// For messages: one line that does not grow with its content.
  var shown: String {
    let text = text ?? tree.kind
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.count > 60 ? "\(line.prefix(60))..." : line
  }

  private var single: WindowsValue? {
    guard case .array(let elements) = tree.value, elements.count == 1, let first = elements.first
    else { return nil }
    if case .array = first.value { return nil }
    return WindowsValue(tree: first)
  }

  private static func trimmed(_ text: String) -> Substring {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
