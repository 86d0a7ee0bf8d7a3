import CMigration
import Glibc
import Threads
import Transport

/// Memory of a guest that runs though some of its pages are still at another host: a thread that touches
/// one waits until it has come.
final class MissingPages: @unchecked Sendable {
  /// What is known of the missing pages.
  private struct State {
    /// By page: whether it is still to come.
    var isMissing: [Bool]
    var left: Int
    /// Pages that threads wait for, in the order in which they asked.
    var wanted: [Int] = []
    /// A number for each page that came, as it came.
    var hashes: [Int: UInt64] = [:]
    var isOver = false
    var isWatching = false
  }

  /// Whether the kernel lets threads wait for pages (userfaultfd(2)): some machines forbid it.
  static let isPossible: Bool = {
    guard let memory = GuestMemory(pages: 1) else { return false }
    let descriptor = tenfold_fetch_begin(memory.base, memory.count)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }()

  private let memory: GuestMemory
  private let descriptor: Int32
  private let state: Monitor<State>

  /// Takes the pages away, and waits for threads that touch them.
  /// - Returns: `nil` where the kernel does not let it.
  init?(_ memory: GuestMemory, missing: [Extent]) {
    self.memory = memory
    var isMissing = Array(repeating: false, count: memory.pages)
    for extent in missing {
      guard let pages = Self.pages(extent, of: memory) else { return nil }
      for page in pages { isMissing[page] = true }
    }
    let left = isMissing.count { $0 }
    state = Monitor(State(isMissing: isMissing, left: left))
    descriptor = tenfold_fetch_begin(memory.base, memory.count)
    guard descriptor >= 0 else { return nil }
    for extent in missing {
      guard tenfold_fetch_forget(memory.base + extent.offset, extent.count) == 0 else { return nil }
    }
    var work = Work()
    state.change { $0.isWatching = true }
    // It lives for as long as it watches.
    let isStarted = work.start { self.watch() }
    work.leave()
    guard isStarted else {
      state.change { $0.isWatching = false }
      return nil
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Pages of an extent; `nil` where it is not of whole pages of the memory.
  private static func pages(_ extent: Extent, of memory: GuestMemory) -> Range<Int>? {
    let size = memory.pageSize
    guard memory.transfer.holds(extent), extent.offset % size == 0, extent.count % size == 0
    else { return nil }
    return extent.pages(of: size)
  }

  private func watch() {
    let size = memory.pageSize
    let base = UInt(bitPattern: memory.base)
    while !state.read(\.isOver) {
      var address: UInt64 = 0
      guard tenfold_fetch_next(descriptor, 20, &address) == 1 else { continue }
      let page = Int(UInt(address) &- base) / size
      let comes = state.change { state in
        guard state.isMissing.indices.contains(page), state.isMissing[page] else { return false }
        if !state.wanted.contains(page) { state.wanted.append(page) }
        return true
      }
      // One that was never written to at the source either, or has come meanwhile.
      if !comes { _ = tenfold_fetch_empty(descriptor, memory.base + page * size, size) }
    }
    state.change { $0.isWatching = false }
  }

  /// Puts pages in their places, of which another memory holds the content.
  /// - Returns: `false` for what are no missing pages, or where the kernel does not take them.
  func place(_ extents: [Extent], from other: GuestMemory) -> Bool {
    let size = memory.pageSize
    for extent in extents {
      guard let pages = Self.pages(extent, of: memory) else { return false }
      for page in pages {
        guard place(page, other.base + page * size) else { return false }
      }
    }
    return true
  }

  private func place(_ page: Int, _ content: UnsafeMutablePointer<UInt8>) -> Bool {
    let size = memory.pageSize
    var hash: UInt64 = 0
    tenfold_hash_pages(content, 1, UInt64(size), &hash)
    let status = tenfold_fetch_place(descriptor, memory.base + page * size, content, size)
    return state.change { state in
      // What comes twice is as it was: the guest has written to it since.
      guard status >= 0 else { return false }
      if state.isMissing[page] {
        state.isMissing[page] = false
        state.left -= 1
        state.hashes[page] = hash
      }
      state.wanted.removeAll { $0 == page }
      return true
    }
  }

  /// Pages that threads wait for, each told once, and how many are still to come at all. Waits for some.
  func wanted(within time: Duration) -> (pages: [Int], left: Int) {
    let found = state.wait(for: time) { state -> (pages: [Int], left: Int)? in
      guard !state.wanted.isEmpty || state.left == 0 || state.isOver else { return nil }
      defer { state.wanted = [] }
      return (state.wanted, state.left)
    }
    return found ?? ([], state.read(\.left))
  }

  /// A number for each of the pages that came, from a place on, and where to go on; `nil` at the end.
  func hashes(from first: Int, most: Int) -> (hashes: [Int: UInt64], next: Int?) {
    state.read { state in
      var found: [Int: UInt64] = [:]
      var page = max(0, first)
      while page < state.isMissing.count, found.count < most {
        if let hash = state.hashes[page] { found[page] = hash }
        page += 1
      }
      return (found, page < state.isMissing.count ? page : nil)
    }
  }

  /// Whether some are still to come.
  var isIncomplete: Bool { state.read { $0.left > 0 } }

  /// Lets all threads go on, with zeros where nothing came.
  func end() {
    state.change { $0.isOver = true }
    _ = state.wait(for: .seconds(2)) { $0.isWatching ? nil : true }
    tenfold_fetch_end(descriptor, memory.base, memory.count)
  }
}
