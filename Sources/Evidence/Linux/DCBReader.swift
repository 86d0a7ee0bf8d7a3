import Quantities

/// Reads what `dcb` of iproute2 says of one port.
enum DCBReader {
  static func facts(_ outputs: LinuxOutputs, _ name: String) -> DCBFacts {
    var facts = DCBFacts()
    func told(_ object: String) -> Told? { outputs.first(LinuxCommand("dcb", object, of: name)) }
    if let ets = told("ets") {
      switch tree(ets) {
      case .unknown(let reason):
        (facts.isWilling, facts.classes) = (.unknown(reason), .unknown(reason))
      case .known(let node):
        facts.isWilling =
          node["willing"]?.flag.map { ets.known($0) } ?? .unknown(ets.absent("no willing"))
        facts.classes = classes(node, ets)
      }
    }
    if let pfc = told("pfc") {
      switch tree(pfc) {
      case .unknown(let reason): facts.lossless = .unknown(reason)
      case .known(let node): facts.lossless = lossless(node, pfc)
      }
    }
    if let app = told("app") {
      switch tree(app) {
      case .unknown(let reason): facts.marked = .unknown(reason)
      case .known(let node): facts.marked = marked(node, app)
      }
    }
    return facts
  }

  /// A driver without DCB makes `dcb` end with status 1 and nothing on its standard output.
  private static func tree(_ told: Told) -> Told.Tree {
    if told.isSilent, told.output.status == 1 {
      return .unknown(
        ToolFailure.said(by: told.output)
          ?? Unknown(.notSupported, "dcb ended with status 1 and no output"))
    }
    guard case .known(let node) = told.tree() else { return told.tree() }
    // Some releases wrap it in a list.
    guard let first = node.elements.first, first.isObject else {
      return .unknown(told.absent("an empty list"))
    }
    return .known(first)
  }

  private static func lossless(
    _ node: ToolNode, _ told: Told
  ) -> Reading<[PriorityCodePoint]> {
    guard let list = node["prio_pfc"]?.list else { return .unknown(told.absent("no prio_pfc")) }
    let flags = list.map(\.flag)
    guard flags.count == 8, !flags.contains(nil) else {
      return .unknown(told.garbled("prio_pfc has not eight flags"))
    }
    return told.known((0..<8).filter { flags[$0] == true }.compactMap { PriorityCodePoint($0) })
  }

  private static func eight(
    _ node: ToolNode, _ name: String, in range: ClosedRange<Int>
  ) -> [Int]? {
    let values = (node[name]?.list ?? []).compactMap { $0.whole(in: range) }
    return values.count == 8 && node[name]?.list?.count == 8 ? values : nil
  }

  /// Shares and algorithms stand by class, classes by priority.
  private static func classes(
    _ node: ToolNode, _ told: Told
  ) -> Reading<[TrafficClassFacts]> {
    guard node["prio_tc"] != nil else { return .unknown(told.absent("no prio_tc")) }
    guard let classOf = eight(node, "prio_tc", in: 0...7),
      let shares = eight(node, "tc_bw", in: 0...100),
      let algorithms = node["tc_tsa"]?.list?.compactMap(\.text), algorithms.count == 8
    else { return .unknown(told.garbled("prio_tc, tc_bw and tc_tsa are not eight values each")) }
    var classes: [TrafficClassFacts] = []
    for number in 0..<8 {
      let priorities = (0..<8).filter { classOf[$0] == number }
        .compactMap { PriorityCodePoint($0) }
      guard !priorities.isEmpty else { continue }
      switch algorithms[number] {
      case "ets": classes.append(TrafficClassFacts(priorities: priorities, share: shares[number]))
      case "strict": classes.append(TrafficClassFacts(priorities: priorities, share: nil))
      default:
        return .unknown(
          Unknown(
            .notSupported,
            ToolText.shown("class \(number) is scheduled by \"\(algorithms[number])\"")))
      }
    }
    return told.known(
      classes.sorted { ($0.priorities.first?.number ?? 8) < ($1.priorities.first?.number ?? 8) })
  }

  /// Ports of SMB Direct and of RoCE v2, and the code point that makers of cards give RoCE.
  private static let marks: [(table: String, keys: Set<Int>)] = [
    ("stream_port_prio", [445]), ("dgram_port_prio", [4791]), ("port_prio", [445, 4791]),
    ("dscp_prio", [26]),
  ]

  private static func marked(
    _ node: ToolNode, _ told: Told
  ) -> Reading<[PriorityCodePoint]> {
    var found: Set<PriorityCodePoint> = []
    for (table, keys) in marks {
      for entry in node[table]?.list ?? [] {
        let pair = (entry.list ?? []).map { $0.whole(in: 0...65_535) }
        guard pair.count == 2, let key = pair[0], let number = pair[1],
          let priority = PriorityCodePoint(number)
        else { return .unknown(told.garbled("\(table) holds no pairs of numbers")) }
        if keys.contains(key) { found.insert(priority) }
      }
    }
    return told.known(found.sorted())
  }

  /// Frames that asked for a pause, sent and received, since the driver began.
  static func pauseFrames(_ told: Told) -> UInt64? {
    guard case .known(let node) = tree(told), let requests = node["requests"]?.list,
      let indications = node["indications"]?.list
    else { return nil }
    var sum: UInt64 = 0
    for value in requests + indications {
      guard let count = value.count else { return nil }
      let (next, over) = sum.addingReportingOverflow(count)
      if over { return nil }
      sum = next
    }
    return sum
  }
}
