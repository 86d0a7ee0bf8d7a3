/// What is set of every connection of a transfer; each by itself finds what carries most where nothing is.
public struct LaneShape: Hashable, Sendable {
  /// Most bytes a second; `nil` for as many as it carries.
  public var pace: Int?
  /// Bytes of memory that it takes at once; `nil` for what it sends in about 8 ms.
  public var block: Int?
  /// Most bytes of a segment of TCP (RFC 9293, section 3.7.1); `nil` for what the frames of its way have
  /// room for.
  public var segment: Int?

  /// Bytes that a block may have.
  public static let blocks = 64 << 10...FrameHeader.mostBytes
  /// Bytes that a segment may be limited to; Linux takes no fewer.
  public static let segments = 88...32_767

  /// Nothing is set.
  public init() {}
}
