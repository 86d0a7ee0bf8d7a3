import Quantities

/// The values that a setting gets.
struct Arguments {
  var values: [Pattern.Value]

  private func value(_ index: Int) -> Pattern.Value? {
    values.indices.contains(index) ? values[index] : nil
  }

  func number(_ index: Int) -> Int? {
    switch value(index) {
    case .number(let number): number
    case .text(let text): Int(text)
    default: nil
    }
  }
  /// All that are numbers.
  var allNumbers: [Int] { values.indices.compactMap { number($0) } }

  func numbers(_ index: Int) -> [Int]? {
    switch value(index) {
    case .numbers(let numbers): numbers
    case .number(let number): [number]
    case .interfaces(let names): names.map(\.first)
    case .text(let text): Int(text).map { [$0] }
    default: nil
    }
  }
  func text(_ index: Int) -> String? {
    if case .text(let text)? = value(index) { text } else { nil }
  }
  func address(_ index: Int) -> IPv4Address? {
    if case .address(let address)? = value(index) { address } else { nil }
  }
  func names(_ index: Int) -> [InterfaceName]? {
    if case .interfaces(let names)? = value(index) { names } else { nil }
  }
  /// `yes` or `no`; `nil` for anything else.
  func isOn(_ index: Int) -> Bool? {
    switch text(index) {
    case "yes": true
    case "no": false
    default: nil
    }
  }
  /// An address and the length of its prefix, in one value or two.
  func prefix() -> (IPv4Address, Int)? {
    if case .prefix(let address, let length)? = value(0) { return (address, length) }
    guard let address = address(0), let length = number(1) else { return nil }
    return (address, length)
  }
}
