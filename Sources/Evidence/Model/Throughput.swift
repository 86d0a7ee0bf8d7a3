import Quantities

/// What was measured between the hosts of a plan, one direction a row.
public struct Throughput: Hashable, Sendable {
  /// How each pair was measured, the same for all.
  public struct Method: Hashable, Sendable {
    /// Connections at once.
    public var streams: Int
    /// Seconds before anything was counted.
    public var warmUp: Int
    /// Seconds that were counted.
    public var seconds: Int
    /// Makes a method.
    public init(streams: Int, warmUp: Int, seconds: Int) {
      self.streams = streams
      self.warmUp = warmUp
      self.seconds = seconds
    }
  }

  /// One direction between two hosts.
  public struct Way: Hashable, Sendable {
    public var from: IPv4Address
    public var to: IPv4Address
    /// Makes a way.
    public init(from: IPv4Address, to: IPv4Address) {
      self.from = from
      self.to = to
    }
  }

  /// What was measured on one way.
  public struct Row: Hashable, Sendable {
    public var from: IPv4Address
    public var to: IPv4Address
    public var measured: Timestamp
    public var outcome: Outcome
    /// Makes a row.
    public init(
      from: IPv4Address, to: IPv4Address, measured: Timestamp, outcome: Outcome
    ) {
      self.from = from
      self.to = to
      self.measured = measured
      self.outcome = outcome
    }

    public var way: Way { Way(from: from, to: to) }
  }

  /// What came of it.
  public enum Outcome: Hashable, Sendable {
    /// What TCP carried, in bits of payload a second, and segments that were sent again.
    case rate(DataRate, retransmissions: Int64)
    /// Nobody could measure; the text says why.
    case failed(String)
  }

  /// SHA-256 of the plan's file.
  public var plan: String
  public var method: Method
  /// Rows that belong to it once it is whole.
  public var planned: Int
  public var rows: [Row]

  /// Makes measurements.
  public init(plan: String, method: Method, planned: Int, rows: [Row] = []) {
    self.plan = plan
    self.method = method
    self.planned = planned
    self.rows = rows
  }
}
