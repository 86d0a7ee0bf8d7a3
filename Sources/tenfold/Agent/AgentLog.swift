import Agent
import Quantities

/// The log of servers on standard error: one line an event.
enum AgentLog {
  /// The usual ones, with this log.
  static var options: ServerOptions {
    var options = ServerOptions()
    options.log = { write($0.line) }
    return options
  }

  static func note(_ text: String) { write(text) }

  private static func write(_ line: String) {
    // The journal of systemd keeps the time itself.
    let time = System.environment("JOURNAL_STREAM") == nil ? "\(Timestamp.now) " : ""
    Terminal.complain("\(time)\(line)\n")
  }
}

/// The shipped collector, as an agent runs it.
enum CollectorFile {
  static func script() throws(Failure) -> CollectScript {
    let path = try Home.find() + "/templates/kits/linux.sh"
    guard let script = CollectScript(try Files.read(path, limit: 1 << 22)) else {
      throw Failure(
        [
          Finding(
            rule: "kit", position: SourcePosition(file: path),
            message: "the place of the plan's table is not marked in the collector")
        ], .machine)
    }
    return script
  }
}
