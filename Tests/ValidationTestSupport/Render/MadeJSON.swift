import JSONText

/// A value of JSON in the making.
indirect enum MadeJSON {
  case null
  case flag(Bool)
  case whole(Int64)
  /// A number beyond 63 bits.
  case count(UInt64)
  case text(String)
  case list([MadeJSON])
  case members([Member])

  /// A named value.
  struct Member {
    var name: String
    var value: MadeJSON
  }

  static func object(_ pairs: [(String, MadeJSON)]) -> MadeJSON {
    .members(pairs.map { Member(name: $0.0, value: $0.1) })
  }

  static func number(_ value: Int) -> MadeJSON { .whole(Int64(value)) }
  static func number(_ value: Int64) -> MadeJSON { .whole(value) }
  static func texts(_ values: [String]) -> MadeJSON { .list(values.map { .text($0) }) }
  static func numbers(_ values: [Int]) -> MadeJSON { .list(values.map { .whole(Int64($0)) }) }

  /// The text of it; `isWide` puts each element on a line of its own, as some tools do.
  func bytes(isWide: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, isWide: isWide, depth: 0)
    return bytes
  }

  func string(isWide: Bool = false) -> String {
    String(decoding: bytes(isWide: isWide), as: UTF8.self)
  }

  /// The same as readers have it.
  var tree: JSONTree {
    get throws { try JSONTree(bytes(), limits: .tools) }
  }

  private func write(to bytes: inout [UInt8], isWide: Bool, depth: Int) {
    switch self {
    case .null: bytes += "null".utf8
    case .flag(let value): bytes += (value ? "true" : "false").utf8
    case .whole(let value): bytes += "\(value)".utf8
    case .count(let value): bytes += "\(value)".utf8
    case .text(let text): MadeJSON.write(text, to: &bytes)
    case .list(let elements):
      bytes.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        if isWide { MadeJSON.line(depth + 1, &bytes) }
        element.write(to: &bytes, isWide: isWide, depth: depth + 1)
      }
      if isWide, !elements.isEmpty { MadeJSON.line(depth, &bytes) }
      bytes.append(UInt8(ascii: "]"))
    case .members(let members):
      bytes.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        if isWide { MadeJSON.line(depth + 1, &bytes) }
        MadeJSON.write(member.name, to: &bytes)
        bytes += (isWide ? ": " : ":").utf8
        member.value.write(to: &bytes, isWide: isWide, depth: depth + 1)
      }
      if isWide, !members.isEmpty { MadeJSON.line(depth, &bytes) }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func line(_ depth: Int, _ bytes: inout [UInt8]) {
    bytes.append(10)
    bytes += [UInt8](repeating: 32, count: 2 * depth)
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 10: bytes += "\\n".utf8
      case 9: bytes += "\\t".utf8
      case 0..<32: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
