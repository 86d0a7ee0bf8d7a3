import Glibc
import Threads

/// A connection of a lane while it lasts, at the sending end.
struct Sending: ~Copyable {
  private let socket: TCPSocket
  private let memory: TransferMemory
  private let limits: SendLane.Limits
  /// Bytes below which copying costs less than pages that are handed over.
  private static let leastUncopied = 64 << 10

  /// A header and a table.
  private let head: UnsafeMutableRawBufferPointer
  private let pieces: UnsafeMutableBufferPointer<iovec>
  /// Receipts, the last of them perhaps in part.
  private let receipts: UnsafeMutableRawBufferPointer
  private var received = 0

  private var confirmed: UInt64 = 0
  private var moved = ContinuousClock.now
  private var looked = ContinuousClock.now
  /// Bytes of a frame, and bytes that may be outstanding.
  private var frameBytes: Int
  private var windowBytes: Int
  private var choice: PackingChoice
  private let packer: Packer?
  /// Memory goes through it; `nil` where it is copied.
  private var pipe: PagePipe?
  private let rdma: RDMALink?
  private let began = ContinuousClock.now
  private var hadMore = false

  init(
    _ socket: consuming TCPSocket, _ memory: TransferMemory, _ limits: SendLane.Limits,
    sharing shared: SharedPages? = nil, _ rdma: RDMALink? = nil
  ) {
    self.rdma = rdma
    pipe = rdma == nil && !socket.isEncrypted ? PagePipe() : nil
    self.socket = socket
    self.memory = memory
    self.limits = limits
    head = .allocate(
      byteCount: FrameHeader.length + FrameHeader.mostExtents * ExtentTable.entry, alignment: 16)
    pieces = .allocate(capacity: FrameHeader.mostExtents + 1)
    receipts = .allocate(byteCount: 256 * Receipt.length, alignment: 16)
    frameBytes = min(max(256 << 10, limits.frame.lowerBound), limits.frame.upperBound)
    windowBytes = min(max(2 << 20, limits.window.lowerBound), limits.window.upperBound)
    choice = PackingChoice(limits.ways)
    // An adapter takes bytes from where they are, and no processor packs as fast as it writes.
    packer =
      limits.ways.count > 1 && rdma == nil
      ? Packer(memory, most: limits.frame.upperBound, sharing: shared) : nil
  }

  /// Bytes of memory for a frame, and bytes of it that may be outstanding: packed ones take less of the
  /// link.
  var itemBytes: Int { Self.whole(Int(Double(frameBytes) / choice.part), limits.frame) }
  var outstandingBytes: Int {
    Self.whole(Int(Double(windowBytes) / choice.part), limits.window)
  }

  /// Seconds since the connection was made.
  private var time: Double { (ContinuousClock.now - began) / .seconds(1) }

  deinit {
    head.deallocate()
    pieces.deallocate()
    receipts.deallocate()
  }

  var descriptor: Int32 { socket.descriptor }

  /// Takes receipts that have come.
  /// - Returns: `false` when the connection is lost, or the receiver says what cannot be.
  mutating func receive(into queue: SendQueue) -> Bool {
    guard rdma?.settle(milliseconds: 0) ?? true else { return false }
    while true {
      let room = UnsafeMutableRawBufferPointer(rebasing: receipts[received...])
      switch socket.receive(into: room, flags: Int32(MSG_DONTWAIT)) {
      case .bytes(let count):
        received += count
        moved = .now
      case .nothing: return true
      case .end, .failed: return false
      }
      let whole = received / Receipt.length
      // Of receipts of one lane the last says it all, but others may be of lanes that were given up.
      for place in 0..<whole {
        let start = place * Receipt.length
        let bytes = UnsafeRawBufferPointer(rebasing: receipts[start..<(start + Receipt.length)])
        guard let receipt = Receipt(bytes), queue.receive(receipt) else { return false }
      }
      let rest = received - whole * Receipt.length
      receipts.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: receipts[(whole * Receipt.length)..<received]))
      received = rest
    }
  }

  /// Looks now and then how far the connection has come, and how fast.
  /// - Returns: whether it should be given up.
  mutating func isStalled(beside queue: SendQueue, _ lane: Int) -> Bool {
    let now = ContinuousClock.now
    let time = now - looked
    guard time >= .milliseconds(10), let progress else { return false }
    let bytes = progress.confirmed &- confirmed
    looked = now
    confirmed = progress.confirmed
    if hadMore, progress.hasMore, bytes > 0 {
      choice.carried(Int(clamping: bytes), seconds: time / .seconds(1), at: self.time)
    }
    hadMore = progress.hasMore
    // Bytes that some kernel took are not yet bytes that landed.
    let isWaiting = progress.hasOutstanding || queue.hasOutstanding(lane)
    if bytes > 0 || !isWaiting {
      moved = now
      if progress.hasOutstanding {
        let perMillisecond = Int(Double(bytes) / (time / .milliseconds(1)))
        frameBytes = Self.smoothed(frameBytes, perMillisecond * 8, limits.frame)
        windowBytes = Self.smoothed(windowBytes, perMillisecond * 40, limits.window)
      }
      return false
    }
    let limit = queue.hasOther(than: lane) ? limits.stall : limits.lastStall
    return now - moved > limit
  }

  /// How far the lane has come: what the other end's kernel confirmed, and its adapter.
  private var progress: TCPSocket.Progress? {
    guard var progress = socket.progress else { return nil }
    if let (written, isBusy) = rdma?.progress {
      progress.confirmed &+= written
      progress.hasOutstanding = progress.hasOutstanding || isBusy
    }
    return progress
  }

  /// A quarter of the way to what was measured.
  private static func smoothed(_ old: Int, _ new: Int, _ range: ClosedRange<Int>) -> Int {
    whole(old + (new - old) / 4, range)
  }

  /// Whole pages, the largest that kernels have.
  private static func whole(_ bytes: Int, _ range: ClosedRange<Int>) -> Int {
    min(max(bytes & ~0xFFFF, range.lowerBound), range.upperBound)
  }

  /// Sends a frame.
  /// - Returns: `false` when the connection is lost or given up.
  mutating func send(
    _ items: [SendQueue.Item], number: UInt64, _ queue: SendQueue, _ lane: Int
  ) -> Bool {
    guard let content = items.first?.content else { return true }
    guard content == .plain else {
      write(.zero, items, payload: 0, number)
      return send(pieces: 1, queue, lane)
    }
    let bytes = items.reduce(0) { $0 + $1.extent.count }
    if let (way, packed) = packed(items, bytes, number, queue, lane) {
      packer?.note(packed)
      write(
        way.frame(hasShared: packed.hasShared), items, payload: packed.bytes.count, number)
      pieces[1] = iovec(
        iov_base: UnsafeMutableRawPointer(mutating: packed.bytes.baseAddress),
        iov_len: packed.bytes.count)
      queue.sent(lane, packed.bytes.count, by: way, breakEven: breakEven)
      return send(pieces: 2, queue, lane)
    }
    write(rdma == nil ? .plain : .rdma, items, payload: bytes, number)
    for (place, item) in items.enumerated() {
      pieces[place + 1] = iovec(
        iov_base: memory.base + item.extent.offset, iov_len: item.extent.count)
    }
    queue.sent(lane, bytes, by: .plain, breakEven: breakEven)
    if let rdma {
      return write(by: rdma, pieces: 1..<(items.count + 1), number, queue, lane)
        && send(pieces: 1, queue, lane)
    }
    guard bytes >= Self.leastUncopied, pipe != nil else {
      return send(pieces: items.count + 1, queue, lane)
    }
    return send(pieces: 1, hasMore: true, queue, lane)
      && sendUncopied(pieces: 1..<(items.count + 1), queue, lane)
  }

  /// Bytes a second below which packing pays.
  private var breakEven: Double? {
    packer == nil ? nil : PackingProcessors.shared.share.flatMap { choice.breakEven($0) }
  }

  /// The head of a frame, as the first of the pieces.
  private func write(
    _ kind: FrameHeader.Kind, _ items: [SendQueue.Item], payload: Int, _ number: UInt64
  ) {
    FrameHeader(kind, extents: items.count, payload: payload, number: number).write(head)
    ExtentTable.write(
      items.map(\.extent), UnsafeMutableRawBufferPointer(rebasing: head[FrameHeader.length...]))
    pieces[0] = iovec(
      iov_base: head.baseAddress, iov_len: FrameHeader.length + items.count * ExtentTable.entry)
  }

  /// What is sent in place of the bytes; `nil` where these go as they are.
  private mutating func packed(
    _ items: [SendQueue.Item], _ bytes: Int, _ number: UInt64, _ queue: SendQueue, _ lane: Int
  ) -> (PackingWay, Packer.Packed)? {
    guard packer != nil, let share = PackingProcessors.shared.share else { return nil }
    var last: (Int, Packer.Packed)?
    var landed: [UInt64]?
    func pack(_ way: Int, _ own: inout Self) -> Packer.Packed? {
      landed = landed ?? queue.landedFrames
      return own.pack(
        items, bytes, way, lane: lane, number: number, landed: landed ?? [])
    }
    // Each way is tried once at most.
    for _ in 0...choice.ways.count {
      switch choice.next(at: time, share: share) {
      case .send(0): return nil
      case .send(let way):
        if let last, last.0 == way { return (choice.ways[way], last.1) }
        return pack(way, &self).map { (choice.ways[way], $0) }
      case .attempt(let way): last = pack(way, &self).map { (way, $0) }
      }
    }
    return nil
  }

  private mutating func pack(
    _ items: [SendQueue.Item], _ bytes: Int, _ way: Int, lane: Int,
    number: UInt64, landed: [UInt64]
  ) -> Packer.Packed? {
    let (start, before) = (ContinuousClock.now, ProcessorMeter.ownTime)
    let packed =
      packer?.pack(items, choice.ways[way], lane: lane, number: number, landed: landed) ?? nil
    let taken = (ProcessorMeter.ownTime - before) / .seconds(1)
    PackingProcessors.shared.took(taken)
    choice.packed(
      way, bytes, into: packed?.bytes.count ?? bytes,
      seconds: (ContinuousClock.now - start) / .seconds(1), processorSeconds: taken)
    return packed
  }

  /// Asks for another lane to be given up.
  mutating func void(
    _ other: Int, _ generation: UInt32, _ queue: SendQueue, _ lane: Int
  ) -> Bool {
    FrameHeader(.void, extents: other, payload: Int(generation), number: 0).write(head)
    pieces[0] = iovec(iov_base: head.baseAddress, iov_len: FrameHeader.length)
    return send(pieces: 1, queue, lane)
  }

  private mutating func send(
    pieces count: Int, hasMore: Bool = false, _ queue: SendQueue, _ lane: Int
  ) -> Bool {
    send(UnsafeMutableBufferPointer(rebasing: pieces[..<count]), hasMore: hasMore, queue, lane)
  }

  private mutating func send(
    _ pieces: UnsafeMutableBufferPointer<iovec>, hasMore: Bool, _ queue: SendQueue, _ lane: Int
  ) -> Bool {
    var left = pieces
    while !left.isEmpty {
      switch socket.send(left, hasMore: hasMore) {
      case .bytes(let sent): left = left.dropping(sent)
      case .nothing:
        guard mayWait(queue, lane) else { return false }
      case .end, .failed: return false
      }
    }
    return true
  }

  /// Sends pieces of the memory from where they are.
  private mutating func sendUncopied(
    pieces range: Range<Int>, _ queue: SendQueue, _ lane: Int
  ) -> Bool {
    var left = UnsafeMutableBufferPointer(rebasing: pieces[range])
    while !left.isEmpty {
      let taken = pipe?.take(left) ?? 0
      // What the kernel cannot take so goes as a copy.
      guard taken > 0 else { return send(left, hasMore: false, queue, lane) }
      left = left.dropping(taken)
      while pipe?.isEmpty == false {
        switch pipe?.send(over: socket, hasMore: !left.isEmpty) {
        case .bytes: continue
        case .nothing:
          guard mayWait(queue, lane) else { return false }
        case .end, .failed, nil: return false
        }
      }
    }
    return true
  }

  /// Lets the adapter write pieces of the memory, and the number of the frame.
  private mutating func write(
    by rdma: RDMALink, pieces range: Range<Int>, _ number: UInt64, _ queue: SendQueue, _ lane: Int
  ) -> Bool {
    while true {
      let written = rdma.write(
        UnsafeMutableBufferPointer(rebasing: pieces[range]),
        number: UInt32(truncatingIfNeeded: number))
      switch written {
      case .onItsWay: return rdma.settle(milliseconds: 0)
      case .noRoom:
        guard rdma.settle(milliseconds: 50), mayWait(queue, lane) else { return false }
      case .lost: return false
      }
    }
  }

  /// Whether to go on though nothing moved for a while.
  private mutating func mayWait(_ queue: SendQueue, _ lane: Int) -> Bool {
    receive(into: queue) && !isStalled(beside: queue, lane) && !queue.isOver
  }

  /// Ends the connection, and tells the receiver when all was sent.
  consuming func close(isDone: Bool) {
    guard isDone else { return }
    FrameHeader(.end, number: 0).write(head)
    let bytes = Array(head[..<FrameHeader.length])
    guard socket.write(bytes, within: .seconds(2)) else { return }
    socket.finishSending()
    // To close before the other end has read it would take it back.
    let end = ContinuousClock.now + .seconds(2)
    while ContinuousClock.now < end {
      switch socket.receive(into: receipts) {
      case .bytes, .nothing: continue
      case .end, .failed: return
      }
    }
  }
}

extension UnsafeMutableBufferPointer<iovec> {
  /// What is left after so many bytes.
  func dropping(_ bytes: Int) -> Self {
    var (place, left) = (startIndex, bytes)
    while place < endIndex, left >= self[place].iov_len {
      left -= self[place].iov_len
      place += 1
    }
    guard place < endIndex else { return Self(start: nil, count: 0) }
    if left > 0 {
      self[place].iov_base = self[place].iov_base.map { $0 + left }
      self[place].iov_len -= left
    }
    return Self(rebasing: self[place...])
  }
}
