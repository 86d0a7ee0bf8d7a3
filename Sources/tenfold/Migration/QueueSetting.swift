import Forecast
import Quantities

/// Receive queues of the ports of two hosts, which no agent sets: it tells a person what to type.
struct QueueSetting {
  /// Ports by their hosts, in the order of the plan's networks.
  private let hosts: [(name: String, ports: [String])]
  private let listen: () -> String?
  private let tell: (String) -> Void
  private(set) var queues: Int?

  /// - Parameters:
  ///   - listen: A line that the person typed; `nil` when nobody is there any more.
  ///   - tell: Shows text to the person.
  init(
    _ source: String, _ target: String, _ ways: [PlannedMove.Way],
    listen: @escaping () -> String? = { readLine() },
    tell: @escaping (String) -> Void = Terminal.complain
  ) {
    hosts = [(source, unique(ways.map(\.ownPort))), (target, unique(ways.map(\.otherPort)))]
    self.listen = listen
    self.tell = tell
  }

  /// Waits until so many are set, unless they are.
  /// - Throws: `Failure` when nobody says so.
  mutating func set(_ count: Int) throws(Failure) {
    guard queues != count else { return }
    tell(
      "set \(Format.count(count, "receive queue")) of each port (ethtool -l shows how many it can have,"
        + " ethtool -L sets that), then press Enter:\n"
        + commands("equal \(count)"))
    guard listen() != nil else {
      throw Failure(
        [
          Finding(
            rule: "live-migration", message: "nobody said that the queues are set",
            hint: "--tune-queues asks for it line by line at standard input")
        ], .usage)
    }
    queues = count
  }

  /// Says how to undo it; nothing where nothing was set.
  func end() {
    if queues != nil { tell("to have the queues as they were:\n" + commands("default")) }
  }

  /// Receive side scaling is set by ethtool(8), option -X.
  private func commands(_ setting: String) -> String {
    hosts.map { host in
      host.ports.map { "  \(host.name): ethtool -X \($0) \(setting)\n" }.joined()
    }.joined()
  }
}
