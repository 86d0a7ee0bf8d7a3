import Migration
import Quantities

/// Guests of a host, all alike, as they are assumed to be.
public struct AssumedGuests: Hashable, Sendable {
  /// Of each host; `nil` for as many as fill the part of its memory that the other hosts of its group
  /// can take.
  public var count: Int?
  /// Of each guest.
  public var memory: ByteCount
  /// Bytes of pages that a guest writes to in a second.
  public var writtenPerSecond: ByteCount
  /// Percent of its memory that it writes to at all.
  public var workingSet: Int
  /// Percent of its memory that holds nothing.
  public var empty: Int
  /// Which pages it writes to.
  public var pattern = Workload.Pattern.uniform

  /// Guests of 16 GiB, as many as fit, that write to 20 MiB a second of a quarter of their memory, and
  /// have nothing in a tenth of it.
  public init() {
    count = nil
    memory = ByteCount(bytes: 16 << 30)
    writtenPerSecond = ByteCount(bytes: 20 << 20)
    (workingSet, empty) = (25, 10)
  }

  /// Bytes of a page; what hypervisors track writes by.
  static let pageSize = 4096

  /// One of them.
  var guest: ModelGuest {
    let pages = max(1, Int(clamping: memory.bytes) / Self.pageSize)
    return ModelGuest(
      pages: pages, zeroPages: Int(Double(pages) * Double(empty) / 100),
      Workload(
        pages: Int(Double(pages) * Double(workingSet) / 100),
        writesPerSecond: Double(writtenPerSecond.bytes) / Double(Self.pageSize), pattern: pattern))
  }

  /// How many a host of a group has.
  /// - Returns: `nil` where neither the count nor the host's memory is known.
  func count(of hosts: Int, memory own: ByteCount?) -> Int? {
    if let count { return count }
    guard let own, memory.bytes > 0, hosts > 0 else { return nil }
    // The others must have room for all of them when this host is drained.
    let usable = own.bytes / Int64(hosts) * Int64(hosts - 1)
    return Int(clamping: usable / memory.bytes)
  }
}
