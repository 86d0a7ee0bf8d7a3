import Migration
import Quantities

/// What became of a real guest, for a terminal.
enum RealGuestText {
  /// - Parameter limit: Milliseconds that it might stand still.
  static func text(_ report: QEMUReport, limit: Int) -> String {
    let versions = report.versions.joined(separator: " to ")
    var table = TextTable(["", "total", "black-out", "passes", "sent", ""], right: [1, 2, 3, 4])
    let isLong = (report.blackOut ?? .zero) > .milliseconds(limit)
    let notes = [
      isLong ? "stood still for longer than \(limit) ms" : "",
      report.throttle > 0 ? "slowed down by \(report.throttle) %" : "",
    ].filter { !$0.isEmpty }
    func time(_ time: Duration?) -> String {
      time.map { PredictionText.time($0 / .seconds(1)) } ?? ""
    }
    table.add([
      DrainText.outcome(report.outcome), time(report.total), time(report.blackOut),
      "\(report.passes)", "\(PredictionText.decimal(Double(report.bytes) / 1e6)) MB",
      notes.joined(separator: "; "),
    ])
    return "QEMU \(versions)\n" + table.text
  }
}

/// The same as `--json` shows it.
struct RealGuestReport: Encodable {
  var outcome: String
  var why: String?
  var good: Bool
  var milliseconds: Int?
  var blackOutMilliseconds: Int?
  var setUpMilliseconds: Int?
  var passes: Int
  var bytes: Int
  var emptyPages: Int
  var fullPages: Int
  var throttlePercent: Int
  var versions: [String]

  init(_ report: QEMUReport, isGood: Bool) {
    func whole(_ time: Duration?) -> Int? { time.map { Int($0 / .milliseconds(1)) } }
    (outcome, why) = DrainReport.words(report.outcome)
    good = isGood
    milliseconds = whole(report.total)
    blackOutMilliseconds = whole(report.blackOut)
    setUpMilliseconds = whole(report.setUp)
    (passes, bytes) = (report.passes, report.bytes)
    (emptyPages, fullPages) = (report.emptyPages, report.fullPages)
    (throttlePercent, versions) = (report.throttle, report.versions)
  }
}
