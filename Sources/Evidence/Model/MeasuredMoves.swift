import Quantities

/// Live migrations of real guests that a script of `tenfold kit` measured.
public struct MeasuredMoves: Hashable, Sendable {
  /// All guests from one host to another, in one way.
  public struct Run: Hashable, Sendable {
    /// As the hypervisor calls the way: `TCPIP`, `Compression`, `SMB`.
    public var option: String
    /// Migrations at once.
    public var atOnce: Int
    public var from: String
    public var to: String
    /// From the first guest's start until the last one was there; `nil` where nothing was moved.
    public var milliseconds: Int?
    public var guests: [Guest]
    public var ports: [Port]

    /// Whether all guests moved.
    public var isGood: Bool { !guests.isEmpty && guests.allSatisfy(\.isMoved) }
  }

  /// What became of a guest.
  public struct Guest: Hashable, Sendable {
    public var name: String
    /// Bytes that it had of the host's memory.
    public var memory: Int
    public var milliseconds: Int?
    public var isMoved: Bool
    /// Why it did not move.
    public var why: String
    /// How long it stood still, in the words of its host; `nil` where that did not say it.
    public var blackOut: String?
  }

  /// Bytes over a port of the host that measured, meanwhile.
  public struct Port: Hashable, Sendable {
    public var name: String
    public var sent: Int
    public var received: Int
  }

  /// SHA-256 of the plan that the script knew; empty when it knew none.
  public var plan: String
  public var host: String
  public var collected: Timestamp
  public var runs: [Run]

  /// Formats that are read.
  public static let formatVersion = 1
}
