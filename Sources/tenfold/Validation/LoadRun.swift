import Agent
import Fabric
import Quantities
import Transport
import Validation

/// Puts networks under load by the agents of hosts.
struct LoadRun {
  var streams: Int
  var seconds: Int

  /// Seconds of each measurement beside what counts: counters are read before and after.
  private static let overhead = 9

  /// One measurement that is to be made.
  private struct Step {
    var network: LoadPlan.Network
    /// `nil` for small messages alone.
    var shape: LoadPlan.Shape?
    /// Flows, and whether each goes in the lossless class.
    var flows: [(flow: LoadPlan.Flow, isLossless: Bool)]
  }

  /// Measures one load after the other.
  /// - Parameters:
  ///   - each: Called with every measurement, as soon as it was made.
  /// - Returns: All of them.
  func measure(
    _ plan: LoadPlan, _ hosts: [AgentHost], as own: Credentials, _ fabric: Fabric,
    _ printer: Printer
  ) throws -> [LoadMeasurement] {
    let steps = plan.networks.flatMap(Self.steps)
    let each = seconds + 1 + Self.overhead
    if !printer.options.quiet {
      Terminal.complain(
        "\(Format.count(steps.count, "load")) on"
          + " \(Format.count(plan.networks.count, "network")), about \(steps.count * each) s\n")
    }
    var agents: [String: AgentHost] = [:]
    for host in hosts { agents[host.name.text] = host }
    var options = AgentPool.Options()
    options.version = Tenfold.configuration.version
    let runtime = AgentRuntime()
    defer { runtime.end() }
    var measurements: [LoadMeasurement] = []
    for (number, step) in steps.enumerated() {
      printer.progress.step(
        "load \(number + 1) of \(steps.count), about \((steps.count - number) * each) s left")
      measurements.append(
        try measure(step, agents, as: own, fabric, options, on: runtime))
    }
    return measurements
  }

  private static func steps(_ network: LoadPlan.Network) -> [Step] {
    var steps = [Step(network: network, shape: nil, flows: [])]
    for shape in network.shapes {
      steps.append(
        Step(
          network: network, shape: shape,
          flows: shape.flows.map { ($0, network.losslessPriority != nil) }))
    }
    guard network.losslessPriority != nil,
      let incast = network.shapes.first(where: { $0.kind == .incast }) ?? network.shapes.first
    else { return steps }
    // Each sender sends in both classes, as far as one agent takes part in so many measurements.
    let flows = incast.flows.prefix(LoadPlan.mostSenders / 2)
    steps.append(
      Step(
        network: network, shape: incast.beside(flows.count),
        flows: flows.map { ($0, true) } + flows.map { ($0, false) }))
    return steps
  }

  private func measure(
    _ step: Step, _ agents: [String: AgentHost], as own: Credentials, _ fabric: Fabric,
    _ options: AgentPool.Options, on runtime: AgentRuntime
  ) throws -> LoadMeasurement {
    let priority = step.network.losslessPriority
    func match(_ flow: LoadPlan.Flow) -> LoadMatch? {
      guard let sender = agents[flow.sender], let receiver = agents[flow.receiver] else {
        return nil
      }
      return LoadMatch(
        sender: LoadMatch.End(host: sender, address: flow.from),
        receiver: LoadMatch.End(host: receiver, address: flow.to))
    }
    var tests: [(match: LoadMatch, test: LoadTest)] = []
    var flows: [(flow: LoadPlan.Flow, isLossless: Bool)] = []
    for flow in step.flows {
      guard let match = match(flow.flow) else { continue }
      var test = LoadTest(streams: streams, warmUp: 1, seconds: seconds)
      test.priority = flow.isLossless ? priority : nil
      tests.append((match, test))
      flows.append(flow)
    }
    if let match = match(step.network.watched) {
      var test = LoadTest(streams: 1, warmUp: 1, seconds: seconds)
      (test.kind, test.priority) = (.delay, priority)
      tests.append((match, test))
    }
    let names = unique(flows.flatMap { [$0.flow.receiver, $0.flow.sender] })
    let (results, watched) = try runtime.load(
      tests, watching: names.compactMap { agents[$0] }, as: own, options: options)
    let delays: Result<Delays, LoadFault> =
      switch results.last {
      case .success(let result)?:
        result.delays.map { .success($0) } ?? .failure(LoadFault("none were counted"))
      case .failure(let failure)?: .failure(LoadFault(failure.description))
      case nil: .failure(LoadFault("no agent of both hosts"))
      }
    let counted = watched.map { result -> Result<LoadMeasurement.Counters, LoadFault> in
      let name = result.host.name.text
      switch result.outcome {
      case .failure(let failure): return .failure(LoadFault("\(name): \(failure)"))
      case .success(let file):
        guard let host = fabric.hosts.first(where: { $0.name == name }),
          let counters = LoadMeasurement.Counters(HostEvidence(file), of: host)
        else { return .failure(LoadFault("\(name): its ports have none that are known")) }
        return .success(counters)
      }
    }
    return LoadMeasurement(
      network: step.network.name, shape: step.shape,
      flows: zip(flows, results).map { flow, result in
        let rate: Result<DataRate, LoadFault> =
          switch result {
          case .success(let result):
            result.rate.map { .success($0) } ?? .failure(LoadFault("a count that cannot be"))
          case .failure(let failure): .failure(LoadFault(failure.description))
          }
        return LoadMeasurement.Flow(
          flow: flow.flow, isLossless: flow.isLossless, rate: rate,
          retransmissions: (try? result.get().retransmissions) ?? 0)
      }, delays: delays,
      counters: counted.compactMap { try? $0.get() },
      unread: counted.compactMap { result in
        if case .failure(let fault) = result { fault.description } else { nil }
      })
  }
}
