/// What goes over a lane before its payload: 24 bytes, then a table of extents, 16 bytes each, numbers
/// with the least significant byte first.
struct FrameHeader: Hashable {
  /// What a frame is.
  enum Kind: UInt32 {
    /// The bytes of the extents follow.
    case plain = 1
    /// All bytes of the extents are zero; nothing follows.
    case zero = 2
    /// A lane is given up: nothing of it may land any more. `extents` is its number.
    case void = 3
    /// Nothing more comes by any lane.
    case end = 4
    /// The bytes of the extents follow, packed.
    case lz4 = 5
    case zstd = 6
    /// The bytes of the extents were written by RDMA, and the number of the frame behind them.
    case rdma = 7
    /// As `lz4` and `zstd`, without pages of which a table before them says where they are already.
    case lz4Shared = 8
    case zstdShared = 9
  }

  static let length = 24
  /// Most extents of a frame: that many pieces the kernel takes at once, but for the head.
  static let mostExtents = 512
  /// Most bytes of a frame.
  static let mostBytes = 4 << 20

  var kind: Kind
  /// Extents in the table; of `void` the lane.
  var extents: UInt32
  /// Bytes behind the table.
  var payload: UInt64
  /// Which of the lane's frames it is, from 0.
  var number: UInt64

  init(_ kind: Kind, extents: Int = 0, payload: Int = 0, number: UInt64) {
    self.kind = kind
    self.extents = UInt32(truncatingIfNeeded: extents)
    self.payload = UInt64(truncatingIfNeeded: payload)
    self.number = number
  }

  /// `nil` for bytes that are no header.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.length,
      let kind = Kind(rawValue: UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
    else { return nil }
    self.kind = kind
    extents = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
    payload = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    number = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
  }

  func write(_ bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeBytes(of: kind.rawValue.littleEndian, as: UInt32.self)
    bytes.storeBytes(of: extents.littleEndian, toByteOffset: 4, as: UInt32.self)
    bytes.storeBytes(of: payload.littleEndian, toByteOffset: 8, as: UInt64.self)
    bytes.storeBytes(of: number.littleEndian, toByteOffset: 16, as: UInt64.self)
  }
}

/// The table of extents behind a header.
enum ExtentTable {
  static let entry = 16

  static func write(_ extents: some Collection<Extent>, _ bytes: UnsafeMutableRawBufferPointer) {
    for (place, extent) in extents.enumerated() {
      bytes.storeBytes(
        of: UInt64(truncatingIfNeeded: extent.offset).littleEndian,
        toByteOffset: place * entry, as: UInt64.self)
      bytes.storeBytes(
        of: UInt64(truncatingIfNeeded: extent.count).littleEndian,
        toByteOffset: place * entry + 8, as: UInt64.self)
    }
  }

  /// `nil` where one of them lies outside the memory, or their bytes are not as many as said.
  static func read(
    _ bytes: UnsafeRawBufferPointer, count: Int, in memory: TransferMemory, bytes sum: UInt64?
  ) -> [Extent]? {
    var extents: [Extent] = []
    extents.reserveCapacity(count)
    var total: UInt64 = 0
    for place in 0..<count {
      let start = place * entry
      guard start + entry <= bytes.count else { return nil }
      let offset = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      let length = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))
      guard let offset = Int(exactly: offset), let length = Int(exactly: length) else { return nil }
      let extent = Extent(offset: offset, count: length)
      guard memory.holds(extent) else { return nil }
      // The memory fits an Int, and a frame has few extents.
      total += UInt64(length)
      extents.append(extent)
    }
    if let sum, sum != total { return nil }
    return extents
  }
}

/// What a receiver tells the sender: 16 bytes, as headers are.
struct Receipt: Hashable {
  static let length = 16
  /// How many frames of a lane have landed, since the lane was first made.
  var landed: UInt64
  var lane: UInt32
  /// The connection of the lane up to which it is given up: nothing more of these lands. 0 where a frame
  /// landed and nothing was given up.
  var void: UInt32

  init(lane: UInt32, landed: UInt64, void: UInt32) {
    (self.lane, self.landed, self.void) = (lane, landed, void)
  }

  /// `nil` for what no receiver says.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.length else { return nil }
    landed = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    lane = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    void = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
  }

  func write(_ bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeBytes(of: landed.littleEndian, as: UInt64.self)
    bytes.storeBytes(of: lane.littleEndian, toByteOffset: 8, as: UInt32.self)
    bytes.storeBytes(of: void.littleEndian, toByteOffset: 12, as: UInt32.self)
  }
}
