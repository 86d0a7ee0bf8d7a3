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
    var guest: Guest?
    /// Whether it said that the guest is not here, and never will be.
    var isRefused = false
    var isReceiving = false
    var stop = false
  }

  private let state = Monitor(State())
  private let addresses: [IPv4Address]
  private let limit: Int

  /// - Parameters:
  ///   - addresses: Own ones that transports may come to.
  ///   - limit: Most bytes of memory that a guest may have here.
  public init(on addresses: [IPv4Address], limit: Int) {
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
    guard let memory = GuestMemory(pages: shape.pages) else {
      throw MigrationFault(.refused, "the system gives it no \(bytes) bytes")
    }
    state.change { ($0.shape, $0.memory) = (shape, memory) }
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
    let receiver: TransferReceiver
    do throws(TransferFailure) {
      receiver = try TransferReceiver(secret, into: memory.transfer, on: addresses)
    } catch {
      throw MigrationFault(.refused, error.description)
    }
    var work = Work()
    state.change { $0.isReceiving = true }
    let isStarted = work.start { [state] in
      // The memory lives for as long as anything may be written to it.
      withExtendedLifetime(memory) {
        _ = receiver.run { state.read(\.stop) }
      }
      state.change { $0.isReceiving = false }
    }
    work.leave()
    guard isStarted else {
      state.change { $0.isReceiving = false }
      throw MigrationFault(.refused, "the system gives it no thread")
    }
    return zip(addresses, receiver.ports).map { address, port in
      TransferPath(own: address, other: address, port: port)
    }
  }

  public func hashes() throws(MigrationFault) -> [UInt64] {
    guard let memory = state.read(\.memory) else {
      throw MigrationFault(.refused, "the guest is not here")
    }
    return memory.hashes()
  }

  public func takeOver() throws(MigrationFault) {
    let isTaken = state.change { state in
      guard let shape = state.shape, let memory = state.memory, state.guest == nil,
        !state.isRefused
      else { return false }
      state.guest = Guest(
        memory, shape.workload, seed: shape.seed &+ 1_000_003, threads: shape.threads)
      return true
    }
    guard isTaken else { throw MigrationFault(.refused, "the guest is not here") }
  }

  public func place() throws(MigrationFault) -> GuestPlace {
    state.change { state in
      if state.guest != nil { return .runsHere }
      state.isRefused = true
      return .isNotHere
    }
  }

  public func drop() throws(MigrationFault) {
    state.change { state in
      state.isRefused = true
      state.stop = true
    }
    // Nothing may land in memory that is given back.
    _ = state.wait(for: .seconds(10)) { $0.isReceiving ? nil : true }
    state.change { state in
      // One that runs is not dropped: whoever asks has not heard of it yet.
      if state.guest == nil { (state.memory, state.shape) = (nil, nil) }
    }
  }
}
