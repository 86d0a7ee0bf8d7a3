import Fabric
import Quantities
import SwitchConfig

/// What a configuration says, for a terminal or as JSON.
struct ConfigSummary: Encodable {
  /// A line that is not understood.
  struct Line: Encodable {
    var number: Int
    var text: String
  }
  var file: String
  var dialect: String
  /// Lines that say something, and those of them that are understood.
  var lines: Int
  var understood: Int
  var unknown: [Line]
  var findings: [Finding]
  var intent: SwitchIntent?
  /// The spanning tree that runs instead of one that plans use.
  var otherSpanningTree: String?

  init(_ file: String, _ config: ReadConfig) {
    self.file = file
    dialect = config.os.rawValue
    lines = config.lines
    understood = config.understood
    unknown = config.unknown.map { Line(number: $0.number, text: $0.text) }
    // Of a part of a configuration nobody can say what is missing in it.
    let isPart = config.isPart
    findings = config.findings.filter {
      !isPart || (($0.position?.line ?? 0) > 0 && $0.severity != .note)
    }
    intent = config.intent
    otherSpanningTree = config.otherSpanningTree
  }

  var text: String {
    let percent = Rational(100 * Int64(understood), over: Int64(max(1, lines))) ?? .zero
    let share = Format.decimal(percent, places: 1)
    let sum = "\(understood) of \(Format.count(lines, "line")) understood (\(share) %)"
    var text = "\(file): \(dialect), \(sum)\n"
    for (name, value) in intent.map({ ConfigSummary.rows($0, otherTree: otherSpanningTree) }) ?? []
    {
      let gap = String(repeating: " ", count: max(1, 16 - name.utf8.count))
      text += value.isEmpty ? "  \(name)\n" : "  \(name)\(gap)\(value)\n"
    }
    if !unknown.isEmpty {
      text += "  not understood, kept as it is:\n"
      for line in unknown { text += "    line \(line.number): \(line.text)\n" }
    }
    return text
  }

  private static func rows(_ intent: SwitchIntent, otherTree other: String?) -> [(String, String)] {
    var rows: [(String, String)] = []
    if !intent.hostname.isEmpty { rows.append(("switch", intent.hostname)) }
    if let management = intent.management {
      rows.append(
        (
          "management",
          "\(management.address)/\(management.prefixLength) on \(management.interface)"
            + (management.gateway.map { ", gateway \($0)" } ?? "")
        ))
    }
    rows.append(
      (
        "spanning tree",
        intent.spanningTree.mode == .off
          ? other.map { "\($0), which no plan uses" } ?? "off"
          : "\(intent.spanningTree.mode.rawValue), priority \(intent.spanningTree.priority)"
      ))
    if let pair = intent.pair {
      rows.append(
        (
          "pair",
          "domain \(pair.domain), peer link \(pair.peerLAG)"
            + (pair.backupDestination.map { ", peer \($0)" } ?? "")
            + (pair.sharedAddress.map { ", both at \($0)" } ?? "")
        ))
    }
    for vlan in intent.vlans {
      rows.append(("VLAN \(vlan.id.number)", vlan.name))
    }
    for lag in intent.lags {
      let members = intent.ports.filter { $0.lag == lag.number }.map(\.name)
      rows.append(
        (
          "LAG \(lag.number)",
          [
            lag.isPeerLink ? "peer link" : lag.lacp ? "LACP" : "static",
            members.isEmpty ? "no members" : members.joined(separator: ", "),
            membership(lag.membership), "MTU \(lag.mtu)",
          ].filter { !$0.isEmpty }.joined(separator: "; ")
        ))
    }
    for port in intent.ports where port.lag == nil && (port.enabled || port.membership != .none) {
      rows.append(
        (
          port.name,
          [
            port.enabled ? "" : "shut", membership(port.membership), "MTU \(port.mtu)",
            port.lossless ? "lossless" : "", port.description,
          ].filter { !$0.isEmpty }.joined(separator: "; ")
        ))
    }
    if let qos = intent.qos {
      for group in qos.groups {
        rows.append(
          (
            "traffic group \(group.id)",
            "priorities \(group.priorities.map { "\($0.number)" }.joined(separator: ", ")); "
              + "\(group.bandwidth) %" + (group.lossless ? "; lossless" : "")
          ))
      }
    }
    for group in intent.uplinkGroups {
      rows.append(
        (
          "uplink group \(group.id)",
          "LAG \(group.upstreamLAGs.map { "\($0)" }.joined(separator: ", ")) takes down "
            + Format.count(group.downstream.count, "port")
        ))
    }
    return rows
  }

  private static func membership(_ membership: Membership) -> String {
    membership == .none ? "" : membership.shown
  }
}
