import CTransport
import Glibc

/// A connection of a lane while it lasts, at the receiving end.
struct Receiving: ~Copyable {
  /// What came.
  enum Event {
    /// A frame is in the memory.
    case landed(number: UInt64, carried: Int, zero: Int, extents: [Extent])
    case void(lane: UInt32, generation: UInt32)
    case end
    /// The connection is lost, or the sender says what cannot be.
    case lost
  }

  private let memory: TransferMemory
  private let head: UnsafeMutableRawBufferPointer
  private let pieces: UnsafeMutableBufferPointer<iovec>
  /// Made when something packed comes.
  private var unpacker: Unpacker?
  private let rdma: RDMALink?

  init(_ memory: TransferMemory, _ rdma: RDMALink? = nil) {
    self.memory = memory
    self.rdma = rdma
    head = .allocate(
      byteCount: max(FrameHeader.length, FrameHeader.mostExtents * ExtentTable.entry),
      alignment: 16)
    pieces = .allocate(capacity: FrameHeader.mostExtents)
  }

  deinit {
    head.deallocate()
    pieces.deallocate()
  }

  /// Takes the next frame to its end.
  mutating func next(_ socket: borrowing TCPSocket, _ isOver: () -> Bool) -> Event {
    guard
      fill(socket, UnsafeMutableRawBufferPointer(rebasing: head[..<FrameHeader.length]), isOver),
      let header = FrameHeader(UnsafeRawBufferPointer(head))
    else { return .lost }
    switch header.kind {
    case .void:
      guard let generation = UInt32(exactly: header.payload) else { return .lost }
      return .void(lane: header.extents, generation: generation)
    case .end: return .end
    case .plain, .zero, .lz4, .zstd, .rdma, .lz4Shared, .zstdShared: break
    }
    let isPlain = header.kind == .plain || header.kind == .rdma
    let isZero = header.kind == .zero
    guard let count = Int(exactly: header.extents), 1...FrameHeader.mostExtents ~= count,
      isZero ? header.payload == 0 : header.payload <= UInt64(FrameHeader.mostBytes),
      fill(
        socket, UnsafeMutableRawBufferPointer(rebasing: head[..<(count * ExtentTable.entry)]),
        isOver),
      let extents = ExtentTable.read(
        UnsafeRawBufferPointer(head), count: count, in: memory,
        bytes: isPlain ? header.payload : nil)
    else { return .lost }
    let bytes = extents.reduce(0) { $0 &+ $1.count }
    if isZero {
      for extent in extents { tenfold_pages_clear(memory.base + extent.offset, extent.count) }
      return .landed(number: header.number, carried: 0, zero: bytes, extents: extents)
    }
    guard isPlain else {
      return unpack(socket, header, to: extents, isOver)
        ? .landed(number: header.number, carried: bytes, zero: 0, extents: extents) : .lost
    }
    if header.kind == .rdma {
      return wasWritten(header.number, socket, isOver)
        ? .landed(number: header.number, carried: bytes, zero: 0, extents: extents) : .lost
    }
    for (place, extent) in extents.enumerated() {
      pieces[place] = iovec(iov_base: memory.base + extent.offset, iov_len: extent.count)
    }
    var left = UnsafeMutableBufferPointer(rebasing: pieces[..<count])
    while !left.isEmpty {
      switch socket.receive(into: left) {
      case .bytes(let count): left = left.dropping(count)
      case .nothing: if isOver() { return .lost }
      case .end, .failed: return .lost
      }
    }
    return .landed(number: header.number, carried: bytes, zero: 0, extents: extents)
  }

  /// Waits until the adapter has written a frame.
  private func wasWritten(
    _ number: UInt64, _ socket: borrowing TCPSocket, _ isOver: () -> Bool
  ) -> Bool {
    guard let rdma else { return false }
    while true {
      switch rdma.arrived(milliseconds: 100) {
      case .frame(let told): return told.map { $0 == UInt32(truncatingIfNeeded: number) } ?? true
      case .nothing: if isOver() || socket.isClosed { return false }
      case .lost: return false
      }
    }
  }

  private mutating func unpack(
    _ socket: borrowing TCPSocket, _ header: FrameHeader, to extents: [Extent],
    _ isOver: () -> Bool
  ) -> Bool {
    if unpacker == nil { unpacker = Unpacker(memory) }
    let packed = Int(header.payload)
    guard let room = unpacker?.room(packed), fill(socket, room, isOver) else { return false }
    let codec = [.lz4, .lz4Shared].contains(header.kind) ? TENFOLD_LZ4 : TENFOLD_ZSTD
    return unpacker?.unpack(
      packed, codec, to: extents,
      hasShared: [.lz4Shared, .zstdShared].contains(header.kind)) ?? false
  }

  /// Exactly as many bytes as there is room for.
  private func fill(
    _ socket: borrowing TCPSocket, _ buffer: UnsafeMutableRawBufferPointer, _ isOver: () -> Bool
  ) -> Bool {
    var got = 0
    while got < buffer.count {
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[got...])
      switch socket.receive(into: room) {
      case .bytes(let more): got += more
      case .nothing: if isOver() { return false }
      case .end, .failed: return false
      }
    }
    return true
  }
}
