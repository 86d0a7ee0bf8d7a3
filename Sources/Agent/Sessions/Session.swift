import Quantities

/// One side of one connection, without any I/O: it is told what happened and says what to do.
/// Sockets, clocks, TLS and threads are around it, so that each rule can be tested by itself.
public protocol Session: Sendable {
  /// Work that is done elsewhere, such as collecting.
  associatedtype Job: Sendable
  /// What comes of it.
  associatedtype JobResult: Sendable
  /// What is left at the end.
  associatedtype Outcome: Sendable

  /// What to do about an event, in this order.
  mutating func handle(
    _ event: SessionEvent<JobResult>, at now: Moment
  ) -> [SessionEffect<Job, Outcome>]
}

/// When something happened.
public struct Moment: Hashable, Sendable {
  /// On a clock that nobody sets, since some fixed moment.
  public var steady: Duration
  /// By the clock on the wall.
  public var wall: Timestamp

  /// Makes a moment.
  public init(steady: Duration, wall: Timestamp) {
    self.steady = steady
    self.wall = wall
  }
}

/// What can happen to a session.
public enum SessionEvent<JobResult: Sendable>: Sendable {
  /// The connection stands; TLS has not begun.
  case opened
  /// TLS stands, and the peer has shown whom it is; `nil` for a peer that needs no certificate.
  case secured(Identity?)
  case received([UInt8])
  /// All that was sent is with the system.
  case written
  case timeUp(Deadline)
  case done(JobResult)
  /// TLS or the socket failed.
  case failed(SessionFailure)
  /// The peer closed.
  case closed
}

/// Why a connection ended by itself.
public enum SessionFailure: Error, Hashable, Sendable {
  /// The peer's certificate was refused here.
  case refusedPeer(PeerRefusal)
  /// The peer refused ours, or what it speaks is no TLS 1.3.
  case security(String)
  case transport(String)
}

/// What a session wants done.
public enum SessionEffect<Job: Sendable, Outcome: Sendable>: Sendable {
  case send([UInt8])
  /// Wakes the session after a time; takes the place of the same deadline that is armed.
  case arm(Deadline, Duration)
  case disarm(Deadline)
  case begin(Job)
  /// Ends the job that runs.
  case abandon
  case log(LogKind, String)
  case finish(Outcome)
  /// Closes once all is sent, and forgets all deadlines.
  case close
}

/// What a session waits for.
public enum Deadline: String, Hashable, Sendable, CaseIterable {
  /// The end of the TLS handshake.
  case handshake
  /// The first request, or the answer to one's own first.
  case greeting
  /// The rest of a message that has begun.
  case message
  /// The next request.
  case idle
  /// The peer's taking what was sent.
  case writing
  /// The end of collecting.
  case collecting
  /// The moment to ask whether the peer is alive.
  case asking
  /// Its answer to that.
  case answer
}

/// What a line of the log is about.
public enum LogKind: String, Hashable, Sendable {
  /// Somebody was refused something.
  case refused
  /// Something was done for a peer.
  case served
  /// Something else.
  case note
}

/// How long a session waits, each a bound on what a slow peer can hold.
public struct Deadlines: Hashable, Sendable {
  /// From the connection to the end of the TLS handshake, certificates included.
  public var handshake: Duration = .seconds(5)
  /// From there to the whole first message.
  public var greeting: Duration = .seconds(10)
  /// From the first byte of a later message to its last.
  public var message: Duration = .seconds(10)
  /// Between messages.
  public var idle: Duration = .seconds(60)
  /// For one chunk of evidence to be taken.
  public var writing: Duration = .seconds(30)
  /// Between questions whether an agent that collects is alive.
  public var asking: Duration = .seconds(10)
  /// For the answer to such a question.
  public var answer: Duration = .seconds(10)
  /// For the connection itself; not longer than TCP's own.
  public var connecting: Duration = .seconds(5)
  /// What a coordinator grants an agent beyond the time that collecting may take.
  public var slack: Duration = .seconds(30)

  /// The usual ones.
  public init() {}
}

/// At most so many events in a row, and so many a second in the long run (a token bucket).
struct RateLimit: Hashable, Sendable {
  private let most: Double
  private let perSecond: Double
  private var left: Double
  private var last: Duration?

  init(burst: Int, perSecond: Int) {
    most = Double(burst)
    self.perSecond = Double(perSecond)
    left = most
  }

  /// Whether one more is within the limit.
  mutating func take(at now: Duration) -> Bool {
    if let last, now > last { left = min(most, left + (now - last) / .seconds(1) * perSecond) }
    last = max(last ?? now, now)
    guard left >= 1 else { return false }
    left -= 1
    return true
  }
}
