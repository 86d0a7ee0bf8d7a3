import Foundation
import NIOCore
import Quantities
import Testing

@testable import Agent

@Suite("Enrolment over the network")
struct EnrolmentTests {
  let world: World

  init() throws { world = try World() }

  /// A server over an authority on the disk.
  private func withServer(
    clock: @escaping @Sendable () -> Timestamp = { .now }, deadlines: Deadlines = .patient,
    _ work: (SecureServer, Authority, TestLog) async throws -> Void
  ) async throws {
    try await withFolder { folder in
      let authority = try AuthorityFolder.open(folder, plan: World.plan, at: .now)
      let log = TestLog()
      var options = ServerOptions()
      (options.log, options.clock, options.deadlines) = (log.sink, clock, deadlines)
      let server = try await EnrolmentServer.start(
        on: AgentAddress(host: "127.0.0.1", port: 0), desk: TokenDesk(authority, keys: folder),
        threads: World.threads, group: World.group, options: options)
      try await work(server, authority, log)
      try await server.stop()
    }
  }

  private func enrol(
    _ token: EnrolmentToken, at address: AgentAddress
  ) async throws -> Result<Credentials, AgentFailure> {
    try await Enrolment.enrol(
      with: token, at: address, group: World.group, deadlines: .patient)
  }

  @Test("A host with a token gets a certificate, and serves its coordinator with it")
  func enrolled() async throws {
    try await withServer { server, authority, log in
      let token = EnrolmentToken(for: World.host, by: authority, at: .now)
      let own = try await enrol(token, at: server.address).get()
      #expect(try await log.waits(for: "enrolled hv01"))
      try await withFolder { folder in
        try AgentFolder.write(folder + "/agent", own)
        let kept = try AgentFolder.read(folder + "/agent", at: .now)
        #expect(kept.host == World.host)
        let agent = try await LiveAgent(
          World(plan: World.plan), own: kept.credentials, identity: world.identity())
        let coordinator = try authority.credentials(for: .coordinator, at: .now)
        #expect(try await agent.ask(as: coordinator).outcome.failure == nil)
        try await agent.server.stop()
      }
    }
  }

  @Test("A token that was used, has ended, or is of another plan is refused and logged")
  func refused() async throws {
    try await withServer { server, authority, log in
      let token = EnrolmentToken(for: World.host, by: authority, at: .now)
      #expect(try await enrol(token, at: server.address).failure == nil)
      #expect(
        try await enrol(token, at: server.address).failure
          == .refused("the token was used before"))
      let old = EnrolmentToken(for: World.host, by: authority, at: .now - 7200)
      guard case .refused(let why)? = try await enrol(old, at: server.address).failure else {
        Issue.record("an old token was taken")
        return
      }
      #expect(why.hasPrefix("the token ended"))
      #expect(log.contains("refused 127.0.0.1") && log.contains("the token was used before"))
      #expect(log.contains("the token ended"))
    }
  }

  @Test("A token is not shown to a server of another authority, nor to an agent of the same")
  func wrongServer() async throws {
    try await withServer { server, _, log in
      let token = EnrolmentToken(for: World.host, by: world.authority, at: .now)
      let why = try await enrol(token, at: server.address).failure
      #expect(
        why == .refused("here: the certificate was not signed by the authority of this plan"))
      #expect(!log.contains("token"))
    }
    let impostor = try await Impostor(world.agent())
    let token = EnrolmentToken(for: World.host, by: world.authority, at: .now)
    #expect(
      try await enrol(token, at: impostor.address).failure
        == .refused("here: the certificate is that of the agent of hv01"))
    impostor.stop()
  }

  @Test("A server that gives a certificate of another key, host or authority is not believed")
  func wrongCertificate() async throws {
    let token = EnrolmentToken(for: World.host, by: world.authority, at: .now)
    let server = try world.authority.credentials(for: .enrolment, at: .now)
    let foreign = try World().agent()
    let other = try world.agent()
    for (own, authority, words) in [
      (other.certificate, world.authority.certificate, "another key"),
      (foreign.certificate, foreign.trust.authority, "another authority"),
    ] {
      let reply = EnrolmentReply.enrolled(
        certificate: try own.pemText, authority: try authority.pemText)
      let impostor = try await Impostor(server, answers: [message(reply)])
      guard case .malformed(let what)? = try await enrol(token, at: impostor.address).failure else {
        Issue.record("\(words) was believed")
        return
      }
      #expect(what.contains(words))
      impostor.stop()
    }
  }

  @Test("Strangers at the enrolment server: garbage, oversized, silent, wrong tokens; hosts go on")
  func strangers() async throws {
    try await withServer(deadlines: .patient { $0.greeting = .seconds(3) }) {
      server, authority, log in
      let garbage = try await Stranger.connect(to: server.address)
      garbage.send(Array("hello".utf8))
      let long = try await Stranger.connect(to: server.address, .tls(nil))
      long.send([0, 1, 0, 1])
      let silent = try await Stranger.connect(to: server.address, .tls(nil))
      let guess = try await Stranger.connect(to: server.address, .tls(nil))
      guess.send(message(EnrolmentRequest(token: "AAAA", request: "x")))
      let token = EnrolmentToken(for: World.host, by: authority, at: .now)
      #expect(try await enrol(token, at: server.address).failure == nil)
      for stranger in [garbage, long, silent, guess] { #expect(try await stranger.isClosed()) }
      for words in ["TLS: ", "a message of 65537 bytes", "no request within", "this is no token"] {
        #expect(try await log.waits(for: words), "\(words): \(log.lines)")
      }
      #expect(guess.text.contains("this is no token"))
    }
  }
}

@Suite("Keys on the disk")
struct KeyFolderTests {
  @Test("An authority is made once and found again, its files readable by nobody else")
  func madeOnce() async throws {
    try await withFolder { folder in
      let keys = folder + "/keys"
      let first = try AuthorityFolder.open(keys, plan: World.plan, at: .now)
      let again = try AuthorityFolder.open(keys, plan: World.plan, at: .now)
      #expect(first.trust.fingerprint == again.trust.fingerprint)
      let other = try AuthorityFolder.open(keys, plan: World.otherPlan, at: .now)
      #expect(first.trust.fingerprint != other.trust.fingerprint)
      let own = AuthorityFolder.path(keys, World.plan)
      for name in try FileManager.default.contentsOfDirectory(atPath: own) {
        #expect(mode("\(own)/\(name)") == 0o600, "\(name)")
      }
      #expect(mode(keys) == 0o700 && mode(own) == 0o700)
    }
  }

  @Test("Eight commands that are the first at once find one authority")
  func raced() async throws {
    try await withFolder { folder in
      let keys = folder + "/keys"
      let now = Timestamp.now
      let fingerprints = try await withThrowingTaskGroup(of: [UInt8].self) { tasks in
        for _ in 0..<8 {
          tasks.addTask {
            try AuthorityFolder.open(keys, plan: World.plan, at: now).trust.fingerprint
          }
        }
        return try await tasks.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
      }
      #expect(fingerprints.count == 1)
    }
  }

  private func mode(_ path: String) -> mode_t {
    var data = stat()
    return lstat(path, &data) == 0 ? data.st_mode & 0o777 : 0
  }

  @Test("Keys that others may read are refused, and so are folders and links")
  func tooWide() async throws {
    try await withFolder { folder in
      let keys = folder + "/keys"
      _ = try AuthorityFolder.open(keys, plan: World.plan, at: .now)
      let own = AuthorityFolder.path(keys, World.plan)
      for (path, narrow) in [(own + "/authority.key", mode_t(0o600)), (own, 0o700), (keys, 0o700)] {
        chmod(path, narrow | 0o040)
        #expect(throws: Findings.self) {
          try AuthorityFolder.open(keys, plan: World.plan, at: .now)
        }
        chmod(path, narrow)
      }
      rename(own + "/token.key", folder + "/elsewhere")
      symlink(folder + "/elsewhere", own + "/token.key")
      #expect(throws: Findings.self) {
        try AuthorityFolder.open(keys, plan: World.plan, at: .now)
      }
    }
  }

  @Test("A host's folder with another's certificate, or an old one, is refused")
  func agentFolder() async throws {
    let world = try World()
    try await withFolder { folder in
      let (one, two) = (try world.agent(), try world.agent(World.name("hv02")))
      try AgentFolder.write(
        folder, Credentials(key: one.key, certificate: two.certificate, trust: one.trust))
      #expect(throws: Findings.self) { try AgentFolder.read(folder, at: .now) }
      try AgentFolder.write(folder, one)
      #expect(throws: Never.self) { try AgentFolder.read(folder, at: .now) }
      #expect(throws: Findings.self) { try AgentFolder.read(folder, at: .now + 40 * 86_400) }
    }
  }
}
