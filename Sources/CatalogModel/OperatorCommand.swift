/// What an engineer does at the console of a live switch.
public enum OperatorTask: String, Hashable, Sendable, Codable, CaseIterable {
  /// Release and model.
  case showVersion = "show-version"
  /// Neighbours by LLDP (IEEE 802.1AB).
  case showNeighbours = "show-neighbours"
  /// State of all ports.
  case showPorts = "show-ports"
  /// LAGs with their members.
  case showLAGs = "show-lags"
  /// The pair: peer link, heartbeat, roles.
  case showPair = "show-pair"
  case showSpanningTree = "show-spanning-tree"
  /// Priority flow control of the ports.
  case showLossless = "show-lossless"
  case showUplinkGroups = "show-uplink-groups"
  /// The running configuration.
  case showConfiguration = "show-configuration"
  case saveConfiguration = "save-configuration"
  /// Copies the configuration to where it is safe.
  case backUp = "backup-configuration"
  /// Puts a new image beside the one that runs, and makes it the next to start.
  case installImage = "install-image"
  /// Starts the former image again.
  case bootPrevious = "boot-previous"
  case reload
  /// Enables `<PORT>`, as those below in configuration mode, where there is one.
  case openPort = "open-port"
  /// Gives `<PORT>`, or `<LINK>`, its LAG where it is in one, or the whole switch the link MTU
  /// `<MTU>`, bytes.
  case setMTU = "set-mtu"
  /// Lets `<LINK>`, a LAG or a port in none, carry VLANs more, tagged: `<VLAN>`, typed once for
  /// each, or a list, `<VLANS>`.
  case addVLANs = "add-vlans"
  /// Takes VLANs from those that `<LINK>` carries, likewise.
  case removeVLANs = "remove-vlans"
}

/// What is typed for a task, and what shows that all is well.
public struct OperatorCommand: Hashable, Sendable, Codable {
  public var task: OperatorTask
  /// Lines in the order of typing; what somebody fills in stands in angle brackets.
  public var lines: [String]
  /// What the output shows when all is well; empty where no source says it.
  public var sign: String
  /// Fact id.
  public var fact: String
  /// Makes a command.
  public init(task: OperatorTask, lines: [String], sign: String, fact: String) {
    self.task = task
    self.lines = lines
    self.sign = sign
    self.fact = fact
  }

  /// What is typed for one port or LAG.
  /// - Parameters:
  ///   - port: its name in the words of the system.
  ///   - link: its LAG, or itself where it is in none; `nil` where that has no name in these words.
  ///   - mtu: link MTU, bytes, where the task is about one.
  ///   - vlans: numbers, where the task is about some.
  /// - Returns: no lines where the task needs a name that is `nil`.
  public func lines(
    port: String, link: String?, mtu: String = "", vlans: [Int] = []
  ) -> [String] {
    guard link != nil || !lines.contains(where: { $0.contains("<LINK>") }) else { return [] }
    let list = vlans.map(String.init).joined(separator: ",")
    let isTypedForEach = lines.contains { $0.contains("<VLAN>") }
    let rounds = isTypedForEach ? vlans.map(String.init) : [""]
    return rounds.flatMap { vlan in
      lines.map { line in
        [
          ("<PORT>", port), ("<LINK>", link ?? ""), ("<MTU>", mtu), ("<VLANS>", list),
          ("<VLAN>", vlan),
        ]
        .reduce(line) { $0.replacing($1.0, with: $1.1) }
      }
    }
  }
}
