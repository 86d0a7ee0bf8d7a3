import Quantities

/// One measurement of what TCP carries from one address to another.
///
/// Both ends know a secret that the coordinator made for this one measurement. The receiver shows that
/// it has it before the sender sends anything, so that nobody can turn a sender on a stranger; the
/// sender shows it before it is counted.
public struct LoadTest: Hashable, Sendable {
  /// Most connections at once.
  public static let mostStreams = 16
  /// Longest measurement and longest warm-up, in seconds.
  public static let longest = 60

  /// Thirty-two hexadecimal digits, used once.
  public var secret: String
  /// Connections at once, 1 to 16.
  public var streams: Int
  /// Seconds before anything is counted, 0 to 60: TCP finds its rate meanwhile.
  public var warmUp: Int
  /// Seconds that are counted, 1 to 60.
  public var seconds: Int

  /// Makes a test; `nil` for a secret that is none. Numbers beyond their ranges become the nearest
  /// within.
  public init?(secret: String, streams: Int, warmUp: Int, seconds: Int) {
    guard secret.utf8.count == 32, secret.utf8.allSatisfy(Self.isDigit) else { return nil }
    self.init(known: secret, streams, warmUp, seconds)
  }

  /// Makes a test with a secret that nobody knows yet, its numbers as above.
  public init(streams: Int, warmUp: Int, seconds: Int) {
    self.init(known: Self.newSecret(), streams, warmUp, seconds)
  }

  private init(known secret: String, _ streams: Int, _ warmUp: Int, _ seconds: Int) {
    self.secret = secret
    self.streams = min(max(streams, 1), Self.mostStreams)
    self.warmUp = min(max(warmUp, 0), Self.longest)
    self.seconds = min(max(seconds, 1), Self.longest)
  }

  /// A secret that nobody knows yet.
  public static func newSecret() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(UInt32.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }.joined()
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte)
  }

  /// What the receiver says first, and what the sender answers.
  var receiverProof: [UInt8] { proof("receives") }
  var senderProof: [UInt8] { proof("sends") }

  private func proof(_ role: String) -> [UInt8] {
    Array(SHA256.hexDigest(Array("tenfold load \(role) \(secret)".utf8)).utf8)
  }
  /// Bytes of a proof.
  static let proofLength = 64

  /// How long a receiver waits for all connections to be made.
  var meeting = Duration.seconds(30)
  /// Longest time that either end takes from its start.
  public var deadline: Duration { meeting + .seconds(warmUp + seconds + 5) }
}

/// What was measured.
public struct LoadResult: Hashable, Sendable {
  /// Bytes that arrived while it was counted, all connections together.
  public var bytes: Int64
  /// How long that was, in microseconds.
  public var microseconds: Int64
  /// Segments that the sender's kernel sent again, from the first byte to the last.
  public var retransmissions: Int64

  /// Makes a result.
  public init(bytes: Int64, microseconds: Int64, retransmissions: Int64) {
    self.bytes = bytes
    self.microseconds = microseconds
    self.retransmissions = retransmissions
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
