import Agent
import Evidence
import Migration
import Quantities

/// What became of synthetic guests, for a terminal.
enum DrainText {
  static func text(_ result: GuestDrain.Result) -> String {
    var text =
      "\(result.from) \(result.isBothWays ? "and" : "to") \(result.to)\(result.isBothWays ? ", both ways" : ""): \(Format.count(result.reports.count, "guest")),"
      + " \(result.shape.atOnce) at once, over \(Format.count(result.ways, "pair of ports", "pairs of ports"))\n"
    var table = TextTable(
      ["guest", "", "total", "black-out", "passes", "sent", "CPU", ""], right: [0, 2, 3, 4, 5, 6])
    for (number, report) in result.reports.enumerated() { table.add(row(number + 1, report)) }
    text += table.text
    text += "all of them: \(measured(result.seconds, result.predicted?.total))\n"
    if let (own, other) = result.cores {
      text +=
        "processors: \(PredictionText.decimal(own)) cores of \(result.from) meanwhile,"
        + " \(PredictionText.decimal(other)) of \(result.to); what guests take is not in it\n"
    }
    if let costs = result.fitted {
      text +=
        "fitted: \(PredictionText.decimal(costs.bytesPerSecond * 8 / 1e9)) Gbps of memory,"
        + " \(PredictionText.time(costs.setUp)) before it, \(PredictionText.time(costs.perPass)) a pass,"
        + " \(PredictionText.time(costs.blackOut)) to stand still,"
        + " \(PredictionText.time(costs.cleanUp)) after it; with --json for tenfold predict --measured\n"
    }
    if let tuning = result.tuning, let tuned = result.tuned {
      text +=
        "best: \(tuned.words(tuning.best)), \(tuning.reason); changes below"
        + " \(PredictionText.decimal(tuning.threshold * 100)) % are none\n"
      for point in tuning.curve.points {
        text +=
          "  \(tuned.words(point.value)): \(PredictionText.time(point.median))"
          + " (\(Format.count(point.seconds.count, "measurement")))\n"
      }
      for (value, why) in result.failed { text += "  \(tuned.words(value)): \(why)\n" }
    }
    return text
  }

  /// What was measured, and what the plan allows where there is such a thing.
  static func measured(_ seconds: Double, _ predicted: Double?) -> String {
    let measured = "\(PredictionText.time(seconds)) measured"
    guard let predicted else { return measured + ", over the LAN that stands already" }
    return measured
      + ", \(PredictionText.time(predicted)) if the ports carry what the plan gives them and nothing"
      + " else takes time (\(PredictionText.decimal(seconds / max(predicted, 0.001))) times that)"
  }

  private static func row(
    _ number: Int, _ report: Result<MigrationReport, HostFailure>
  ) -> [String] {
    switch report {
    case .failure(let failure): return ["\(number)", "failed: \(failure)"]
    case .success(let report):
      let notes = [
        report.isPostCopy ? "ran before its memory was there" : "",
        report.throttle > 0 ? "slowed down by \(report.throttle) %" : "", report.excuse,
        report.tracking == .comparison ? "writes seen by comparing all pages" : "",
        report.carriers.joined(separator: ", "),
      ].filter { !$0.isEmpty }
      return [
        "\(number)", outcome(report.outcome), PredictionText.time(report.total / .seconds(1)),
        report.blackOut.map { PredictionText.time($0 / .seconds(1)) } ?? "",
        "\(report.rounds.count)", "\(PredictionText.decimal(Double(report.bytes) / 1e6)) MB",
        report.allProcessorTime.map { PredictionText.time($0 / .seconds(1)) } ?? "",
        notes.joined(separator: "; "),
      ]
    }
  }

  static func outcome(_ outcome: MigrationMachine.Outcome) -> String {
    switch outcome {
    case .moved: "moved"
    case .stayed(let step, let why): "stayed at step \(step.rawValue): \(why)"
    case .inDoubt(let why): "in doubt: \(why)"
    case .lost(let why): "LOST: \(why)"
    }
  }
}

/// The same as `--json` shows it.
struct DrainReport: Encodable {
  struct Guest: Encodable {
    var outcome: String
    var why: String?
    var milliseconds: Int?
    var blackOutMicroseconds: Int?
    var passes: Int?
    var bytes: Int?
    /// Of processors at each end, without what the guest takes.
    var processorMicroseconds: Int?
    var targetProcessorMicroseconds: Int?
    var throttlePercent: Int?
    var postCopy: Bool?
    var tracking: String?
    var carriers: [String]?
    var excuse: String?
  }
  struct Point: Encodable {
    var atOnce: Int?
    var streams: Int?
    var blockBytes: Int?
    var jumbo: Bool?
    var queues: Int?
    var milliseconds: [Int]

    /// Why it is not good; absent where it is.
    var failed: String?

    init(_ tuned: Tuned?, _ value: Int, _ milliseconds: [Int] = [], failed: String? = nil) {
      (self.milliseconds, self.failed) = (milliseconds, failed)
      switch tuned {
      case .atOnce: atOnce = value
      case .streams: streams = value
      case .block: blockBytes = 1 << value
      case .jumbo: jumbo = value == 1
      case .queues: queues = value
      case nil: break
      }
    }
  }
  var plan: String
  var from: String
  var to: String
  var atOnce: Int
  var streams: Int
  var bothWays: Bool
  var milliseconds: Int
  var predictedMilliseconds: Int?
  var good: Bool
  var guests: [Guest]
  /// For predictions; absent over the LAN, and where bytes went packed.
  var fitted: MeasuredLink.Constants?
  var curve: [Point]?
  var best: Point?
  /// Times that differ by less than so many thousandths are alike.
  var noisePermille: Int?
  var reason: String?

  init(_ result: GuestDrain.Result) {
    func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
    (plan, from, to) = (result.plan, result.from, result.to)
    (atOnce, streams) = (result.atOnce, result.shape.streams)
    bothWays = result.isBothWays
    self.milliseconds = milliseconds(result.seconds)
    predictedMilliseconds = result.predicted.map { milliseconds(min($0.total, 1e12)) }
    good = result.isGood
    guests = result.reports.map(Self.guest)
    fitted = result.fitted.map(MeasuredLink.Constants.init)
    guard let tuning = result.tuning else { return }
    let points = tuning.curve.points.map { point in
      Point(result.tuned, point.value, point.seconds.map(milliseconds))
    }
    curve = points + result.failed.map { Point(result.tuned, $0.value, failed: $0.why) }
    best = Point(result.tuned, tuning.best, [milliseconds(tuning.seconds)])
    noisePermille = Int((tuning.threshold * 1000).rounded())
    reason = tuning.reason
  }

  private static func guest(_ report: Result<MigrationReport, HostFailure>) -> Guest {
    switch report {
    case .failure(let failure): return Guest(outcome: "failed", why: failure.description)
    case .success(let report):
      let (outcome, why) = words(report.outcome)
      return Guest(
        outcome: outcome, why: why, milliseconds: Int(report.total / .milliseconds(1)),
        blackOutMicroseconds: report.blackOut.map { Int($0 / .microseconds(1)) },
        passes: report.rounds.count, bytes: report.bytes,
        processorMicroseconds: report.processorTime.map { Int($0 / .microseconds(1)) },
        targetProcessorMicroseconds: report.targetProcessorTime.map { Int($0 / .microseconds(1)) },
        throttlePercent: report.throttle, postCopy: report.isPostCopy,
        tracking: report.tracking?.rawValue,
        carriers: report.carriers.isEmpty ? nil : report.carriers,
        excuse: report.excuse.isEmpty ? nil : report.excuse)
    }
  }

  static func words(_ outcome: MigrationMachine.Outcome) -> (String, why: String?) {
    switch outcome {
    case .moved: ("moved", nil)
    case .stayed(let step, let why): ("stayed", "step \(step.rawValue): \(why)")
    case .inDoubt(let why): ("in-doubt", why)
    case .lost(let why): ("lost", why)
    }
  }
}
