import Quantities

/// What a host sends to get a certificate.
public struct EnrolmentRequest: Hashable, Sendable {
  /// `EnrolmentToken.text`.
  public var token: String
  /// A certification request in PEM (RFC 2986).
  public var request: String

  init(token: String, request: String) {
    self.token = token
    self.request = request
  }

  init(_ bytes: [UInt8]) throws(MessageError) {
    let fields = try Fields(bytes, limit: Frame.largestRequest)
    guard try fields.text("type", upTo: 20) == "enrol" else { throw MessageError("no enrolment") }
    try fields.allow("token", "request")
    token = try fields.text("token", upTo: EnrolmentToken.longest)
    request = try fields.text("request", upTo: 8192)
  }
}

extension EnrolmentRequest: Encodable {
  private enum CodingKeys: String, CodingKey { case type, token, request }
  /// Encodes the message.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("enrol", forKey: .type)
    try container.encode(token, forKey: .token)
    try container.encode(request, forKey: .request)
  }
}

/// What an enrolment server answers.
public enum EnrolmentReply: Hashable, Sendable {
  /// Certificate of the host and of the authority, in PEM.
  case enrolled(certificate: String, authority: String)
  case refused(String)

  init(_ bytes: [UInt8]) throws(MessageError) {
    let fields = try Fields(bytes, limit: Frame.largestRequest)
    switch try fields.text("type", upTo: 20) {
    case "enrolled":
      try fields.allow("certificate", "authority")
      self = .enrolled(
        certificate: try fields.text("certificate", upTo: 8192),
        authority: try fields.text("authority", upTo: 8192))
    case "refused":
      try fields.allow("reason")
      self = .refused(try fields.text("reason", upTo: 1024))
    default: throw MessageError("an unknown type")
    }
  }
}

extension EnrolmentReply: Encodable {
  private enum CodingKeys: String, CodingKey { case type, certificate, authority, reason }
  /// Encodes the message.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .enrolled(let certificate, let authority):
      try container.encode("enrolled", forKey: .type)
      try container.encode(certificate, forKey: .certificate)
      try container.encode(authority, forKey: .authority)
    case .refused(let reason):
      try container.encode("refused", forKey: .type)
      try container.encode(reason, forKey: .reason)
    }
  }
}

/// What comes of redeeming a token: the host and the reply, or why not.
public typealias Redeemed = Result<(host: HostName, reply: EnrolmentReply), EnrolmentRefusal>

/// The enrolment server's side of one connection: one token, one answer.
public struct EnrolmentServerSession: Session {
  public typealias Job = EnrolmentRequest
  public typealias JobResult = Redeemed
  public typealias Outcome = Void

  private enum State { case opening, waiting, redeeming, closed }

  private let deadlines: Deadlines
  private var state = State.opening
  private var frames = FrameReader(limit: Frame.largestRequest)
  private var effects: [SessionEffect<EnrolmentRequest, Void>] = []

  /// Makes a session for one connection.
  public init(deadlines: Deadlines = Deadlines()) { self.deadlines = deadlines }

  public mutating func handle(
    _ event: SessionEvent<Redeemed>, at now: Moment
  ) -> [SessionEffect<EnrolmentRequest, Void>] {
    effects = []
    guard state != .closed else { return [] }
    switch event {
    case .opened: effects.append(.arm(.handshake, deadlines.handshake))
    case .secured:
      state = .waiting
      effects += [.disarm(.handshake), .arm(.greeting, deadlines.greeting)]
    case .received(let bytes): receive(bytes)
    case .done(let result): done(result)
    case .timeUp(.handshake):
      refuse("no TLS handshake within \(deadlines.handshake)", tell: false)
    case .timeUp: refuse("no request within \(deadlines.greeting)")
    case .failed(.security(let why)): refuse("TLS: \(Plain.text(why))", tell: false)
    case .failed, .closed: end()
    case .written: break
    }
    return effects
  }

  private mutating func receive(_ bytes: [UInt8]) {
    guard state == .waiting else { return refuse("more than one request", tell: false) }
    frames.add(bytes)
    do throws(FrameReader.Failure) {
      guard let content = try frames.next() else { return }
      do throws(MessageError) {
        effects += [.disarm(.greeting), .begin(try EnrolmentRequest(content))]
        state = .redeeming
      } catch {
        refuse("the request is wrong: \(error)")
      }
    } catch {
      refuse("\(error)")
    }
  }

  private mutating func done(_ result: Redeemed) {
    guard state == .redeeming else { return }
    switch result {
    case .success(let given):
      effects.append(.log(.served, "enrolled \(given.host)"))
      effects.append(.send(message(given.reply)))
      end()
    case .failure(let why): refuse("\(why)")
    }
  }

  private mutating func refuse(_ reason: String, tell: Bool = true) {
    effects.append(.log(.refused, reason))
    if tell { effects.append(.send(message(EnrolmentReply.refused(reason)))) }
    end()
  }

  private mutating func end() {
    state = .closed
    effects += [.finish(()), .close]
  }
}

/// The host's side of enrolment.
public struct EnrolmentClientSession: Session {
  public typealias Job = Never
  public typealias JobResult = Never
  public typealias Outcome = Result<EnrolmentReply, AgentFailure>

  private let request: EnrolmentRequest
  private let deadlines: Deadlines
  private var isClosed = false
  private var frames = FrameReader(limit: Frame.largestRequest)

  /// Makes a session for one connection.
  public init(_ request: EnrolmentRequest, deadlines: Deadlines = Deadlines()) {
    self.request = request
    self.deadlines = deadlines
  }

  public mutating func handle(
    _ event: SessionEvent<Never>, at now: Moment
  ) -> [SessionEffect<Never, Outcome>] {
    guard !isClosed else { return [] }
    switch event {
    case .opened: return [.arm(.handshake, deadlines.handshake)]
    case .secured(let peer):
      // Its certificate was compared with the token's fingerprint before TLS came to an end.
      guard peer?.role == .enrolment else {
        return end(.failure(.refused("here: no certificate of an enrolment server was shown")))
      }
      return [
        .disarm(.handshake), .send(message(request)),
        .arm(.greeting, deadlines.greeting + deadlines.slack),
      ]
    case .received(let bytes): return receive(bytes)
    case .written: return []
    case .timeUp(.handshake): return end(.failure(.timedOut(.handshake)))
    case .timeUp: return end(.failure(.timedOut(.hello)))
    case .failed(.refusedPeer(let why)): return end(.failure(.refused("here: \(why)")))
    case .failed(.security(let why)): return end(.failure(.refused("TLS: \(Plain.text(why))")))
    case .failed(.transport(let why)): return end(.failure(.unreachable(Plain.text(why))))
    case .closed: return end(.failure(.refused("it closed the connection")))
    }
  }

  private mutating func receive(_ bytes: [UInt8]) -> [SessionEffect<Never, Outcome>] {
    frames.add(bytes)
    do throws(FrameReader.Failure) {
      guard let content = try frames.next() else { return [] }
      do throws(MessageError) { return end(.success(try EnrolmentReply(content))) } catch {
        return end(.failure(.malformed("\(error)")))
      }
    } catch {
      return end(.failure(.malformed("\(error)")))
    }
  }

  private mutating func end(_ outcome: Outcome) -> [SessionEffect<Never, Outcome>] {
    isClosed = true
    return [.finish(outcome), .close]
  }
}
