import Evidence
import Quantities

/// Checks of what the system of a host does with its ports: power, receive work, offloads.
enum SettingChecks {
  /// The scheme "high performance" of Windows, which every release has
  /// (`host-validation`, section 3a).
  static let performanceScheme = "8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c"
  /// Queues that serve a port of 10 Gbps (`host-validation`, section 3a).
  static let enoughQueues = 8
  /// Offloads that must be on.
  static let wanted: [Offload] = [.receiveChecksum, .segmentation, .sendChecksum]

  static func run(_ host: ObservedHost, _ sheet: inout Sheet) {
    sheet.ports = []
    sheet.judge(
      .powerOS, "", host.facts.power, expected: "high performance", shown: \.shown,
      holds: \.isFull)
    for (place, port) in host.plan.ports.enumerated() {
      guard let interface = host.interface(ofPort: place) else { continue }
      sheet.ports = [place]
      receive(place, interface, host, &sheet)
      offload(port, interface, host, &sheet)
    }
  }

  private static func receive(
    _ place: Int, _ interface: InterfaceFacts, _ host: ObservedHost, _ sheet: inout Sheet
  ) {
    let port = host.plan.ports[place]
    if host.isUnderSwitch(place) {
      for check in [CheckID.rssOn, .rssQueues, .rssNUMA, .interruptSpread] {
        sheet.skip(check, port.name, "queues for virtual machines take the place of RSS")
      }
      return
    }
    let receive = interface.receive
    sheet.judge(
      .rssOn, port.name, receive.isSpread, expected: "on", shown: { $0 ? "on" : "off" },
      holds: { $0 })
    guard receive.isSpread.value != false else {
      sheet.skip(.rssQueues, port.name, "RSS is off")
      sheet.skip(.interruptSpread, port.name, "RSS is off")
      return sheet.skip(.rssNUMA, port.name, "RSS is off")
    }
    let most = receive.maximumQueues.value ?? enoughQueues
    sheet.judge(
      .rssQueues, port.name, receive.queues, expected: "\(min(most, enoughQueues)) or more",
      shown: { "\($0)" }, holds: { $0 >= min(most, enoughQueues) })
    spread(port, interface, &sheet)
    sheet.judge(
      .rssNUMA, port.name, receive.isNear, expected: "processors of the card's node",
      shown: { $0 ? "near the card" : "some are far from the card" }, holds: { $0 })
  }

  /// Most of the packets that one queue may take, in percent (`host-validation`, section 1a).
  private static let mostOfOneQueue = 60
  /// Least packets between the samples that are taken for load: an eighth of a second of full frames of
  /// 1500 bytes at 10 Gbps (`host-validation`, section 5a). Of few, one connection has most.
  static let enoughPackets: UInt64 = 100_000

  private static func spread(
    _ port: PlannedPort, _ interface: InterfaceFacts, _ sheet: inout Sheet
  ) {
    guard case .known(let counters, let source) = interface.counters,
      let busiest = counters.busiestQueue
    else {
      return sheet.skip(.interruptSpread, port.name, "nobody counts packets by queue")
    }
    guard counters.packets >= enoughPackets else {
      return sheet.skip(.interruptSpread, port.name, "no load between the samples")
    }
    let isGood = busiest <= mostOfOneQueue
    sheet.add(
      .interruptSpread, port.name, isGood ? .pass : .fail,
      "one queue took \(busiest) % of the packets",
      expected: isGood ? "" : "at most \(mostOfOneQueue) %", output: source.output)
  }

  private static func offload(
    _ port: PlannedPort, _ interface: InterfaceFacts, _ host: ObservedHost, _ sheet: inout Sheet
  ) {
    sheet.judge(
      .offload, port.name, interface.offloads, expected: "all on",
      shown: { states in
        let off = states.filter { wanted.contains($0.offload) && !$0.isOn }
        return off.isEmpty ? "on" : off.map(\.offload.rawValue).joined(separator: ", ") + " off"
      },
      holds: { states in !states.contains { wanted.contains($0.offload) && !$0.isOn } })
  }
}

extension PowerFacts {
  /// Whether the processors may run at full clock all the time.
  var isFull: Bool {
    switch self {
    case .governors(let all): !all.isEmpty && all.allSatisfy { $0 == "performance" }
    case .scheme(let scheme): scheme.lowercased() == SettingChecks.performanceScheme
    }
  }

  /// The governors that occur, or the scheme.
  var shown: String {
    switch self {
    case .governors(let all):
      Set(all).sorted { $0.precedesInBytes($1) }.map { governor in
        let count = all.count { $0 == governor }
        return count == all.count ? governor : "\(governor) on \(count) of \(all.count)"
      }.joined(separator: ", ")
    case .scheme(let scheme): "scheme \(scheme)"
    }
  }
}
