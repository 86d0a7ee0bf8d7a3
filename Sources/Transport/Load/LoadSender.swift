import Glibc
import Quantities
import Synchronization
import Threads

/// The sending end of a measurement.
public enum LoadSender {
  /// Sends zeros from one address to a receiver until it has counted enough.
  ///
  /// Takes no longer than the test's `deadline`; the thread that calls it waits.
  /// - Parameter isCancelled: Asked now and then.
  /// - Throws: `LoadFailure` when the receiver cannot be reached or is none, or when not every
  ///   connection was counted.
  public static func run(
    _ test: LoadTest, from own: IPv4Address, to other: IPv4Address, port: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(LoadFailure) -> LoadResult {
    let end = ContinuousClock.now + test.deadline
    var streams: [Connection] = []
    for _ in 0..<test.streams {
      let socket = try TCPSocket()
      try socket.bind(to: own)
      try socket.connect(to: other, port: port, within: .seconds(5))
      socket.limitWaits(100)
      if let priority = test.priority { socket.prefer(priority) }
      streams.append(
        Connection(
          try test.secret.meetReceiver(
            over: socket, at: other, of: "measurement", within: .seconds(3))))
    }
    let results = Mutex<[LoadResult]>([])
    eachOnItsThread(streams) { stream in
      let result =
        switch test.kind {
        case .rate: stream.send(until: end, isCancelled: isCancelled)
        case .delay: stream.measure(test, isCancelled: isCancelled)
        }
      guard let result else { return }
      results.withLock { $0.append(result) }
    }
    let counted = results.withLock { $0 }
    guard counted.count == test.streams, let first = counted.first else {
      throw LoadFailure("\(counted.count) of \(test.streams) connections were counted to the end")
    }
    if test.kind == .delay { return first }
    // All are counted over one window, the receiver's.
    return LoadResult(
      bytes: counted.reduce(0) { $0 &+ $1.bytes }, microseconds: first.microseconds,
      retransmissions: counted.reduce(0) { $0 &+ $1.retransmissions })
  }

  /// A stream that threads can share: each is used by one alone.
  private final class Connection: Sendable {
    private let socket: TCPSocket
    init(_ socket: consuming TCPSocket) { self.socket = socket }

    func measure(_ test: LoadTest, isCancelled: @Sendable () -> Bool) -> LoadResult? {
      Echo.measure(
        socket, warmUp: test.warmUp, seconds: test.seconds, isCancelled: isCancelled)
    }

    func send(
      until end: ContinuousClock.Instant, isCancelled: @Sendable () -> Bool
    ) -> LoadResult? {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
      buffer.initializeMemory(as: UInt8.self, repeating: 0)
      let answer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: LoadReport.length, alignment: 16)
      defer {
        buffer.deallocate()
        answer.deallocate()
      }
      var said: [UInt8] = []
      while said.count < LoadReport.length {
        guard ContinuousClock.now < end, !isCancelled() else { return nil }
        switch socket.send(UnsafeRawBufferPointer(buffer)) {
        case .bytes, .nothing: break
        case .end, .failed: return nil
        }
        let moved = socket.receive(
          into: UnsafeMutableRawBufferPointer(rebasing: answer[said.count...]),
          flags: Int32(MSG_DONTWAIT))
        switch moved {
        case .bytes(let count): said += answer[said.count..<(said.count + count)]
        case .nothing: continue
        case .end, .failed: return nil
        }
      }
      let retransmissions = socket.retransmissions
      return LoadReport(said).map { report in
        LoadResult(
          bytes: report.count, microseconds: report.microseconds,
          retransmissions: retransmissions)
      }
    }
  }
}
