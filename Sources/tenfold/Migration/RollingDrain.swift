import Agent
import Fabric
import Forecast
import Quantities

/// Drains hosts of synthetic guests, one after the other.
struct RollingDrain {
  private let agents: [AgentHost]
  private let keys: PlanKeys
  private let guests: SyntheticGuestOptions

  /// - Parameter agents: At least two; each takes guests of the others.
  init(_ agents: [AgentHost], _ keys: PlanKeys, _ guests: SyntheticGuestOptions) {
    self.agents = agents
    self.keys = keys
    self.guests = guests
  }

  /// Hosts of the list that have a way to another of them.
  var drainable: [AgentHost] {
    let index = FabricIndex(keys.fabric)
    return agents.filter { !targets(of: $0, index).isEmpty }
  }

  private func targets(of host: AgentHost, _ index: FabricIndex) -> [AgentHost] {
    agents.filter { other in
      other.name != host.name
        && (guests.lan || PlannedMove(from: host.name.text, to: other.name.text, index) != nil)
    }
  }

  /// - Returns: one result a host, in their order.
  /// - Throws: `Failure` before anything is measured when one of them has no way to another.
  func measure(_ hosts: [AgentHost], _ printer: Printer) throws -> [GuestDrain.Result] {
    let index = FabricIndex(keys.fabric)
    let runtime = AgentRuntime()
    defer { runtime.end() }
    let drains = try hosts.map { host in
      let targets = targets(of: host, index)
      guard !targets.isEmpty else {
        throw Failure(
          [
            Finding(
              rule: "live-migration",
              message: "\(host.name) shares no network of live migration with another of the hosts")
          ], .failed)
      }
      return try GuestDrain(
        from: host, to: targets, keys, guests, count: guests.count(), on: runtime)
    }
    return try drains.map { try $0.measured(printer) }
  }

  private static func sums(_ results: [GuestDrain.Result]) -> (seconds: Double, predicted: Double?)
  {
    let predicted = results.compactMap { $0.predicted?.total }
    return (
      results.reduce(0) { $0 + $1.seconds },
      predicted.count == results.count ? predicted.reduce(0, +) : nil
    )
  }

  /// For a terminal.
  static func text(_ results: [GuestDrain.Result]) -> String {
    var table = TextTable(
      ["host", "guests", "to", "measured", "planned", "longest black-out", ""], right: [1, 3, 4, 5])
    for result in results {
      let moved = result.reports.compactMap { try? $0.get() }.filter { $0.outcome == .moved }
      let stayed = result.reports.count - moved.count
      table.add([
        result.from, "\(result.reports.count)", result.to, PredictionText.time(result.seconds),
        result.predicted.map { PredictionText.time($0.total) } ?? "",
        moved.compactMap(\.blackOut).max().map { PredictionText.time($0 / .seconds(1)) } ?? "",
        stayed == 0 ? "" : "\(Format.count(stayed, "guest")) did not move: \(reason(result))",
      ])
    }
    let (seconds, predicted) = sums(results)
    return table.text + "one after the other: \(DrainText.measured(seconds, predicted))\n"
  }

  /// Why the first of those that did not move did not.
  private static func reason(_ result: GuestDrain.Result) -> String {
    for report in result.reports {
      switch report {
      case .failure(let failure): return failure.description
      case .success(let report) where report.outcome != .moved:
        return DrainText.outcome(report.outcome)
      case .success: continue
      }
    }
    return ""
  }

  /// As `--json` shows it.
  struct Report: Encodable {
    var good: Bool
    var milliseconds: Int
    var predictedMilliseconds: Int?
    var hosts: [DrainReport]

    init(_ results: [GuestDrain.Result]) {
      let (seconds, predicted) = RollingDrain.sums(results)
      good = results.allSatisfy(\.isGood)
      milliseconds = Int((seconds * 1000).rounded())
      predictedMilliseconds = predicted.map { Int((min($0, 1e12) * 1000).rounded()) }
      hosts = results.map(DrainReport.init)
    }
  }
}
