import Forecast
import Migration
import Quantities
import SiteModel

/// What migrations are predicted to take, for a terminal.
enum ForecastText {
  static func text(_ forecast: ClusterForecast, _ question: ClusterForecast.Question, _ site: Site)
    -> String
  {
    let guests = question.guests
    let pattern = WritePattern(guests.pattern).map { " (\($0.rawValue))" } ?? ""
    var text =
      "\(site.name): what live migration takes, before anything is built\n"
      + "assumed: guests of \(gibibytes(guests.memory)), each writing to"
      + " \(mebibytes(guests.writtenPerSecond)) a second of \(guests.workingSet) % of it\(pattern),"
      + " \(guests.empty) % empty; \(guests.reserve) % of a host's memory left to it;"
      + " \(question.atOnce) migrations at once; " + measured(forecast, question) + "\n"
    if !forecast.rows.isEmpty {
      var table = TextTable(
        ["hosts", "guests", "drain", "black-out", "passes", "Gbps", "CPU", "over", "before"],
        right: [1, 2, 3, 4, 5])
      for row in forecast.rows {
        let hypervisor = Self.hypervisor(of: row.group, site)
        table.add([
          hosts(row), "\(row.guests)", PredictionText.time(row.drain.seconds),
          PredictionText.time(row.drain.blackOut), "\(row.drain.passes)",
          PredictionText.decimal(row.drain.gbps),
          PredictionText.load(cores: row.drain.cores, busy: row.drain.busy),
          row.drain.arrangement.name(on: hypervisor) + (row.drain.isMeasured ? ", measured" : ""),
          row.before.map { PredictionText.time($0.seconds) } ?? "",
        ])
      }
      text += "\n" + table.text
      text += before(forecast, site)
    }
    for row in forecast.rows where row.drain.stuck > 0 {
      text +=
        "\(row.hosts[0]): \(row.drain.stuck) of \(row.guests) guests stay, since they write faster"
        + " than the network carries\n"
    }
    for all in forecast.rolling { text += rolling(all) }
    for group in unique(forecast.skipped.sorted { $0.key < $1.key }.map(\.value)) {
      let names = forecast.skipped.filter { $0.value == group }.keys.sorted()
      text +=
        "\(names[0])\(names.count > 1 ? " and \(names.count - 1) more" : ""): not predicted, \(group)\n"
    }
    return text
  }

  /// What times before the new network are for.
  private static func before(_ forecast: ClusterForecast, _ site: Site) -> String {
    let ways = unique(
      forecast.rows.map { row in
        row.before.map {
          "before: over the LAN that stands already, at best"
            + " \(PredictionText.decimal($0.gbps)) Gbps by"
            + " \($0.arrangement.name(on: hypervisor(of: row.group, site))) if nothing else is on it\n"
        }
          ?? "before: not known for \(row.group), whose ports on the LAN that stands already are not"
          + " in the site (`{ onboard: 4x1G base-t, attach: existing-lan }` in `nics`)\n"
      })
    return ways.joined()
  }

  private static func measured(
    _ forecast: ClusterForecast, _ question: ClusterForecast.Question
  ) -> String {
    let others = "nothing for what a hypervisor takes beside copying"
    guard let measured = question.measured else { return others }
    guard forecast.rows.contains(where: \.drain.isMeasured) else {
      return others
        + "; no host here has ports like those of \(measured.source), which were measured"
    }
    return "ports like those of \(measured.source) as measured there"
  }

  private static func hosts(_ row: ClusterForecast.Row) -> String {
    row.hosts.count == 1
      ? row.hosts[0] : "\(row.group) in \(row.rack) (\(row.hosts.count) hosts)"
  }

  private static func rolling(_ all: ClusterForecast.Rolling) -> String {
    var text =
      "\nall \(all.hosts) hosts of \(all.groups.joined(separator: " and ")), one after the other:"
      + " \(PredictionText.time(all.seconds))"
    if let before = all.before {
      text += ", over the LAN that stands already \(PredictionText.time(before))"
    }
    text += "\n"
    if let first = all.order.first, let last = all.order.last {
      text +=
        "in the order of the plan, from \(first) to \(last)"
        + (all.fits == false ? "" : "; guests stay where they went, so later hosts have more")
        + "\n"
    }
    if let fits = all.fits {
      text +=
        fits
        ? "the memory of any \(all.hosts - 1) of them holds all guests\n"
        : "the memory of \(all.hosts - 1) of them does NOT hold all guests\n"
    }
    return text
  }

  /// Groups of rows have one that is known.
  private static func hypervisor(of group: String, _ site: Site) -> AdvisedHost.Hypervisor {
    site.hosts.first { $0.name == group }.flatMap(AdvisedHost.Hypervisor.init(of:)) ?? .hyperV
  }

  private static func gibibytes(_ memory: ByteCount) -> String {
    memory.bytes % (1 << 30) == 0 ? "\(memory.bytes >> 30) GiB" : mebibytes(memory)
  }

  private static func mebibytes(_ memory: ByteCount) -> String {
    memory.bytes % (1 << 20) == 0 ? "\(memory.bytes >> 20) MiB" : "\(memory.bytes) bytes"
  }
}

/// Advice on arrangements, for a terminal.
enum AdviceText {
  static func text(_ all: [GroupAdvice]) -> String {
    all.map(text).joined(separator: "\n")
  }

  private static func text(_ group: GroupAdvice) -> String {
    let host = group.advised
    let rdma =
      switch host.rdma {
      case .none: "no RDMA"
      case .works: "RDMA"
      case .needsLossless: "RoCE without lossless Ethernet"
      case .unknown: "RDMA unknown"
      }
    var text =
      "\(group.group) (\(group.hosts) \(group.hosts == 1 ? "host" : "hosts") like \(group.host)):"
      + " \(host.ports) x \(PredictionText.decimal(host.gbpsPerPort)) Gbps, \(rdma),"
      + " \(host.hasJumbo ? "jumbo frames" : "no jumbo frames"), \(host.guestsAtOnce) guests at once\n"
    var table = TextTable(["arrangement", "Gbps", "CPU", ""], right: [1])
    for row in group.advice.rows {
      guard let prediction = row.prediction else { continue }
      let verdict =
        switch row.verdict {
        case .best: "best"
        case .loses(let why), .impossible(let why), .unknown(let why): why
        }
      table.add([
        row.arrangement.name(on: host.hypervisor), PredictionText.decimal(prediction.gbps),
        PredictionText.load(cores: prediction.cores, busy: prediction.busy(of: host)),
        verdict + (row.arrangement == group.planned?.arrangement ? planned(group.planned) : ""),
      ])
    }
    text += table.text
    for why in unique(group.advice.rows.compactMap(reason)) {
      let rows = group.advice.rows.filter { reason($0) == why }
      text +=
        "\(why.isPossible ? "not predicted" : "not possible"): \(names(rows, host)): \(why.text)\n"
    }
    return text
  }

  private static func planned(_ planned: PlannedArrangement?) -> String {
    guard let planned else { return "" }
    return (planned.isSet ? "; the plan sets this" : "; fits the plan, which writes no file for it")
      + (planned.hasVirtualPorts ? ", with a virtual port for each port" : "")
  }

  /// Why nothing is predicted of an arrangement.
  private struct Reason: Hashable {
    var text: String
    var isPossible: Bool
  }

  private static func reason(_ row: Advice.Row) -> Reason? {
    switch row.verdict {
    case .impossible(let why): Reason(text: why, isPossible: false)
    case .unknown(let why): Reason(text: why, isPossible: true)
    case .best, .loses: nil
    }
  }

  /// What arrangements of one reason have in common.
  private static func names(_ rows: [Advice.Row], _ host: AdvisedHost) -> String {
    let all = rows.map { $0.arrangement.name(on: host.hypervisor).split(separator: ",") }
    guard let first = all.first, all.count > 1 else {
      return all.first?.joined(separator: ",") ?? ""
    }
    for part in first.indices.prefix(2) where all.allSatisfy({ $0[part] == first[part] }) {
      return "all with" + (part == 0 ? " " : "") + first[part]
    }
    let teams = unique(all.map { String($0[1]) })
    return "all with" + teams.joined(separator: " or")
  }
}
