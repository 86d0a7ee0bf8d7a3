import Glibc

/// What connections and processors do, of which the throughput of an arrangement follows.
///
/// The constants below are those of two hosts with two sockets of eight cores and two ports of 10 Gbps
/// each, as measured in
/// <https://blog.workinghardinit.work/2015/08/04/high-performance-live-migration-done-right-means-using-smb-direct/>.
/// Four rows of that table settle them; the others follow.
public struct ArrangementCosts: Hashable, Sendable {
  /// Gbps that one connection carries: what one core can receive. Two guests over TCP/IP got 9 Gbps,
  /// each on a core (row "LACP team of 2, 2 VMs, TCP/IP").
  public var gbpsPerConnection = 4.5
  /// Guests that moved at once where the table does not say. With 5 connections that a hash puts on two
  /// ports a team is expected to carry the 17 Gbps of the row "LACP team of 2, TCP/IP, default".
  public var guestsOfTable = 5
  /// Connections of SMB over a team: a guest is said to use eight cores.
  public var connectionsOverTeam = 8
  /// Connections of SMB for each port with queues (`ConnectionCountPerRssNetworkInterface`).
  public var connectionsPerPort = 4
  /// Cores that a Gbps takes with queues as the system has them: 22 % of 16 cores at 17 Gbps (row
  /// "LACP team of 2, TCP/IP, default").
  public var coresPerGbpsInbox = 0.2067
  /// The same for TCP/IP with queues spread: 12 % at 17 Gbps (row "LACP team of 2, TCP/IP, 8 queues").
  public var coresPerGbpsSpreadSingle = 0.1127
  /// The same for SMB: 6.5 % at 20 Gbps (row "no team, 2 NICs, SMB Multichannel, 8 queues").
  public var coresPerGbpsSpreadSeveral = 0.052
  /// With RDMA the table says "nearly none", without a number.
  public var coresPerGbpsRDMA = 0.0
  /// What jumbo frames gain for TCP/IP and SMB: 15 % to 20 %; the rows are with them.
  public var jumboGain = 0.175
  /// What they gain for RDMA: about 2 %.
  public var jumboGainRDMA = 0.02

  /// The constants of the articles.
  public init() {}

  /// Gbps expected of connections that a hash spreads over ports, each port as likely as another: by
  /// the linearity of expectation that of one port, as often as there are ports.
  static func hashed(
    connections: Int, over ports: Int, gbpsPerPort: Double, gbpsPerConnection: Double
  ) -> Double {
    guard ports > 0, connections > 0 else { return 0 }
    let chance = 1 / Double(ports)
    var sum = 0.0
    // Of one port alone all connections take it.
    guard ports > 1 else { return min(gbpsPerPort, Double(connections) * gbpsPerConnection) }
    for count in 0...connections {
      let weight =
        lgamma(Double(connections + 1)) - lgamma(Double(count + 1))
        - lgamma(Double(connections - count + 1)) + Double(count) * log(chance)
        + Double(connections - count) * log1p(-chance)
      sum += exp(weight) * min(gbpsPerPort, Double(count) * gbpsPerConnection)
    }
    return sum * Double(ports)
  }
}
