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

extension AgentPool {
  /// One result a match, in their order, all measured at once: no two of them may share a NIC.
  ///
  /// Ends even if no agent answers, after what the deadlines of two jobs add up to.
  public func measure(
    _ matches: [LoadMatch], streams: Int, warmUp: Int, seconds: Int
  ) async -> [Result<LoadResult, HostFailure>] {
    await measure(
      matches.map { ($0, LoadTest(streams: streams, warmUp: warmUp, seconds: seconds)) })
  }

  /// Measures all at once, and what counters of some hosts say of that time.
  /// - Parameters:
  ///   - tests: All of the same length.
  ///   - hosts: Whose counters are read before and after.
  /// - Returns: one result a test, and one a host, in their order.
  func load(
    _ tests: [(match: LoadMatch, test: LoadTest)], watching hosts: [AgentHost]
  ) async -> ([Result<LoadResult, HostFailure>], [HostResult]) {
    // Seconds for a collector to read the counters before, and for connections to be made.
    let (before, slack) = (3, 3)
    let length = tests.map { $0.test.warmUp + $0.test.seconds }.max() ?? 0
    async let watched =
      hosts.isEmpty
      ? []
      : collect(from: hosts) { _ in
        CollectRequest(probes: false, interval: before + length + slack)
      }
    if !hosts.isEmpty { try? await Task.sleep(for: .seconds(before)) }
    let results = await measure(tests)
    return (results, await watched)
  }

  private func measure(
    _ tests: [(match: LoadMatch, test: LoadTest)]
  ) async -> [Result<LoadResult, HostFailure>] {
    let results = await each(of: tests, atOnce: tests.count) { one in
      await measure(one.match, one.test)
    }
    return zip(tests, results).map { one, result in
      result ?? .failure(HostFailure(one.match.sender.host.name, .timedOut(.waiting)))
    }
  }

  private func measure(
    _ match: LoadMatch, _ test: LoadTest
  ) async -> Result<LoadResult, HostFailure> {
    let receive = LoadRequest(test: test, own: match.receiver.address)
    let port: Int
    switch await answer(match.receiver.host, receive) {
    case .success(.listening(let chosen)): port = chosen
    case .success: return .failure(HostFailure(match.receiver.host.name, .malformed("no port")))
    case .failure(let failure): return .failure(HostFailure(match.receiver.host.name, failure))
    }
    let send = LoadRequest(
      test: test, own: match.sender.address,
      target: LoadRequest.Target(address: match.receiver.address, port: port))
    switch await answer(match.sender.host, send) {
    case .success(.loaded(let result)): return .success(result)
    case .success: return .failure(HostFailure(match.sender.host.name, .malformed("no result")))
    case .failure(let failure): return .failure(HostFailure(match.sender.host.name, failure))
    }
  }

  private func answer(
    _ host: AgentHost, _ request: LoadRequest
  ) async -> Result<AgentAnswer.Content, AgentFailure> {
    await ask(host, .load(request), until: .now + longest(.load(request))).map(\.content)
  }
}
