import Glibc
import Quantities
import Synchronization
import Threads
import Transport

/// Takes one guest of another host, from the first question to the moment it is no longer needed.
public final class GuestHosting: Sendable {
  /// Nobody has asked anything for so long: the source is gone, or the guest forgotten.
  private static let silence = Duration.seconds(120)

  private let host: TargetHost
  private let control: ControlServer
  private let asked = Mutex(ContinuousClock.now)

  /// Listens on own addresses, at ports that the system chooses.
  /// - Parameters:
  ///   - control: Where the source asks: the management LAN first.
  ///   - transports: Where memory comes to.
  ///   - limit: Most bytes of memory that the guest may have.
  /// - Throws: `TransferFailure` when one of the addresses is not of this machine.
  public init(
    _ secret: TransferSecret, control: [IPv4Address], transports: [IPv4Address], limit: Int
  ) throws(TransferFailure) {
    host = TargetHost(on: transports, limit: limit)
    self.control = try ControlServer(secret, on: control)
  }

  /// Ports by the addresses of `control`.
  public var ports: [Int] { control.ports }

  /// Answers the source until the guest is retired; the thread that calls it waits. Whatever happens,
  /// nothing of the guest is left when it returns.
  public func run(within limit: Duration) {
    let end = ContinuousClock.now + limit
    let service = TargetService(host)
    control.run(
      until: { [self] in
        let now = ContinuousClock.now
        return host.isRetired || now >= end || now - asked.withLock { $0 } > Self.silence
      },
      { [self] request in
        asked.withLock { $0 = .now }
        return service.answer(request)
      })
    host.retire()
  }
}

/// Memory of this machine.
public enum HostMemory {
  /// Bytes that can be had without swapping (`MemAvailable` of proc_meminfo(5)); `nil` where the kernel
  /// does not say it.
  public static var available: Int? {
    guard let file = fopen("/proc/meminfo", "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix("MemAvailable:") else { continue }
      let digits = text.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }
      return Int(digits).flatMap { $0 <= Int.max >> 10 ? $0 << 10 : nil }
    }
    return nil
  }

  /// What guests may take of it: a tenth is left to everybody else.
  public static var forGuests: Int { (available ?? 0) / 10 * 9 }
}
