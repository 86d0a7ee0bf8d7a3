import Migration
import Quantities
import Synchronization

/// Migrations of a real guest and of a synthetic one that has the same memory, and writes to the same
/// pages in the same order.
public enum PrecopyCheck {
  /// What both write to.
  public struct Writes: Sendable {
    /// Page of the real guest's memory from which on it writes; the first of the synthetic one's.
    public var first: Int
    public var pages: Int
    public var perSecond: Int
    public var seed: UInt64

    /// Makes it.
    public init(first: Int, pages: Int, perSecond: Int, seed: UInt64) {
      (self.first, self.pages, self.perSecond, self.seed) = (first, pages, perSecond, seed)
    }
  }

  /// Moves a QEMU's guest, and prints what it says of it.
  public static func qemu(
    from source: String, to target: String, at address: IPv4Address, blackOut: Duration
  ) -> Bool {
    var settings = QEMUSettings(.tcp)
    settings.blackOut = blackOut
    settings.limit = .seconds(300)
    do throws(QMPFailure) {
      let report = try QEMUMigration(from: source, to: target, at: address, port: 0, settings)
        .run()
      show(
        "qemu", report.outcome, report.total, report.blackOut, report.bytes, report.passes)
      return report.outcome == .moved
    } catch {
      print("qemu failed: \(error)")
      return false
    }
  }

  /// Moves a synthetic guest, and prints the same.
  public static func own(
    _ pair: HostPair, _ image: MemoryImage, _ writes: Writes, blackOut: Duration
  ) -> Bool {
    var settings = MigrationMachine.Settings()
    settings.blackOutLimit = blackOut
    settings.throttleStep = 0
    let guest = ModelGuest(
      pages: image.pages, zeroPages: 0,
      Workload(
        pages: writes.pages, writesPerSecond: Double(writes.perSecond), pattern: .uniform))
    let isLoaded = Atomic(true)
    guard
      let report = pair.move(
        guest, settings, streams: 1, seed: writes.seed,
        filling: { memory in
          if !image.load(into: memory, first: writes.first) {
            isLoaded.store(false, ordering: .relaxed)
          }
        }), isLoaded.load(ordering: .relaxed)
    else {
      print("own failed: the namespaces or the image cannot be used")
      return false
    }
    show(
      "own", report.outcome, report.total, report.blackOut,
      report.rounds.reduce(0) { $0 + $1.bytes }, report.rounds.count)
    return report.outcome == .moved
  }

  private static func show(
    _ who: String, _ outcome: MigrationMachine.Outcome, _ total: Duration?, _ blackOut: Duration?,
    _ bytes: Int, _ passes: Int
  ) {
    func milliseconds(_ time: Duration?) -> Int { time.map { Int($0 / .milliseconds(1)) } ?? -1 }
    print(
      who, outcome == .moved ? "moved" : "\(outcome)", milliseconds(total),
      milliseconds(blackOut), bytes, passes)
  }
}
