/// What a link and the hosts at its ends make of a migration: constants that are measured, or fitted to
/// measurements.
public struct MigrationCosts: Hashable, Sendable {
  /// Bytes a second that the transport carries in all.
  public var bytesPerSecond: Double
  /// Bytes a second that one migration gets at most: what one processor or one connection can. Infinite
  /// where the link is all that counts.
  public var bytesPerSecondEach = Double.infinity
  /// Part of the rate that each migration takes by being there beside others: hosts that attend to many
  /// at once do less of each.
  public var lossPerMigration = 0.0
  /// Bytes that a page costs beside its content: its place, and its part of frames and headers.
  public var bytesPerPage: Double
  /// Bytes of a page whose content is zero.
  public var bytesPerZeroPage: Double
  /// Seconds from the start until the first page goes: permission, memory, the guest without contents.
  public var setUp: Double
  /// Seconds of each pass beside sending: collecting written pages, waiting until all has landed.
  public var perPass: Double
  /// Seconds that the guest stands still beside the last pass: to stop, to start.
  public var blackOut: Double
  /// Seconds that it takes to compare a page at both ends, while the guest stands still: not every
  /// hypervisor does, and it does not count as black-out.
  public var comparePerPage = 0.0
  /// Seconds until both ends are cleaned up, after the guest runs.
  public var cleanUp: Double
  /// Processor seconds of a gigabyte over the network, both ends together.
  public var processorSecondsPerGigabyte: Double
  /// Processor seconds of each page that is looked at, both ends together: what it holds, and whether it
  /// is the same there.
  public var processorSecondsPerPage = 0.0

  /// Makes costs of a link alone: everything beside sending takes no time.
  public init(bytesPerSecond: Double) {
    self.bytesPerSecond = bytesPerSecond
    bytesPerPage = 16
    bytesPerZeroPage = 16
    (setUp, perPass, blackOut, cleanUp) = (0, 0, 0, 0)
    processorSecondsPerGigabyte = 0
  }

  /// Bytes a second that each of so many gets that send, amid so many migrations.
  func rate(of senders: Int, amid migrations: Int) -> Double {
    guard senders > 0 else { return bytesPerSecond }
    let all = bytesPerSecond * max(0.01, 1 - lossPerMigration * Double(max(0, migrations - 1)))
    return min(bytesPerSecondEach, all / Double(senders))
  }
}

/// What a migration is expected to take.
public struct MigrationPrediction: Hashable, Sendable {
  /// Seconds from the start until everything is cleaned up.
  public var total: Double
  /// Seconds that the guest stands still; 0 where it stays.
  public var blackOut: Double
  /// Passes over the memory, the last of them in the black-out.
  public var passes: Int
  /// Bytes over the network.
  public var bytes: Double
  /// Processor seconds, both ends together.
  public var processorSeconds: Double
  /// Most percent that the guest was slowed down.
  public var throttle: Int
  public var outcome: MigrationMachine.Outcome
}
