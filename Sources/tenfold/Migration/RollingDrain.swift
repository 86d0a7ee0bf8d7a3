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

  /// - Returns: one result a host, in their order.
  func measure(_ hosts: [AgentHost], _ printer: Printer) throws -> [GuestDrain.Result] {
    let index = FabricIndex(keys.fabric)
    let runtime = AgentRuntime()
    defer { runtime.end() }
    return try hosts.map { host in
      let others = agents.filter { $0.name != host.name }
      let targets =
        guests.lan
        ? others
        : others.filter {
          PlannedMove(from: host.name.text, to: $0.name.text, index) != nil
        }
      return try GuestDrain(
        from: host, to: targets.isEmpty ? others : targets, keys, guests, on: runtime
      ).measured(printer)
    }
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
