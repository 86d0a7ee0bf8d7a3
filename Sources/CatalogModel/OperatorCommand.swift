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
}
