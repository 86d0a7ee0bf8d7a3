import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Quantities

/// Opens one connection and runs one session on it.
enum AgentClient {
  /// What the session is left with, or `nil` when it never came to an end by itself.
  ///
  /// The connection is over when this returns, and it returns within `total`, or at once when its task
  /// is cancelled.
  static func run<Own: Session, Success: Sendable>(
    _ session: Own, to address: AgentAddress, context: NIOSSLContext, check: @escaping PeerCheck,
    deadlines: Deadlines, total: Duration, clock: @escaping @Sendable () -> Timestamp,
    on loop: any EventLoop
  ) async -> Result<Success, AgentFailure>
  where
    Own.Outcome == Result<Success, AgentFailure>, Own.Job == Never, Own.JobResult == Never
  {
    let promise = loop.makePromise(of: Own.Outcome.self)
    let verdict = PeerVerdict(check)
    let connecting = ClientBootstrap(group: loop)
      .connectTimeout(TimeAmount(deadlines.connecting))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let tls = try NIOSSLClientHandler(
            context: context, serverHostname: nil, customVerificationCallback: verdict.callback)
          try channel.pipeline.syncOperations.addHandlers(
            tls,
            ClientStart(session, Surroundings(verdict: verdict, clock: clock)) {
              promise.succeed($0)
            })
        }
      }
      .connect(host: address.host, port: address.port)
    connecting.whenFailure { error in
      if case ChannelError.connectTimeout = error {
        promise.succeed(.failure(.timedOut(.connecting)))
      } else {
        promise.succeed(.failure(.unreachable(words(for: error))))
      }
    }
    // Names are resolved without a deadline of their own, and a session must not be trusted to end.
    let timer = loop.scheduleTask(in: TimeAmount(total)) {
      promise.succeed(.failure(.timedOut(.connecting)))
    }
    let outcome = await withTaskCancellationHandler {
      try? await promise.futureResult.get()
    } onCancel: {
      promise.succeed(.failure(.timedOut(.waiting)))
    }
    timer.cancel()
    connecting.whenSuccess { channel in
      // Leave is taken by the session; this is for those that did not.
      loop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }
    return outcome ?? .failure(.unreachable("the event loop ended"))
  }

  /// What the system says of an address, in a few words.
  static func words(for error: any Error) -> String {
    switch error {
    case let error as NIOConnectionError:
      if let first = error.connectionErrors.first { return words(for: first.error) }
      return "the name \(Plain.text(error.host)) has no address"
    case let error as IOError:
      return strerror(error.errnoCode).map { String(cString: $0) } ?? "error \(error.errnoCode)"
    default: return Plain.text("\(error)")
    }
  }
}

/// Puts the session in place once the connection stands, so that its deadlines begin there.
private final class ClientStart<Own: Session>: ChannelInboundHandler, RemovableChannelHandler
where Own.Job == Never, Own.JobResult == Never {
  typealias InboundIn = ByteBuffer

  private let session: Own
  private let surroundings: Surroundings
  private let finish: (Own.Outcome) -> Void

  init(
    _ session: Own, _ surroundings: Surroundings, finish: @escaping (Own.Outcome) -> Void
  ) {
    self.session = session
    self.surroundings = surroundings
    self.finish = finish
  }

  func channelActive(context: ChannelHandlerContext) {
    let handler = SessionHandler(session, NoJobs(), surroundings, finish: finish)
    do {
      let pipeline = context.pipeline.syncOperations
      try pipeline.addHandler(handler, position: .after(self))
    } catch {
      context.fireErrorCaught(error)
    }
    context.fireChannelActive()
  }
}
