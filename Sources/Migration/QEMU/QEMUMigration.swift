import Glibc
import JSONText
import Quantities

/// Moves the guest of a QEMU to another one, by the monitors of both.
///
/// Neither is ever told to run or stop its guest: they settle that between them, so that whatever breaks
/// here no guest runs twice.
public struct QEMUMigration: Sendable {
  private let source: String
  private let target: String
  private let address: IPv4Address
  private let port: Int
  private let settings: QEMUSettings
  /// How long a monitor may take for an answer.
  var patience = Duration.seconds(10)

  /// Prepares it.
  /// - Parameters:
  ///   - source: Socket of the monitor of the QEMU that has the guest.
  ///   - target: That of the one that waits for it (`-incoming defer`).
  ///   - address: Where the target waits, an address of its host.
  ///   - port: Where it waits; 0 for one that the system chooses.
  public init(
    from source: String, to target: String, at address: IPv4Address, port: Int,
    _ settings: QEMUSettings
  ) {
    self.source = source
    self.target = target
    self.address = address
    self.port = port
    self.settings = settings
  }

  /// Moves it; the thread that calls this waits.
  /// - Parameters:
  ///   - progress: Told the bytes that went, and those that are still to go.
  ///   - isCancelled: Asked now and then.
  /// - Throws: `QMPFailure` where it could not begin; the guest runs where it was.
  public func run(
    progress: (Int, Int?) -> Void = { _, _ in }, isCancelled: () -> Bool = { false }
  ) throws(QMPFailure) -> QEMUReport {
    let giving = try QMPConnection(source, within: patience)
    let taking = try QMPConnection(target, within: patience)
    let versions = [try Self.version(giving), try Self.version(taking)]
    let before = try Self.state(giving)
    guard before == "running" || before == "paused" else {
      throw QMPFailure("the guest at \(source) is \(before): there is nothing to move")
    }
    let waiting = try Self.state(taking)
    guard waiting == "inmigrate" else {
      throw QMPFailure(
        "the QEMU at \(target) is \(waiting): it must be started with -incoming defer")
    }
    try prepare(giving, isSource: true)
    try prepare(taking, isSource: false)
    let listening = settings.address(address, port: port)
    _ = try taking.execute("migrate-incoming", Place(uri: listening))
    let found = port != 0 ? port : QEMUProgress(try taking.execute("query-migrate")).port
    guard let found, found > 0 else {
      throw QMPFailure("the QEMU at \(target) does not say at which port it waits: name one")
    }
    var unheard: String?
    do throws(QMPFailure) {
      _ = try giving.execute("migrate", Place(uri: settings.address(address, port: found)))
    } catch {
      // One that does not answer may have begun all the same.
      if error.isRefusal { throw error }
      unheard = error.description
    }
    var watched = watch(giving, progress, isCancelled)
    if watched.last?.status == "none" { watched.why = watched.why ?? unheard }
    return QEMUReport(
      outcome(watched, before, giving, taking), watched.last, counts: watched.counts,
      versions: versions)
  }

  private struct Place: Encodable { var uri: String }
  private struct Capabilities: Encodable { var capabilities: [QEMUSettings.Capability] }

  private func prepare(_ qemu: QMPConnection, isSource: Bool) throws(QMPFailure) {
    _ = try qemu.execute(
      "migrate-set-capabilities",
      Capabilities(capabilities: settings.capabilities(ofSource: isSource)))
    _ = try qemu.execute("migrate-set-parameters", settings.parameters(ofSource: isSource))
  }

  private static func state(_ qemu: QMPConnection) throws(QMPFailure) -> String {
    guard case .string(let state)? = try qemu.execute("query-status").member("status")?.value
    else { throw QMPFailure("query-status: the answer has no status") }
    return state
  }

  private static func version(_ qemu: QMPConnection) throws(QMPFailure) -> String {
    let version = try qemu.execute("query-version").member("qemu")
    return ["major", "minor", "micro"].map { part in
      guard case .integer(let number)? = version?.member(part)?.value else { return "?" }
      return "\(number)"
    }.joined(separator: ".")
  }

  /// What was seen of it.
  private struct Watched {
    /// What was said last; `nil` where nobody answers any more.
    var last: QEMUProgress?
    /// What was said last that counts anything: one that was cancelled counts nothing.
    var counts: QEMUProgress?
    /// Why it was told to end; `nil` where it was not.
    var why: String?
  }

  /// Questions in a row without an answer, each of some seconds, after which nobody is asked any more.
  private static let mostUnanswered = 6

  /// Follows it to its end.
  private func watch(
    _ qemu: QMPConnection, _ progress: (Int, Int?) -> Void, _ isCancelled: () -> Bool
  ) -> Watched {
    let start = ContinuousClock.now
    var watched = Watched()
    var (unanswered, told): (Int, ContinuousClock.Instant?) = (0, nil)
    while true {
      // A source that is busy with its memory may answer late.
      guard let answer = try? qemu.execute("query-migrate") else {
        unanswered += 1
        guard unanswered < Self.mostUnanswered else {
          watched.last = nil
          return watched
        }
        if watched.why == nil, isCancelled() { watched.why = "it was cancelled" }
        usleep(50_000)
        continue
      }
      unanswered = 0
      let now = QEMUProgress(answer)
      watched.last = now
      if now.passes > 0 { watched.counts = now }
      if now.isOver { return watched }
      progress(now.transferred, now.remaining)
      let time = ContinuousClock.now - start
      if watched.why == nil, time > settings.limit || isCancelled() {
        let seconds = settings.limit / .seconds(1)
        watched.why =
          time > settings.limit ? "it was not done within \(Int(seconds)) s" : "it was cancelled"
      }
      // Told again until it is: nobody knows whether one that did not answer heard it.
      if watched.why != nil, told.map({ ContinuousClock.now - $0 > .seconds(1) }) ?? true {
        told = .now
        _ = try? qemu.execute("migrate_cancel")
      }
      // Beyond that a QEMU that does not let go of its connection is asked no more.
      if time > settings.limit + .seconds(60) { return watched }
      usleep(50_000)
    }
  }

  /// Where the guest is, by what both say.
  private func outcome(
    _ watched: Watched, _ before: String, _ giving: QMPConnection,
    _ taking: QMPConnection
  ) -> MigrationMachine.Outcome {
    let last = watched.last
    let isDone = last?.status == "completed"
    let here = try? Self.state(giving)
    let there = isDone ? settled(taking) : try? Self.state(taking)
    if isDone, there == "running" || there == "paused" { return .moved }
    if let last, !isDone, last.isOver, here == before {
      return .stayed(
        at: .iterate, why: watched.why ?? last.why ?? "the migration is \(last.status)")
    }
    let going = last.flatMap { $0.isOver ? nil : "the migration is still \($0.status)" }
    let said = [
      watched.why, going, here.map { "the source is \($0)" }, there.map { "the target is \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
    return .inDoubt(why: said.isEmpty ? "neither QEMU answers" : said)
  }

  /// State of the target, once it is no longer taking the guest.
  private func settled(_ qemu: QMPConnection) -> String? {
    let end = ContinuousClock.now + .seconds(10)
    while true {
      guard let state = try? Self.state(qemu) else { return nil }
      if state != "inmigrate" || ContinuousClock.now > end { return state }
      usleep(50_000)
    }
  }
}
