import CTransport
import Glibc

/// Packs what lies in a memory, for one thread.
struct Packer: ~Copyable {
  private let memory: TransferMemory
  private let coder: OpaquePointer?
  /// A copy of what is packed: guests write to their memory meanwhile.
  private let copy: UnsafeMutableRawBufferPointer
  private let output: UnsafeMutableRawBufferPointer
  private let shared: SharedPages?

  /// What came of a frame.
  struct Packed {
    var bytes: UnsafeRawBufferPointer
    /// Whether a table of pages that landed before is before it.
    var hasShared = false
    /// Pages that are in it, to be noted when it is sent.
    fileprivate var entries: [SharedPages.Entry] = []
    fileprivate var times = 0
  }

  /// - Parameters:
  ///   - most: Bytes of a frame.
  ///   - shared: Pages that were sent before; `nil` where none may be left out.
  init(_ memory: TransferMemory, most: Int, sharing shared: SharedPages? = nil) {
    self.memory = memory
    self.shared = shared
    coder = tenfold_coder_make()
    copy = .allocate(byteCount: most, alignment: 64)
    let bound = [TENFOLD_LZ4, TENFOLD_ZSTD].map { tenfold_encoded_bound($0, most) }.max() ?? 0
    let table = SharedTable.length(most / SharedPages.pageSize)
    output = .allocate(byteCount: max(bound, 1) + table, alignment: 64)
  }

  deinit {
    tenfold_coder_free(coder)
    copy.deallocate()
    output.deallocate()
  }

  /// What came of a frame; `nil` where it is not less.
  /// - Parameters:
  ///   - lane: Whose frame of that number it will be.
  ///   - landed: How many frames of each lane have landed.
  func pack(
    _ items: [SendQueue.Item], _ way: PackingWay, lane: Int = 0, number: UInt64 = 0,
    landed: [UInt64] = []
  ) -> Packed? {
    guard let codec = way.codec, let coder, let target = copy.baseAddress else { return nil }
    var bytes = 0
    for item in items {
      guard bytes + item.extent.count <= copy.count else { return nil }
      memcpy(target + bytes, memory.base + item.extent.offset, item.extent.count)
      bytes += item.extent.count
    }
    var packed = Packed(bytes: UnsafeRawBufferPointer(start: nil, count: 0))
    let (left, table) = share(items, bytes, &packed, lane: lane, number: number, landed: landed)
    var length = table
    if left > 0 {
      let room = UnsafeMutableRawBufferPointer(rebasing: output[table...])
      let encoded = tenfold_encode(
        coder, codec, way.level, room.baseAddress, room.count, target, left)
      guard encoded > 0 else { return nil }
      length += encoded
    }
    guard length < bytes else { return nil }
    packed.bytes = UnsafeRawBufferPointer(rebasing: output[..<length])
    packed.hasShared = table > 0
    return packed
  }

  /// It is being sent as it was packed.
  func note(_ packed: Packed) { shared?.note(packed.entries, times: packed.times) }

  /// Leaves pages out of the copy that landed before, and writes a table of them.
  /// - Returns: bytes that are left, and those of the table: 0 without one.
  private func share(
    _ items: [SendQueue.Item], _ bytes: Int, _ packed: inout Packed, lane: Int, number: UInt64,
    landed: [UInt64]
  ) -> (left: Int, table: Int) {
    let size = SharedPages.pageSize
    guard let shared, let copy = copy.baseAddress,
      items.allSatisfy({ $0.extent.offset % size == 0 && $0.extent.count % size == 0 })
    else { return (bytes, 0) }
    let numbers = (0..<(bytes / size)).map { SharedPages.Number(copy + $0 * size) }
    let (found, times) = shared.find(numbers, lane: lane, landed: landed)
    packed.times = times
    var (page, left): (Int, Int) = (0, 0)
    var table: [(page: Int, offset: Int)] = []
    for item in items {
      for place in stride(from: 0, to: item.extent.count, by: size) {
        let offset = item.extent.offset + place
        // A page that is sent again before the pass has landed is like nothing but itself.
        if let other = found[page], other != offset {
          table.append((page, other))
        } else {
          packed.entries.append(
            SharedPages.Entry(number: numbers[page], offset: offset, lane: lane, frame: number))
          if left < page { memcpy(copy + left * size, copy + page * size, size) }
          left += 1
        }
        page += 1
      }
    }
    guard !table.isEmpty else { return (bytes, 0) }
    SharedTable.write(table, output)
    return (left * size, SharedTable.length(table.count))
  }
}

/// The other way round.
struct Unpacker: ~Copyable {
  private let memory: TransferMemory
  private let coder: OpaquePointer?
  private let input: UnsafeMutableRawBufferPointer
  private let copy: UnsafeMutableRawBufferPointer

  init(_ memory: TransferMemory) {
    self.memory = memory
    coder = tenfold_coder_make()
    input = .allocate(byteCount: FrameHeader.mostBytes, alignment: 64)
    copy = .allocate(byteCount: FrameHeader.mostBytes, alignment: 64)
  }

  deinit {
    tenfold_coder_free(coder)
    input.deallocate()
    copy.deallocate()
  }

  /// Where so many packed bytes are to be put.
  func room(_ bytes: Int) -> UnsafeMutableRawBufferPointer? {
    bytes <= input.count ? UnsafeMutableRawBufferPointer(rebasing: input[..<bytes]) : nil
  }

  /// Unpacks what was put there.
  /// - Parameter hasShared: Whether a table of pages that landed before is before it.
  /// - Returns: `false` for bytes that are not of this codec, or of which not as many come as the extents
  ///   have; these are then as they were.
  func unpack(
    _ packed: Int, _ codec: tenfold_codec, to extents: [Extent], hasShared: Bool = false
  ) -> Bool {
    var bytes = extents.reduce(0) { $0 &+ $1.count }
    guard packed <= input.count else { return false }
    var table: (pages: [(page: Int, offset: Int)], length: Int) = ([], 0)
    let size = SharedPages.pageSize
    if hasShared {
      guard extents.allSatisfy({ $0.count % size == 0 }),
        let read = SharedTable.read(
          UnsafeRawBufferPointer(rebasing: input[..<packed]), pages: bytes / size, in: memory)
      else { return false }
      table = read
      bytes -= table.pages.count * size
    }
    guard let coder, bytes <= copy.count, let source = copy.baseAddress,
      let input = input.baseAddress
    else { return false }
    let encoded = packed - table.length
    guard
      bytes == 0
        ? encoded == 0
        : tenfold_decode(coder, codec, source, bytes, input + table.length, encoded) == 1
    else { return false }
    place(extents, table.pages)
    return true
  }

  /// Puts pages into the memory, those of the table from where they are already.
  private func place(_ extents: [Extent], _ shared: [(page: Int, offset: Int)]) {
    guard let source = copy.baseAddress else { return }
    var (taken, page, next) = (0, 0, 0)
    for extent in extents {
      guard !shared.isEmpty else {
        memcpy(memory.base + extent.offset, source + taken, extent.count)
        taken += extent.count
        continue
      }
      let size = SharedPages.pageSize
      for place in stride(from: 0, to: extent.count, by: size) {
        if next < shared.count, shared[next].page == page {
          memmove(memory.base + extent.offset + place, memory.base + shared[next].offset, size)
          next += 1
        } else {
          memcpy(memory.base + extent.offset + place, source + taken, size)
          taken += size
        }
        page += 1
      }
    }
  }
}
