/// Ports and processors of a host, for migrations.
public struct AdvisedHost: Hashable, Sendable {
  /// Which hypervisor it runs.
  public enum Hypervisor: Hashable, Sendable {
    case hyperV
    case qemu
  }
  /// What its ports have of RDMA.
  public enum RDMA: Hashable, Sendable {
    case none
    /// iWARP, or RoCE over ports on which nothing is lost.
    case works
    /// RoCE over ports that may lose frames.
    case needsLossless
    /// Nobody says whether they have it.
    case unknown
  }

  public var hypervisor: Hypervisor
  /// Ports that migrations may use.
  public var ports: Int
  /// Of each of them.
  public var gbpsPerPort: Double
  /// Cores of a host; `nil` where nobody knows, and then no part of its processors can be told.
  public var cores: Int?
  public var rdma: RDMA
  /// Why its ports cannot be a team by LACP; `nil` where they can.
  public var noLACP: String?
  /// Why its ports cannot be a team at all; `nil` where they can.
  public var noTeam: String?
  public var hasJumbo: Bool
  /// Guests that move at once.
  public var guestsAtOnce: Int
  /// What compression makes of a byte, as was measured with such guests: 0.4 for 40 %; `nil` before
  /// anybody did.
  public var compressedPart: Double?
  /// Gbps of guests' memory that a core compresses; `nil` before anybody measured it.
  public var gbpsCompressedPerCore: Double?

  /// Makes a host of two ports of 10 Gbps with jumbo frames, and four guests at once.
  public init(_ hypervisor: Hypervisor, ports: Int = 2, gbpsPerPort: Double = 10, cores: Int? = nil)
  {
    self.hypervisor = hypervisor
    self.ports = ports
    self.gbpsPerPort = gbpsPerPort
    self.cores = cores
    rdma = .none
    hasJumbo = true
    guestsAtOnce = 4
  }
}

/// What an arrangement is expected to carry.
public struct ArrangementPrediction: Hashable, Sendable {
  public var gbps: Double
  /// Cores that it keeps busy at one end.
  public var cores: Double

  /// Makes one.
  public init(gbps: Double, cores: Double) {
    self.gbps = gbps
    self.cores = cores
  }

  /// Part of a host's cores, from 0 to 1; `nil` where nobody knows how many it has.
  public func busy(of host: AdvisedHost) -> Double? {
    host.cores.map { min(1, cores / Double(max(1, $0))) }
  }
}

/// Predicts what arrangements carry.
public enum ArrangementModel {
  /// - Returns: `nil` where a number is missing that nobody may guess: what compression makes of these
  ///   guests.
  public static func predict(
    _ arrangement: Arrangement, _ host: AdvisedHost, _ costs: ArrangementCosts
  ) -> ArrangementPrediction? {
    let gain = host.hasJumbo ? 1 : 1 + costs.jumboGain
    var each = costs.gbpsPerConnection / gain
    var coresPerGbps = coresPerGbps(arrangement, costs) * gain
    var part = 1.0
    switch arrangement.carrier {
    case .rdma:
      let gain = host.hasJumbo ? 1 : 1 + costs.jumboGainRDMA
      let ports = host.hypervisor == .hyperV ? host.ports : min(1, host.ports)
      let gbps = Double(ports) * host.gbpsPerPort / gain
      return ArrangementPrediction(gbps: gbps, cores: gbps * costs.coresPerGbpsRDMA)
    case .compression:
      guard let known = host.compressedPart, known > 0, let rate = host.gbpsCompressedPerCore,
        rate > 0
      else { return nil }
      part = known
      // A guest's memory goes through a core, then a part of it through the connection.
      each = min(each, rate * part)
      coresPerGbps += 1 / (rate * part)
    case .connectionPerGuest, .severalConnections: break
    }
    // No more goes than all cores of the host can take.
    let most = host.cores.map { Double($0) / max(coresPerGbps, 1e-9) } ?? .infinity
    let carried = min(most, carried(arrangement, host, costs, each: each))
    return ArrangementPrediction(gbps: carried / part, cores: carried * coresPerGbps)
  }

  /// Gbps over the ports.
  private static func carried(
    _ arrangement: Arrangement, _ host: AdvisedHost, _ costs: ArrangementCosts, each: Double
  ) -> Double {
    let isSeveral = arrangement.carrier == .severalConnections
    switch arrangement.joining {
    case .none:
      // One address of the other host is one port of it; Multichannel alone uses them all.
      let ports = isSeveral && host.hypervisor == .hyperV ? host.ports : min(1, host.ports)
      let connections = isSeveral ? costs.connectionsPerPort : host.guestsAtOnce
      return Double(ports) * min(host.gbpsPerPort, Double(connections) * each)
    case .switchIndependent:
      let connections = isSeveral ? costs.connectionsOverTeam : host.guestsAtOnce
      return min(host.gbpsPerPort, Double(connections) * each)
    case .lacp:
      return ArrangementCosts.hashed(
        connections: isSeveral ? costs.connectionsOverTeam : host.guestsAtOnce, over: host.ports,
        gbpsPerPort: host.gbpsPerPort, gbpsPerConnection: each)
    }
  }

  private static func coresPerGbps(
    _ arrangement: Arrangement, _ costs: ArrangementCosts
  ) -> Double {
    switch (arrangement.receiving, arrangement.carrier) {
    case (_, .rdma): costs.coresPerGbpsRDMA
    case (.inbox, _): costs.coresPerGbpsInbox
    case (.spread, .severalConnections): costs.coresPerGbpsSpreadSeveral
    case (.spread, _): costs.coresPerGbpsSpreadSingle
    }
  }
}
