import Quantities

/// Reads the link of an adapter.
enum WindowsLink {
  /// Whether somebody switched it on: by the number of the class, which no language changes.
  static func isUp(_ object: WindowsObject) -> WindowsFound<Bool> {
    if let value = object["InterfaceAdminStatus"] {
      switch value.integer {
      case 1: return .success(true)
      case 2: return .success(false)
      default: return .failure(Unknown(.notUnderstood, "InterfaceAdminStatus \(value.shown)"))
      }
    }
    switch object.word("AdminStatus") ?? object.word("Status") {
    case "up", "disconnected": return .success(true)
    case "down", "disabled": return .success(false)
    case nil: return .failure(Unknown(.notSupported, "Get-NetAdapter: no AdminStatus"))
    case .some(let word): return .failure(Unknown(.notUnderstood, "AdminStatus \(word)"))
    }
  }

  static func hasLink(_ object: WindowsObject) -> WindowsFound<Bool> {
    if let value = object["MediaConnectState"] {
      switch value.integer {
      case 1: return .success(true)
      case 2: return .success(false)
      case 0: return .failure(Unknown(.notSupported, "MediaConnectState 0: not told"))
      default: return .failure(Unknown(.notUnderstood, "MediaConnectState \(value.shown)"))
      }
    }
    switch object.word("MediaConnectionState") ?? object.word("Status") {
    case "connected", "up": return .success(true)
    case "disconnected": return .success(false)
    case nil: return .failure(Unknown(.notSupported, "Get-NetAdapter: no MediaConnectionState"))
    case .some(let word): return .failure(Unknown(.notUnderstood, "MediaConnectionState \(word)"))
    }
  }

  /// The lower of both directions. The text to show counts where there are no numbers alone: it can
  /// be `2.5 Gbps` or `0 bps`, and has the decimal mark of the host.
  static func rate(_ object: WindowsObject) -> WindowsFound<DataRate> {
    let values = [object["ReceiveLinkSpeed"], object["TransmitLinkSpeed"]].compactMap { $0 }
    guard !values.isEmpty else { return shownRate(object) }
    var lowest: Int64?
    for value in values {
      // All bits set stand for a rate that the driver does not know.
      guard let bits = value.counter, bits != .max, bits > 0 else {
        return .failure(Unknown(.notSupported, "ReceiveLinkSpeed \(value.shown)"))
      }
      guard let rate = Int64(exactly: bits), rate <= 10_000_000_000_000 else {
        return .failure(Unknown(.notUnderstood, "ReceiveLinkSpeed \(value.shown)"))
      }
      lowest = min(lowest ?? rate, rate)
    }
    guard let lowest else { return .failure(Unknown(.notSupported, "ReceiveLinkSpeed")) }
    return .success(DataRate(bitsPerSecond: lowest))
  }

  private static func shownRate(_ object: WindowsObject) -> WindowsFound<DataRate> {
    guard let value = object["LinkSpeed"], let text = value.text else {
      return .failure(Unknown(.notSupported, "Get-NetAdapter: no ReceiveLinkSpeed"))
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    let units: [String: Int64] = [
      "bps": 1, "kbps": 1000, "mbps": 1_000_000, "gbps": 1_000_000_000, "tbps": 1_000_000_000_000,
    ]
    guard words.count == 2, let unit = units[words[1].lowercased()],
      let rate = scaled(words[0], by: unit), rate <= 10_000_000_000_000
    else { return .failure(Unknown(.notUnderstood, "LinkSpeed \(value.shown)")) }
    guard rate > 0 else { return .failure(Unknown(.notSupported, "LinkSpeed \(value.shown)")) }
    return .success(DataRate(bitsPerSecond: rate))
  }

  /// A number with up to one decimal mark, times a unit; `nil` when bits would be left over.
  private static func scaled(_ text: Substring, by unit: Int64) -> Int64? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard let first = parts.first, parts.count < 3, text.utf8.count < 16,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let whole = Int64(first)
    else { return nil }
    let (base, isOver) = whole.multipliedReportingOverflow(by: unit)
    guard !isOver, base < 1 << 60 else { return nil }
    guard parts.count == 2, let last = parts.last else { return base }
    var rest: Int64 = 0
    var place = unit
    for digit in last.utf8 {
      guard place % 10 == 0 else { return digit == 48 ? base + rest : nil }
      place /= 10
      rest += Int64(digit - 48) * place
    }
    return base + rest
  }

  /// What grew between two readings of the counters.
  static func counters(_ object: WindowsObject) -> WindowsFound<CounterFacts> {
    guard let interval = object["SampleInterval"]?.integer(in: 1...86_400_000) else {
      return .failure(Unknown(.notUnderstood, "Get-NetAdapterStatistics: no SampleInterval"))
    }
    func sum(_ fields: [String]) -> UInt64? {
      var total: UInt64 = 0
      for field in fields {
        guard let value = object[field]?.counter else { return nil }
        let (sum, isOver) = total.addingReportingOverflow(value)
        if isOver { return nil }
        total = sum
      }
      return total
    }
    let kinds = ["Unicast", "Multicast", "Broadcast"]
    let packets = sum(kinds.flatMap { ["Received\($0)Packets", "Sent\($0)Packets"] })
    let errors = sum(["ReceivedPacketErrors", "OutboundPacketErrors"])
    let drops = sum(["ReceivedDiscardedPackets", "OutboundDiscardedPackets"])
    guard let packets, let errors, let drops else {
      return .failure(Unknown(.notSupported, "Get-NetAdapterStatistics: a counter is missing"))
    }
    return .success(
      CounterFacts(
        interval: interval, packets: packets, errors: errors, drops: drops, pauses: nil))
  }
}
