import Evidence
import Quantities
import TenfoldTestSupport

/// `dcb`, and the counters that only the card has.
extension LinuxRenderer {
  mutating func dcb(_ port: InterfaceFacts) -> [ToolOutput] {
    let dcb = port.dcb
    let commands = ["ets", "app", "dcbx"].map { "dcb -j \($0) show dev \(port.name)" }
    guard let isWilling = dcb.isWilling.value, let classes = dcb.classes.value else {
      return commands.map { Self.silent($0, dcb.isWilling.unknown) }
    }
    // The host numbers its classes as it likes.
    var numbers = Array(0...7)
    if random.chance(50) { numbers.shuffle(using: &random) }
    var (shares, algorithms) = ([Int](repeating: 0, count: 8), [String](repeating: "", count: 8))
    algorithms = algorithms.map { _ in "strict" }
    var classOf = [Int](repeating: 0, count: 8)
    for (place, own) in classes.enumerated() where place < 8 {
      let number = numbers[place]
      shares[number] = own.share ?? 0
      algorithms[number] = own.share == nil ? "strict" : "ets"
      for priority in own.priorities { classOf[priority.number] = number }
    }
    let ets: MadeJSON = .object([
      ("willing", .flag(isWilling)), ("ets_cap", .number(8)), ("cbs", .flag(false)),
      ("tc_bw", .numbers(shares)), ("pg_bw", .numbers([Int](repeating: 0, count: 8))),
      ("tc_tsa", .texts(algorithms)), ("prio_tc", .numbers(classOf)),
      ("reco_tc_bw", .numbers([Int](repeating: 0, count: 8))),
      ("reco_tc_tsa", .texts([String](repeating: "strict", count: 8))),
    ])
    return [
      output(commands[0], ets), output(commands[1], app(dcb.marked.value ?? [])),
      output(commands[2], .object([("host", .flag(true)), ("ieee", .flag(true))])),
    ]
  }

  /// Without DCB in the driver there is no word on standard output.
  private static func silent(_ command: String, _ unknown: Unknown?) -> ToolOutput {
    unknown?.reason == .toolMissing
      ? missing(command)
      : ToolOutput(
        command: command, status: 1, errors: "Attribute read: Operation not supported\n")
  }

  /// Some releases wrap their object in a list.
  private mutating func output(_ command: String, _ value: MadeJSON) -> ToolOutput {
    let value = random.chance(20) ? MadeJSON.list([value]) : value
    return ToolOutput(command: command, text: value.string(isWide: random.chance(30)) + "\n")
  }

  private mutating func app(_ marked: [PriorityCodePoint]) -> MadeJSON {
    func pairs(_ key: Int) -> MadeJSON {
      .list(marked.map { .numbers([key, $0.number]) })
    }
    var members: [(String, MadeJSON)] = [("default_prio", .numbers([0]))]
    let noise = MadeJSON.numbers([48, 6])
    switch random.int(0...3) {
    case 0: members.append(("stream_port_prio", pairs(445)))
    case 1: members.append(("dgram_port_prio", pairs(4791)))
    case 2: members.append(("port_prio", pairs(4791)))
    default:
      members.append(
        ("dscp_prio", .list(marked.map { .numbers([26, $0.number]) } + [noise])))
    }
    return .object(members)
  }

  /// `dcb -s pfc`, twice; with counters where those of the card have none.
  mutating func flow(_ port: InterfaceFacts, _ base: UInt64, isSecond: Bool) -> ToolOutput {
    let command = "dcb -j -s pfc show dev \(port.name)"
    guard let lossless = port.dcb.lossless.value else {
      return Self.silent(command, port.dcb.lossless.unknown)
    }
    var members: [(String, MadeJSON)] = [
      ("pfc_cap", .number(8)), ("macsec_bypass", .flag(false)), ("delay", .number(0)),
      (
        "prio_pfc",
        .list(
          (0...7).map { number in .flag(lossless.contains { $0.number == number }) })
      ),
    ]
    if countsInDCB(port) {
      var requests = [UInt64](repeating: 0, count: 8)
      requests[3] = base / 10 + (isSecond ? port.counters.value?.pauses ?? 0 : 0)
      members.append(("requests", .list(requests.map { .count($0) })))
      members.append(("indications", .numbers([Int](repeating: 1, count: 8))))
    }
    return ToolOutput(command: command, text: MadeJSON.object(members).string() + "\n")
  }

  /// Whether pauses of a port stand in `dcb` alone; the same in both samples.
  private func countsInDCB(_ port: InterfaceFacts) -> Bool {
    port.counters.value?.pauses != nil && port.dcb.lossless.value != nil
      && port.name.utf8.reduce(isOld ? 1 : 0, { $0 + Int($1) }) % 3 == 0
  }

  /// `ethtool -S`, in the words of several drivers.
  mutating func statistics(
    _ port: InterfaceFacts, _ base: UInt64, isSecond: Bool
  ) -> ToolOutput {
    let command = "ethtool -S \(port.name)"
    let grown = isSecond ? port.counters.value : nil
    let pauses = base / 10 + (grown?.pauses ?? 0)
    let hasPauses = port.counters.value?.pauses != nil && !countsInDCB(port)
    if !hasPauses, port.counters.value?.busiestQueue == nil, port.name.utf8.count % 2 == 0 {
      return ToolOutput(command: command, status: 1, errors: "no stats available\n")
    }
    let damaged = base / 1000 + (grown?.errors ?? 0)
    let unbuffered = base / 2000 + (grown?.drops ?? 0)
    var counters: [(String, UInt64)]
    let style = port.name.utf8.reduce(0, { $0 + Int($1) }) % 3
    switch style {
    case 0:
      counters = [
        ("rx_packets", base), ("rx_crc_errors_phy", damaged), ("rx_out_of_buffer", unbuffered),
        ("rx_steer_missed_packets", base + (isSecond ? 9 : 0)),
        ("rx_fec_corrected_blocks_phy", isSecond ? 7 : 0),
      ]
      if hasPauses {
        counters += [
          ("rx_prio3_pause", pauses / 2), ("tx_prio3_pause", pauses - pauses / 2),
          ("rx_prio3_pause_duration", isSecond ? 12 : 0), ("rx_pause_ctrl_phy", base / 10),
        ]
      }
    case 1:
      counters = [
        ("[0]: rx_discards", unbuffered), ("[1]: rx_discards", 0), ("rx_fcs_err_frames", 0),
        ("rx_crc_errors", damaged),
      ]
      if hasPauses {
        counters += [
          ("rx_pfc_ena_frames_pri3", pauses), ("pfc_pri3_rx_duration_us", isSecond ? 12 : 0),
        ]
      }
    default:
      counters = [
        ("rx_missed_errors.nic", unbuffered), ("rx_crc_errors.nic", damaged),
        ("tx_errors.nic", base),
      ]
      if hasPauses {
        counters += [
          ("rx_priority_3_xoff.nic", pauses), ("rx_priority_3_xon.nic", isSecond ? 12 : 0),
        ]
      }
    }
    if let busiest = port.counters.value?.busiestQueue {
      // What the busiest does not take the others share.
      let rest = 100 - busiest
      let others = busiest == 0 || rest == 0 ? 1 : max(1, (rest + busiest - 1) / busiest)
      for queue in 0...others {
        let share = queue == 0 ? busiest : rest / others + (queue <= rest % others ? 1 : 0)
        let name = [
          "rx\(queue)_packets", "[\(queue)]: rx_ucast_packets", "rx-\(queue).packets",
        ][style]
        counters.append((name, base + (isSecond ? UInt64(share) * 10 : 0)))
      }
    }
    let lines = counters.map { "     \($0.0): \($0.1)" }
    return ToolOutput(command: command, text: printed(["NIC statistics:"] + lines))
  }
}
