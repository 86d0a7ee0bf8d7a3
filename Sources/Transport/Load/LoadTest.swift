import Quantities

/// One measurement of what TCP carries from one address to another.
///
/// Both ends know a secret that the coordinator made for this one measurement.
public struct LoadTest: Hashable, Sendable {
  /// Most connections at once.
  public static let mostStreams = 16
  /// Longest measurement and longest warm-up, in seconds.
  public static let longest = 60

  /// What is measured.
  public enum Kind: String, Hashable, Sendable {
    /// What connections carry.
    case rate
    /// How long a small message takes there and back, over one connection.
    case delay
  }

  public var kind = Kind.rate
  /// Of the kernel, 0 to 6, at both ends (SO_PRIORITY, socket(7)), which a VLAN's interface makes a priority
  /// of frames; `nil` for the usual one. Beyond 6 would need rights that agents may not have.
  public var priority: Int?
  /// Used once.
  public var secret: TransferSecret
  /// Connections at once, 1 to 16.
  public var streams: Int
  /// Seconds before anything is counted, 0 to 60: TCP finds its rate meanwhile.
  public var warmUp: Int
  /// Seconds that are counted, 1 to 60.
  public var seconds: Int

  /// Makes a test, of a secret that nobody knows yet where none is given. Numbers beyond their ranges
  /// become the nearest within.
  public init(
    secret: TransferSecret = TransferSecret(), streams: Int, warmUp: Int, seconds: Int
  ) {
    self.secret = secret
    self.streams = min(max(streams, 1), Self.mostStreams)
    self.warmUp = min(max(warmUp, 0), Self.longest)
    self.seconds = min(max(seconds, 1), Self.longest)
  }

  /// How long a receiver waits for all connections to be made.
  var meeting = Duration.seconds(30)
  /// Longest time that either end takes from its start.
  public var deadline: Duration {
    // A message that is lost again and again under load takes as long as it takes.
    meeting + .seconds(warmUp + seconds + (kind == .delay ? 20 : 5))
  }
}

/// What was measured.
public struct LoadResult: Hashable, Sendable {
  /// Bytes that arrived while it was counted, all connections together.
  public var bytes: Int64
  /// How long that was, in microseconds.
  public var microseconds: Int64
  /// Segments that the sender's kernel sent again, from the first byte to the last.
  public var retransmissions: Int64

  /// Of a measurement of delays.
  public var delays: Delays?

  /// Makes a result.
  public init(bytes: Int64, microseconds: Int64, retransmissions: Int64, delays: Delays? = nil) {
    self.bytes = bytes
    self.microseconds = microseconds
    self.retransmissions = retransmissions
    self.delays = delays
  }

  /// What TCP carried, rounded down to bits a second; `nil` without time or beyond 64 bits.
  public var rate: DataRate? {
    guard microseconds > 0, bytes >= 0 else { return nil }
    return Rational(8_000_000, over: microseconds)?.timesRoundedDown(bytes)
      .map { DataRate(bitsPerSecond: $0) }
  }
}

/// Why nothing was measured.
public struct LoadFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
  /// Makes a failure.
  public init(_ description: String) { self.description = description }
}
