/// Where a step of a lab runs.
public enum LabNode: Hashable, Sendable, Codable {
  /// The machine itself.
  case machine
  /// All switches of the plan, and the stand-in of the core's switch.
  case switches
  /// What lies beyond the core.
  case core
  /// Ends of cables that are plugged in nowhere.
  case drawer
  /// The LAN that was there before the new fabric, and the coordinator of agents.
  case lan
  case host(String)

  /// Name of its folder; host names hold no underscore.
  var folder: String {
    switch self {
    case .machine: "_machine"
    case .switches: "_switches"
    case .core: "_core"
    case .drawer: "_drawer"
    case .lan: "_lan"
    case .host(let name): name
    }
  }
}

/// One command of a lab: a program and its words, never a line for a shell.
public struct LabStep: Hashable, Sendable, Codable {
  public var node: LabNode
  public var words: [String]
  /// Given on standard input; empty for none.
  public var input: String
  /// Text that the output must contain: the command is run again until it does. Empty for none.
  public var awaits: String
  /// Whether its failure is no failure of the lab.
  public var mayFail: Bool
  /// Whether it runs on until the lab goes down.
  public var isBackground: Bool

  /// Makes a step.
  public init(
    _ node: LabNode, _ words: [String], input: String = "", awaits: String = "",
    mayFail: Bool = false, isBackground: Bool = false
  ) {
    self.node = node
    self.words = words
    self.input = input
    self.awaits = awaits
    self.mayFail = mayFail
    self.isBackground = isBackground
  }

  /// `hv-r1-01: ip link set nic1-p1 down`.
  public var shown: String {
    let place = if case .machine = node { "" } else { "\(node.folder): " }
    return place + words.joined(separator: " ")
  }
}

/// Commands of `ip` given all at once: starting it takes longer than what it does.
struct IPBatch {
  private(set) var lines: [String] = []
  mutating func add(_ line: String) { lines.append(line) }

  /// The step; `nil` when there is nothing to do.
  func step(_ node: LabNode) -> LabStep? {
    guard !lines.isEmpty else { return nil }
    return LabStep(node, ["ip", "-batch", "-"], input: lines.map { $0 + "\n" }.joined())
  }
}
