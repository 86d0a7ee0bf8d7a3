/// Counters of `ethtool -S`, whose names are each driver's own, summed by what they count.
struct CardStatistics {
  /// Frames with damage: check sums, symbols, error correction that failed.
  var damaged: UInt64 = 0
  /// Frames that the card had no room for.
  var unbuffered: UInt64 = 0
  /// Frames that told a neighbour to pause; `nil` when no name means that.
  var pauses: UInt64?
  /// Packets that each receive queue took, by its number.
  var queues: [Int: UInt64] = [:]

  /// `nil` when the output holds no counters, or they are too large to add.
  init?(_ told: Told) {
    var hasCounters = false
    var sums = Sums()
    for line in ToolText.lines(told.output.text) {
      guard let (name, value) = ToolText.lastPair(line, at: UInt8(ascii: ":")),
        let count = ToolText.count(value)
      else { continue }
      hasCounters = true
      if let queue = CardStatistics.queue(name.lowercased()), queues[queue] == nil {
        queues[queue] = count
      }
      guard sums.add(count, of: CardStatistics.meaning(of: name.lowercased())) else { return nil }
    }
    guard hasCounters else { return nil }
    damaged = sums.values[.damaged] ?? 0
    unbuffered = sums.values[.unbuffered] ?? 0
    // Drivers count the same frame by priority, for the link and at its edge: the highest of them
    // is the one that misses none.
    pauses = [.pauseOfPriority, .pauseOfLink, .pauseAtEdge].compactMap { sums.values[$0] }.max()
  }

  /// The receive queue whose packets a name counts: `rx3_packets` (mlx5), `rx_queue_3_packets` (ixgbe,
  /// ice, virtio), `rx-3.packets` (i40e), `[3]: rx_ucast_packets` (bnxt).
  private static func queue(_ name: String) -> Int? {
    for (head, tail) in [
      ("rx_queue_", "_packets"), ("rx-", ".packets"), ("[", "]: rx_ucast_packets"),
      ("rx", "_packets"),
    ] where name.hasPrefix(head) && name.hasSuffix(tail) {
      let number = name.dropFirst(head.count).dropLast(tail.count)
      if number.utf8.count < 5, let queue = Int(number), queue >= 0 { return queue }
    }
    return nil
  }

  /// Percent of what all queues took since an earlier sample that the busiest took, rounded down;
  /// `nil` where nobody counts them, a driver began anew, or none took any.
  func busiestQueue(since before: CardStatistics) -> Int? {
    guard queues.count > 1 else { return nil }
    var (sum, most): (UInt64, UInt64) = (0, 0)
    for queue in queues.keys.sorted() {
      guard let new = queues[queue], let old = before.queues[queue], new >= old else { return nil }
      let (next, over) = sum.addingReportingOverflow(new - old)
      guard !over else { return nil }
      (sum, most) = (next, max(most, new - old))
    }
    guard sum > 0 else { return nil }
    let (scaled, over) = most.multipliedReportingOverflow(by: 100)
    return over ? nil : Int(scaled / sum)
  }

  private enum Meaning: Hashable {
    case damaged
    case unbuffered
    case pauseOfPriority
    case pauseOfLink
    /// mlx5's counters of its physical layer.
    case pauseAtEdge
  }

  private struct Sums {
    var values: [Meaning: UInt64] = [:]

    /// `false` where a sum leaves 64 bits.
    mutating func add(_ count: UInt64, of meaning: Meaning?) -> Bool {
      guard let meaning else { return true }
      let (sum, over) = values[meaning, default: 0].addingReportingOverflow(count)
      values[meaning] = sum
      return !over
    }
  }

  private static func meaning(of name: String) -> Meaning? {
    if let pause = pause(name) { return pause }
    // Frames that no rule of the card wants are no lack of room.
    if name.contains("steer") { return nil }
    let isCorrected = name.contains("corrected") && !name.contains("uncorrect")
    if name.contains("crc") || name.contains("symbol_err") || name.contains("fec_uncorrect")
      || name.contains("fec") && name.contains("uncorrect") && !isCorrected
    {
      return .damaged
    }
    let unbuffered = ["missed", "no_buffer", "out_of_buffer", "discard"]
    return unbuffered.contains { name.contains($0) } ? .unbuffered : nil
  }

  private static func pause(_ name: String) -> Meaning? {
    let isFrame =
      (name.contains("pause") || name.contains("xoff") || name.contains("pfc"))
      // Times, and frames that end a pause.
      && !["duration", "transition", "storm", "xon", "_us"].contains { name.contains($0) }
    guard isFrame else { return nil }
    if name.contains("_prio") || name.contains("_pri") { return .pauseOfPriority }
    return name.hasSuffix("_phy") ? .pauseAtEdge : .pauseOfLink
  }
}
