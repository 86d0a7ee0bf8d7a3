import Quantities
import Transport

/// Why a step failed at the other host, or on the way there.
public struct MigrationFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is known of it.
  public enum Kind: Hashable, Sendable {
    /// The other host did not do it, and says so.
    case refused
    /// Nobody knows whether it did: the connection broke.
    case broken
  }
  public var kind: Kind
  public var description: String

  /// Makes a fault.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}

/// A guest as one host describes it to another.
public struct GuestShape: Hashable, Sendable {
  /// Bytes of a page.
  public var pageSize: Int
  public var pages: Int
  public var workload: Workload
  /// Seed of its writes.
  public var seed: UInt64
  /// Threads that write.
  public var threads: Int

  /// Makes a shape.
  public init(pageSize: Int, pages: Int, workload: Workload, seed: UInt64, threads: Int) {
    self.pageSize = pageSize
    self.pages = pages
    self.workload = workload
    self.seed = seed
    self.threads = threads
  }
}

/// Where a guest is.
public enum GuestPlace: Hashable, Sendable {
  case runsHere
  case isNotHere
}

/// The host that takes a guest, as the one that gives it sees it. Calls wait, and are made from one
/// thread.
public protocol MigrationTarget: Sendable {
  /// Whether the host takes guests of anybody who may ask.
  func permit() throws(MigrationFault)
  /// Keeps the memory.
  func reserve(_ shape: GuestShape) throws(MigrationFault)
  /// Makes the guest without contents.
  func makeSkeleton() throws(MigrationFault)
  /// Waits for what a transport brings.
  /// - Returns: where it waits, by own addresses.
  func listen(_ secret: TransferSecret) throws(MigrationFault) -> [TransferPath]
  /// A number for each of some pages as it is there.
  func hashes(_ pages: Range<Int>) throws(MigrationFault) -> [UInt64]
  /// Runs the guest.
  func takeOver() throws(MigrationFault)
  /// Runs the guest though the content of some pages is still at the source.
  /// - Returns: where it waits for them, by own addresses.
  func takeOver(missing: [Extent], _ secret: TransferSecret) throws(MigrationFault)
    -> [TransferPath]
  /// Pages that the guest waits for, each told once, and how many are still to come; waits for some.
  func wanted(within time: Duration) throws(MigrationFault) -> (pages: [Int], left: Int)
  /// Takes the content of pages by the management LAN, where the other networks are lost: as many bytes
  /// as the extents have.
  func supply(_ extents: [Extent], _ content: [UInt8]) throws(MigrationFault)
  /// A number for each page that came after the guest was taken over, as it came: some of those from a page
  /// on, and where to go on; `nil` where there are no more.
  func fetchedHashes(
    from page: Int
  ) throws(MigrationFault) -> (hashes: [Int: UInt64], next: Int?)
  /// Says by the management LAN where the guest is; once it said that it is not there it never will be.
  func place() throws(MigrationFault) -> GuestPlace
  /// What it has taken of processors for this guest until now, without what the guest itself takes.
  func processorTime() throws(MigrationFault) -> Duration
  /// Forgets the guest; one that runs only where pages of it will never come.
  func drop() throws(MigrationFault)
  /// Ends the guest, whether it runs or not: what was to be seen of it was seen.
  func retire() throws(MigrationFault)
}
