import Glibc
import Quantities

/// One connection of a transfer, at the sending end: made again when it is lost, for as long as the
/// transfer lasts.
final class SendLane: Sendable {
  /// Bounds of what a lane does; the defaults are for links of 100 Mbps and more.
  struct Limits: Sendable {
    /// Most bytes of one frame: a lane takes no more than it sends in about 8 ms, so that a slow one
    /// ends soon after the others.
    var frame = 64 << 10...1 << 20
    /// Bytes that may be outstanding: about 40 ms of them.
    var window = 512 << 10...16 << 20
    /// How long nothing may be confirmed while other lanes go on.
    var stall = Duration.milliseconds(400)
    /// The same of the last lane.
    var lastStall = Duration.seconds(20)
    /// Longest time for a connection to be made.
    var connecting = Duration.seconds(2)
    /// Whether the content of frames goes by RDMA where both ends have an adapter for it.
    var wantsRDMA = false
    /// Ways in which bytes may go.
    var ways: [PackingWay] = [.plain]
    /// What is set of each connection.
    private(set) var shape = LaneShape()
    /// Time between attempts to make one.
    var pause = Duration.milliseconds(100)

    /// Sets what is the same for every connection.
    mutating func set(_ shape: LaneShape) {
      self.shape = shape
      guard let block = shape.block else { return }
      let bytes = min(max(block, LaneShape.blocks.lowerBound), LaneShape.blocks.upperBound)
      frame = bytes...bytes
      // Two at least: while one is confirmed another is on its way.
      window = max(window.lowerBound, 2 * bytes)...window.upperBound
    }
  }

  private let number: Int
  private let path: TransferPath
  private let secret: TransferSecret
  private let memory: TransferMemory
  private let queue: SendQueue
  private let limits: Limits
  private let shared: SharedPages?

  /// - Parameter shared: Of all lanes of the transfer; `nil` where no page may be left out.
  init(
    _ number: Int, _ path: TransferPath, _ secret: TransferSecret, _ memory: TransferMemory,
    _ queue: SendQueue, _ limits: Limits, sharing shared: SharedPages?
  ) {
    self.shared = shared
    self.number = number
    self.path = path
    self.secret = secret
    self.memory = memory
    self.queue = queue
    self.limits = limits
  }

  /// Sends until the transfer is over.
  func run() {
    NearProcessors.stay(near: path.own)
    while !queue.isOver {
      let start = ContinuousClock.now
      do throws(LoadFailure) {
        let socket = try connect()
        serve(socket)
      } catch {
        queue.failed(number, error)
      }
      // Another lane may go on meanwhile; the transfer knows when none does.
      let left = limits.pause - (ContinuousClock.now - start)
      if left > .zero, !queue.isOver { usleep(useconds_t(left / .microseconds(1))) }
    }
  }

  private func connect() throws(LoadFailure) -> TCPSocket {
    let socket = try TCPSocket()
    try socket.bind(to: path.own)
    if let segment = limits.shape.segment { socket.limitSegments(to: segment) }
    try socket.connect(to: path.other, port: path.port, within: limits.connecting)
    socket.sendAtOnce()
    socket.limitWaits(50)
    let met = try secret.meetReceiver(
      over: socket, at: path.other, of: "transfer", within: .seconds(2))
    let hello = LaneHello(
      lane: UInt32(number), generation: queue.nextGeneration(number), wantsRDMA: limits.wantsRDMA)
    guard met.write(hello.bytes, within: .seconds(2)) else {
      throw LoadFailure("\(path.other) closed the connection")
    }
    return met
  }

  private func serve(_ socket: consuming TCPSocket) {
    // What landed of the connection before.
    guard
      let bytes = socket.read(Receipt.length, within: .seconds(2)),
      let first = bytes.withUnsafeBytes({ Receipt($0) }), first.lane == UInt32(number)
    else { return }
    var rdma: RDMALink?
    if limits.wantsRDMA {
      do throws(TransferFailure) {
        let result = try RDMALink.follow(over: socket, path, of: memory)
        rdma = try? result.get()
        queue.carried(number, by: result.map(\.adapter))
      } catch { return }
    }
    let waker = Waker()
    guard queue.connected(number, landed: first.landed, waker: waker) else { return }
    PackingProcessors.shared.begin()
    defer {
      PackingProcessors.shared.end()
      queue.lost(number)
      // What was on its way may be sent anew, as something else.
      shared?.forget()
    }
    var sending = Sending(socket, memory, limits, sharing: shared, rdma)
    var pacer = Pacer(limits.shape.pace)
    while sending.receive(into: queue), !sending.isStalled(beside: queue, number) {
      let wait = pacer.wait
      guard wait == 0 || queue.isOver else {
        waker.sleep(beside: sending.descriptor, milliseconds: min(wait, 20))
        continue
      }
      switch queue.next(number, most: sending.itemBytes, window: sending.outstandingBytes) {
      case .frame(let items, let place):
        if items.first?.content == .plain { pacer.take(items.reduce(0) { $0 + $1.extent.count }) }
        guard sending.send(items, number: place, queue, number) else { return }
      case .void(let lane, let generation):
        guard sending.void(lane, generation, queue, number) else { return }
      case .idle, .full: waker.sleep(beside: sending.descriptor, milliseconds: 20)
      case .over: return sending.close(isDone: queue.failure == nil)
      }
    }
  }
}
