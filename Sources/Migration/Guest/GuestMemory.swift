import CMigration
import Glibc
import Threads
import Transport

/// Memory of a synthetic guest.
public final class GuestMemory: @unchecked Sendable {
  // Threads of a guest write to it while others read: whatever they read of a page that is written to
  // meanwhile goes once more. Nobody reads it through Swift's own accesses.
  let base: UnsafeMutablePointer<UInt8>
  /// Pages of `pageSize` bytes.
  public let pages: Int
  /// The kernel's.
  public let pageSize: Int
  /// Bytes.
  public var count: Int { pages * pageSize }

  /// Maps memory of zeros; `nil` when the machine has not so much.
  /// - Parameter isSparse: Whether only some pages, here and there, will ever be used: they are then
  ///   small ones. Large ones are faster to fill and to send, and are taken apart where they are
  ///   written to while somebody takes note of it.
  public init?(pages: Int, isSparse: Bool = false) {
    pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    let (bytes, over) = pages.multipliedReportingOverflow(by: pageSize)
    guard pages > 0, !over,
      let memory = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      memory != MAP_FAILED
    else { return nil }
    if !isSparse { madvise(memory, bytes, MADV_HUGEPAGE) }
    base = memory.assumingMemoryBound(to: UInt8.self)
    self.pages = pages
  }

  deinit { munmap(base, count) }

  /// Gives the system back what whole pages hold; they are zeros then.
  func forget(_ extents: [Extent]) {
    for extent in extents where transfer.holds(extent) {
      let first = (extent.offset + pageSize - 1) / pageSize
      let last = (extent.offset + extent.count) / pageSize
      if last > first { madvise(base + first * pageSize, (last - first) * pageSize, MADV_DONTNEED) }
    }
  }

  /// All of it. Threads of a guest may write to it meanwhile.
  public var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base, count: count)
  }

  /// Fills the first pages with bytes that nobody can compress, as far as there are any.
  /// - Parameter seed: Gives the same bytes each time.
  public func fill(pages: Int, seed: UInt64) {
    tenfold_fill_pages(base, UInt64(max(0, min(pages, self.pages))), UInt64(pageSize), seed)
  }

  /// As what a transport moves.
  public var transfer: TransferMemory { TransferMemory(bytes) }

  /// A number for each page, from its content and nothing else, worked out on all processors.
  /// - Parameters:
  ///   - wanted: Pages; all of them when `nil`, none beyond the last.
  ///   - meter: Takes note of what it takes of them.
  public func hashes(
    _ wanted: Range<Int>? = nil, measuredBy meter: ProcessorMeter = ProcessorMeter()
  ) -> [UInt64] {
    let wanted = (wanted ?? 0..<pages).clamped(to: 0..<pages)
    let parts = concurrentMap(Self.parts(of: wanted, 64)) { part in
      meter.measure {
        [UInt64](unsafeUninitializedCapacity: part.count) { hashes, count in
          tenfold_hash_pages(
            self.base + part.lowerBound * self.pageSize, UInt64(part.count),
            UInt64(self.pageSize), hashes.baseAddress)
          count = part.count
        }
      }
    }
    return Array(parts.joined())
  }

  /// Which of some pages hold nothing.
  func zeroPages(of extents: [Extent], measuredBy meter: ProcessorMeter) -> [[Bool]] {
    concurrentMap(extents) { extent in
      meter.measure {
        let pages = extent.count / self.pageSize
        let bytes = [UInt8](unsafeUninitializedCapacity: pages) { zero, count in
          tenfold_zero_pages(
            self.base + extent.offset, UInt64(pages), UInt64(self.pageSize), zero.baseAddress)
          count = pages
        }
        return bytes.map { $0 == 1 }
      }
    }
  }

  /// All pages in so many parts at most.
  func parts(_ most: Int) -> [Range<Int>] { Self.parts(of: 0..<pages, most) }

  private static func parts(of range: Range<Int>, _ most: Int) -> [Range<Int>] {
    let size = max(1, (range.count + most - 1) / most)
    return stride(from: range.lowerBound, to: range.upperBound, by: size).map {
      $0..<min($0 + size, range.upperBound)
    }
  }
}
