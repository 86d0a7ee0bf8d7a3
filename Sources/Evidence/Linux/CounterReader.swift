/// Reads by how much counters grew between two samples.
struct CounterReader {
  private let outputs: LinuxOutputs
  /// The last sample of `ip`: its interfaces by name.
  private let later: [String: ToolNode]
  private let laterTold: Told?
  private let missing: Unknown
  private let interval: Reading<Int>

  init(_ outputs: LinuxOutputs) {
    self.outputs = outputs
    interval = outputs.interval
    let samples = outputs.all(LinuxCommand("ip", "address"))
    guard samples.count > 1, let last = samples.last else {
      (later, laterTold) = ([:], nil)
      missing = Unknown(.notCollected, "one sample only")
      return
    }
    switch last.tree() {
    case .unknown(let reason):
      (later, laterTold, missing) = ([:], nil, reason)
    case .known(let node):
      var byName: [String: ToolNode] = [:]
      for entry in node.list ?? [] {
        if let name = entry["ifname"]?.text, byName[name] == nil { byName[name] = entry }
      }
      (later, laterTold) = (byName, last)
      missing = last.garbled("not in the second sample")
    }
  }

  /// The growth since the first sample.
  func facts(_ name: String, first: ToolNode) -> Reading<CounterFacts> {
    guard case .known(let milliseconds, _) = interval else {
      return .unknown(
        Unknown(
          interval.unknown?.reason ?? .notCollected, "no time between both samples"))
    }
    guard let second = later[name], let told = laterTold else { return .unknown(missing) }
    guard let old = LinkCounters(first), let new = LinkCounters(second) else {
      return .unknown(told.absent("no stats64"))
    }
    guard let packets = growth(old.packets, new.packets),
      var errors = growth(old.errors, new.errors), var drops = growth(old.drops, new.drops)
    else { return .unknown(told.garbled("counters went backwards between both samples")) }
    var pauses = flowPauses(name)
    var busiest: Int?
    if let (before, after) = cardSamples(name) {
      // The card counts again what the kernel counts, under more names.
      if let grown = growth(before.damaged, after.damaged) { errors = max(errors, grown) }
      if let grown = growth(before.unbuffered, after.unbuffered) { drops = max(drops, grown) }
      if let first = before.pauses, let last = after.pauses, let grown = growth(first, last) {
        pauses = max(pauses ?? 0, grown)
      }
      busiest = after.busiestQueue(since: before)
    }
    return told.known(
      CounterFacts(
        interval: milliseconds, packets: packets, errors: errors, drops: drops, pauses: pauses,
        busiestQueue: busiest))
  }

  /// `nil` when a driver began anew.
  private func growth(_ old: UInt64, _ new: UInt64) -> UInt64? { new >= old ? new - old : nil }

  private func cardSamples(_ name: String) -> (CardStatistics, CardStatistics)? {
    let samples = outputs.all(LinuxCommand("ethtool", "-S", of: name))
    guard samples.count > 1, let before = samples.first.flatMap({ CardStatistics($0) }),
      let after = samples.last.flatMap({ CardStatistics($0) })
    else { return nil }
    return (before, after)
  }

  /// From two samples of `dcb -s pfc`, for drivers without such counters of their own.
  private func flowPauses(_ name: String) -> UInt64? {
    let samples = outputs.all(LinuxCommand("dcb", "pfc", of: name))
    guard samples.count > 1, let before = samples.first.flatMap(DCBReader.pauseFrames),
      let after = samples.last.flatMap(DCBReader.pauseFrames)
    else { return nil }
    return growth(before, after)
  }
}

/// The counters of one interface in one sample of `ip -s -s`.
private struct LinkCounters {
  var packets: UInt64
  var errors: UInt64
  var drops: UInt64

  /// `nil` when one is not there or a sum leaves 64 bits.
  init?(_ node: ToolNode) {
    guard let stats = node["stats64"] ?? node["stats"], let receive = stats["rx"],
      let send = stats["tx"],
      let packets = LinkCounters.sum([receive["packets"], send["packets"]]),
      let errors = LinkCounters.sum([receive["errors"], send["errors"]]),
      let drops = LinkCounters.sum([receive["dropped"], send["dropped"]])
    else { return nil }
    self.packets = packets
    self.errors = errors
    // Only a second -s shows these two.
    let more = ["missed_errors", "fifo_errors"].compactMap { receive[$0] }
    guard let unbuffered = LinkCounters.sum(more) else { return nil }
    let (sum, over) = drops.addingReportingOverflow(unbuffered)
    if over { return nil }
    self.drops = sum
  }

  private static func sum(_ values: [ToolNode?]) -> UInt64? {
    var sum: UInt64 = 0
    for value in values {
      guard let count = value?.count else { return nil }
      let (next, over) = sum.addingReportingOverflow(count)
      if over { return nil }
      sum = next
    }
    return sum
  }
}
