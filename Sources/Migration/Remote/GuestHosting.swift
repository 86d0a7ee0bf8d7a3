import Quantities
import Synchronization
import Threads
import Transport

/// Takes one guest of another host, from the first question to the moment it is no longer needed.
public final class GuestHosting: Sendable {
  /// Nobody has asked anything for so long, and no memory has come: the source is gone, or the guest
  /// forgotten.
  private let silence: Duration

  private let host: TargetHost
  private let control: ControlServer
  private let heard = Mutex((at: ContinuousClock.now, frames: 0))

  /// Listens on own addresses, at ports that the system chooses.
  /// - Parameters:
  ///   - control: Where the source asks: the management LAN first.
  ///   - transports: Where memory comes to.
  ///   - silence: How long the source may neither ask nor send.
  /// - Throws: `TransferFailure` when one of the addresses is not of this machine.
  public init(
    _ secret: TransferSecret, control: [IPv4Address], transports: [IPv4Address],
    silence: Duration = .seconds(120)
  ) throws(TransferFailure) {
    self.silence = silence
    host = TargetHost(on: transports)
    self.control = try ControlServer(secret, on: control)
  }

  /// Ports by the addresses of `control`.
  public var ports: [Int] { control.ports }

  /// Answers the source until the guest is retired; the thread that calls it waits. Whatever happens,
  /// nothing of the guest is left when it returns.
  public func run(within limit: Duration) {
    let end = ContinuousClock.now + limit
    let service = TargetService(host, measuredBy: host.meter)
    control.run(
      until: { [self] in
        let (now, frames) = (ContinuousClock.now, host.landedFrames)
        let isSilent = heard.withLock { heard in
          if frames != heard.frames { heard = (now, frames) }
          // Adapters that are to write by RDMA register all memory before the first frame.
          let bytes = frames == 0 ? host.memory?.count ?? 0 : 0
          return now - heard.at > silence + RDMARegistering.bothEnds(bytes)
        }
        return host.isRetired || now >= end || isSilent
      },
      { [self] request in
        heard.withLock { $0.at = .now }
        return service.answer(request)
      })
    host.retire()
  }
}
