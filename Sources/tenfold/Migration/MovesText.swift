import Evidence
import Fabric
import Forecast
import Quantities

/// Migrations of real guests that a script measured, for a terminal.
enum MovesText {
  /// - Parameter planned: Seconds that a run takes at least, by the plan; `nil` where it says nothing.
  static func text(
    _ moves: MeasuredMoves, planned: (MeasuredMoves.Run) -> Double?
  ) -> String {
    var table = TextTable(
      [
        "way", "at once", "", "guests", "measured", "planned", "Gbps", "longest", "black-out", "",
      ], right: [1, 3, 4, 5, 6, 7])
    for run in moves.runs { table.add(row(run, planned: planned(run))) }
    var text = "measured at \(moves.host), \(moves.collected)\n" + table.text
    for direction in unique(moves.runs.map { Direction(from: $0.from, to: $0.to) }) {
      let runs = moves.runs.filter { Direction(from: $0.from, to: $0.to) == direction }
      guard let best = fastest(runs) else { continue }
      text +=
        "fastest from \(direction.from) to \(direction.to): \(best.option), \(best.atOnce) at once\n"
    }
    return text
  }

  private struct Direction: Hashable {
    var from: String
    var to: String
  }

  /// The one of all that moved every guest; the first of those that took as long.
  static func fastest(_ runs: [MeasuredMoves.Run]) -> MeasuredMoves.Run? {
    runs.filter { $0.isGood && $0.milliseconds != nil }
      .min { ($0.milliseconds ?? .max) < ($1.milliseconds ?? .max) }
  }

  private static func row(_ run: MeasuredMoves.Run, planned: Double?) -> [String] {
    func time(_ milliseconds: Int?) -> String {
      milliseconds.map { PredictionText.time(Double($0) / 1000) } ?? ""
    }
    let failed = run.guests.filter { !$0.isMoved }
    let told = unique(run.guests.compactMap(\.blackOut))
    return [
      run.option, "\(run.atOnce)", "\(run.from) to \(run.to)", "\(run.guests.count)",
      time(run.milliseconds), planned.map { PredictionText.time($0) } ?? "",
      run.gbps.map { PredictionText.decimal($0) } ?? "",
      time(run.guests.compactMap(\.milliseconds).max()),
      told.count > 3
        ? told.prefix(3).joined(separator: ", ") + ", ..." : told.joined(separator: ", "),
      failed.first.map {
        "\(Format.count(failed.count, "guest")) did not move: \($0.name): \($0.why)"
      } ?? "",
    ]
  }
}

extension MeasuredMoves.Run {
  /// Memory of the guests that moved, over the time that all took: what is sent again and what need not be
  /// sent is not in it.
  var gbps: Double? {
    guard let milliseconds, milliseconds > 0, isGood else { return nil }
    return guests.reduce(0) { $0 + Double($1.memory) } * 8 / Double(milliseconds) / 1e6
  }

  /// Seconds that the ports of a plan need for the memory of all guests, each byte once; `nil` where its
  /// hosts are not among those of the plan.
  func planned(_ index: FabricIndex) -> Double? {
    func name(_ host: String) -> String? {
      index.fabric.hosts.first { $0.name.lowercased() == host.lowercased() }?.name
    }
    guard let source = name(from), let target = name(to),
      let move = PlannedMove(from: source, to: target, index), move.bytesPerSecond > 0
    else { return nil }
    return guests.reduce(0) { $0 + Double($1.memory) } / move.bytesPerSecond
  }
}

/// The same as `--json` shows it.
struct MovesReport: Encodable {
  struct Run: Encodable {
    var way: String
    var atOnce: Int
    var from: String
    var to: String
    var good: Bool
    var milliseconds: Int?
    var plannedMilliseconds: Int?
    var guests: [Guest]
  }
  struct Guest: Encodable {
    var name: String
    var moved: Bool
    var why: String?
    var memory: Int
    var milliseconds: Int?
    var blackOut: String?
  }
  var host: String
  var collected: Timestamp
  var good: Bool
  var runs: [Run]

  init(_ moves: MeasuredMoves, planned: (MeasuredMoves.Run) -> Double?) {
    host = moves.host
    collected = moves.collected
    good = !moves.runs.isEmpty && moves.runs.allSatisfy(\.isGood)
    runs = moves.runs.map { run in
      Run(
        way: run.option, atOnce: run.atOnce, from: run.from, to: run.to, good: run.isGood,
        milliseconds: run.milliseconds,
        plannedMilliseconds: planned(run).map { Int(min($0 * 1000, 1e12).rounded()) },
        guests: run.guests.map {
          Guest(
            name: $0.name, moved: $0.isMoved, why: $0.why.isEmpty ? nil : $0.why, memory: $0.memory,
            milliseconds: $0.milliseconds, blackOut: $0.blackOut)
        })
    }
  }
}
