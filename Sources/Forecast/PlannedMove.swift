import Fabric
import Migration
import Quantities

/// The ways for guests from one host of a plan to another, and what they should carry.
public struct PlannedMove: Hashable, Sendable {
  /// A way: addresses of both hosts in one network of live migration.
  public struct Way: Hashable, Sendable {
    public var own: IPv4Address
    public var other: IPv4Address
    /// Ports of both hosts that have them.
    public var ownPort: String
    public var otherPort: String
    /// Payload of TCP that the ports at both ends allow.
    public var rate: DataRate
    /// Of the network, in bytes.
    public var mtu: Int
  }

  /// In the order of the plan's subnets; no address stands twice.
  public var ways: [Way]

  /// `nil` where the hosts share no network of live migration.
  public init?(from source: String, to target: String, _ index: FabricIndex) {
    func own(_ host: String) -> [FabricIndex.Address] {
      index.addresses(of: host).filter {
        index.vlan($0.subnet.vlan)?.purpose == .liveMigration
      }
    }
    func rate(_ address: FabricIndex.Address) -> DataRate? {
      let end = Endpoint(node: address.assignment.node, port: address.assignment.port)
      return index.link(ofHostPort: end)?.rate
    }
    var left = own(target)
    ways = own(source).compactMap { one in
      guard let place = left.firstIndex(where: { $0.subnet.vlan == one.subnet.vlan }),
        let vlan = index.vlan(one.subnet.vlan)
      else { return nil }
      let other = left.remove(at: place)
      guard let here = rate(one), let there = rate(other),
        let payload = TCPCeiling.payload(of: min(here, there), mtu: vlan.mtu)
      else { return nil }
      return Way(
        own: one.assignment.address, other: other.assignment.address,
        ownPort: one.assignment.port, otherPort: other.assignment.port, rate: payload,
        mtu: vlan.mtu)
    }
    guard !ways.isEmpty else { return nil }
  }

  /// Bytes a second over all ways.
  public var bytesPerSecond: Double {
    ways.reduce(0) { $0 + Double($1.rate.bitsPerSecond) / 8 }
  }

  /// What it takes when the ways carry what they should and nothing else takes time.
  public func predict(
    _ guests: [ModelGuest], atOnce: Int, _ settings: MigrationMachine.Settings
  ) -> DrainPrediction {
    DrainModel.predict(
      guests, atOnce: atOnce, MigrationCosts(bytesPerSecond: max(1, bytesPerSecond)), settings)
  }
}
