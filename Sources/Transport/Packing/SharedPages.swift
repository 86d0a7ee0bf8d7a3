import CTransport
import Threads

/// Pages that were sent in a pass, so that another one with the same content need not be: the receiver
/// has it already.
///
/// It holds for one pass alone, since no page is sent anew before that has landed. What a lane sent and
/// lost may never have landed, so that all is forgotten then.
final class SharedPages: Sendable {
  static let pageSize = 4096

  /// What a page holds, as 128 bits.
  struct Number: Hashable {
    var low: UInt64
    var high: UInt64

    init(_ page: UnsafeRawPointer) {
      var numbers: (UInt64, UInt64) = (0, 0)
      withUnsafeMutableBytes(of: &numbers) {
        tenfold_page_number(
          page, SharedPages.pageSize, $0.baseAddress?.assumingMemoryBound(to: UInt64.self))
      }
      (low, high) = numbers
    }
  }

  /// Where a page was sent.
  struct Entry: Hashable {
    var number: Number
    /// Place in the memory.
    var offset: Int
    var lane: Int
    /// Which of the lane's frames.
    var frame: UInt64
  }

  private struct State {
    /// By the low bits of numbers; a newer one takes the place of an older.
    var entries: [Entry?] = []
    /// How often all was forgotten.
    var times = 0
  }

  /// 256 MB of pages.
  private static let places = 1 << 16
  private let state = Monitor(State())

  /// Which of a lane's pages another one has sent that has landed, or this lane itself before.
  /// - Parameters:
  ///   - landed: How many frames of each lane have landed.
  /// - Returns: for each number the place of such a page, and what `note` must be told.
  func find(
    _ numbers: [Number], lane: Int, landed: [UInt64]
  ) -> (offsets: [Int?], times: Int) {
    state.read { state in
      guard !state.entries.isEmpty else {
        return (Array(repeating: nil, count: numbers.count), state.times)
      }
      let offsets = numbers.map { number -> Int? in
        guard let entry = state.entries[Self.place(number)], entry.number == number,
          entry.lane == lane
            || landed.indices.contains(entry.lane) && entry.frame < landed[entry.lane]
        else { return nil }
        return entry.offset
      }
      return (offsets, state.times)
    }
  }

  /// Notes pages that are being sent as they were numbered.
  /// - Parameter times: As `find` said: what is noted for a time that is over does not count.
  func note(_ entries: [Entry], times: Int) {
    guard !entries.isEmpty else { return }
    state.change { state in
      guard state.times == times else { return }
      if state.entries.isEmpty { state.entries = Array(repeating: nil, count: Self.places) }
      for entry in entries { state.entries[Self.place(entry.number)] = entry }
    }
  }

  /// Forgets all.
  func forget() {
    state.change { state in
      state.times += 1
      if !state.entries.isEmpty { state.entries = Array(repeating: nil, count: Self.places) }
    }
  }

  private static func place(_ number: Number) -> Int {
    Int(truncatingIfNeeded: number.low % UInt64(places))
  }
}

/// Before the packed bytes of a frame: which of its pages are like others that landed. A number of four
/// bytes, then for each of them, in their order, its place among the pages of the frame, four bytes, and
/// where in the memory the other is, eight, the least significant byte first.
enum SharedTable {
  static let entry = 12

  static func length(_ count: Int) -> Int { 4 + count * entry }

  static func write(_ pages: [(page: Int, offset: Int)], _ bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeBytes(of: UInt32(truncatingIfNeeded: pages.count).littleEndian, as: UInt32.self)
    for (place, page) in pages.enumerated() {
      let start = 4 + place * entry
      bytes.storeBytes(
        of: UInt32(truncatingIfNeeded: page.page).littleEndian, toByteOffset: start,
        as: UInt32.self)
      bytes.storeBytes(
        of: UInt64(truncatingIfNeeded: page.offset).littleEndian, toByteOffset: start + 4,
        as: UInt64.self)
    }
  }

  /// The table and its length; `nil` for one that cannot be: cut off, out of order, or of pages that the
  /// frame or the memory does not have.
  static func read(
    _ bytes: UnsafeRawBufferPointer, pages: Int, in memory: TransferMemory
  ) -> (pages: [(page: Int, offset: Int)], length: Int)? {
    guard bytes.count >= 4 else { return nil }
    let count = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
    guard count <= pages, length(count) <= bytes.count else { return nil }
    var shared: [(page: Int, offset: Int)] = []
    shared.reserveCapacity(count)
    for place in 0..<count {
      let start = 4 + place * entry
      let page = Int(
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
      guard page < pages, page > shared.last?.page ?? -1,
        let offset = Int(
          exactly: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt64.self))),
        memory.holds(Extent(offset: offset, count: SharedPages.pageSize))
      else { return nil }
      shared.append((page, offset))
    }
    return (shared, length(count))
  }
}
