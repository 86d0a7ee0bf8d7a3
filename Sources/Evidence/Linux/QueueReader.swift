/// Reads rings and queues of a port.
enum QueueReader {
  /// Both parts of what `ethtool` prints for rings and channels: the most that the driver allows
  /// and what is set, each by the lower-case name of the text form.
  private struct Settings {
    var most: [String: String] = [:]
    var current: [String: String] = [:]

    /// The text form: one heading, then the same names again.
    init(text: String) {
      var isCurrent = false
      for line in ToolText.lines(text) {
        guard let (key, value) = ToolText.pair(line, at: UInt8(ascii: ":")) else { continue }
        let name = key.lowercased()
        if name.utf8.starts(with: "current hardware settings".utf8) {
          isCurrent = true
        } else if isCurrent {
          current[name] = current[name] ?? value
        } else {
          most[name] = most[name] ?? value
        }
      }
    }

    /// The JSON form: `rx-max` and `rx`.
    init(_ node: ToolNode) {
      for (name, value) in node.members {
        guard let text = value.text else { continue }
        if name.hasSuffix("-max") {
          most[String(name.dropLast(4))] = text
        } else {
          current[name] = text
        }
      }
    }
  }

  /// A name that is `n/a` or missing is `nil`; a number beyond any card is too.
  private static func number(_ text: String?) -> Int? {
    text.flatMap { ToolText.whole($0, in: 0...1_000_000_000) }
  }

  private static func settings(_ told: Told) -> Result {
    guard told.isJSON else {
      let settings = Settings(text: told.output.text)
      return settings.current.isEmpty ? .unknown(told.failure("no settings")) : .known(settings)
    }
    switch told.tree() {
    case .unknown(let reason): return .unknown(reason)
    case .known(let node):
      guard let first = node.elements.first, first.isObject else {
        return .unknown(told.absent("an empty list"))
      }
      return .known(Settings(first))
    }
  }
  private enum Result {
    case known(Settings)
    case unknown(Unknown)
  }

  static func rings(
    _ outputs: LinuxOutputs, _ name: String
  ) -> (receive: Reading<RingFacts>, send: Reading<RingFacts>) {
    guard let told = outputs.first(LinuxCommand("ethtool", "-g", of: name)) else {
      return (.notCollected, .notCollected)
    }
    switch settings(told) {
    case .unknown(let reason): return (.unknown(reason), .unknown(reason))
    case .known(let settings):
      func ring(_ key: String) -> Reading<RingFacts> {
        guard let current = number(settings.current[key]) else {
          return .unknown(told.absent("\(key): \(settings.current[key] ?? "not there")"))
        }
        return told.known(RingFacts(current: current, maximum: number(settings.most[key])))
      }
      return (ring("rx"), ring("tx"))
    }
  }

  /// Queues that receive now, and the most that the driver allows.
  static func queues(
    _ outputs: LinuxOutputs, _ name: String, _ port: SysfsPort?
  ) -> (current: Reading<Int>, most: Reading<Int>) {
    var current: Reading<Int> = .notCollected
    var most: Reading<Int> = .notCollected
    if let told = outputs.first(LinuxCommand("ethtool", "-l", of: name)) {
      switch settings(told) {
      case .unknown(let reason): (current, most) = (.unknown(reason), .unknown(reason))
      case .known(let settings):
        // Queues that only receive come on top of those that do both.
        current = sum(["combined", "rx"], of: settings.current, told)
        let limits = ["combined", "rx"].compactMap { number(settings.most[$0]) }
        most = limits.max().map { told.known($0) } ?? .unknown(told.absent("no maximum"))
      }
    }
    if current.value == nil, let port, port.receiveQueues.value != nil {
      current = port.receiveQueues
    }
    return (current, most)
  }

  private static func sum(
    _ keys: [String], of values: [String: String], _ told: Told
  ) -> Reading<Int> {
    let numbers = keys.compactMap { number(values[$0]) }
    guard !numbers.isEmpty else { return .unknown(told.absent("no combined and no rx channels")) }
    return told.known(numbers.reduce(0, +))
  }

  /// The distinct rings of the table that spreads what comes in.
  static func ringsInUse(_ told: Told) -> Reading<Int> {
    var rings: Set<Int> = []
    if told.isJSON {
      switch told.tree() {
      case .unknown(let reason): return .unknown(reason)
      case .known(let node):
        for entry in node.elements.first?["rss_indirection_table"]?.list ?? [] {
          guard let ring = entry.whole(in: 0...65_535) else {
            return .unknown(told.garbled("the indirection table holds no number"))
          }
          rings.insert(ring)
        }
      }
    } else {
      for line in ToolText.lines(told.output.text) {
        if ToolText.string(line).hasPrefix("RSS hash key") { break }
        // `    8:      0     1     2`; a heading has words after or before its colon.
        guard let (key, value) = ToolText.pair(line, at: UInt8(ascii: ":")),
          ToolText.count(key) != nil
        else { continue }
        for word in value.utf8.split(whereSeparator: ToolText.isSpace) {
          guard let ring = ToolText.whole(ToolText.string(word), in: 0...65_535) else {
            return .unknown(told.garbled("the indirection table holds no number"))
          }
          rings.insert(ring)
        }
      }
    }
    return rings.isEmpty
      ? .unknown(told.failure("no indirection table")) : told.known(rings.count)
  }
}
