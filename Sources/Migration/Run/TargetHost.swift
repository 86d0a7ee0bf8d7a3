import Glibc
import Quantities
import Synchronization
import Threads
import Transport

/// The end of a migration that takes the guest.
public final class TargetHost: MigrationTarget, Sendable {
  private struct State {
    var shape: GuestShape?
    var memory: GuestMemory?
    var reservation: MemoryReservation?
    var guest: Guest?
    var missing: MissingPages?
    /// Whether it said that the guest is not here, and never will be.
    var isRefused = false
    var receivers = 0
    /// Those that wait, and frames that landed by those that did.
    var waiting: [TransferReceiver] = []
    var landedFrames = 0
    var stop = false
    var isRetired = false

    mutating func forget() {
      (memory, reservation, shape, missing) = (nil, nil, nil, nil)
    }

    /// Runs the guest, unless it does already or was refused.
    mutating func run() -> Bool {
      guard let shape, let memory, guest == nil, !isRefused else { return false }
      guest = Guest(
        memory, shape.workload, seed: shape.seed &+ 1_000_003, threads: shape.threads)
      return true
    }
  }

  /// Whether this machine can run a guest before its memory is there.
  public static var canRunEarly: Bool { MissingPages.isPossible }

  private let state = Monitor(State())
  /// Of threads that take memory or look at it.
  let meter = ProcessorMeter()
  private let addresses: [IPv4Address]
  private let limit: Int

  /// - Parameters:
  ///   - addresses: Own ones that transports may come to.
  ///   - limit: Most bytes of memory that a guest may have here; what the machine has of it counts
  ///     anyway.
  public init(on addresses: [IPv4Address], limit: Int = .max) {
    self.addresses = addresses
    self.limit = limit
  }

  /// Memory that is kept for a guest; `nil` before that, and once it is forgotten.
  public var memory: GuestMemory? { state.read(\.memory) }
  /// The guest that was taken over; `nil` before.
  public var guest: Guest? { state.read(\.guest) }

  public func permit() throws(MigrationFault) {}

  public func reserve(_ shape: GuestShape) throws(MigrationFault) {
    let (bytes, over) = shape.pages.multipliedReportingOverflow(by: shape.pageSize)
    guard shape.pages > 0, !over, bytes <= limit else {
      throw MigrationFault(.refused, "it has \(limit) bytes for guests, not \(shape.pages) pages")
    }
    guard Int(sysconf(Int32(_SC_PAGESIZE))) == shape.pageSize else {
      throw MigrationFault(.refused, "its pages are not of \(shape.pageSize) bytes")
    }
    guard let reservation = MemoryReservation(bytes), let memory = GuestMemory(pages: shape.pages)
    else { throw MigrationFault(.refused, "the system has no \(bytes) bytes for it") }
    state.change { ($0.shape, $0.memory, $0.reservation) = (shape, memory, reservation) }
  }

  public func makeSkeleton() throws(MigrationFault) {
    guard state.read({ $0.memory != nil }) else {
      throw MigrationFault(.refused, "no memory was reserved")
    }
  }

  public func listen(_ secret: TransferSecret) throws(MigrationFault) -> [TransferPath] {
    guard let memory = state.read(\.memory) else {
      throw MigrationFault(.refused, "no memory was reserved")
    }
    return try receive(secret, into: memory, arrived: nil)
  }

  /// Waits for connections, on a thread of its own.
  private func receive(
    _ secret: TransferSecret, into memory: GuestMemory,
    arrived: (@Sendable ([Extent]) -> Bool)?
  ) throws(MigrationFault) -> [TransferPath] {
    let receiver: TransferReceiver
    do throws(TransferFailure) {
      receiver = try TransferReceiver(
        secret, into: memory.transfer, on: addresses, measuredBy: meter, arrived: arrived)
    } catch {
      throw MigrationFault(.refused, error.description)
    }
    var work = Work()
    state.change { state in
      state.receivers += 1
      state.waiting.append(receiver)
    }
    let isStarted = work.start { [state] in
      // The memory lives for as long as anything may be written to it.
      withExtendedLifetime(memory) {
        _ = receiver.run { state.read(\.stop) }
      }
      state.change { state in
        state.receivers -= 1
        state.waiting.removeAll { $0 === receiver }
        state.landedFrames += receiver.totals.frames
      }
    }
    work.leave()
    guard isStarted else {
      state.change { state in
        state.receivers -= 1
        state.waiting.removeAll { $0 === receiver }
      }
      throw MigrationFault(.refused, "the system gives it no thread")
    }
    return zip(addresses, receiver.ports).map { address, port in
      TransferPath(own: address, other: address, port: port)
    }
  }

  public func hashes(_ pages: Range<Int>) throws(MigrationFault) -> [UInt64] {
    guard let memory = state.read(\.memory) else {
      throw MigrationFault(.refused, "the guest is not here")
    }
    return memory.hashes(pages, measuredBy: meter)
  }

  public func takeOver() throws(MigrationFault) {
    guard state.change({ $0.run() }) else {
      throw MigrationFault(.refused, "the guest is not here")
    }
  }

  public func takeOver(
    missing: [Extent], _ secret: TransferSecret
  ) throws(MigrationFault) -> [TransferPath] {
    guard let memory = state.read(\.memory),
      let staging = GuestMemory(pages: memory.pages, isSparse: true)
    else {
      throw MigrationFault(.refused, "the system gives it no memory for what is to come")
    }
    guard let pages = MissingPages(memory, missing: missing) else {
      throw MigrationFault(.refused, "its kernel lets no thread wait for a page")
    }
    state.change { $0.missing = pages }
    let paths = try receive(secret, into: staging) { extents in
      defer { staging.forget(extents) }
      return pages.place(extents, from: staging)
    }
    guard state.change({ $0.run() }) else {
      throw MigrationFault(.refused, "the guest is not here")
    }
    return paths
  }

  public func wanted(
    within time: Duration
  ) throws(MigrationFault) -> (pages: [Int], left: Int) {
    guard let missing = state.read(\.missing) else {
      throw MigrationFault(.refused, "no page is missing")
    }
    return missing.wanted(within: time)
  }

  public func supply(_ extents: [Extent], _ content: [UInt8]) throws(MigrationFault) {
    guard
      let (missing, memory) = state.read({ state in
        state.missing.flatMap { missing in state.memory.map { (missing, $0) } }
      }), let staging = GuestMemory(pages: memory.pages, isSparse: true)
    else { throw MigrationFault(.refused, "no page is missing") }
    var place = 0
    for extent in extents {
      guard staging.transfer.holds(extent), place + extent.count <= content.count else {
        throw MigrationFault(.refused, "there are no such pages")
      }
      content.withUnsafeBytes { bytes in
        UnsafeMutableRawBufferPointer(rebasing: staging.bytes[extent.offset...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[place..<(place + extent.count)]))
      }
      place += extent.count
    }
    guard missing.place(extents, from: staging) else {
      throw MigrationFault(.refused, "the pages were not put in their places")
    }
  }

  public func fetchedHashes(
    from page: Int
  ) throws(MigrationFault) -> (hashes: [Int: UInt64], next: Int?) {
    guard let missing = state.read(\.missing) else {
      throw MigrationFault(.refused, "no page is missing")
    }
    return missing.hashes(from: page, most: TargetRequest.mostFetched)
  }

  public func place() throws(MigrationFault) -> GuestPlace {
    state.change { state in
      if state.guest != nil { return .runsHere }
      state.isRefused = true
      return .isNotHere
    }
  }

  /// Frames that have landed until now.
  public var landedFrames: Int {
    state.read { state in
      state.waiting.reduce(state.landedFrames) { $0 + $1.totals.frames }
    }
  }

  public func processorTime() -> Duration { meter.total }

  /// Whether the guest was retired.
  public var isRetired: Bool { state.read(\.isRetired) }

  public func retire() {
    state.change { state in
      (state.isRefused, state.stop, state.isRetired) = (true, true, true)
    }
    let (guest, missing) = state.read { ($0.guest, $0.missing) }
    // Told first, so that it touches no page once nobody brings any.
    guest?.tellToStop()
    missing?.end()
    guest?.stop()
    _ = state.wait(for: .seconds(10)) { $0.receivers == 0 ? true : nil }
    state.change { state in
      state.guest = nil
      state.forget()
    }
  }

  public func drop() throws(MigrationFault) {
    state.change { state in
      state.isRefused = true
      state.stop = true
    }
    // Nothing may land in memory that is given back.
    _ = state.wait(for: .seconds(10)) { $0.receivers == 0 ? true : nil }
    let (guest, missing) = state.read { ($0.guest, $0.missing) }
    if let missing, missing.isIncomplete {
      guest?.tellToStop()
      missing.end()
      guest?.stop()
      state.change { $0.guest = nil }
    }
    state.change { state in
      // One that runs is not dropped: whoever asks has not heard of it yet.
      if state.guest == nil { state.forget() }
    }
  }
}
