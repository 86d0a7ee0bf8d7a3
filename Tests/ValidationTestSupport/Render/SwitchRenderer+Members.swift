import Fabric
import Quantities
import TenfoldTestSupport

extension SwitchRenderer {
  /// Members of a VLAN: names as a table writes them, with a tag or without.
  private func members(
    _ vlan: VLANID, port: (String) -> String, lag: (Int) -> String
  ) -> [(name: String, isTagged: Bool)] {
    func isIn(_ membership: Membership) -> Bool? {
      membership.untagged == vlan ? false : membership.tagged.contains(vlan) ? true : nil
    }
    var members: [(name: String, isTagged: Bool)] = []
    for own in sketch.ports where own.lag == nil && !own.isShut {
      if let isTagged = isIn(own.membership) { members.append((port(own.name), isTagged)) }
    }
    for own in sketch.lags {
      if let isTagged = isIn(own.membership) { members.append((lag(own.number), isTagged)) }
    }
    return members
  }

  mutating func vlans() -> String {
    let hasWord = sketch.ports.allSatisfy { $0.name.first?.isLetter == true }
    switch random.int(0...(hasWord ? 4 : 3)) {
    case 0: return letters()
    case 1:
      return Self.ruled(
        ["Name", "VID", "Member", "Mode"],
        sketch.vlans.flatMap { vlan in
          let own = members(vlan.id, port: { $0 }, lag: { "PortChannel\($0)" })
          let head = ["Vlan\(vlan.id.number)", "\(vlan.id.number)"]
          return own.isEmpty
            ? [head + ["", ""]]
            : own.map { head + [$0.name, $0.isTagged ? "tagged" : "untagged"] }
        })
    case 2: return grid()
    case 3:
      return sketch.vlans.map { vlan in
        "VLAN ID: \(vlan.id.number)\nVLAN Name: \(vlan.name)\n\n"
          + Self.ruled(
            ["Interface", "Current", "Configured", "Tagging"],
            members(vlan.id, port: { $0 }, lag: { "lag \($0)" }).map {
              [$0.name, "Include", "Include", $0.isTagged ? "Tagged" : "Untagged"]
            } + [["0/99", "Exclude", "Autodetect", "Untagged"]])
      }.joined(separator: "\n")
    default:
      return Self.ruled(
        ["VLAN", "Name", "Status", "Ports"],
        [["1", "default", "active", ""]]
          + sketch.vlans.flatMap { vlan in
            let own = members(vlan.id, port: short, lag: { "Po\($0)" }).map(\.name)
            let lines = stride(from: 0, to: own.count, by: 4).map {
              own[$0..<min($0 + 4, own.count)].joined(separator: ", ")
            }
            return [["\(vlan.id.number)", vlan.name, "active", lines.first ?? ""]]
              + lines.dropFirst().map { ["", "", "", $0] }
          })
    }
  }

  private func letters() -> String {
    var text = "    NUM    Status    Description                     Q Ports\n"
    text += "*   1      Inactive\n"
    for vlan in sketch.vlans {
      let own = members(vlan.id, port: short, lag: { "Po \($0)" })
      var head =
        "    " + Self.pad("\(vlan.id.number)", 7) + Self.pad("Active", 10)
        + Self.pad(String(vlan.name.prefix(30)), 32)
      if own.isEmpty { text += head + "\n" }
      for member in own {
        text += head + (member.isTagged ? "T " : "U ") + member.name + "\n"
        head = Self.pad("", 53)
      }
    }
    return text
  }

  private func grid() -> String {
    let rule = "+-----------+-----------------+---------------------------+----------------+\n"
    func line(_ cells: [String]) -> String {
      zip(cells, [10, 15, 25, 14]).map { "| " + Self.pad($0, $1) }.joined(separator: " ") + " |\n"
    }
    var text = rule + line(["VLAN ID", "IP Address", "Ports", "Port Tagging"])
    text += rule.replacing("-", with: "=")
    for vlan in sketch.vlans {
      let own = members(vlan.id, port: { $0 }, lag: { "PortChannel\($0)" })
      if own.isEmpty { text += line(["\(vlan.id.number)", "", "", ""]) }
      for (place, member) in own.enumerated() {
        text += line([
          place == 0 ? "\(vlan.id.number)" : "", "", member.name,
          member.isTagged ? "tagged" : "untagged",
        ])
      }
      text += rule
    }
    return text
  }

  mutating func flowControl() -> String {
    let common = Set(sketch.ports.map(\.lossless)).filter { !$0.isEmpty }
    // Whether a number of two digits is to base ten is told nowhere.
    let isPlain = sketch.ports.allSatisfy { $0.lossless.allSatisfy { $0 < 4 } }
    switch random.int((isPlain ? 0 : 1)...(common.count == 1 ? 2 : 1)) {
    case 0:
      let rule = String(repeating: "=", count: 60)
      return "\(rule)\nPort                      Mode Oper(VL bmap)  RxPPP      TxPPP\n\(rule)\n\n"
        + sketch.ports.map { port in
          let map = port.lossless.reduce(0) { $0 | 1 << $1 }
          let state = port.lossless.isEmpty ? "Off" : "On  (\(String(map, radix: 16)))"
          return Self.pad(port.name, 26) + "Auto " + Self.pad(state, 13) + " 0          0"
        }.joined(separator: "\n") + "\n"
    case 1:
      return Self.ruled(
        ["Interface", "Lossless priorities"],
        sketch.ports.map { port in
          [port.name, port.lossless.map { "\($0)" }.joined(separator: ",")]
        })
    default:
      let rule = String(repeating: "-", count: 60)
      return "PFC: enabled\nPriority Enabled List: "
        + (common.first ?? []).map { "\($0)" }.joined(separator: " ")
        + "\n\(rule)\nInterface                 PFC admin        PFC oper\n\(rule)\n"
        + sketch.ports.map { port in
          Self.pad(port.name, 26) + Self.pad("Auto", 17)
            + (port.lossless.isEmpty ? "Disabled" : "Enabled")
        }.joined(separator: "\n") + "\n"
    }
  }

  mutating func spanningTree() -> String {
    let blocked =
      sketch.ports.filter { $0.isBlocked && $0.lag == nil }.map { short($0.name) }
      + sketch.lags.filter(\.isBlocked).map { "Po\($0.number)" }
    if random.chance(30) {
      return Self.ruled(
        ["Name", "Blocked Interfaces List"],
        blocked.isEmpty ? [] : [["MST0", blocked.joined(separator: ", ")]])
        + "\nNumber of blocked ports (segments) in the system : \(blocked.count)\n"
    }
    let isWordy = random.chance(50)
    let places =
      sketch.ports.filter { $0.lag == nil && $0.rate != nil }.map { short($0.name) }
      + sketch.lags.map { "Po\($0.number)" }
    return
      (isWordy
      ? "Interface        Role       State      Cost      Prio.Nbr Type\n"
      : "Interface        Role Sts Cost      Prio.Nbr Type\n")
      + places.map { place in
        let isBlocked = blocked.contains(place)
        let words =
          isWordy
          ? isBlocked ? "alternate  discarding" : "designated forwarding"
          : isBlocked ? "Altn BLK" : "Desg FWD"
        return Self.pad(place, 16) + " \(words) 2000      128.1    P2p"
      }.joined(separator: "\n") + "\n"
  }
}
