/// How the ports of a host are put to use for migrations.
public struct Arrangement: Hashable, Sendable, Codable {
  /// What the ports are to each other.
  public enum Joining: String, Hashable, Sendable, Codable, CaseIterable {
    /// A team by LACP: which port a connection takes is settled by a hash, and stays.
    case lacp
    /// A team that the switches know nothing of: it receives on one member.
    case switchIndependent = "switch-independent"
    /// Each port has an address of its own.
    case none
  }

  /// What carries memory.
  public enum Carrier: String, Hashable, Sendable, Codable, CaseIterable {
    /// A connection for each guest (TCP/IP of Hyper-V; one stream of QEMU).
    case connectionPerGuest = "connection-per-guest"
    /// Several connections, and all ports that there are (SMB Multichannel; multifd of QEMU, over what
    /// one address reaches).
    case severalConnections = "several-connections"
    /// The card moves memory by itself (SMB Direct; RDMA of QEMU).
    case rdma
    /// A connection for each guest, of less to send.
    case compression
  }

  /// Which processors take what a port receives.
  public enum Receiving: String, Hashable, Sendable, Codable, CaseIterable {
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

  /// As people say it who run such hosts: `SMB Multichannel, no team, queues spread`.
  public func name(on hypervisor: AdvisedHost.Hypervisor) -> String {
    let carrier =
      switch (self.carrier, hypervisor) {
      case (.connectionPerGuest, .hyperV): "TCP/IP"
      case (.severalConnections, .hyperV): "SMB Multichannel"
      case (.rdma, .hyperV): "SMB Direct"
      case (.compression, .hyperV): "compression"
      case (.connectionPerGuest, .qemu): "one stream"
      case (.severalConnections, .qemu): "multifd"
      case (.rdma, .qemu): "RDMA"
      case (.compression, .qemu): "multifd with zstd"
      }
    let joining =
      switch self.joining {
      case .lacp: "team by LACP"
      case .switchIndependent: "switch-independent team"
      case .none: "no team"
      }
    let receiving =
      self.carrier == .rdma ? "" : receiving == .spread ? ", queues spread" : ", queues as they are"
    return "\(carrier), \(joining)\(receiving)"
  }
}
