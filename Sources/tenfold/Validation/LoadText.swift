import Quantities
import Validation

/// What networks did under load, for a terminal.
enum LoadText {
  static func text(_ measurements: [LoadMeasurement]) -> String {
    var text = ""
    for network in unique(measurements.map(\.network)) {
      let own = measurements.filter { $0.network == network }
      text += (text.isEmpty ? "" : "\n") + "network \(network)\n"
      var table = TextTable(
        [
          "load", "together", "of at most", "each", "sent again", "median", "99 %", "99.9 %",
          "longest", "dropped", "paused",
        ], right: Set(1...10))
      for one in own { table.add(row(one)) }
      text += table.text
      for one in own { for problem in one.problems { text += "! \(name(one)): \(problem)\n" } }
    }
    return text
  }

  private static func name(_ one: LoadMeasurement) -> String {
    let count = one.flows.count
    return switch one.shape?.kind {
    case nil: "none"
    case .oneToOne: "1:1"
    case .incast: "\(count):1"
    case .everyone: "\(count):\(count)"
    case .classes: "\(count / 2):1 in two classes"
    }
  }

  private static func row(_ one: LoadMeasurement) -> [String] {
    let delays = try? one.delays.get()
    func time(_ value: Int64?) -> String {
      value.map { "\(Format.fixed($0 / 10_000, decimals: 2)) ms" } ?? ""
    }
    let pauses = one.counters.compactMap(\.pauses)
    return [
      name(one), one.total.map { "\(Format.hundredths($0)) Gbps" } ?? "",
      one.shape.map { "\(Format.hundredths($0.ceiling)) Gbps" } ?? "",
      one.flows.count < 2
        ? ""
        : one.range.map { "\(Format.hundredths($0.least)) to \(Format.hundredths($0.most))" } ?? "",
      one.flows.isEmpty ? "" : "\(one.retransmissions)",
    ] + [delays?.median, delays?.p99, delays?.p999, delays?.longest].map(time) + [
      one.counters.isEmpty ? "" : "\(one.counters.reduce(0) { $0 &+ $1.drops })",
      pauses.isEmpty ? "" : "\(pauses.reduce(0, &+))",
    ]
  }
}

/// The same as `--json` shows it.
struct LoadReport: Encodable {
  struct Flow: Encodable {
    var from: String
    var to: String
    var lossless: Bool
    var bitsPerSecond: Int64?
    var sentAgain: Int64
    var why: String?
  }
  struct Messages: Encodable {
    var count: Int
    var medianNanoseconds: Int64
    var p99Nanoseconds: Int64
    var p999Nanoseconds: Int64
    var longestNanoseconds: Int64
  }
  struct Counters: Encodable {
    var host: String
    var drops: UInt64
    var pauses: UInt64?
  }
  struct Load: Encodable {
    var network: String
    var load: String?
    var ceilingBitsPerSecond: Int64?
    var leastBitsPerSecond: Int64?
    var flows: [Flow]
    var messages: Messages?
    var counters: [Counters]
    var problems: [String]
  }
  var good: Bool
  var loads: [Load]

  init(_ measurements: [LoadMeasurement]) {
    good = measurements.allSatisfy(\.problems.isEmpty)
    loads = measurements.map { one in
      Load(
        network: one.network, load: one.shape?.kind.rawValue,
        ceilingBitsPerSecond: one.shape?.ceiling.bitsPerSecond,
        leastBitsPerSecond: one.shape?.least?.bitsPerSecond,
        flows: one.flows.map { flow in
          var why: String?
          if case .failure(let fault) = flow.rate { why = fault.description }
          return Flow(
            from: flow.flow.sender, to: flow.flow.receiver, lossless: flow.isLossless,
            bitsPerSecond: try? flow.rate.get().bitsPerSecond, sentAgain: flow.retransmissions,
            why: why)
        },
        messages: (try? one.delays.get()).map {
          Messages(
            count: $0.count, medianNanoseconds: $0.median, p99Nanoseconds: $0.p99,
            p999Nanoseconds: $0.p999, longestNanoseconds: $0.longest)
        },
        counters: one.counters.map { Counters(host: $0.host, drops: $0.drops, pauses: $0.pauses) },
        problems: one.problems)
    }
  }
}
