/// What the migration of a real guest came to, by what its hypervisor says.
public struct QEMUReport: Hashable, Sendable {
  public var outcome: MigrationMachine.Outcome
  /// From its start to its end; `nil` where the QEMU does not say it.
  public var total: Duration?
  /// The guest stood still for so long; `nil` as before.
  public var blackOut: Duration?
  /// Before the first pass.
  public var setUp: Duration?
  /// Passes over the memory.
  public var passes: Int
  /// Bytes of memory over the link.
  public var bytes: Int
  /// Pages that went as one value, and those with their content.
  public var emptyPages: Int
  public var fullPages: Int
  /// Most percent that the guest was slowed down.
  public var throttle: Int
  /// Versions of the two QEMUs.
  public var versions: [String]

  init(
    _ outcome: MigrationMachine.Outcome, _ progress: QEMUProgress?, throttle: Int = 0,
    versions: [String]
  ) {
    self.outcome = outcome
    self.throttle = throttle
    self.versions = versions
    total = progress?.totalTime.map { .milliseconds($0) }
    blackOut = progress?.downtime.map { .milliseconds($0) }
    setUp = progress?.setupTime.map { .milliseconds($0) }
    passes = progress?.passes ?? 0
    bytes = progress?.transferred ?? 0
    emptyPages = progress?.duplicatePages ?? 0
    fullPages = progress?.normalPages ?? 0
  }
}
