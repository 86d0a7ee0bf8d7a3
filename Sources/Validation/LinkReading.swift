import Evidence
import Quantities

/// What one link showed while its host was looked at: kept by every run, so that a link that gets
/// worse is seen.
public struct LinkReading: Hashable, Sendable, Codable {
  public var host: String
  public var port: String
  /// Label of its cable.
  public var cable: String
  /// Bits a second; `nil` without a link or where nobody says it.
  public var rate: Int64?
  /// Damaged and dropped frames, and all frames, while the collector watched; `nil` where nobody
  /// counted.
  public var errors: Int64?
  public var drops: Int64?
  public var packets: Int64?

  /// Makes a reading.
  public init(
    host: String, port: String, cable: String, rate: Int64?, errors: Int64?, drops: Int64?,
    packets: Int64?
  ) {
    self.host = host
    self.port = port
    self.cable = cable
    self.rate = rate
    self.errors = errors
    self.drops = drops
    self.packets = packets
  }

  /// The readings of a host, in the order of its ports.
  static func all(_ host: ObservedHost) -> [LinkReading] {
    host.plan.ports.enumerated().compactMap { place, port in
      guard let interface = host.interface(ofPort: place) else { return nil }
      let counters = interface.counters.value
      return LinkReading(
        host: host.plan.name, port: port.name, cable: port.cable,
        rate: interface.hasLink.value == true ? interface.rate.value?.bitsPerSecond : nil,
        errors: counters.map { Int64(clamping: $0.errors) },
        drops: counters.map { Int64(clamping: $0.drops) },
        packets: counters.map { Int64(clamping: $0.packets) })
    }
  }
}
