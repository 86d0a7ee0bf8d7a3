import Quantities
import Testing

@testable import Agent

@Suite("The agent's side of a connection, without a connection")
struct AgentSessionTests {
  private static let wall = Timestamp("2026-11-27T00:00:00Z") ?? .now
  private var session = AgentSession(
    AgentIdentity(plan: World.plan, host: World.host, version: "test", isPrivileged: true))
  private var steady = Duration.zero

  private mutating func handle(
    _ event: SessionEvent<AgentJobResult>
  ) -> [SessionEffect<AgentJob, Void>] {
    session.handle(event, at: Moment(steady: steady, wall: Self.wall))
  }

  private static func words(_ effects: [SessionEffect<AgentJob, Void>]) -> [String] {
    effects.map { effect in
      switch effect {
      case .send(let bytes):
        "send "
          + String(decoding: bytes.dropFirst(4), as: UTF8.self).split(separator: "\n")
          .map { $0.trimmingPrefix { $0 == " " } }.joined()
      case .arm(let deadline, let time): "arm \(deadline) \(time)"
      case .disarm(let deadline): "disarm \(deadline)"
      case .begin(.collect(let request)): "begin \(request.interval)"
      case .begin(.load(let request)): "load \(request.own)"
      case .begin(.take(let request)): "take \(request.seconds)"
      case .begin(.give(let request)): "give \(request.seconds)"
      case .abandon: "abandon"
      case .log(let kind, let text): "\(kind): \(text)"
      case .finish: "finish"
      case .close: "close"
      }
    }
  }

  private mutating func told(_ event: SessionEvent<AgentJobResult>) -> [String] {
    Self.words(handle(event))
  }

  private static let coordinator = Identity(plan: World.plan, role: .coordinator)
  private static let hello = Request.hello(
    Hello(version: "test", plan: World.plan, host: World.host, clock: wall)
  ).frame
  private static let collect = Request.collect(CollectRequest(interval: 2)).frame

  private mutating func greet() {
    _ = handle(.opened)
    _ = handle(.secured(Self.coordinator))
    _ = handle(.received(Self.hello))
  }

  @Test("It waits for TLS, for hello, and between requests, each with its own deadline")
  mutating func greeting() {
    #expect(told(.opened) == ["arm handshake 5.0 seconds"])
    #expect(
      told(.secured(Self.coordinator)) == ["disarm handshake", "arm greeting 10.0 seconds"])
    let answer = told(.received(Self.hello))
    #expect(answer.first == "disarm message" && answer.contains("disarm greeting"))
    let sent = answer.first { $0.hasPrefix("send") } ?? ""
    #expect(sent.contains("\"privileged\": true") && sent.contains("\"clock\": 1795737600"))
    #expect(answer.last == "arm idle 60.0 seconds")
  }

  @Test("It collects, and sends evidence a chunk at a time, as fast as it is taken")
  mutating func collecting() {
    greet()
    let begun = told(.received(Self.collect))
    #expect(begun.suffix(3) == ["disarm idle", "arm collecting 122.0 seconds", "begin 2"])
    let evidence = [UInt8](repeating: 0x61, count: 150_000)
    var effects = handle(.done(.evidence(evidence)))
    var chunks: [Int] = []
    while true {
      let sent = effects.compactMap { effect -> [UInt8]? in
        if case .send(let bytes) = effect { bytes } else { nil }
      }
      guard let last = sent.last else { break }
      chunks.append(last.count - 4)
      effects = handle(.written)
    }
    #expect(chunks == [65_536, 65_536, 18_928])
    #expect(Self.words(effects) == ["disarm writing", "arm idle 60.0 seconds"])
  }

  @Test("A question that crosses the evidence gets no answer amid its chunks")
  mutating func crossed() {
    greet()
    _ = handle(.received(Self.collect))
    _ = handle(.done(.evidence([UInt8](repeating: 0x61, count: 150_000))))
    #expect(!told(.received(Request.status.frame)).contains { $0.hasPrefix("send") })
    #expect(!told(.received(Request.cancel.frame)).contains { $0.hasPrefix("send") })
    #expect(told(.written).contains { $0.hasPrefix("send") })
  }

  @Test("Cancelling ends the job, and a result that comes too late is not sent")
  mutating func cancelled() {
    greet()
    _ = handle(.received(Self.collect))
    let cancelled = told(.received(Request.cancel.frame))
    #expect(cancelled.contains("abandon") && cancelled.contains("disarm collecting"))
    #expect(told(.done(.evidence([1]))).isEmpty)
    #expect(told(.received(Self.collect)).contains("begin 2"))
  }

  @Test("A peer that goes while it collects ends the job, and nothing happens afterwards")
  mutating func gone() {
    greet()
    _ = handle(.received(Self.collect))
    #expect(told(.closed) == ["abandon", "finish", "close"])
    #expect(told(.done(.evidence([1]))).isEmpty)
    #expect(told(.received(Self.hello)).isEmpty)
  }

  @Test("Collecting that does not end is ended and told; the connection goes on")
  mutating func tooSlow() {
    greet()
    _ = handle(.received(Self.collect))
    let told = told(.timeUp(.collecting))
    #expect(told.first == "abandon")
    #expect(told.contains { $0.contains("it did not end in time") })
    #expect(!told.contains("close"))
  }

  @Test("TLS without a certificate of the coordinator goes no further")
  mutating func unknownPeer() {
    for peer in [
      nil, Identity(plan: World.otherPlan, role: .coordinator),
      Identity(plan: World.plan, role: .agent(World.host)),
    ] {
      var session = session
      let moment = Moment(steady: .zero, wall: Self.wall)
      _ = session.handle(.opened, at: moment)
      let words = Self.words(session.handle(.secured(peer), at: moment))
      #expect(
        words == [
          "refused: no certificate of the coordinator was shown", "finish", "close",
        ])
    }
  }

  @Test("However the bytes of a conversation are cut, the same happens")
  func cut() {
    let bytes = Self.hello + Request.status.frame + Self.collect
    var expected: [String]?
    for size in [1, 2, 3, 5, 7, 64, 1000] {
      var session = session
      let moment = Moment(steady: .zero, wall: Self.wall)
      _ = session.handle(.opened, at: moment)
      _ = session.handle(.secured(Self.coordinator), at: moment)
      var sent: [String] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        let part = Array(bytes[start..<min(start + size, bytes.count)])
        sent += Self.words(session.handle(.received(part), at: moment)).filter {
          $0.hasPrefix("send") || $0.hasPrefix("begin")
        }
      }
      #expect(sent.count == 3)
      #expect(expected == nil || sent == expected, "in pieces of \(size)")
      expected = sent
    }
  }

  @Test("A message that trickles has one deadline from its first byte")
  mutating func trickle() {
    greet()
    #expect(told(.received([0, 0])).contains("arm message 10.0 seconds"))
    for byte: UInt8 in [0, 9, 0x7B] {
      #expect(!told(.received([byte])).contains { $0.hasPrefix("arm message") })
    }
    #expect(told(.timeUp(.message)).first == "refused: a request did not end within 10.0 seconds")
  }

  @Test("Twenty requests a second are served for ever, and two hundred at once are not")
  mutating func rate() {
    greet()
    for _ in 0..<400 {
      steady += .milliseconds(50)
      #expect(!told(.received(Request.status.frame)).contains("close"))
    }
    let many = [UInt8]((0..<200).map { _ in Request.status.frame }.joined())
    #expect(told(.received(many)).contains("refused: too many requests"))
  }

  @Test("Tables of addresses are bounded")
  mutating func tables() {
    let network = ProbeNetwork(
      name: "n", own: IPv4Address(bits: 1), prefixLength: 24, mtu: 1500, vlan: 1,
      others: [IPv4Address](repeating: IPv4Address(bits: 2), count: 2048))
    greet()
    for _ in 0..<4 { #expect(!told(.received(Request.network(network).frame)).contains("close")) }
    #expect(told(.received(Request.network(network).frame)).contains("close"))
    session = AgentSession(
      AgentIdentity(plan: World.plan, host: World.host, version: "test", isPrivileged: true))
    greet()
    for place in 0..<32 {
      var small = network
      (small.name, small.others) = ("n\(place)", [])
      #expect(!told(.received(Request.network(small).frame)).contains("close"))
    }
    var more = network
    (more.name, more.others) = ("more", [])
    #expect(told(.received(Request.network(more).frame)).contains("close"))
  }

  @Test("Events in any order break nothing, and every session ends when its peer goes")
  func anyOrder() {
    var generator = SplitMix(seed: 7)
    var broken: [Int] = []
    for run in 0..<1000 {
      var session = session
      var isClosed = false
      for step in 0..<30 {
        let effects = session.handle(
          Self.event(&generator), at: Moment(steady: .seconds(step), wall: Self.wall))
        if isClosed, !effects.isEmpty { broken.append(run) }
        isClosed = isClosed || Self.words(effects.suffix(1)) == ["close"]
      }
      let effects = session.handle(.closed, at: Moment(steady: .seconds(99), wall: Self.wall))
      if !isClosed, Self.words(effects.suffix(2)) != ["finish", "close"] { broken.append(run) }
    }
    #expect(broken.isEmpty)
  }

  private static func event(_ generator: inout SplitMix) -> SessionEvent<AgentJobResult> {
    switch generator.next() % 12 {
    case 0: .opened
    case 1: .secured(coordinator)
    case 2: .received(hello)
    case 3: .received(collect)
    case 4: .received(Request.cancel.frame)
    case 5: .received((0..<4).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    case 6: .written
    case 7: .timeUp(Deadline.allCases[Int(generator.next() % 8)])
    case 8: .done(.evidence([1, 2, 3]))
    case 9: .done(.busy)
    case 10: .failed(.transport("reset"))
    default: .received(Request.status.frame)
    }
  }
}
