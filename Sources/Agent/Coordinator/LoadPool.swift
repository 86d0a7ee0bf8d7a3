import Quantities
import Transport

/// One measurement between the agents of two hosts.
public struct LoadMatch: Hashable, Sendable {
  /// An end: the host and its address in the network that is measured.
  public struct End: Hashable, Sendable {
    public var host: AgentHost
    public var address: IPv4Address
    /// Makes an end.
    public init(host: AgentHost, address: IPv4Address) {
      self.host = host
      self.address = address
    }
  }
  public var sender: End
  public var receiver: End

  /// Makes a match.
  public init(sender: End, receiver: End) {
    self.sender = sender
    self.receiver = receiver
  }
}

/// Why a match brought no result, and whose agent is to blame.
public struct LoadMatchFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public var host: HostName
  public var failure: AgentFailure
  public var description: String { "\(host): \(failure)" }

  init(_ end: LoadMatch.End, _ failure: AgentFailure) {
    host = end.host.name
    self.failure = failure
  }
}

extension AgentPool {
  /// One result a match, in their order, all measured at once: no two of them may share a NIC.
  ///
  /// Ends even if no agent answers, after what the deadlines of two jobs add up to.
  public func measure(
    _ matches: [LoadMatch], streams: Int, warmUp: Int, seconds: Int
  ) async -> [Result<LoadResult, LoadMatchFailure>] {
    await withTaskGroup(of: (Int, Result<LoadResult, LoadMatchFailure>).self) { tasks in
      for (place, match) in matches.enumerated() {
        let test = LoadTest(streams: streams, warmUp: warmUp, seconds: seconds)
        tasks.addTask { (place, await measure(match, test)) }
      }
      var results = [Result<LoadResult, LoadMatchFailure>?](repeating: nil, count: matches.count)
      while let (place, result) = await tasks.next() { results[place] = result }
      return zip(matches, results).map { match, result in
        result ?? .failure(LoadMatchFailure(match.sender, .timedOut(.waiting)))
      }
    }
  }

  private func measure(
    _ match: LoadMatch, _ test: LoadTest
  ) async -> Result<LoadResult, LoadMatchFailure> {
    let receive = LoadRequest(test: test, own: match.receiver.address)
    let port: Int
    switch await answer(match.receiver.host, receive) {
    case .success(.listening(let chosen)): port = chosen
    case .success: return .failure(LoadMatchFailure(match.receiver, .malformed("no port")))
    case .failure(let failure): return .failure(LoadMatchFailure(match.receiver, failure))
    }
    let send = LoadRequest(
      test: test, own: match.sender.address,
      target: LoadRequest.Target(address: match.receiver.address, port: port))
    switch await answer(match.sender.host, send) {
    case .success(.loaded(let result)): return .success(result)
    case .success: return .failure(LoadMatchFailure(match.sender, .malformed("no result")))
    case .failure(let failure): return .failure(LoadMatchFailure(match.sender, failure))
    }
  }

  private func answer(
    _ host: AgentHost, _ request: LoadRequest
  ) async -> Result<AgentAnswer.Content, AgentFailure> {
    await ask(host, .load(request), until: .now + longest(.load(request))).map(\.content)
  }
}
