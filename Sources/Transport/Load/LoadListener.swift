import Glibc
import Quantities
import Threads

/// The receiving end of a measurement.
public struct LoadListener: ~Copyable, Sendable {
  private let test: LoadTest
  private let socket: TCPSocket
  /// Where the sender is to connect.
  public let port: Int

  /// Listens on an own address, at a port that the system chooses.
  /// - Throws: `LoadFailure` when the address is not one of this machine.
  public init(_ test: LoadTest, on address: IPv4Address) throws(LoadFailure) {
    let socket = try TCPSocket()
    try socket.bind(to: address)
    try socket.listen(LoadTest.mostStreams)
    let port = socket.port
    guard port > 0 else { throw LoadFailure("cannot listen on \(address)") }
    self.test = test
    self.socket = socket
    self.port = port
  }

  /// Waits for the sender, counts what comes, tells the sender, and ends. Takes no longer than the
  /// test's `deadline`; the thread that calls it waits.
  /// - Parameter isCancelled: Asked now and then.
  public consuming func run(isCancelled: @escaping @Sendable () -> Bool) {
    let test = test
    let found = Monitor<[Connection]>([])
    let strangers = Monitor(0)
    let end = ContinuousClock.now + test.meeting
    while found.read(\.count) < test.streams {
      guard ContinuousClock.now < end, !isCancelled() else { return }
      guard let taken = socket.accept(within: .milliseconds(20)) else { continue }
      // A stranger takes nobody's place: he has a second to show what he does not have.
      guard strangers.read({ $0 < Self.mostStrangers }) else { continue }
      strangers.change { $0 += 1 }
      let stranger = Connection(taken)
      var work = Work()
      let isStarted = work.start {
        if let stream = stranger.known(by: test) { found.change { $0.append(stream) } }
        strangers.change { $0 -= 1 }
      }
      work.leave()
      if !isStarted { strangers.change { $0 -= 1 } }
    }
    let streams = Array(found.read { $0.prefix(test.streams) })
    if test.kind == .delay {
      let end = ContinuousClock.now + test.deadline
      eachOnItsThread(streams) { $0.answer(until: end, isCancelled: isCancelled) }
      return
    }
    let start = ContinuousClock.now + .seconds(test.warmUp)
    let window = start..<(start + .seconds(test.seconds))
    eachOnItsThread(streams) { $0.count(window, isCancelled: isCancelled) }
  }

  /// Most of those who came and have not shown the secret yet.
  private static let mostStrangers = 64

  /// A stream that threads can share: each is used by one alone.
  private final class Connection: Sendable {
    private let socket: TCPSocket
    init(_ socket: consuming TCPSocket) { self.socket = socket }

    /// The stream of the sender; `nil` for a stranger.
    func known(by test: LoadTest) -> Connection? {
      socket.limitWaits(100)
      guard let stream = test.secret.meetsSender(over: socket, within: .seconds(1)) else {
        return nil
      }
      if let priority = test.priority { stream.prefer(priority) }
      return Connection(stream)
    }

    func answer(until end: ContinuousClock.Instant, isCancelled: @Sendable () -> Bool) {
      Echo.answer(socket, until: end, isCancelled: isCancelled)
    }

    func count(
      _ window: Range<ContinuousClock.Instant>, isCancelled: @Sendable () -> Bool
    ) {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
      defer { buffer.deallocate() }
      var counted: Int64 = 0
      receiving: while !isCancelled() {
        let moved = socket.receive(into: buffer)
        let now = ContinuousClock.now
        if now >= window.upperBound { break }
        switch moved {
        case .bytes(let count): if now >= window.lowerBound { counted += Int64(count) }
        case .nothing: continue
        case .end, .failed: break receiving
        }
      }
      let time = Int64((window.upperBound - window.lowerBound) / .microseconds(1))
      guard ContinuousClock.now >= window.upperBound,
        socket.write(LoadReport(bytes: counted, microseconds: time).bytes, within: .seconds(1))
      else { return }
      socket.finishSending()
      // To close amid what still comes would reset the connection, and the report with it.
      let end = ContinuousClock.now + .seconds(2)
      while ContinuousClock.now < end {
        switch socket.receive(into: buffer) {
        case .bytes, .nothing: continue
        case .end, .failed: return
        }
      }
    }
  }
}

/// What the receiver of a connection tells its sender: two numbers of eight bytes, the most
/// significant first.
struct LoadReport: Hashable {
  static let length = 16
  var count: Int64
  var microseconds: Int64

  init(bytes: Int64, microseconds: Int64) {
    count = bytes
    self.microseconds = microseconds
  }

  /// `nil` for what no receiver says.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.length else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      Int64(exactly: bytes[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
    guard let first = number(0..<8), let second = number(8..<16), second > 0 else { return nil }
    (count, microseconds) = (first, second)
  }

  var bytes: [UInt8] {
    [count, microseconds].flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number >> Int64(56 - 8 * $0)) }
    }
  }
}
