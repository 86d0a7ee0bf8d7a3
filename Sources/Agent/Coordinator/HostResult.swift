import Evidence
import Quantities

/// A host and where its agent listens.
public struct AgentHost: Hashable, Sendable {
  public var name: HostName
  public var address: AgentAddress

  /// Makes one.
  public init(name: HostName, address: AgentAddress) {
    self.name = name
    self.address = address
  }
}

/// Why what two agents do together brought no result, and whose is to blame.
public struct HostFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public var host: HostName
  public var failure: AgentFailure
  public var description: String { "\(host): \(failure)" }

  init(_ host: HostName, _ failure: AgentFailure) {
    self.host = host
    self.failure = failure
  }
}

/// What came of asking one host's agent.
public struct HostResult: Sendable {
  public var host: AgentHost
  /// The host's evidence, or why there is none.
  public var outcome: Result<EvidenceFile, AgentFailure>
  /// Seconds by which the host's clock is ahead of the coordinator's, below zero when it is behind;
  /// `nil` without evidence. The time that the message took is within.
  public var clockAhead: Int64?
  /// Whether the agent has the rights of root; `nil` without evidence.
  public var isPrivileged: Bool?

  /// Makes a result.
  public init(
    host: AgentHost, outcome: Result<EvidenceFile, AgentFailure>, clockAhead: Int64? = nil,
    isPrivileged: Bool? = nil
  ) {
    self.host = host
    self.outcome = outcome
    self.clockAhead = clockAhead
    self.isPrivileged = isPrivileged
  }

  /// Clocks further apart than this are worth telling, in seconds: logs of both would not fit
  /// together, and certificates end.
  public static let largestClockDifference: Int64 = 30

  /// What somebody should know of it; `nil` when all is well.
  public var finding: Finding? {
    switch outcome {
    case .failure(let failure):
      return Finding(
        rule: "agent", severity: .warning, subject: [host.name.text],
        message: "no evidence from \(host.address): \(failure)", hint: failure.hint)
    case .success:
      guard let clockAhead, abs(clockAhead) > HostResult.largestClockDifference else { return nil }
      return Finding(
        rule: "agent-clock", severity: .warning, subject: [host.name.text],
        message: "its clock is \(abs(clockAhead)) s \(clockAhead > 0 ? "ahead" : "behind")",
        hint: "let the host follow a time server")
    }
  }
}

extension AgentFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreachable(let why): "unreachable (\(why))"
    case .refused(let why): "refused (\(why))"
    case .timedOut(let stage): "no answer in time (\(stage.rawValue))"
    case .wrongVersion(let found): "the agent is of another version (\(found))"
    case .wrongPlan(let found): "the agent is of another plan (\(found))"
    case .wrongHost(let found): "the agent is that of \(found)"
    case .malformed(let what): "what it said is wrong (\(what))"
    }
  }

  /// What to do about it.
  var hint: String {
    switch self {
    case .unreachable: "is the agent running, and does a firewall let the coordinator through?"
    case .refused: "the agent's log says more"
    case .timedOut: "ask again; if it stays so, look at the host"
    case .wrongVersion: "install the version of the coordinator on the host"
    case .wrongPlan: "enrol the host for this plan (tenfold agent enroll)"
    case .wrongHost: "correct the list of addresses, or enrol the host under its own name"
    case .malformed: "install Tenfold anew on the host"
    }
  }
}
