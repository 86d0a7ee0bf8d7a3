/// A piece of memory by its place from the start.
public struct Extent: Hashable, Sendable {
  /// Bytes from the start of the memory.
  public var offset: Int
  /// Bytes, 1 or more.
  public var count: Int

  /// Makes an extent.
  public init(offset: Int, count: Int) {
    self.offset = offset
    self.count = count
  }

  /// The first byte behind it.
  var end: Int { offset + count }
}

/// Memory that is sent or received into, such as that of a guest. Whoever makes it keeps it mapped for
/// as long as anything moves.
///
/// What is sent may change meanwhile: a page that its guest writes to while it is on its way is dirty,
/// and goes once more.
public struct TransferMemory: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  /// Bytes.
  public let count: Int

  /// Where an empty memory is: it has no extents, so nobody ever goes there.
  nonisolated(unsafe) private static let nowhere = UnsafeMutableRawPointer.allocate(
    byteCount: 16, alignment: 16)

  /// Makes it of mapped memory.
  public init(_ memory: UnsafeMutableRawBufferPointer) {
    base = memory.baseAddress ?? Self.nowhere
    count = memory.count
  }

  /// Whether an extent lies within.
  public func holds(_ extent: Extent) -> Bool {
    extent.offset >= 0 && extent.count > 0 && extent.count <= count
      && extent.offset <= count - extent.count
  }
}
