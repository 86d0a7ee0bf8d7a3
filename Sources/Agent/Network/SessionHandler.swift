import NIOCore
import NIOSSL
import NIOTLS
import Quantities

/// Does the work that a session wants done elsewhere.
public protocol JobRunner<Job, JobResult>: Sendable {
  associatedtype Job: Sendable
  associatedtype JobResult: Sendable
  /// Starts a job and returns at once. `done` is called once, from any thread, also after the job
  /// was ended by what is returned.
  func begin(
    _ job: Job, done: @escaping @Sendable (JobResult) -> Void
  ) -> @Sendable () -> Void
}

/// Of sessions that have no jobs.
struct NoJobs: JobRunner {
  func begin(
    _ job: Never, done: @escaping @Sendable (Never) -> Void
  ) -> @Sendable () -> Void {}
}

/// What surrounds a session.
struct Surroundings: Sendable {
  var verdict: PeerVerdict?
  var log: @Sendable (LogKind, String) -> Void = { _, _ in }
  var clock: @Sendable () -> Timestamp = { .now }
  /// Called when TLS stands.
  var secured: @Sendable () -> Void = {}
}

/// Connects a session with a channel: events in, effects out, in order.
final class SessionHandler<Own: Session, Runner: JobRunner>: ChannelInboundHandler
where Runner.Job == Own.Job, Runner.JobResult == Own.JobResult {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var session: Own
  private let runner: Runner
  private let surroundings: Surroundings
  private let finish: (Own.Outcome) -> Void
  private var context: ChannelHandlerContext?
  private var events: [SessionEvent<Own.JobResult>] = []
  private var isHandling = false
  private var isClosing = false
  private var isSecured = false
  private var writes = 0
  private var timers: [Deadline: Scheduled<Void>] = [:]
  private var job: (number: Int, end: @Sendable () -> Void)?
  private var jobs = 0

  init(
    _ session: Own, _ runner: Runner, _ surroundings: Surroundings,
    finish: @escaping (Own.Outcome) -> Void
  ) {
    self.session = session
    self.runner = runner
    self.surroundings = surroundings
    self.finish = finish
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    handle(.opened)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    handle(.closed)
    dismantle()
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    handle(.closed)
    dismantle()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    handle(.received(Array(unwrapInboundIn(data).readableBytesView)))
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? TLSUserEvent, case .handshakeCompleted = event, !isSecured {
      isSecured = true
      surroundings.secured()
      handle(.secured(surroundings.verdict?.identity))
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // What breaks while we take leave is nobody's business.
    if !isClosing {
      let failure =
        surroundings.verdict?.refusal.map(SessionFailure.refusedPeer) ?? TLS.words(for: error)
      handle(.failed(failure))
    }
    context.close(promise: nil)
  }

  private func handle(_ event: SessionEvent<Own.JobResult>) {
    events.append(event)
    guard !isHandling else { return }
    isHandling = true
    defer { isHandling = false }
    while !events.isEmpty {
      let next = events.removeFirst()
      let now = Moment(
        steady: .nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds)),
        wall: surroundings.clock())
      for effect in session.handle(next, at: now) { carryOut(effect) }
    }
  }

  private func carryOut(_ effect: SessionEffect<Own.Job, Own.Outcome>) {
    switch effect {
    case .send(let bytes): send(bytes)
    case .arm(let deadline, let time): arm(deadline, time)
    case .disarm(let deadline): timers.removeValue(forKey: deadline)?.cancel()
    case .begin(let job): begin(job)
    case .abandon: abandon()
    case .log(let kind, let message): surroundings.log(kind, message)
    case .finish(let outcome): finish(outcome)
    case .close: close()
    }
  }

  private func send(_ bytes: [UInt8]) {
    guard let context else { return }
    writes += 1
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { [self] result in
      writes -= 1
      if case .failure(let error) = result, !isClosing { handle(.failed(TLS.words(for: error))) }
      guard writes == 0 else { return }
      if isClosing { self.context?.close(promise: nil) } else { handle(.written) }
    }
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
  }

  private func arm(_ deadline: Deadline, _ time: Duration) {
    guard let context else { return }
    timers.removeValue(forKey: deadline)?.cancel()
    timers[deadline] = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
      [self] in
      timers[deadline] = nil
      handle(.timeUp(deadline))
    }
  }

  private func begin(_ work: Own.Job) {
    guard let context else { return }
    abandon()
    jobs += 1
    let number = jobs
    let promise = context.eventLoop.makePromise(of: Own.JobResult.self)
    promise.futureResult.assumeIsolated().whenSuccess { [self] result in
      // The result of a job that was given up comes too late.
      guard job?.number == number else { return }
      job = nil
      handle(.done(result))
    }
    // Before it begins: a job may be done at once.
    job = (number, {})
    let end = runner.begin(work) { promise.succeed($0) }
    if job?.number == number { job = (number, end) }
  }

  private func abandon() {
    job?.end()
    job = nil
  }

  private func close() {
    guard let context, !isClosing else { return }
    dismantle()
    isClosing = true
    if writes == 0 { return context.close(promise: nil) }
    // A peer that does not read must not keep the connection.
    let channel = context.channel
    context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
  }

  private func dismantle() {
    for timer in timers.values { timer.cancel() }
    timers = [:]
    abandon()
  }
}
