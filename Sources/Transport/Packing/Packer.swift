import CTransport
import Glibc

/// Packs what lies in a memory, for one thread.
struct Packer: ~Copyable {
  private let memory: TransferMemory
  private let coder: OpaquePointer?
  /// A copy of what is packed: guests write to their memory meanwhile.
  private let copy: UnsafeMutableRawBufferPointer
  private let output: UnsafeMutableRawBufferPointer

  /// - Parameter most: Bytes of a frame.
  init(_ memory: TransferMemory, most: Int) {
    self.memory = memory
    coder = tenfold_coder_make()
    copy = .allocate(byteCount: most, alignment: 64)
    let bound = [TENFOLD_LZ4, TENFOLD_ZSTD].map { tenfold_encoded_bound($0, most) }.max() ?? 0
    output = .allocate(byteCount: max(bound, 1), alignment: 64)
  }

  deinit {
    tenfold_coder_free(coder)
    copy.deallocate()
    output.deallocate()
  }

  /// What came of it; `nil` where it is not less.
  func pack(_ items: [SendQueue.Item], _ way: PackingWay) -> UnsafeRawBufferPointer? {
    guard let codec = way.codec, let coder, let target = copy.baseAddress else { return nil }
    var bytes = 0
    for item in items {
      guard bytes + item.extent.count <= copy.count else { return nil }
      memcpy(target + bytes, memory.base + item.extent.offset, item.extent.count)
      bytes += item.extent.count
    }
    let packed = tenfold_encode(
      coder, codec, way.level, output.baseAddress, output.count, target, bytes)
    guard packed > 0, packed < bytes else { return nil }
    return UnsafeRawBufferPointer(rebasing: output[..<packed])
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
  /// - Returns: `false` for bytes that are not of this codec, or of which not as many come as the extents
  ///   have; these are then as they were.
  func unpack(_ packed: Int, _ codec: tenfold_codec, to extents: [Extent]) -> Bool {
    let bytes = extents.reduce(0) { $0 &+ $1.count }
    guard let coder, bytes <= copy.count, packed <= input.count, let source = copy.baseAddress,
      tenfold_decode(coder, codec, source, bytes, input.baseAddress, packed) == 1
    else { return false }
    var place = 0
    for extent in extents {
      memcpy(memory.base + extent.offset, source + place, extent.count)
      place += extent.count
    }
    return true
  }
}
