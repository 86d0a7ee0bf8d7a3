import Migration
import Quantities
import Transport

/// At which stage an agent was too slow.
public enum Stage: String, Hashable, Sendable, Codable {
  /// Its turn did not come before the time for all hosts was over.
  case waiting
  case connecting
  case handshake
  case hello
  case collecting
  case evidence
}

/// Why an agent brought nothing.
public enum AgentFailure: Error, Hashable, Sendable {
  /// Nobody listens there.
  case unreachable(String)
  /// The agent, or this side on account of its certificate, refused.
  case refused(String)
  case timedOut(Stage)
  case wrongVersion(found: String)
  case wrongPlan(found: String)
  case wrongHost(found: String)
  /// What it said is not what an agent says.
  case malformed(String)
}

/// What an agent brought.
public struct AgentAnswer: Hashable, Sendable {
  /// What was asked for.
  public enum Content: Hashable, Sendable {
    /// Evidence in JSON, as it came.
    case evidence([UInt8])
    /// It waits for a sender at this port.
    case listening(port: Int)
    case loaded(LoadResult)
    /// It waits for a guest at these ports.
    case waiting(ports: [Int])
    /// What became of a guest that it gave away.
    case moved(MigrationReport)
  }
  public var content: Content
  /// Seconds by which the agent's clock is ahead.
  public var clockAhead: Int64
  /// Whether the agent has the rights of root.
  public var isPrivileged: Bool
}

/// A coordinator's side of one connection: one host, one job.
public struct CoordinatorSession: Session {
  public typealias Job = Never
  public typealias JobResult = Never
  public typealias Outcome = Result<AgentAnswer, AgentFailure>

  private enum State: Hashable {
    case opening, greeting, working
    case receiving(size: Int, hash: String)
    case closed
  }

  private let host: HostName
  private let plan: PlanHash
  private let version: String
  private let job: AgentJob
  private let deadlines: Deadlines
  private var state = State.opening
  private var frames = FrameReader(limit: Frame.largestAnswer)
  private var evidence: [UInt8] = []
  private var clockAhead: Int64 = 0
  private var isPrivileged = false
  private var effects: [SessionEffect<Never, Outcome>] = []

  /// Makes a session for one connection.
  public init(
    host: HostName, plan: PlanHash, version: String, job: AgentJob,
    deadlines: Deadlines = Deadlines()
  ) {
    self.host = host
    self.plan = plan
    self.version = version
    self.job = job
    self.deadlines = deadlines
  }

  public mutating func handle(
    _ event: SessionEvent<Never>, at now: Moment
  ) -> [SessionEffect<Never, Outcome>] {
    effects = []
    guard state != .closed else { return [] }
    switch event {
    case .opened: arm(.handshake, deadlines.handshake)
    case .secured(let peer): greet(peer, at: now)
    case .received(let bytes): receive(bytes, at: now)
    case .written: break
    case .timeUp(let deadline): timeUp(deadline)
    case .failed(let failure): failed(failure)
    case .closed: end(.failure(.refused("it closed the connection")))
    }
    return effects
  }

  private mutating func arm(_ deadline: Deadline, _ time: Duration) {
    effects.append(.arm(deadline, time))
  }

  /// With TLS 1.3 the agent may still refuse our certificate: it has agreed when it answers.
  private mutating func greet(_ peer: Identity?, at now: Moment) {
    guard state == .opening else { return }
    // TLS has checked it; a session without it is one that was resumed, or a mistake here.
    guard peer == Identity(plan: plan, role: .agent(host)) else {
      return end(.failure(.refused("here: no certificate of the agent was shown")))
    }
    state = .greeting
    effects.append(.disarm(.handshake))
    arm(.greeting, deadlines.greeting)
    send(.hello(Hello(version: version, plan: plan, host: host, clock: now.wall)))
  }

  private mutating func send(_ request: Request) { effects.append(.send(request.frame)) }

  private mutating func receive(_ bytes: [UInt8], at now: Moment) {
    frames.add(bytes)
    do throws(FrameReader.Failure) {
      while state != .closed, let content = try frames.next() {
        if case .receiving(let size, let hash) = state {
          take(content, size, hash)
        } else {
          do throws(MessageError) { try take(Answer(content), at: now) } catch {
            return end(.failure(.malformed("\(error)")))
          }
        }
      }
    } catch {
      end(.failure(.malformed("\(error)")))
    }
  }

  private mutating func take(_ answer: Answer, at now: Moment) throws(MessageError) {
    switch (answer, state) {
    case (.hello(let hello), .greeting): met(hello, at: now)
    case (.refused(let why), _): end(.failure(.refused(Plain.text(why))))
    case (.status, .working):
      effects.append(.disarm(.answer))
      arm(.asking, deadlines.asking)
    case (.evidence(let size, let hash), .working) where job.isCollecting:
      state = .receiving(size: size, hash: hash)
      effects += [.disarm(.asking), .disarm(.answer)]
      arm(.message, deadlines.writing)
    case (.listening(let port), .working) where job.isReceiving: finish(.listening(port: port))
    case (.loaded(let result), .working) where job.isSending: finish(.loaded(result))
    case (.waiting(let ports), .working) where job.isTaking: finish(.waiting(ports: ports))
    case (.moved(let answer), .working) where job.isGiving: finish(.moved(answer.report))
    default: throw MessageError("an answer that nobody asked for")
    }
  }

  private mutating func met(_ hello: Hello, at now: Moment) {
    effects.append(.disarm(.greeting))
    guard hello.protocolVersion == ProtocolVersion.current else {
      return end(
        .failure(
          .wrongVersion(
            found: "\(Plain.text(hello.version)), protocol \(hello.protocolVersion)")))
    }
    guard hello.plan == plan else { return end(.failure(.wrongPlan(found: hello.plan.short))) }
    guard hello.host == host else { return end(.failure(.wrongHost(found: hello.host.text))) }
    clockAhead = hello.clock.seconds - now.wall.seconds
    isPrivileged = hello.isPrivileged
    state = .working
    switch job {
    case .collect(let request):
      if request.probes {
        for frame in request.networks.flatMap(Request.frames) { effects.append(.send(frame)) }
      }
      send(.collect(request))
    case .load(let request): send(.load(request))
    case .take(let request): send(.take(request))
    case .give(let request): send(.give(request))
    }
    arm(.collecting, .seconds(job.deadline) + deadlines.slack)
    arm(.asking, deadlines.asking)
  }

  private mutating func take(_ chunk: [UInt8], _ size: Int, _ hash: String) {
    guard chunk.count <= size - evidence.count else {
      return end(.failure(.malformed("more evidence than was announced")))
    }
    if evidence.isEmpty { evidence.reserveCapacity(min(size, 1 << 20)) }
    evidence += chunk
    guard evidence.count == size else { return arm(.message, deadlines.writing) }
    guard SHA256.hexDigest(evidence) == hash else {
      return end(.failure(.malformed("the evidence has another SHA-256 than was announced")))
    }
    finish(.evidence(evidence))
  }

  private mutating func finish(_ content: AgentAnswer.Content) {
    send(.bye)
    end(
      .success(
        AgentAnswer(content: content, clockAhead: clockAhead, isPrivileged: isPrivileged)))
  }

  private mutating func timeUp(_ deadline: Deadline) {
    switch deadline {
    case .handshake: end(.failure(.timedOut(.handshake)))
    case .greeting: end(.failure(.timedOut(.hello)))
    case .asking:
      guard state == .working else { return }
      send(.status)
      arm(.answer, deadlines.answer)
    case .answer: end(.failure(.timedOut(.collecting)))
    case .message: end(.failure(.timedOut(.evidence)))
    case .collecting:
      end(.failure(.timedOut(state == .working ? .collecting : .evidence)))
    case .idle, .writing: break
    }
  }

  private mutating func failed(_ failure: SessionFailure) {
    switch failure {
    case .refusedPeer(.plan(let plan)): end(.failure(.wrongPlan(found: plan.short)))
    case .refusedPeer(.host(let host)): end(.failure(.wrongHost(found: host.text)))
    case .refusedPeer(let why): end(.failure(.refused("here: \(why)")))
    case .security(let why): end(.failure(.refused("TLS: \(Plain.text(why))")))
    case .transport(let why):
      end(.failure(state == .opening ? .unreachable(why) : .refused(Plain.text(why))))
    }
  }

  private mutating func end(_ outcome: Outcome) {
    state = .closed
    effects += [.finish(outcome), .close]
  }
}

extension AgentJob {
  /// Seconds that an agent may take.
  var deadline: Int {
    switch self {
    case .collect(let request): request.deadline
    case .load(let request): request.deadline
    // It answers as soon as it listens.
    case .take: 5
    case .give(let request): request.seconds + GiveRequest.ending
    }
  }

  fileprivate var isTaking: Bool { if case .take = self { true } else { false } }
  fileprivate var isGiving: Bool { if case .give = self { true } else { false } }

  fileprivate var isCollecting: Bool { if case .collect = self { true } else { false } }
  fileprivate var isReceiving: Bool {
    if case .load(let request) = self { request.target == nil } else { false }
  }
  fileprivate var isSending: Bool {
    if case .load(let request) = self { request.target != nil } else { false }
  }
}
