/// A place in a text as people count it.
public struct TextPlace: Hashable, Sendable {
  /// From 1.
  public var line: Int
  /// In characters, from 1.
  public var column: Int

  /// The place of a byte; of one behind the end, that of the end.
  public init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes.prefix(offset)
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Continuation bytes of UTF-8 are no characters of their own.
    column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
  }
}
