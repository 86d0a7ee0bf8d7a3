import Quantities

/// Which ways two hosts have to each other, and how many connections each is worth, as SMB Multichannel
/// does it: without a team, over every pair of interfaces of one subnet.
public enum Multichannel {
  /// A way between interfaces of two hosts.
  public struct Pair: Hashable, Sendable {
    public var own: OwnInterface
    public var other: OwnInterface
    /// Connections over it.
    public var connections: Int
  }

  /// Connections of a pair whose both ends can spread packets over processors, of one with RDMA, and of
  /// others (Microsoft Learn, "Manage SMB Multichannel": 4, 2 and 1).
  private static func connections(_ own: OwnInterface, _ other: OwnInterface) -> Int {
    own.hasRDMA && other.hasRDMA ? 2 : own.hasRSS && other.hasRSS ? 4 : 1
  }

  /// Ways that no interface has twice, in the order of the own ones: those whose rates are nearest.
  public static func pairs(_ own: [OwnInterface], _ others: [OwnInterface]) -> [Pair] {
    var left = others
    var pairs: [Pair] = []
    for one in own {
      let near = left.indices.filter { place in
        left[place].prefixLength == one.prefixLength
          && IPv4Subnet(around: left[place].address, prefixLength: one.prefixLength)
            == IPv4Subnet(around: one.address, prefixLength: one.prefixLength)
          && left[place].address != one.address
      }
      // Of two as near the first counts.
      guard let best = near.min(by: { distance(one, left[$0]) < distance(one, left[$1]) }) else {
        continue
      }
      let other = left.remove(at: best)
      pairs.append(Pair(own: one, other: other, connections: connections(one, other)))
    }
    return pairs
  }

  /// How far two rates are apart, in bits a second; unknown ones are as far as can be.
  private static func distance(_ one: OwnInterface, _ other: OwnInterface) -> Int64 {
    guard let a = one.rate?.bitsPerSecond, let b = other.rate?.bitsPerSecond else { return .max }
    return abs(a - b)
  }
}
