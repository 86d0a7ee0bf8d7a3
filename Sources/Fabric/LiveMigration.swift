import Quantities

/// How many guests move at once, and what that may take of ports that it shares with storage.
public enum LiveMigration {
  /// Migrations at once to start with, of a host and of its cluster (facts `WIN-71`, `WIN-72`).
  public static let count = 4

  /// Part of SMB's share that it takes, in percent, up to 10 Gbps (fact `WIN-83`).
  private static let part: Int64 = 60

  /// Whether two purposes go by SMB, so that one can starve the other.
  public static func sharesSMB(with purpose: VLANPurpose) -> Bool {
    purpose == .csv || purpose == .storage
  }

  /// The limit in bytes a second: 60 % of the class that SMB has, of the links as they are where there
  /// are no classes; `nil` when it does not fit 64 bits.
  /// - Parameters:
  ///   - rates: Per shared port the rates that hosts of the group have there: the least holds for all.
  ///   - qos: Policy of the ports; `nil` for ports without classes.
  public static func limit(_ rates: [[DataRate]], _ qos: QoSIntent?) -> Int64? {
    let share = qos?.groups.filter(\.lossless).map(\.bandwidth).reduce(0, +) ?? 100
    var sum: Int64 = 0
    for port in rates {
      let (next, over) = sum.addingReportingOverflow(port.min()?.bitsPerSecond ?? 0)
      guard !over else { return nil }
      sum = next
    }
    return sum / 100 * Int64(share) / 100 * part / 8
  }
}
