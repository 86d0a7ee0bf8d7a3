import Threads

/// Moves memory over connections, each with a thread of its own, that share the work: whichever has
/// room takes what is next. What a connection had taken when its link was lost goes by the others, and
/// it comes back when its link does.
///
/// A page must not be sent anew before `flush` has returned: two lanes would carry two states of it, and
/// the older might land last.
public final class LaneTransport: Transport, Sendable {
  private let queue: SendQueue
  private let threads: Monitor<Int>
  /// `nil` where nothing is packed, or no page may be left out.
  private let shared: SharedPages?
  private let limit: Duration
  /// How long nothing may arrive when all is to be finished.
  private static let farewell = Duration.seconds(30)

  /// Starts to connect.
  /// - Parameters:
  ///   - memory: What extents are places in.
  ///   - paths: One for each connection.
  ///   - ways: How bytes may go; of several each lane takes the one that carries most.
  ///   - sharesPages: Whether a page may be left out, where it is packed, that is like another which landed
  ///     since the last `flush`. The receiver's memory must be left alone meanwhile.
  ///   - wantsRDMA: Whether adapters are to write by RDMA where both ends have one.
  ///   - shape: What is set of each connection.
  ///   - limit: Longest time for `flush`.
  ///   - meter: Takes note of what threads of connections take of processors.
  public convenience init(
    _ secret: TransferSecret, of memory: TransferMemory, over paths: [TransferPath],
    ways: [PackingWay] = [.plain], sharesPages: Bool = false, wantsRDMA: Bool = false,
    shape: LaneShape = LaneShape(), within limit: Duration = .seconds(3600),
    measuredBy meter: ProcessorMeter = ProcessorMeter()
  ) {
    var limits = SendLane.Limits()
    (limits.ways, limits.wantsRDMA) = (ways, wantsRDMA)
    limits.set(shape)
    self.init(
      secret, memory, paths, limits, limit, sharesPages: sharesPages, measuredBy: meter)
  }

  init(
    _ secret: TransferSecret, _ memory: TransferMemory, _ paths: [TransferPath],
    _ limits: SendLane.Limits, _ limit: Duration, sharesPages: Bool = false,
    measuredBy meter: ProcessorMeter = ProcessorMeter()
  ) {
    self.limit = limit
    shared = sharesPages && limits.ways.count > 1 ? SharedPages() : nil
    queue = SendQueue(lanes: paths.count)
    var limits = limits
    if limits.wantsRDMA, secret.isEncrypted {
      limits.wantsRDMA = false
      for lane in paths.indices {
        queue.carried(
          lane, by: .failure(TransferFailure("nobody encrypts what an adapter writes")))
      }
    }
    threads = Monitor(0)
    do throws(TransferFailure) { try secret.check() } catch {
      queue.finish(error)
      return
    }
    var work = Work()
    for (number, path) in paths.enumerated() {
      let lane = SendLane(number, path, secret, memory, queue, limits, sharing: shared)
      threads.change { $0 += 1 }
      let isStarted = work.start { [threads] in
        meter.measure { lane.run() }
        threads.change { $0 -= 1 }
      }
      if !isStarted { threads.change { $0 -= 1 } }
    }
    work.leave()
    if threads.read({ $0 }) == 0 { queue.finish(TransferFailure("the system gives no threads")) }
  }

  deinit { queue.finish(TransferFailure("nobody waited for it")) }

  public func send(_ extents: [Extent]) {
    queue.add(extents.map { SendQueue.Item(content: .plain, extent: $0) })
  }

  /// Starts to move extents before all others that wait.
  public func sendFirst(_ extents: [Extent]) {
    queue.addFirst(extents.map { SendQueue.Item(content: .plain, extent: $0) })
  }

  /// Bytes that wait for a connection with room.
  public var waitingBytes: Int { queue.waitingBytes }

  public func zero(_ extents: [Extent]) {
    queue.add(extents.map { SendQueue.Item(content: .zero, extent: $0) })
  }

  public func flush() throws(TransferFailure) { try flush(silence: limit) }

  /// Waits until all of it has landed.
  /// - Parameters:
  ///   - silence: How long nothing may arrive: no connection is made any more, or none carries anything.
  ///   - isCancelled: Asked now and then.
  /// - Throws: `TransferFailure` when it cannot.
  public func flush(
    silence: Duration, isCancelled: () -> Bool = { false }
  ) throws(TransferFailure) {
    try queue.flush(within: limit, silence: silence, isCancelled: isCancelled)
    // Pages may be sent anew from here on.
    shared?.forget()
  }

  public func finish() throws(TransferFailure) {
    let result = Result { () throws(TransferFailure) in
      try queue.flush(within: limit, silence: Self.farewell)
    }
    if case .failure(let failure) = result { queue.finish(failure) } else { queue.finish() }
    _ = threads.wait(for: .seconds(30)) { $0 == 0 ? true : nil }
    try result.get()
  }

  public func cancel() {
    queue.finish(TransferFailure("it was cancelled"))
    _ = threads.wait(for: .seconds(30)) { $0 == 0 ? true : nil }
  }

  public var networkBytes: Int { packing.reduce(0) { $0 + $1.bytes } }

  /// How each connection sends.
  public var packing: [LanePacking] { queue.packing }

  /// Bytes that landed by each connection.
  public var landedBytes: [Int] { queue.landedBytes }
}
