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
  /// Percent that the guest was slowed down at the end.
  public var throttle: Int
  /// Versions of the two QEMUs.
  public var versions: [String]

  /// - Parameters:
  ///   - last: What was said last.
  ///   - counts: What was said last that counts anything.
  init(
    _ outcome: MigrationMachine.Outcome, _ last: QEMUProgress?, counts: QEMUProgress?,
    versions: [String]
  ) {
    self.outcome = outcome
    self.versions = versions
    total = last?.totalTime.map { .milliseconds($0) }
    blackOut = last?.downtime.map { .milliseconds($0) }
    setUp = last?.setupTime.map { .milliseconds($0) }
    throttle = counts?.throttle ?? 0
    passes = counts?.passes ?? 0
    bytes = counts?.transferred ?? 0
    emptyPages = counts?.duplicatePages ?? 0
    fullPages = counts?.normalPages ?? 0
  }
}
