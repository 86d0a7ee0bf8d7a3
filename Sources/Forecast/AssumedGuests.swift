import Migration
import Quantities

/// Guests of a host, all alike, as they are assumed to be.
public struct AssumedGuests: Hashable, Sendable {
  /// Of each host; `nil` for as many as the other hosts have room for when it is drained.
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
  /// Percent of a host's memory that guests do not get: the hypervisor has it. No vendor states one
  /// number; agents keep as much of what is free.
  public var reserve = 10

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

  /// How many a host with so much memory holds.
  func places(in own: ByteCount) -> Int {
    guard memory.bytes > 0 else { return 0 }
    // Hosts have 64 TiB at most.
    return Int(clamping: own.bytes / 100 * Int64(100 - reserve) / memory.bytes)
  }
}
