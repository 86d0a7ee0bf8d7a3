import Migration
import Quantities
import Transport

/// What an agent does for its coordinator.
public enum AgentJob: Hashable, Sendable {
  case collect(CollectRequest)
  case load(LoadRequest)
  case take(TakeRequest)
  case give(GiveRequest)
}

/// What comes of it.
public enum AgentJobResult: Hashable, Sendable {
  /// JSON of evidence.
  case evidence([UInt8])
  /// A receiver waits at this port, and goes on by itself.
  case listening(port: Int)
  case loaded(LoadResult)
  /// It waits for a guest at these ports, and goes on by itself.
  case waiting(ports: [Int])
  case moved(MigrationReport)
  /// Another coordinator is served.
  case busy
  case failed(String)
}

/// Who an agent is.
public struct AgentIdentity: Hashable, Sendable {
  public var plan: PlanHash
  public var host: HostName
  /// Of Tenfold, such as `0.1.0`.
  public var version: String
  /// Whether it runs with the rights of root.
  public var isPrivileged: Bool

  /// Makes an identity.
  public init(plan: PlanHash, host: HostName, version: String, isPrivileged: Bool) {
    self.plan = plan
    self.host = host
    self.version = version
    self.isPrivileged = isPrivileged
  }
}

/// An agent's side of one connection.
///
///     opened -> (TLS) -> secured -> hello -> ready <-> working -> sending -> ready -> bye
///
/// Whatever does not fit is refused with a reason, logged, and closes the connection; a deadline
/// stands in every state.
public struct AgentSession: Session {
  public typealias Job = AgentJob
  public typealias JobResult = AgentJobResult
  public typealias Outcome = Void

  private enum State: Hashable {
    case opening, greeting, ready
    /// A job runs.
    case working
    /// Evidence goes out; so many bytes have.
    case sending([UInt8], Int)
    case closed
  }

  private let own: AgentIdentity
  private let deadlines: Deadlines
  private var state = State.opening
  private var frames = FrameReader(limit: Frame.largestRequest)
  private var requests = RateLimit(burst: 100, perSecond: 20)
  /// What the next collection probes.
  private var networks: [ProbeNetwork] = []
  private var effects: [SessionEffect<AgentJob, Void>] = []

  /// Makes a session for one connection.
  public init(_ own: AgentIdentity, deadlines: Deadlines = Deadlines()) {
    self.own = own
    self.deadlines = deadlines
  }

  public mutating func handle(
    _ event: SessionEvent<AgentJobResult>, at now: Moment
  ) -> [SessionEffect<AgentJob, Void>] {
    effects = []
    guard state != .closed else { return [] }
    switch event {
    case .opened: arm(.handshake, deadlines.handshake)
    case .secured(let peer): secured(peer)
    case .received(let bytes): receive(bytes, at: now)
    case .written: written()
    case .timeUp(let deadline): timeUp(deadline)
    case .done(let result): done(result)
    case .failed(let failure): failed(failure)
    case .closed: end()
    }
    return effects
  }

  private mutating func arm(_ deadline: Deadline, _ time: Duration) {
    effects.append(.arm(deadline, time))
  }

  private mutating func secured(_ peer: Identity?) {
    guard state == .opening else { return }
    // TLS has checked it; a session without a peer is one that was resumed, or a mistake here.
    guard let peer, peer == Identity(plan: own.plan, role: .coordinator) else {
      return refuse("no certificate of the coordinator was shown", tell: false)
    }
    state = .greeting
    effects.append(.disarm(.handshake))
    arm(.greeting, deadlines.greeting)
  }

  private mutating func receive(_ bytes: [UInt8], at now: Moment) {
    guard state != .opening else { return refuse("data before TLS", tell: false) }
    frames.add(bytes)
    do throws(FrameReader.Failure) {
      while state != .closed, let content = try frames.next() {
        guard requests.take(at: now.steady) else { return refuse("too many requests") }
        effects.append(.disarm(.message))
        do throws(MessageError) { try take(Request(content), at: now) } catch {
          return refuse("a request is wrong: \(error)")
        }
      }
    } catch {
      return refuse("\(error)")
    }
    guard state != .closed else { return }
    if state == .ready { arm(.idle, deadlines.idle) }
    // Counted from when bytes were last whole: who sends a byte a second gets no further.
    if frames.isAmidMessage, state != .greeting, !isAwaitingRest {
      arm(.message, deadlines.message)
    }
    isAwaitingRest = frames.isAmidMessage
  }
  private var isAwaitingRest = false

  private mutating func take(_ request: Request, at now: Moment) throws(MessageError) {
    isAwaitingRest = false
    switch (request, state) {
    case (.hello(let hello), .greeting): greet(hello, at: now)
    case (_, .greeting): throw MessageError("hello comes first")
    case (.network(let network), .ready): try add(network)
    case (.collect(var request), .ready):
      request.networks = networks
      networks = []
      guard request.deadline <= CollectRequest.longest else {
        throw MessageError("collecting would take \(request.deadline) s")
      }
      begin(.collect(request), within: request.deadline)
    case (.load(let request), .ready): begin(.load(request), within: request.deadline)
    case (.take(let request), .ready):
      begin(.take(request), within: AgentJob.take(request).deadline)
    case (.give(let request), .ready):
      begin(.give(request), within: AgentJob.give(request).deadline)
    // Evidence is on its way, and a message amid its chunks would be taken for one.
    case (.status, .sending): break
    case (.status, _): send(.status(isCollecting: state == .working))
    case (.cancel, .working):
      effects += [.abandon, .disarm(.collecting)]
      state = .ready
      send(.refused("cancelled"))
    case (.cancel, _): break
    case (.bye, _): end()
    default: throw MessageError("it does not fit here")
    }
  }

  private mutating func begin(_ job: AgentJob, within seconds: Int) {
    state = .working
    effects.append(.disarm(.idle))
    arm(.collecting, .seconds(seconds))
    effects.append(.begin(job))
  }

  private mutating func greet(_ hello: Hello, at now: Moment) {
    effects.append(.disarm(.greeting))
    send(
      .hello(
        Hello(
          version: own.version, plan: own.plan, host: own.host, clock: now.wall,
          isPrivileged: own.isPrivileged)))
    // The answer above tells the other side what it met.
    guard hello.protocolVersion == ProtocolVersion.current else {
      return refuse("the coordinator speaks protocol \(hello.protocolVersion)", tell: false)
    }
    guard hello.plan == own.plan else { return refuse("the coordinator has another plan") }
    guard hello.host == own.host else { return refuse("this is not host \(hello.host)") }
    state = .ready
    arm(.idle, deadlines.idle)
  }

  private mutating func add(_ network: ProbeNetwork) throws(MessageError) {
    let addresses = networks.reduce(network.others.count) { $0 + $1.others.count }
    guard addresses <= CollectRequest.mostAddresses else {
      throw MessageError("more than \(CollectRequest.mostAddresses) addresses")
    }
    if let last = networks.indices.last, networks[last].name == network.name,
      networks[last].own == network.own
    {
      networks[last].others += network.others
    } else {
      guard networks.count < CollectRequest.mostNetworks else {
        throw MessageError("more than \(CollectRequest.mostNetworks) networks")
      }
      networks.append(network)
    }
  }

  private mutating func done(_ result: AgentJobResult) {
    guard state == .working else { return }
    effects.append(.disarm(.collecting))
    switch result {
    case .evidence(let bytes) where !bytes.isEmpty && bytes.count <= Frame.largestEvidence:
      effects.append(.log(.served, "collected \(bytes.count) bytes"))
      send(.evidence(size: bytes.count, hash: SHA256.hexDigest(bytes)))
      state = .sending(bytes, 0)
      sendChunk()
    case .evidence(let bytes): answerFailure("the collector brought \(bytes.count) bytes")
    case .listening(let port): answer(.listening(port: port))
    case .loaded(let result):
      effects.append(.log(.served, "sent for a measurement"))
      answer(.loaded(result))
    case .waiting(let ports): answer(.waiting(ports: ports))
    case .moved(let report):
      effects.append(.log(.served, "gave a guest away"))
      answer(.moved(MigrationAnswer(report)))
    case .busy: answerFailure("another collection is running")
    case .failed(let why): answerFailure(why)
    }
  }

  private mutating func answer(_ answer: Answer) {
    state = .ready
    send(answer)
    arm(.idle, deadlines.idle)
  }

  private mutating func answerFailure(_ why: String) {
    effects.append(.log(.note, "it failed: \(Plain.text(why))"))
    answer(.refused(Plain.text(why, 1000)))
  }

  /// One chunk at a time: a peer that does not read holds one of them, not the whole.
  private mutating func sendChunk() {
    guard case .sending(let bytes, let start) = state else { return }
    let end = min(start + Frame.chunk, bytes.count)
    effects.append(.send(Frame.bytes(Array(bytes[start..<end]))))
    arm(.writing, deadlines.writing)
    state = .sending(bytes, end)
  }

  private mutating func written() {
    guard case .sending(let bytes, let sent) = state else { return }
    guard sent == bytes.count else { return sendChunk() }
    state = .ready
    effects.append(.disarm(.writing))
    arm(.idle, deadlines.idle)
  }

  private mutating func timeUp(_ deadline: Deadline) {
    switch deadline {
    case .handshake: refuse("no TLS handshake within \(deadlines.handshake)", tell: false)
    case .greeting: refuse("no request within \(deadlines.greeting)")
    case .message: refuse("a request did not end within \(deadlines.message)")
    case .idle: refuse("silent for \(deadlines.idle)")
    case .writing: refuse("evidence was not taken within \(deadlines.writing)", tell: false)
    case .collecting:
      guard state == .working else { return }
      effects.append(.abandon)
      answerFailure("it did not end in time")
    case .asking, .answer: break
    }
  }

  private mutating func failed(_ failure: SessionFailure) {
    switch failure {
    case .refusedPeer(let why): refuse("\(why)", tell: false)
    case .security(let why): refuse("TLS: \(Plain.text(why))", tell: false)
    case .transport(let why):
      effects.append(.log(.note, "the connection broke: \(Plain.text(why))"))
      end()
    }
  }

  private mutating func send(_ answer: Answer) { effects.append(.send(answer.frame)) }

  private mutating func refuse(_ reason: String, tell: Bool = true) {
    effects.append(.log(.refused, reason))
    if tell { send(.refused(reason)) }
    end()
  }

  private mutating func end() {
    if state == .working { effects.append(.abandon) }
    state = .closed
    effects += [.finish(()), .close]
  }
}
