import Glibc
import Quantities
import Synchronization
import Threads

/// The receiving end of a transfer: whatever lanes come, what they carry lands in one memory.
public final class TransferReceiver: Sendable {
  /// What has landed.
  public struct Totals: Hashable, Sendable {
    /// Bytes that were carried, zeros left out.
    public var carried = 0
    /// Bytes that were zero.
    public var zero = 0
    public var frames = 0
  }

  /// A lane, whichever connection it has now.
  struct Lane {
    var generation: UInt32 = 0
    var landed: UInt64 = 0
    /// Of the connection that may still write, to end it.
    var descriptor: Int32?
    /// Whether that was ended.
    var isEnded = false
  }

  private struct State {
    var lanes: [UInt32: Lane] = [:]
    var totals = Totals()
    var isDone = false
  }

  /// Most lanes of a transfer.
  static let mostLanes: UInt32 = 256
  /// Most connections that are looked at, strangers included.
  static let mostConnections = 300

  private let secret: TransferSecret
  private let memory: TransferMemory
  private let arrived: (@Sendable ([Extent]) -> Bool)?
  private let state = Monitor(State())
  private let listeners: [TransferListener]
  private let meter: ProcessorMeter
  private let connections = Monitor(0)

  /// Listens on own addresses, at ports that the system chooses.
  /// - Parameters:
  ///   - meter: Takes note of what threads of connections take of processors.
  ///   - arrived: Called when extents have landed, before the sender is told, by the thread that took them;
  ///     `false` ends the connection.
  /// - Throws: `TransferFailure` when one of the addresses is not of this machine.
  public init(
    _ secret: TransferSecret, into memory: TransferMemory, on addresses: [IPv4Address],
    measuredBy meter: ProcessorMeter = ProcessorMeter(),
    arrived: (@Sendable ([Extent]) -> Bool)? = nil
  ) throws(TransferFailure) {
    self.secret = secret
    self.memory = memory
    self.arrived = arrived
    self.meter = meter
    listeners = try TransferListener.all(addresses, for: secret)
  }

  /// Ports by the addresses.
  public var ports: [Int] { listeners.map(\.port) }

  /// What has landed until now.
  public var totals: Totals { state.read(\.totals) }

  /// Takes what comes until the sender says that it is done; the thread that calls it waits.
  /// - Parameter isCancelled: Asked now and then.
  /// - Returns: whether the sender said so.
  public func run(isCancelled: @escaping @Sendable () -> Bool) -> Bool {
    let isOver = { @Sendable [state] in isCancelled() || state.read(\.isDone) }
    TransferListener.serve(
      listeners, until: isOver, at: connections, most: Self.mostConnections
    ) { connection in self.meter.measure { self.take(connection, isOver) } }
    return state.read(\.isDone)
  }

  private func take(_ stranger: borrowing TCPSocket, _ isOver: @Sendable () -> Bool) {
    stranger.limitWaits(100)
    stranger.sendAtOnce()
    guard let socket = secret.meetsSender(over: stranger, within: .seconds(2)),
      let bytes = socket.read(LaneHello.length, within: .seconds(2))
    else { return }
    let hello = LaneHello(bytes)
    // What an adapter writes nobody encrypts.
    guard hello.lane < Self.mostLanes, hello.generation > 0,
      !(hello.wantsRDMA && secret.isEncrypted),
      let landed = begin(hello, socket.descriptor)
    else { return }
    if let own = socket.ownAddress { NearProcessors.stay(near: own) }
    serve(socket, hello, landed, isOver)
    // Nothing can be written by it any more, neither by this thread nor by an adapter.
    leave(hello)
  }

  private func serve(
    _ socket: borrowing TCPSocket, _ hello: LaneHello, _ landed: UInt64,
    _ isOver: @Sendable () -> Bool
  ) {
    guard tell(socket, hello.lane, landed, void: hello.generation) else { return }
    var rdma: RDMALink?
    if hello.wantsRDMA {
      do throws(TransferFailure) { rdma = try RDMALink.invite(over: socket, into: memory) } catch {
        return
      }
    }
    defer { rdma?.end() }
    var receiving = Receiving(memory, rdma)
    while true {
      switch receiving.next(socket, isOver) {
      case .landed(let number, let carried, let zero, let extents):
        if let arrived, !arrived(extents) { return }
        // Whoever gave the lane up waits until this connection has left: it may land to its end.
        let count = state.change { state -> UInt64? in
          guard var lane = state.lanes[hello.lane], lane.landed == number else { return nil }
          lane.landed += 1
          state.lanes[hello.lane] = lane
          state.totals.frames += 1
          state.totals.carried += carried
          state.totals.zero += zero
          return lane.landed
        }
        guard let count, tell(socket, hello.lane, count, void: 0) else { return }
      case .void(let lane, let generation):
        guard let landed = end(lane, upTo: generation, by: hello),
          tell(socket, lane, landed, void: generation)
        else { return }
      case .end:
        state.change { $0.isDone = true }
        return
      case .lost: return
      }
    }
  }

  /// A new connection of a lane takes the place of the one before, once that can write no more.
  /// - Returns: how many frames of the lane have landed; `nil` for a connection that came too late.
  private func begin(_ hello: LaneHello, _ descriptor: Int32) -> UInt64? {
    guard end(hello.lane, upTo: hello.generation - 1, by: nil) != nil else { return nil }
    return state.change { state in
      var lane = state.lanes[hello.lane] ?? Lane()
      guard lane.descriptor == nil, lane.generation < hello.generation else { return nil }
      lane.generation = hello.generation
      lane.descriptor = descriptor
      lane.isEnded = false
      state.lanes[hello.lane] = lane
      return lane.landed
    }
  }

  /// Ends a lane's connection, and waits until it can write no more.
  /// - Returns: how many frames of the lane have landed.
  private func end(_ number: UInt32, upTo generation: UInt32, by own: LaneHello?) -> UInt64? {
    guard number < Self.mostLanes, number != own?.lane else { return nil }
    state.change { state in
      var lane = state.lanes[number] ?? Lane()
      // One that is given up before it came must not come any more.
      if lane.descriptor == nil { lane.generation = max(lane.generation, generation) }
      if lane.generation <= generation, let descriptor = lane.descriptor {
        shutdown(descriptor, Int32(SHUT_RDWR))
        lane.isEnded = true
      }
      state.lanes[number] = lane
    }
    let landed: UInt64?? = state.wait(for: .seconds(10)) { state in
      // Two lanes that end each other must not wait for each other.
      if let own, state.lanes[own.lane]?.isEnded == true { return .some(nil) }
      guard let lane = state.lanes[number] else { return 0 }
      return lane.descriptor == nil || lane.generation > generation ? lane.landed : nil
    }
    return landed ?? nil
  }

  private func leave(_ hello: LaneHello) {
    state.change { state in
      guard state.lanes[hello.lane]?.generation == hello.generation else { return }
      state.lanes[hello.lane]?.descriptor = nil
    }
  }

  private func tell(
    _ socket: borrowing TCPSocket, _ lane: UInt32, _ landed: UInt64, void: UInt32
  ) -> Bool {
    var bytes = [UInt8](repeating: 0, count: Receipt.length)
    bytes.withUnsafeMutableBytes { Receipt(lane: lane, landed: landed, void: void).write($0) }
    return socket.write(bytes, within: .seconds(5))
  }
}
