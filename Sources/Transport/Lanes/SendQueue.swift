import Threads

/// What a transfer has to send, and what its lanes have sent and nobody has confirmed.
///
/// A lane that has room takes what is next, so a slow one takes less and keeps nobody waiting. What a
/// lane had taken when it was lost goes back, but not before the receiver has said that nothing more of
/// that lane will land: what came late would overwrite what was sent again since.
final class SendQueue: Sendable {
  /// What extents stand for.
  enum Content: Hashable {
    case plain
    /// All bytes are zero: their places alone are sent.
    case zero
  }

  /// Something to send.
  struct Item: Hashable {
    var content: Content
    var extent: Extent
  }

  /// What a lane is to do next.
  enum Job {
    /// Send these items as the lane's frame of that number.
    case frame([Item], number: UInt64)
    /// Ask for another lane to be given up.
    case void(lane: Int, generation: UInt32)
    /// Nothing is to be sent now.
    case idle
    /// More is outstanding on this lane than it should be.
    case full
    /// The transfer is over for this lane.
    case over
  }

  private struct Lane {
    var isConnected = false
    /// Whether it lost its connection and frames on it, and nobody has said which of them landed.
    var isDoubtful = false
    var generation: UInt32 = 0
    /// Which of its connections was made last.
    var connected: UInt32 = 0
    /// Frames that landed, since the lane was made.
    var landed: UInt64 = 0
    /// Frames that were sent after those.
    var sent: [[Item]] = []
    var sentBytes = 0
    var landedBytes = 0
    var packing = LanePacking()
    var waker: Waker?
    /// Why it could not be connected the last time; `nil` once it was.
    var failure: LoadFailure?
  }

  private struct State {
    /// What is left to take, from `next` on.
    var items: [Item] = []
    var next = 0
    var lanes: [Lane]
    /// Lanes that are to be given up, by whoever comes first.
    var doubtful: [Int] = []
    var isOver = false
    var failure: TransferFailure?
    /// How often something was confirmed.
    var confirmations = 0

    var outstanding: Bool { next < items.count || lanes.contains { !$0.sent.isEmpty } }
  }

  /// Bytes of zeros in one frame: milliseconds of the receiver's work, after which it confirms them.
  private static let mostZeros = 32 << 20

  private let state: Monitor<State>

  init(lanes: Int) {
    state = Monitor(State(lanes: Array(repeating: Lane(), count: lanes)))
  }

  /// Adds work before all that waits, and wakes lanes.
  func addFirst(_ items: [Item]) {
    state.change { state in
      state.items.replaceSubrange(..<state.next, with: items)
      state.next = 0
    }
    wake()
  }

  /// Bytes that no lane has taken yet.
  var waitingBytes: Int {
    state.read { state in state.items[state.next...].reduce(0) { $0 + $1.extent.count } }
  }

  /// Adds work, and wakes lanes that wait for some.
  func add(_ items: [Item]) {
    state.change { state in
      if state.next > 0, state.next == state.items.count {
        state.items.removeAll(keepingCapacity: true)
        state.next = 0
      }
      state.items += items
    }
    wake()
  }

  /// Waits until everything has landed.
  /// - Parameters:
  ///   - silence: How long nothing may land.
  ///   - isCancelled: Asked now and then.
  /// - Throws: what ended the transfer, or that it is not done in time.
  func flush(
    within limit: Duration, silence: Duration, isCancelled: () -> Bool = { false }
  ) throws(TransferFailure) {
    let end = ContinuousClock.now + limit
    var (seen, moved) = (state.read(\.confirmations), ContinuousClock.now)
    while true {
      let step = min(.milliseconds(200), silence, max(.zero, end - ContinuousClock.now))
      let result: Result<Void, TransferFailure>? = state.wait(for: step) { state in
        if let failure = state.failure { return .failure(failure) }
        return state.outstanding ? nil : .success(())
      }
      if let result { return try result.get() }
      let (now, confirmations) = (ContinuousClock.now, state.read(\.confirmations))
      if confirmations != seen { (seen, moved) = (confirmations, now) }
      guard now < end else { throw TransferFailure("it was not done within \(limit)") }
      guard now - moved < silence else {
        throw TransferFailure("nothing has arrived for \(silence)" + obstacle)
      }
      guard !isCancelled() else { throw TransferFailure("it was cancelled") }
    }
  }

  /// Why no lane is connected; empty where one is, or nobody knows.
  private var obstacle: String {
    state.read { state in
      guard !state.lanes.contains(where: \.isConnected),
        let why = state.lanes.lazy.compactMap(\.failure).first
      else { return "" }
      return ": \(why)"
    }
  }

  /// A lane could not be connected.
  func failed(_ lane: Int, _ why: LoadFailure) {
    state.change { $0.lanes[lane].failure = why }
  }

  /// Lets all lanes end.
  func finish(_ failure: TransferFailure? = nil) {
    state.change { state in
      state.isOver = true
      state.failure = state.failure ?? failure
    }
    wake()
  }

  var isOver: Bool { state.read(\.isOver) }
  var failure: TransferFailure? { state.read(\.failure) }

  /// Frames that landed of each lane.
  var landedFrames: [UInt64] { state.read { $0.lanes.map(\.landed) } }

  /// Bytes that landed by each lane.
  var landedBytes: [Int] { state.read { $0.lanes.map(\.landedBytes) } }

  /// A lane sent so many bytes of content.
  func sent(_ lane: Int, _ bytes: Int, by way: PackingWay, breakEven: Double?) {
    state.change { state in
      state.lanes[lane].packing.bytes += bytes
      state.lanes[lane].packing.way = way
      state.lanes[lane].packing.breakEven = breakEven
    }
  }

  /// A lane has an adapter for RDMA, or not, and why.
  func carried(_ lane: Int, by adapter: Result<String, TransferFailure>) {
    state.change { $0.lanes[lane].packing.adapter = adapter }
  }

  /// How each lane sends.
  var packing: [LanePacking] { state.read { $0.lanes.map(\.packing) } }

  /// Whether a lane beside this one is connected, so that this one may be given up.
  func hasOther(than lane: Int) -> Bool {
    state.read { state in
      state.lanes.indices.contains { $0 != lane && state.lanes[$0].isConnected }
    }
  }

  /// Whether frames of a lane were sent and have not landed.
  func hasOutstanding(_ lane: Int) -> Bool { state.read { !$0.lanes[lane].sent.isEmpty } }

  /// The number that the next connection of a lane has.
  func nextGeneration(_ lane: Int) -> UInt32 {
    state.change { state in
      state.lanes[lane].generation += 1
      return state.lanes[lane].generation
    }
  }

  /// A lane is connected, and the receiver said how many of its frames had landed before.
  /// - Returns: `false` where that cannot be.
  func connected(_ lane: Int, landed: UInt64, waker: Waker) -> Bool {
    let isPossible = state.change { state in
      guard Self.settle(&state, lane, landed, isVoid: true) else { return false }
      state.lanes[lane].isConnected = true
      state.lanes[lane].failure = nil
      state.lanes[lane].connected = state.lanes[lane].generation
      state.lanes[lane].waker = waker
      return true
    }
    wake()
    return isPossible
  }

  /// A lane lost its connection.
  func lost(_ lane: Int) {
    state.change { state in
      state.lanes[lane].isConnected = false
      state.lanes[lane].waker = nil
      // A lane that was about to have another given up leaves that to the next.
      for other in state.lanes.indices
      where state.lanes[other].isDoubtful && !state.doubtful.contains(other) {
        state.doubtful.append(other)
      }
      if !state.lanes[lane].sent.isEmpty {
        state.lanes[lane].isDoubtful = true
        if !state.doubtful.contains(lane) { state.doubtful.append(lane) }
      }
    }
    wake()
  }

  /// What a lane does next.
  /// - Parameters:
  ///   - most: Bytes of one frame.
  ///   - window: Bytes that may be outstanding on it.
  func next(_ lane: Int, most: Int, window: Int) -> Job {
    state.change { state in
      if state.isOver { return .over }
      if let place = state.doubtful.firstIndex(where: { $0 != lane }) {
        let other = state.doubtful.remove(at: place)
        return .void(lane: other, generation: state.lanes[other].generation)
      }
      guard state.next < state.items.count else { return .idle }
      guard state.lanes[lane].sentBytes < window else { return .full }
      let items = Self.take(&state, most)
      let number = state.lanes[lane].landed + UInt64(state.lanes[lane].sent.count)
      state.lanes[lane].sent.append(items)
      state.lanes[lane].sentBytes += items.reduce(0) { $0 + $1.extent.count }
      return .frame(items, number: number)
    }
  }

  /// What comes next, of one kind: as many items as fit, the last one cut to what is left.
  private static func take(_ state: inout State, _ most: Int) -> [Item] {
    let content = state.items[state.next].content
    var (items, bytes): ([Item], Int) = ([], 0)
    while state.next < state.items.count, items.count < FrameHeader.mostExtents {
      let item = state.items[state.next]
      guard item.content == content else { break }
      // Places of zeros cost the link nothing, but the receiver looks at each.
      let room = (content == .zero ? Self.mostZeros : most) - bytes
      guard room > 0 else { break }
      let count = min(item.extent.count, room)
      items.append(
        Item(content: content, extent: Extent(offset: item.extent.offset, count: count)))
      bytes += count
      if count == item.extent.count {
        state.next += 1
      } else {
        state.items[state.next].extent = Extent(
          offset: item.extent.offset + count, count: item.extent.count - count)
      }
    }
    return items
  }

  /// What the receiver said.
  /// - Returns: `false` where that cannot be.
  func receive(_ receipt: Receipt) -> Bool {
    let isPossible = state.change { state in
      guard let lane = Int(exactly: receipt.lane), state.lanes.indices.contains(lane) else {
        return false
      }
      guard receipt.void > 0 else {
        return Self.settle(&state, lane, receipt.landed, isVoid: false)
      }
      // Somebody else had it given up meanwhile, it is connected again, or what was given up is an earlier
      // connection than the one that was lost since.
      guard state.lanes[lane].isDoubtful, receipt.void >= state.lanes[lane].connected else {
        return true
      }
      return Self.settle(&state, lane, receipt.landed, isVoid: true)
    }
    if receipt.void > 0 { wake() }
    return isPossible
  }

  private static func settle(
    _ state: inout State, _ lane: Int, _ landed: UInt64, isVoid: Bool
  ) -> Bool {
    let known = state.lanes[lane].landed
    guard landed >= known, let more = Int(exactly: landed - known),
      more <= state.lanes[lane].sent.count
    else { return false }
    for frame in state.lanes[lane].sent.prefix(more) {
      let bytes = frame.reduce(0) { $0 + $1.extent.count }
      state.lanes[lane].sentBytes -= bytes
      state.lanes[lane].landedBytes += bytes
    }
    state.confirmations += more
    state.lanes[lane].sent.removeFirst(more)
    state.lanes[lane].landed = landed
    guard isVoid else { return true }
    let back = state.lanes[lane].sent.joined()
    state.items.replaceSubrange(..<state.next, with: back)
    state.next = 0
    state.lanes[lane].sent = []
    state.lanes[lane].sentBytes = 0
    state.lanes[lane].isDoubtful = false
    state.doubtful.removeAll { $0 == lane }
    return true
  }

  private func wake() {
    for waker in state.read({ $0.lanes.compactMap(\.waker) }) { waker.wake() }
  }
}
