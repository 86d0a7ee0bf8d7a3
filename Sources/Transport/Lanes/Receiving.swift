import Glibc

/// A connection of a lane while it lasts, at the receiving end.
struct Receiving: ~Copyable {
  /// What came.
  enum Event {
    /// A frame is in the memory.
    case landed(number: UInt64, carried: Int, zero: Int)
    case void(lane: UInt32, generation: UInt32)
    case end
    /// The connection is lost, or the sender says what cannot be.
    case lost
  }

  private let memory: TransferMemory
  private let head: UnsafeMutableRawBufferPointer
  private let pieces: UnsafeMutableBufferPointer<iovec>

  init(_ memory: TransferMemory) {
    self.memory = memory
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
    guard fill(socket, FrameHeader.length, isOver),
      let header = FrameHeader(UnsafeRawBufferPointer(head))
    else { return .lost }
    switch header.kind {
    case .void:
      guard let generation = UInt32(exactly: header.payload) else { return .lost }
      return .void(lane: header.extents, generation: generation)
    case .end: return .end
    case .plain, .zero: break
    }
    let isPlain = header.kind == .plain
    guard let count = Int(exactly: header.extents), 1...FrameHeader.mostExtents ~= count,
      isPlain ? header.payload <= UInt64(FrameHeader.mostBytes) : header.payload == 0,
      fill(socket, count * ExtentTable.entry, isOver),
      let extents = ExtentTable.read(
        UnsafeRawBufferPointer(head), count: count, in: memory,
        bytes: isPlain ? header.payload : nil)
    else { return .lost }
    let bytes = extents.reduce(0) { $0 &+ $1.count }
    guard isPlain else {
      for extent in extents { memset(memory.base + extent.offset, 0, extent.count) }
      return .landed(number: header.number, carried: 0, zero: bytes)
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
    return .landed(number: header.number, carried: bytes, zero: 0)
  }

  /// Exactly so many bytes at the start of `head`.
  private func fill(
    _ socket: borrowing TCPSocket, _ count: Int, _ isOver: () -> Bool
  ) -> Bool {
    var got = 0
    while got < count {
      let room = UnsafeMutableRawBufferPointer(rebasing: head[got..<count])
      switch socket.receive(into: room) {
      case .bytes(let more): got += more
      case .nothing: if isOver() { return false }
      case .end, .failed: return false
      }
    }
    return true
  }
}
