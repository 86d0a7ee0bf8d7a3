import CMigration
import Glibc
import Threads
import Transport

/// Notes which pages of a guest are written to.
public final class WriteTracker: @unchecked Sendable {
  /// How it does that.
  public enum Way: String, Hashable, Sendable {
    /// The kernel takes note of the first write to each page, and nobody waits (userfaultfd with
    /// asynchronous write protection and PAGEMAP_SCAN, Linux 6.7).
    case writeProtection = "write protection by the kernel"
    /// All pages are read, and compared by numbers of 64 bits.
    case comparison = "comparison of all pages"
  }

  private let memory: GuestMemory
  private let meter: ProcessorMeter
  private let protection: Int32
  private let pagemap: Int32
  /// Of the pages as they were last; empty where the kernel notes.
  private var hashes: [UInt64] = []
  public let way: Way

  /// Begins to note.
  /// - Parameters:
  ///   - way: `nil` for the best that this kernel has.
  ///   - meter: Takes note of what comparing takes of processors.
  init(
    _ memory: GuestMemory, way wanted: WriteTracker.Way? = nil,
    measuredBy meter: ProcessorMeter = ProcessorMeter()
  ) {
    self.memory = memory
    self.meter = meter
    var (protection, pagemap): (Int32, Int32) = (-1, -1)
    if wanted != .comparison {
      protection = tenfold_track_begin(memory.base, memory.count)
      pagemap = protection < 0 ? -1 : tenfold_track_open()
    }
    self.protection = protection
    self.pagemap = pagemap
    var isNoted = false
    if protection >= 0, pagemap >= 0 {
      // A kernel that has one of the two has the other, but for what is told here.
      var next: UInt64 = 0
      var one = tenfold_written()
      isNoted = tenfold_track_collect(pagemap, memory.base, memory.count, &next, &one, 1) >= 0
    }
    way = isNoted ? .writeProtection : .comparison
    if !isNoted { hashes = memory.hashes(measuredBy: meter) }
  }

  deinit {
    if pagemap >= 0 { close(pagemap) }
    if protection >= 0 { close(protection) }
  }

  /// Pages written to since they were asked for last, ascending; from now on they are noted anew.
  func collect() -> [Extent] {
    switch way {
    case .writeProtection: noted()
    case .comparison: compared()
    }
  }

  private func noted() -> [Extent] {
    let most = 512
    var ranges = [tenfold_written](repeating: tenfold_written(), count: most)
    var extents: [Extent] = []
    var next: UInt64 = 0
    while next < UInt64(memory.count) {
      let before = next
      let found = tenfold_track_collect(
        pagemap, memory.base, memory.count, &next, &ranges, most)
      // What cannot be told counts as written.
      guard found >= 0, next > before || found > 0 else {
        return [Extent(offset: 0, count: memory.count)]
      }
      for range in ranges.prefix(Int(found)) {
        extents.append(Extent(offset: Int(range.start), count: Int(range.end - range.start)))
      }
    }
    return extents
  }

  private func compared() -> [Extent] {
    let now = memory.hashes(measuredBy: meter)
    var extents: [Extent] = []
    let size = memory.pageSize
    for page in now.indices where now[page] != hashes[page] {
      extents.join(Extent(offset: page * size, count: size))
    }
    hashes = now
    return extents
  }
}
