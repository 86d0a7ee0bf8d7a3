import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

@testable import Agent

/// Somebody who connects and does as he likes, or somebody who listens and does.
final class Stranger: Sendable {
  /// What he does about TLS.
  enum Security {
    case none
    /// TLS 1.3, showing this certificate or none, and believing everybody.
    case tls(Credentials?)
    /// An older version of TLS.
    case oldTLS(Credentials?)
  }

  let channel: any Channel
  private let seen: Seen

  fileprivate final class Seen: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    let bytes = Mutex<[UInt8]>([])
    let errors = Mutex<[String]>([])

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let new = Array(unwrapInboundIn(data).readableBytesView)
      bytes.withLock { $0 += new }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      errors.withLock { $0.append("\(error)") }
      context.close(promise: nil)
    }
  }

  private init(_ channel: any Channel, _ seen: Seen) {
    self.channel = channel
    self.seen = seen
  }

  /// Connects.
  /// - Parameter source: Own address, such as 127.0.0.2.
  static func connect(
    to address: AgentAddress, _ security: Security = .none, from source: String? = nil,
    group: any EventLoopGroup = World.group
  ) async throws -> Stranger {
    let seen = Seen()
    let context = try context(security)
    var bootstrap = ClientBootstrap(group: group)
    if let source { bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: source, port: 0)) }
    let channel = try await bootstrap.channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        if let context {
          try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: context, serverHostname: nil))
        }
        try channel.pipeline.syncOperations.addHandler(seen)
      }
    }.connect(host: address.host, port: address.port).get()
    return Stranger(channel, seen)
  }

  private static func context(_ security: Security) throws -> NIOSSLContext? {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.certificateVerification = .none
    let own: Credentials?
    switch security {
    case .none: return nil
    case .tls(let credentials): own = credentials
    case .oldTLS(let credentials):
      own = credentials
      configuration.maximumTLSVersion = .tlsv12
    }
    if let own {
      configuration.certificateChain = [
        .certificate(try NIOSSLCertificate(bytes: own.certificate.derBytes, format: .der))
      ]
      configuration.privateKey = .privateKey(
        try NIOSSLPrivateKey(bytes: Array(own.key.derRepresentation), format: .der))
    }
    return try NIOSSLContext(configuration: configuration)
  }

  /// Sends, whether or not anybody listens.
  func send(_ bytes: [UInt8]) {
    channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
  }

  /// What he was told.
  var received: [UInt8] { seen.bytes.withLock { $0 } }
  var text: String { String(decoding: received, as: UTF8.self) }
  var errors: [String] { seen.errors.withLock { $0 } }

  /// Whether the other side closes in time.
  func isClosed(within limit: Duration = .seconds(30)) async throws -> Bool {
    try await eventually(limit) { !channel.isActive }
  }

  func leave() { channel.close(promise: nil) }
}

/// Listens with TLS and a certificate of its choice, and answers every first message the same.
struct Impostor {
  let channel: any Channel
  var address: AgentAddress {
    AgentAddress(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)
  }

  /// Answers each of the first messages that come with what stands at its place.
  private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let answers: [[UInt8]]
    private var frames = FrameReader(limit: 1 << 20)
    private var next = 0

    init(_ answers: [[UInt8]]) { self.answers = answers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      frames.add(Array(unwrapInboundIn(data).readableBytesView))
      while let message = try? frames.next() {
        // Networks come before the request that is answered.
        if String(decoding: message, as: UTF8.self).contains("\"network\"") { continue }
        guard next < answers.count else { return }
        let buffer = context.channel.allocator.buffer(bytes: answers[next])
        next += 1
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }

  /// - Parameters:
  ///   - own: `nil` to listen without TLS and never say a word.
  ///   - answers: One for each message that is no network.
  init(_ own: Credentials?, answers: [[UInt8]] = []) async throws {
    let context = try own.map { try TLS.server($0, asksForCertificate: false) }
    channel = try await ServerBootstrap(group: World.group).childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        guard let context else { return }
        try channel.pipeline.syncOperations.addHandlers(
          NIOSSLServerHandler(context: context), Answering(answers))
      }
    }.bind(host: "127.0.0.1", port: 0).get()
  }

  func stop() { channel.close(promise: nil) }
}
