import Quantities
import Testing

@testable import Agent

@Suite("The coordinator's side of a connection, without a connection")
struct CoordinatorSessionTests {
  private static let moment = Moment(steady: .zero, wall: .now)
  private static let evidence = emptyEvidence(host: "hv01", plan: World.plan.text)

  private static let agent = Identity(plan: World.plan, role: .agent(World.host))

  private static func session(_ networks: [ProbeNetwork] = []) -> CoordinatorSession {
    CoordinatorSession(
      host: World.host, plan: World.plan, version: "test",
      job: .collect(CollectRequest(interval: 1, networks: networks)))
  }

  private static var hello: [UInt8] {
    Answer.hello(
      Hello(version: "test", plan: World.plan, host: World.host, clock: moment.wall)
    ).frame
  }

  private static var announced: [UInt8] {
    Answer.evidence(size: evidence.count, hash: SHA256.hexDigest(evidence)).frame
  }

  private static func outcomes(
    _ effects: [SessionEffect<Never, CoordinatorSession.Outcome>]
  ) -> [CoordinatorSession.Outcome] {
    effects.compactMap { if case .finish(let outcome) = $0 { outcome } else { nil } }
  }

  @Test("However the bytes of an agent are cut, the same evidence comes of them")
  func cut() throws {
    let half = Self.evidence.count / 2
    let bytes =
      Self.hello + Answer.status(isCollecting: true).frame + Self.announced
      + Frame.bytes(Array(Self.evidence[..<half])) + Frame.bytes(Array(Self.evidence[half...]))
    for size in [1, 3, 17, 10_000] {
      var session = Self.session()
      _ = session.handle(.opened, at: Self.moment)
      _ = session.handle(.secured(Self.agent), at: Self.moment)
      var outcomes: [CoordinatorSession.Outcome] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        let part = Array(bytes[start..<min(start + size, bytes.count)])
        outcomes += Self.outcomes(session.handle(.received(part), at: Self.moment))
      }
      #expect(outcomes.count == 1)
      #expect(try outcomes.first?.get().content == .evidence(Self.evidence), "in pieces of \(size)")
    }
  }

  @Test("Nothing is asked before TLS stands, and no network is told before hello is answered")
  func order() {
    let network = ProbeNetwork(
      name: "n", own: IPv4Address(bits: 1), prefixLength: 24, mtu: 1500, vlan: 1, others: [])
    var session = Self.session([network])
    func sent(_ effects: [SessionEffect<Never, CoordinatorSession.Outcome>]) -> [Request] {
      effects.compactMap { effect in
        guard case .send(let bytes) = effect else { return nil }
        return try? Request(Array(bytes.dropFirst(4)))
      }
    }
    #expect(sent(session.handle(.opened, at: Self.moment)).isEmpty)
    #expect(sent(session.handle(.secured(Self.agent), at: Self.moment)).count == 1)
    let asked = sent(session.handle(.received(Self.hello), at: Self.moment))
    #expect(asked.first == .network(network) && asked.count == 2)
  }

  @Test("A peer that TLS knows nothing of, or another than the host's agent, is told nothing")
  func unknownPeer() {
    for peer in [
      nil, Identity(plan: World.plan, role: .agent(World.name("hv02"))),
      Identity(plan: World.plan, role: .coordinator),
      Identity(plan: World.otherPlan, role: .agent(World.host)),
    ] {
      var session = Self.session()
      _ = session.handle(.opened, at: Self.moment)
      let effects = session.handle(.secured(peer), at: Self.moment)
      #expect(Self.outcomes(effects).count == 1)
      #expect(!effects.contains { if case .send = $0 { true } else { false } })
    }
  }

  @Test("An agent that does not answer whether it is alive is given up; one that does is not")
  func alive() {
    var session = Self.session()
    _ = session.handle(.opened, at: Self.moment)
    _ = session.handle(.secured(Self.agent), at: Self.moment)
    _ = session.handle(.received(Self.hello), at: Self.moment)
    for _ in 0..<5 {
      #expect(Self.outcomes(session.handle(.timeUp(.asking), at: Self.moment)).isEmpty)
      let answer = Answer.status(isCollecting: true).frame
      #expect(Self.outcomes(session.handle(.received(answer), at: Self.moment)).isEmpty)
    }
    _ = session.handle(.timeUp(.asking), at: Self.moment)
    let outcomes = Self.outcomes(session.handle(.timeUp(.answer), at: Self.moment))
    #expect(outcomes == [.failure(.timedOut(.collecting))])
  }

  @Test("Events in any order leave exactly one outcome")
  func anyOrder() {
    var generator = SplitMix(seed: 3)
    var broken: [Int] = []
    for run in 0..<2000 {
      var session = Self.session()
      var count = 0
      for _ in 0..<20 {
        count += Self.outcomes(session.handle(Self.event(&generator), at: Self.moment)).count
      }
      count += Self.outcomes(session.handle(.closed, at: Self.moment)).count
      if count != 1 { broken.append(run) }
    }
    #expect(broken.isEmpty)
  }

  private static func event(_ generator: inout SplitMix) -> SessionEvent<Never> {
    switch generator.next() % 16 {
    case 0: .timeUp(Deadline.allCases[Int(generator.next() % 8)])
    case 1: .failed(.security("alert"))
    case 2, 3: .opened
    case 4, 5: .secured(agent)
    case 6, 7: .received(hello)
    case 8: .received(Answer.status(isCollecting: false).frame)
    case 9, 10: .received(announced)
    case 11: .received(Frame.bytes(evidence))
    case 12: .received((0..<6).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    case 13: .received(Answer.refused("no").frame)
    default: .written
    }
  }
}
