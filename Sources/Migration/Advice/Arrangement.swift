/// How the ports of a host are put to use for migrations.
public struct Arrangement: Hashable, Sendable {
  /// What the ports are to each other.
  public enum Joining: Hashable, Sendable, CaseIterable {
    /// A team by LACP: which port a connection takes is settled by a hash, and stays.
    case lacp
    /// A team that the switches know nothing of: it receives on one member.
    case switchIndependent
    /// Each port has an address of its own.
    case none
  }

  /// What carries memory.
  public enum Carrier: Hashable, Sendable, CaseIterable {
    /// A connection for each guest (TCP/IP of Hyper-V; one stream of QEMU).
    case connectionPerGuest
    /// Several connections, and all ports that there are (SMB Multichannel; multifd of QEMU, over what
    /// one address reaches).
    case severalConnections
    /// The card moves memory by itself (SMB Direct; RDMA of QEMU).
    case rdma
    /// A connection for each guest, of less to send.
    case compression
  }

  /// Which processors take what a port receives.
  public enum Receiving: Hashable, Sendable, CaseIterable {
    /// As the system does it by itself.
    case inbox
    /// Queues on cores of their own: eight physical ones for a port, those of each port on another socket.
    case spread
  }

  public var joining: Joining
  public var carrier: Carrier
  public var receiving: Receiving

  /// Makes an arrangement.
  public init(_ joining: Joining, _ carrier: Carrier, _ receiving: Receiving) {
    self.joining = joining
    self.carrier = carrier
    self.receiving = receiving
  }

  /// All that make a difference: RDMA goes past teams and queues.
  public static let all: [Arrangement] = Joining.allCases.flatMap { joining in
    Carrier.allCases.flatMap { carrier -> [Arrangement] in
      guard carrier == .rdma else {
        return Receiving.allCases.map { Arrangement(joining, carrier, $0) }
      }
      return joining == .none ? [Arrangement(joining, carrier, .inbox)] : []
    }
  }
}
