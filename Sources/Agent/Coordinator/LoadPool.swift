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
        tasks.addTask {
          let test = LoadTest(
            secret: LoadTest.newSecret(), streams: streams, warmUp: warmUp, seconds: seconds)
          guard let test else {
            let failure = AgentFailure.malformed("no secret")
            return (
              place, .failure(LoadMatchFailure(host: match.sender.host.name, failure: failure))
            )
          }
          return (place, await measure(match, test))
        }
      }
      var results = [Result<LoadResult, LoadMatchFailure>?](repeating: nil, count: matches.count)
      while let (place, result) = await tasks.next() { results[place] = result }
      return zip(matches, results).map { match, result in
        result
          ?? .failure(
            LoadMatchFailure(host: match.sender.host.name, failure: .timedOut(.waiting)))
      }
    }
  }

  private func measure(
    _ match: LoadMatch, _ test: LoadTest
  ) async -> Result<LoadResult, LoadMatchFailure> {
    let receive = LoadRequest(test: test, own: match.receiver.address)
    let port: Int
    switch await ask(match.receiver.host, .load(receive), until: .now + longest(.load(receive))) {
    case .failure(let failure):
      return .failure(LoadMatchFailure(host: match.receiver.host.name, failure: failure))
    case .success(let answer):
      guard case .listening(let chosen) = answer.content else {
        return .failure(
          LoadMatchFailure(host: match.receiver.host.name, failure: .malformed("no port")))
      }
      port = chosen
    }
    let send = LoadRequest(
      test: test, own: match.sender.address,
      target: LoadRequest.Target(address: match.receiver.address, port: port))
    switch await ask(match.sender.host, .load(send), until: .now + longest(.load(send))) {
    case .failure(let failure):
      return .failure(LoadMatchFailure(host: match.sender.host.name, failure: failure))
    case .success(let answer):
      guard case .loaded(let result) = answer.content else {
        return .failure(
          LoadMatchFailure(host: match.sender.host.name, failure: .malformed("no result")))
      }
      return .success(result)
    }
  }
}
