import Quantities

/// The collector that kits use, with a place for the table of a plan.
public struct CollectScript: Sendable {
  private static let begin = "# tenfold kit: the table of the plan begins"
  private static let end = "# tenfold kit: the table of the plan ends"

  private let head: [UInt8]
  private let tail: [UInt8]

  /// Takes the shipped script; `nil` when the place of the table is not marked in it.
  public init?(_ text: [UInt8]) {
    let lines = text.split(separator: 10, omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(of: Array(CollectScript.begin.utf8)[...]),
      let last = lines.firstIndex(of: Array(CollectScript.end.utf8)[...]), first < last
    else { return nil }
    head = Array(lines[...first].joined(separator: [10])) + [10]
    tail = Array(lines[last...].joined(separator: [10]))
  }

  /// The script for one run. The table stands in a quoted here-document, and each of its words is a
  /// plain name, an address or a number, so that no shell reads anything in it.
  func text(_ request: CollectRequest, host: HostName, plan: PlanHash) -> [UInt8] {
    var lines = ["plan \(plan)"]
    var number = 0
    for network in request.networks where isPlainName(network.name) {
      func line(_ host: String, _ address: IPv4Address) -> String {
        "network \(host) \(network.name) \(address) \(network.prefixLength) \(network.mtu)"
          + " \(network.vlan)"
      }
      lines.append(line(host.text, network.own))
      for other in network.others {
        number += 1
        // The collector needs to know only that it is not this host; no name begins with a plus.
        lines.append(line("+\(number)", other))
      }
    }
    lines += request.crossings.map { "cross \($0)" }
    lines += request.services.map { "reach \($0.name) \($0.port)" }
    return head + Array((lines.joined(separator: "\n") + "\n").utf8) + tail
  }

  /// What the script is called with.
  static func arguments(_ request: CollectRequest, host: HostName) -> [String] {
    var arguments = [
      "--host", host.text, "--interval", "\(request.interval)", "--jobs", "\(request.jobs)",
    ]
    if !request.probes { arguments.append("--no-probes") }
    return arguments
  }
}
