import Quantities

/// A way between two hosts: an own address and one of the other.
public struct TransferPath: Hashable, Sendable {
  public var own: IPv4Address
  public var other: IPv4Address
  /// Port at which the receiver waits there.
  public var port: Int

  /// Makes a path.
  public init(own: IPv4Address, other: IPv4Address, port: Int) {
    self.own = own
    self.other = other
    self.port = port
  }
}

/// Why a transfer ended before it was done.
public struct TransferFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
  /// Makes a failure.
  public init(_ description: String) { self.description = description }
}

/// What moves memory from one host to another, whatever carries it.
public protocol Transport {
  /// Starts to move extents of the memory; what is sent is read when its turn comes.
  func send(_ extents: [Extent])
  /// Starts to move extents before all others that wait.
  func sendFirst(_ extents: [Extent])
  /// Bytes that wait for their turn.
  var waitingBytes: Int { get }
  /// Starts to make extents zero at the other end, of which nothing is read.
  func zero(_ extents: [Extent])
  /// Waits until all of it has landed.
  /// - Throws: `TransferFailure` when it cannot.
  func flush() throws(TransferFailure)
  /// Waits as `flush` does, then tells the receiver that nothing more comes.
  func finish() throws(TransferFailure)
  /// Ends it amid whatever is on its way.
  func cancel()
  /// Bytes of content that went over the network until now, packed ones as they went.
  var networkBytes: Int { get }
}
