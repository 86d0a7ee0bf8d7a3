/// What a migration came to.
public struct MigrationReport: Hashable, Sendable {
  public var outcome: MigrationMachine.Outcome
  public var rounds: [MigrationRound]
  /// From the start until everything was cleaned up.
  public var total: Duration
  /// From the start until the first pass began; all of it where none did.
  public var setUp: Duration
  /// From the moment the guest was told to stand still until it ran again, wherever, without the
  /// comparison of all pages; `nil` where it never stood still.
  public var blackOut: Duration?
  /// The comparison of all pages at both ends, while it stood still.
  public var comparison: Duration
  /// Why the black-out was let take longer than its limit; empty where it was not.
  public var excuse: String
  /// Most percent that the guest was slowed down.
  public var throttle: Int
  public var tracking: WriteTracker.Way?
  /// Whether the guest ran at the target before all of its memory was there.
  public var isPostCopy: Bool
  /// What threads that moved it took of processors, here and at the target, without the guest's own;
  /// `nil` where nobody said.
  public var processorTime: Duration?
  public var targetProcessorTime: Duration?
  /// What carried connections that were encrypted, packed or for which RDMA was wanted, each kind once: when
  /// packing pays, names of adapters, or why it was TCP.
  public var carriers: [String]

  /// Makes a report.
  public init(
    outcome: MigrationMachine.Outcome, rounds: [MigrationRound], total: Duration,
    setUp: Duration,
    blackOut: Duration?, comparison: Duration, excuse: String, throttle: Int,
    tracking: WriteTracker.Way?, isPostCopy: Bool, processorTime: Duration? = nil,
    targetProcessorTime: Duration? = nil, carriers: [String] = []
  ) {
    self.outcome = outcome
    self.rounds = rounds
    self.total = total
    self.setUp = setUp
    self.blackOut = blackOut
    self.comparison = comparison
    self.excuse = excuse
    self.throttle = throttle
    self.tracking = tracking
    self.isPostCopy = isPostCopy
    self.processorTime = processorTime
    self.targetProcessorTime = targetProcessorTime
    self.carriers = carriers
  }
}

extension MigrationReport {
  /// Both ends together; `nil` where one of them did not say.
  public var allProcessorTime: Duration? {
    processorTime.flatMap { own in targetProcessorTime.map { own + $0 } }
  }

  /// Bytes that went over the network.
  public var bytes: Int { rounds.reduce(0) { $0 + $1.bytes } }

  /// Pages that were looked at, each as often as it was: in every pass, and when all are compared.
  public var pagesRead: Int {
    rounds.reduce(0) { $0 + $1.pages } + (comparison > .zero ? rounds.first?.pages ?? 0 : 0)
  }
}
