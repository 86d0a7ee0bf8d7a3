import NIOCore
import NIOPosix
import Quantities

/// The agent of one host: answers its plan's coordinator, and nobody else.
public enum AgentServer {
  /// Starts an agent.
  /// - Parameters:
  ///   - identity: Who it is; `own` must be a certificate for that.
  ///   - collector: What collects, one run at a time.
  ///   - threads: Where collecting and measuring wait, so that no event loop does.
  public static func start(
    on address: AgentAddress, identity: AgentIdentity, own: Credentials,
    collector: some Collecting, threads: NIOThreadPool, group: any EventLoopGroup,
    options: ServerOptions = ServerOptions()
  ) async throws -> SecureServer {
    let trust = own.trust
    let clock = options.clock
    return try await SecureServer.start(
      on: address, group: group, own: own,
      check: { trust.check($0, as: .coordinator, at: clock()) }, options: options,
      runner: AgentRunner(collector, host: identity.host, plan: identity.plan, threads: threads),
      session: { AgentSession(identity, deadlines: options.deadlines) })
  }
}

/// The enrolment server of one plan: gives certificates to hosts that bring a token.
public enum EnrolmentServer {
  /// Starts a server, with a certificate of its own that lives for a day.
  /// - Parameter threads: Where spent tokens are written down.
  public static func start(
    on address: AgentAddress, desk: TokenDesk, threads: NIOThreadPool, group: any EventLoopGroup,
    options: ServerOptions = ServerOptions()
  ) async throws -> SecureServer {
    let own = try desk.authority.credentials(for: .enrolment, at: options.clock())
    return try await SecureServer.start(
      on: address, group: group, own: own, check: nil, options: options,
      runner: RedeemRunner(desk: desk, threads: threads, clock: options.clock),
      session: { EnrolmentServerSession(deadlines: options.deadlines) })
  }
}

/// Redeems tokens on threads that may wait for the disk.
struct RedeemRunner: JobRunner {
  let desk: TokenDesk
  let threads: NIOThreadPool
  let clock: @Sendable () -> Timestamp

  func begin(
    _ job: EnrolmentRequest, done: @escaping @Sendable (Redeemed) -> Void
  ) -> @Sendable () -> Void {
    threads.submit { state in
      guard case .active = state else { return done(.failure(.storage("it is stopping"))) }
      do throws(EnrolmentRefusal) {
        let given = try desk.redeem(job.token, request: job.request, at: clock())
        guard let own = try? given.certificate.pemText,
          let authority = try? desk.authority.certificate.pemText
        else { throw EnrolmentRefusal.storage("the certificate") }
        done(.success((given.host, .enrolled(certificate: own, authority: authority))))
      } catch {
        done(.failure(error))
      }
    }
    // A token that is being spent is spent.
    return {}
  }
}
