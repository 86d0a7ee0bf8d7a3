import Forecast
import Migration
import Quantities

/// A prediction as `--json` shows it: whole numbers, their units in their names.
struct ForecastReport: Encodable {
  struct Assumed: Encodable {
    var memoryBytes: ByteCount
    var writtenBytesPerSecond: ByteCount
    var workingSetPercent: Int
    var pattern: WritePattern?
    var emptyPercent: Int
    var reservePercent: Int
    var atOnce: Int
  }
  struct Drain: Encodable {
    var arrangement: Arrangement
    var measured: Bool
    var bitsPerSecond: Int
    var milliCores: Int
    var busyPermille: Int?
    var milliseconds: Int
    var blackOutMilliseconds: Int
    var passes: Int
    var bytes: Int
    var stuck: Int

    init(_ drain: DrainForecast) {
      (arrangement, measured) = (drain.arrangement, drain.isMeasured)
      bitsPerSecond = whole(drain.gbps * 1e9)
      milliCores = whole(drain.cores * 1000)
      busyPermille = drain.busy.map { whole($0 * 1000) }
      milliseconds = whole(drain.seconds * 1000)
      blackOutMilliseconds = whole(drain.blackOut * 1000)
      (passes, stuck) = (drain.passes, drain.stuck)
      bytes = whole(drain.gigabytes * 1e9)
    }
  }
  struct Row: Encodable {
    var group: String
    var rack: String
    var hosts: [String]
    var guests: Int
    var drain: Drain
    var before: Drain?
  }
  struct Rolling: Encodable {
    var groups: [String]
    var hosts: Int
    var order: [String]
    var milliseconds: Int
    var beforeMilliseconds: Int?
    var fits: Bool?
  }
  struct Skipped: Encodable {
    var host: String
    var why: String
  }
  var assumed: Assumed
  var drains: [Row]
  var rolling: [Rolling]
  var skipped: [Skipped]

  init(_ forecast: ClusterForecast, _ question: ClusterForecast.Question) {
    let guests = question.guests
    assumed = Assumed(
      memoryBytes: guests.memory, writtenBytesPerSecond: guests.writtenPerSecond,
      workingSetPercent: guests.workingSet, pattern: WritePattern(guests.pattern),
      emptyPercent: guests.empty, reservePercent: guests.reserve, atOnce: question.atOnce)
    drains = forecast.rows.map { row in
      Row(
        group: row.group, rack: row.rack, hosts: row.hosts, guests: row.guests,
        drain: Drain(row.drain), before: row.before.map(Drain.init))
    }
    rolling = forecast.rolling.map { all in
      Rolling(
        groups: all.groups, hosts: all.hosts, order: all.order,
        milliseconds: whole(all.seconds * 1000),
        beforeMilliseconds: all.before.map { whole($0 * 1000) }, fits: all.fits)
    }
    skipped = forecast.skipped.sorted { $0.key < $1.key }.map {
      Skipped(host: $0.key, why: $0.value)
    }
  }
}

/// Advice as `--json` shows it.
struct AdviceReport: Encodable {
  struct Row: Encodable {
    var arrangement: Arrangement
    var name: String
    /// Whether the plan's scripts and files for hosts set it.
    var planned: Bool
    var bitsPerSecond: Int?
    var milliCores: Int?
    var busyPermille: Int?
    var verdict: String
    var why: String?
  }
  var group: String
  var host: String
  var hosts: Int
  var rows: [Row]

  init(_ advice: GroupAdvice) {
    (group, host, hosts) = (advice.group, advice.host, advice.hosts)
    let planned = advice.planned
    rows = advice.advice.rows.map { row in
      let (verdict, why): (String, String?) =
        switch row.verdict {
        case .best: ("best", nil)
        case .loses(let why): ("loses", why)
        case .impossible(let why): ("impossible", why)
        case .unknown(let why): ("unknown", why)
        }
      return Row(
        arrangement: row.arrangement, name: row.arrangement.name(on: advice.advised.hypervisor),
        planned: planned?.isSet == true && row.arrangement == planned?.arrangement,
        bitsPerSecond: row.prediction.map { whole($0.gbps * 1e9) },
        milliCores: row.prediction.map { whole($0.cores * 1000) },
        busyPermille: row.prediction?.busy(of: advice.advised).map { whole($0 * 1000) },
        verdict: verdict, why: why)
    }
  }
}

/// Rounded to the nearest, halves away from zero; what does not fit is the largest that does.
private func whole(_ value: Double) -> Int {
  let rounded = value.rounded()
  return rounded.magnitude < 9e18 ? Int(rounded) : rounded < 0 ? .min : .max
}
