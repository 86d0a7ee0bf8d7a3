import MigrationTestSupport
import Quantities
import Synchronization
import Testing

@testable import Migration

@Suite("Moving the guest of a QEMU")
struct QEMUMigrationTests {
  private static let address = IPv4Address("10.99.1.2")
  private static let version = #"{"qemu": {"major": 7, "minor": 2, "micro": 22}, "package": ""}"#
  private static let active = #"""
    {"status": "active", "total-time": 40, "expected-downtime": 300, "setup-time": 6,
     "ram": {"transferred": 5000000, "remaining": 1000000, "dirty-sync-count": 1,
       "page-size": 4096, "duplicate": 7, "normal": 12, "mbps": 12.5}}
    """#.split(separator: "\n").joined()
  private static let completed = #"""
    {"status": "completed", "total-time": 1320, "downtime": 16, "setup-time": 6,
     "ram": {"transferred": 174000000, "remaining": 0, "dirty-sync-count": 4,
       "page-size": 4096, "duplicate": 25230, "normal": 41000, "mbps": 1054.2}}
    """#.split(separator: "\n").joined()

  /// A source that is asked three times until its migration ends so.
  private func source(
    _ end: String, state: String = "running", after: String = "postmigrate",
    _ other: @escaping @Sendable (String) -> FakeMonitor.Answer? = { _ in nil }
  ) throws -> FakeMonitor {
    let asked = Atomic(0)
    let isOver = Atomic(false)
    return try FakeMonitor { command, _ in
      if let answer = other(command) { return answer }
      switch command {
      case "query-version": return .result(Self.version)
      case "query-status":
        return .result(
          #"{"status": "\#(isOver.load(ordering: .relaxed) ? after : state)"}"#)
      case "query-migrate":
        let count = asked.add(1, ordering: .relaxed).newValue
        if count > 2 { isOver.store(true, ordering: .relaxed) }
        return .result(count > 2 ? end : Self.active)
      default: return .result("{}")
      }
    }
  }

  /// A target, and the state in which it says to be once it was asked for it so often.
  private func target(
    _ states: [String] = ["inmigrate", "inmigrate", "running"],
    port: String = #"{"socket-address": [{"type": "inet", "host": "::", "port": "49152"}]}"#
  ) throws -> FakeMonitor {
    let asked = Atomic(0)
    return try FakeMonitor { command, _ in
      switch command {
      case "query-version": return .result(Self.version)
      case "query-status":
        let place = asked.add(1, ordering: .relaxed).oldValue
        return .result(#"{"status": "\#(states[min(place, states.count - 1)])"}"#)
      case "query-migrate": return .result(port)
      default: return .result("{}")
      }
    }
  }

  private func move(
    _ source: FakeMonitor, _ target: FakeMonitor, _ settings: QEMUSettings = QEMUSettings(.tcp),
    port: Int = 0, isCancelled: () -> Bool = { false }
  ) throws -> QEMUReport {
    defer {
      source.end()
      target.end()
    }
    return try QEMUMigration(
      from: source.path, to: target.path, at: try #require(Self.address), port: port, settings
    ).run(isCancelled: isCancelled)
  }

  @Test("Says what it took, in the order in which both must be told")
  func moves() throws {
    let (source, target) = (try source(Self.completed), try target())
    let report = try move(source, target)
    #expect(report.outcome == .moved)
    #expect(report.total == .milliseconds(1320))
    #expect(report.blackOut == .milliseconds(16))
    #expect(report.bytes == 174_000_000)
    #expect((report.passes, report.emptyPages, report.fullPages) == (4, 25230, 41000))
    #expect(report.versions == ["7.2.22", "7.2.22"])
    #expect(
      target.commands.filter { !$0.hasPrefix("query") } == [
        "qmp_capabilities", "migrate-set-capabilities", "migrate-set-parameters",
        "migrate-incoming",
      ])
    #expect(
      source.commands.filter { !$0.hasPrefix("query") } == [
        "qmp_capabilities", "migrate-set-capabilities", "migrate-set-parameters", "migrate",
      ])
  }

  @Test("Neither guest is ever told to run or to stand still")
  func neverRuns() throws {
    for end in [Self.completed, #"{"status": "failed", "error-desc": "unreachable"}"#] {
      let (source, target) = (try source(end, after: "running"), try target())
      _ = try move(source, target)
      #expect(!(source.commands + target.commands).contains { ["cont", "stop"].contains($0) })
    }
  }

  @Test("A guest that stayed is told with the words of its QEMU")
  func fails() throws {
    let end = #"{"status": "failed", "error-desc": "Unable to write to socket: Broken pipe"}"#
    let report = try move(try source(end, after: "running"), try target(["inmigrate"]))
    #expect(
      report.outcome == .stayed(at: .iterate, why: "Unable to write to socket: Broken pipe"))
  }

  @Test("Where both say that it is not with them, it is in doubt")
  func doubt() throws {
    let report = try move(try source(Self.completed), try target(["inmigrate", "shutdown"]))
    #expect(
      report.outcome
        == .inDoubt(why: "the source is postmigrate, the target is shutdown"))
  }

  @Test("A source that dies amid it is in doubt, and what the target says is told")
  func dies() throws {
    let source = try source(Self.completed) { $0 == "query-migrate" ? .end : nil }
    let report = try move(source, try target())
    #expect(report.outcome == .inDoubt(why: "the target is inmigrate"))
  }

  /// Answers nothing to the first of some questions.
  private static func late(
    _ command: String, _ times: Int
  ) -> @Sendable (String) -> FakeMonitor.Answer? {
    let asked = Mutex(0)
    return { own in
      guard own == command else { return nil }
      return asked.withLock { count in
        count += 1
        return count <= times ? .silence : nil
      }
    }
  }

  private func move(patiently source: FakeMonitor, _ target: FakeMonitor) throws -> QEMUReport {
    defer {
      source.end()
      target.end()
    }
    var migration = QEMUMigration(
      from: source.path, to: target.path, at: try #require(Self.address), port: 0,
      QEMUSettings(.tcp))
    migration.patience = .milliseconds(300)
    return try migration.run()
  }

  @Test(
    "A monitor that answers late is no migration that ended",
    arguments: [
      ("query-migrate", 3), ("migrate", 1),
    ])
  func busy(_ command: String, _ times: Int) throws {
    let source = try source(Self.completed, Self.late(command, times))
    #expect(try move(patiently: source, try target()).outcome == .moved)
  }

  @Test("What a migration comes to of which nobody hears any more is in doubt")
  func unheard() throws {
    let source = try source(Self.completed, after: "running", Self.late("query-migrate", 1000))
    let report = try move(patiently: source, try target(["inmigrate"]))
    #expect(
      report.outcome == .inDoubt(why: "the source is running, the target is inmigrate"))
  }

  @Test("It is cancelled once, and waits for what comes of it")
  func cancelled() throws {
    let source = try source(#"{"status": "cancelled"}"#, after: "running")
    let report = try move(source, try target(["inmigrate"])) { true }
    #expect(report.outcome == .stayed(at: .iterate, why: "it was cancelled"))
    #expect((report.passes, report.bytes) == (1, 5_000_000))
    #expect(source.commands.count { $0 == "migrate_cancel" } == 1)
  }

  @Test("One that takes too long is cancelled, and that is said")
  func late() throws {
    var settings = QEMUSettings(.tcp)
    settings.limit = .milliseconds(1)
    let source = try source(#"{"status": "cancelled"}"#, after: "running")
    let report = try move(source, try target(["inmigrate"]), settings)
    #expect(report.outcome == .stayed(at: .iterate, why: "it was not done within 0 s"))
  }

  @Test(
    "Nothing is begun where it cannot go well, and it is said why",
    arguments: [
      ("shutdown", "inmigrate", "there is nothing to move"),
      ("running", "running", "-incoming defer"),
    ])
  func refused(from: String, to: String, why: String) throws {
    let (source, target) = (try source(Self.completed, state: from), try target([to]))
    let failure = #expect(throws: QMPFailure.self) { try move(source, target) }
    #expect(failure?.description.contains(why) == true)
    #expect(!(source.commands + target.commands).contains { $0.hasPrefix("migrate") })
  }

  @Test("A QEMU that refuses is quoted")
  func quoted() throws {
    let source = try source(Self.completed) {
      $0 == "migrate" ? .error("There's a migration process in progress") : nil
    }
    let failure = #expect(throws: QMPFailure.self) { try move(source, try target()) }
    #expect(failure?.isRefusal == true)
    #expect(failure?.description == "migrate: There's a migration process in progress")
  }

  @Test("Without a port of its own it is said to name one")
  func portless() throws {
    let failure = #expect(throws: QMPFailure.self) {
      try move(try source(Self.completed), try target(port: "{}"))
    }
    #expect(failure?.description.contains("name one") == true)
    let report = try move(try source(Self.completed), try target(port: "{}"), port: 4444)
    #expect(report.outcome == .moved)
  }

  @Test("What is no monitor, or says what no monitor says, is told")
  func strangers() throws {
    for greeting in ["SSH-2.0-OpenSSH_9.2", "{}", "[1, 2", "null"] {
      let stranger = try FakeMonitor(greeting: greeting) { _, _ in .silence }
      defer { stranger.end() }
      #expect(throws: QMPFailure.self) { try QMPConnection(stranger.path, within: .seconds(2)) }
    }
    for answer in ["{\"return\"", String(repeating: "x", count: 2 << 20), "{\"id\": 2}"] {
      let stranger = try FakeMonitor { _, _ in .bytes(answer) }
      defer { stranger.end() }
      let monitor = try QMPConnection(stranger.path, within: .milliseconds(300))
      #expect(throws: QMPFailure.self) { try monitor.execute("query-status") }
    }
    #expect(throws: QMPFailure.self) { try QMPConnection("/nowhere/qmp") }
    #expect(throws: QMPFailure.self) {
      try QMPConnection(String(repeating: "/long", count: 40))
    }
  }

  @Test("What both are told fits the way")
  func settings() throws {
    var settings = QEMUSettings(.multifd(channels: 4))
    settings.packing = .zstd
    let (source, target) = (
      settings.parameters(ofSource: true), settings.parameters(ofSource: false)
    )
    #expect((target.multifdChannels, target.multifdCompression) == (4, "zstd"))
    #expect((target.downtimeLimit, target.maxBandwidth) == (nil, nil))
    #expect((source.downtimeLimit, source.multifdChannels) == (300, 4))
    #expect(settings.capabilities(ofSource: false).map(\.state) == [true])
    let address = try #require(Self.address)
    #expect(QEMUSettings(.rdma).address(address, port: 4444) == "rdma:10.99.1.2:4444")
    #expect(QEMUSettings(.tcp).parameters(ofSource: true).multifdChannels == nil)
  }
}
