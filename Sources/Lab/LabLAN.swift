import Fabric
import Quantities

/// What stands for the LAN that the hosts had before the new fabric: a bridge that every host has one
/// port in. The coordinator asks the agents over it, whatever is broken on the fabric.
public struct LabLAN: Hashable, Sendable {
  /// Port of a host in it.
  static let interface = "lan"
  /// Its bridge.
  static let bridge = "lan0"

  public var prefix: IPv4Subnet

  /// Takes the first of the networks for benchmarks (RFC 2544) and for carriers (RFC 6598) that the
  /// plan does not use.
  init(_ fabric: Fabric) {
    let used = fabric.subnets.map(\.prefix)
    let candidates = ["198.18.0.0/16", "198.19.0.0/16", "100.64.0.0/16", "100.127.0.0/16"]
      .compactMap { IPv4Subnet($0) }
    prefix =
      candidates.first { candidate in !used.contains { $0.overlaps(candidate) } } ?? .everything
  }

  /// Address of the coordinator.
  var coordinator: IPv4Address? { prefix.address(1) }

  /// Address of a host by its place in the lab, from 0.
  public func address(ofHost place: Int) -> IPv4Address? { prefix.address(place + 2) }
}
