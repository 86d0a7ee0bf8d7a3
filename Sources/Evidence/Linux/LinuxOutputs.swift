import Quantities

/// What an output is of: the tool, what it was asked for, and the interface.
struct LinuxCommand: Hashable {
  /// Such as `ethtool`.
  var tool: String
  /// Such as `-k` or `address`; empty when the tool knows one thing only.
  var what: String
  /// Interface or path; empty for outputs of the whole host.
  var name: String

  init(_ tool: String, _ what: String = "", of name: String = "") {
    (self.tool, self.what, self.name) = (tool, what, name)
  }

  /// Takes a command line apart; `nil` for those that no reader asks for.
  init?(line: String) {
    let words = line.utf8.split(separator: 0x20).prefix(16).map { ToolText.string($0) }
    guard let first = words.first else { return nil }
    let tool = first.utf8.split(separator: UInt8(ascii: "/")).last.map(ToolText.string) ?? first
    let plain = words.dropFirst().filter { $0.utf8.first != UInt8(ascii: "-") }
    switch tool {
    case "ip": self.init(tool, LinuxCommand.ipObject(plain.first ?? ""))
    case "bridge", "rdma": self.init(tool, plain.first ?? "")
    case "ethtool":
      guard let name = plain.last else { return nil }
      self.init(tool, LinuxCommand.ethtoolRequest(words), of: name)
    case "dcb":
      guard let name = plain.last else { return nil }
      self.init(tool, plain.first ?? "", of: name)
    case "sysfs": self.init(tool, plain.first ?? "", of: plain.dropFirst().first ?? "")
    case "cat": self.init(tool, of: plain.first ?? "")
    case "teamdctl": self.init(tool, of: plain.first ?? "")
    case "lldpcli", "lldpctl", "lspci": self.init(tool == "lldpctl" ? "lldpcli" : tool)
    case "sample", "ovs-appctl": self.init(tool, plain.first ?? "")
    case "ovs-vsctl":
      // `list TABLE`; names of tables are taken in any case.
      guard let place = plain.firstIndex(of: "list"), place + 1 < plain.endIndex else { return nil }
      self.init(tool, plain[place + 1].lowercased())
    default: return nil
    }
  }

  private static func ipObject(_ word: String) -> String {
    switch word {
    case "a", "addr", "address": "address"
    case "l", "link": "link"
    case "r", "ro", "route": "route"
    default: word
    }
  }

  private static func ethtoolRequest(_ words: [String]) -> String {
    for word in words.dropFirst() where word.utf8.first == UInt8(ascii: "-") {
      switch word {
      case "--json", "-j", "-I", "--include-statistics": continue
      case "--driver": return "-i"
      case "--show-features", "--show-offload": return "-k"
      case "--show-ring": return "-g"
      case "--show-channels": return "-l"
      case "--show-rxfh", "--show-rxfh-indir", "--show-nfc": return "-x"
      case "--show-pause": return "-a"
      case "--show-permaddr": return "-P"
      case "--statistics": return "-S"
      default: return word
      }
    }
    return ""
  }
}

/// The outputs of a host by what they are of.
struct LinuxOutputs {
  private var places: [LinuxCommand: [Int]] = [:]
  private let outputs: [ToolOutput]

  init(_ outputs: [ToolOutput]) {
    self.outputs = outputs
    for (place, output) in outputs.enumerated() {
      if let command = LinuxCommand(line: output.command) {
        places[command, default: []].append(place)
      }
    }
  }

  /// All outputs of a command, in their order.
  func all(_ command: LinuxCommand) -> [Told] {
    (places[command] ?? []).map { Told(place: $0, output: outputs[$0]) }
  }

  /// The first output of a command; when several were taken, a good one before a failed one.
  func first(_ command: LinuxCommand) -> Told? {
    let told = all(command)
    return told.first { $0.output.status == 0 } ?? told.first
  }

  /// A reading from the first output of a command.
  func read<Value>(
    _ command: LinuxCommand, _ body: (Told) -> Reading<Value>
  ) -> Reading<Value> {
    first(command).map(body) ?? .notCollected
  }

  /// Milliseconds between both samples of counters.
  var interval: Reading<Int> {
    read(LinuxCommand("sample", "interval")) { told in
      let text = ToolText.string(ToolText.trimmed(Substring(told.output.text).utf8))
      guard let value = ToolText.whole(text, in: 1...86_400_000) else {
        return .unknown(told.garbled("no milliseconds: \(text)"))
      }
      return told.known(value)
    }
  }
}
