import NIOCore
import NIOPosix
import NIOSSL
import Quantities

/// What a server needs beside its sessions.
public struct ServerOptions: Sendable {
  public var deadlines = Deadlines()
  public var limits = ConnectionLimits()
  /// The clock on the wall, by which certificates and tokens are judged.
  public var clock: @Sendable () -> Timestamp = { .now }
  public var log: LogSink = { _ in }

  /// The usual ones, without a log.
  public init() {}
}

/// Listens, and gives every connection TLS, limits and a session of its own.
public final class SecureServer: Sendable {
  /// Where it listens; the port is the one that the system chose when 0 was asked for.
  public let address: AgentAddress
  private let channel: any Channel
  private let table: ConnectionTable

  private init(_ channel: any Channel, _ table: ConnectionTable, _ asked: AgentAddress) {
    self.channel = channel
    self.table = table
    address = AgentAddress(host: asked.host, port: channel.localAddress?.port ?? asked.port)
  }

  /// Stops listening and closes all connections.
  public func stop() async throws {
    try await channel.close()
    table.closeAll()
  }

  /// Connections that are open, for tests.
  var connections: Int { table.count }

  /// Starts to listen.
  /// - Parameter check: Judges certificates; without it nobody needs one.
  static func start<Own: Session, Runner: JobRunner>(
    on address: AgentAddress, group: any EventLoopGroup, own: Credentials, check: PeerCheck?,
    options: ServerOptions, runner: Runner, session: @escaping @Sendable () -> Own
  ) async throws -> SecureServer
  where Own.Outcome == Void, Runner.Job == Own.Job, Runner.JobResult == Own.JobResult {
    let context = try TLS.server(own, asksForCertificate: check != nil)
    let table = ConnectionTable(options.limits)
    let gate = LogGate(options.log)
    let log = { @Sendable (kind: LogKind, peer: String, message: String) in
      let now = Duration.nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds))
      gate.write(LogEntry(kind: kind, peer: peer, message: message), at: now)
    }
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.socketOption(.so_keepalive), value: 1)
      .childChannelInitializer { channel in
        let source = channel.remoteAddress?.ipAddress ?? "?"
        let peer = "\(source):\(channel.remoteAddress?.port ?? 0)"
        let decision = table.admit(source) { channel.close(promise: nil) }
        guard case .admit(let ticket, let evicting) = decision else {
          if case .refuse(let why) = decision { log(.refused, peer, why) }
          return channel.close()
        }
        if let evicting {
          log(.note, peer, "all places are taken: the oldest stranger gives way")
          evicting()
        }
        channel.closeFuture.whenComplete { _ in table.release(ticket) }
        return channel.eventLoop.makeCompletedFuture {
          let verdict = check.map(PeerVerdict.init)
          let tls =
            if let verdict {
              NIOSSLServerHandler(
                context: context, customVerificationCallback: verdict.callback)
            } else {
              NIOSSLServerHandler(context: context)
            }
          let surroundings = Surroundings(
            verdict: verdict, log: { log($0, peer, $1) }, clock: options.clock,
            secured: { table.secure(ticket) })
          try channel.pipeline.syncOperations.addHandlers(
            tls, SessionHandler(session(), runner, surroundings) { _ in })
        }
      }
    let channel = try await bootstrap.bind(host: address.host, port: address.port).get()
    return SecureServer(channel, table, address)
  }
}
