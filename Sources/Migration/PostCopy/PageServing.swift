import Glibc
import Threads
import Transport

/// Sends a guest that runs at the target already the pages that it misses: those that it waits for first,
/// all others in their order. Where the networks of the transfer carry nothing any more they go by the
/// management LAN: slow, but nothing is lost.
struct PageServing {
  /// Bytes of pages that nobody asked for which wait before those that are asked for.
  private static let backlog = 1 << 20
  /// For so long nothing may come before the transport is given up.
  private static let patience = Duration.seconds(3)
  /// How often the target is asked when it does not answer.
  private static let attempts = 25

  private let memory: GuestMemory
  private let missing: [Extent]
  private let transport: (any Transport)?
  private let target: any MigrationTarget
  private let meter: ProcessorMeter

  init(
    _ memory: GuestMemory, _ missing: [Extent], _ transport: (any Transport)?,
    _ target: any MigrationTarget, measuredBy meter: ProcessorMeter
  ) {
    self.memory = memory
    self.missing = missing
    self.transport = transport
    self.target = target
    self.meter = meter
  }

  /// Serves until nothing is missing.
  /// - Returns: what was sent, and whether pages were compared: a target that has them all, and is out of
  ///   reach from then on, runs a whole guest all the same.
  /// - Throws: `MigrationFault` when the target does not answer any more before it has them, or something
  ///   else came than was sent.
  func run() throws(MigrationFault) -> (round: MigrationRound, isCompared: Bool) {
    let start = ContinuousClock.now
    let pages = Extent.bytes(missing) / memory.pageSize
    let before = transport?.networkBytes ?? 0
    var (supplied, isComplete) = (0, false)
    if let transport, try serve(transport, pages) {
      isComplete = true
    } else {
      transport?.cancel()
      supplied = try supply()
    }
    let hashes: [Int: UInt64]?
    do throws(MigrationFault) { hashes = try fetched() } catch {
      guard isComplete else { throw error }
      hashes = nil
    }
    let own = memory.hashes(measuredBy: meter)
    let different = hashes.map { found in missingPages.count { found[$0] != own[$0] } } ?? 0
    guard different == 0 else {
      throw MigrationFault(.broken, "\(different) pages came other than they were sent")
    }
    let round = MigrationRound(
      pages: pages, carried: pages, bytes: (transport?.networkBytes ?? 0) - before + supplied,
      time: ContinuousClock.now - start, written: 0)
    return (round, hashes != nil)
  }

  /// Numbers of all pages that came.
  private func fetched() throws(MigrationFault) -> [Int: UInt64] {
    var all: [Int: UInt64] = [:]
    var page: Int? = 0
    while let first = page {
      let (hashes, next) = try asked { () throws(MigrationFault) in
        try target.fetchedHashes(from: first)
      }
      all.merge(hashes) { $1 }
      page = next
    }
    return all
  }

  private var missingPages: [Int] { missing.flatMap { $0.pages(of: memory.pageSize) } }

  private func extent(of page: Int) -> Extent {
    Extent(offset: page * memory.pageSize, count: memory.pageSize)
  }

  /// - Returns: `false` when the transport carries nothing any more.
  private func serve(_ transport: any Transport, _ pages: Int) throws(MigrationFault) -> Bool {
    var waiting = missing[...]
    var asked: Set<Int> = []
    var (left, moved) = (pages, ContinuousClock.now)
    while true {
      while transport.waitingBytes < Self.backlog, var next = waiting.popFirst() {
        if next.count > Self.backlog {
          waiting =
            [
              Extent(offset: next.offset + Self.backlog, count: next.count - Self.backlog)
            ] + waiting
          next.count = Self.backlog
        }
        transport.send([next])
      }
      let wanted = try self.asked { () throws(MigrationFault) in
        try target.wanted(within: .milliseconds(waiting.isEmpty ? 20 : 2))
      }
      guard wanted.left > 0 else { return true }
      let new = wanted.pages.filter { asked.insert($0).inserted }
      transport.sendFirst(new.map(extent(of:)))
      if wanted.left < left { (left, moved) = (wanted.left, .now) }
      guard ContinuousClock.now - moved < Self.patience else { return false }
    }
  }

  /// Bytes that went by the management LAN.
  private func supply() throws(MigrationFault) -> Int {
    let there = try fetched()
    var bytes = 0
    var left = missingPages.filter { there[$0] == nil }[...]
    while !left.isEmpty {
      // What the guest waits for goes before the others.
      let wanted = try asked { () throws(MigrationFault) in
        try target.wanted(within: .zero)
      }
      let part = wanted.pages + left.prefix(64)
      left = left.dropFirst(64)
      let content = part.flatMap { page in
        Array(
          UnsafeRawBufferPointer(
            rebasing: memory.bytes[
              (page * memory.pageSize)..<((page + 1) * memory.pageSize)]))
      }
      try asked { () throws(MigrationFault) in
        try target.supply(part.map(extent(of:)), content)
      }
      bytes += content.count
    }
    return bytes
  }

  /// Asks the target again when the way to it broke, or when it does not do what it must: it has the
  /// guest, and nobody else can serve it.
  private func asked<Value>(
    _ body: () throws(MigrationFault) -> Value
  ) throws(MigrationFault) -> Value {
    for _ in 0..<Self.attempts {
      do throws(MigrationFault) { return try body() } catch { usleep(200_000) }
    }
    return try body()
  }
}
