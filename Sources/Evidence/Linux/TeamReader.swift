import Quantities

/// Reads bonds of the kernel and teams of teamd.
enum TeamReader {
  /// A bond as `ip -d` shows it, with what `/proc/net/bonding` knows besides.
  static func bond(
    _ outputs: LinuxOutputs, _ name: String, data: ToolNode?,
    members: [(name: String, node: ToolNode)], _ told: Told
  ) -> Reading<TeamFacts> {
    let listed = outputs.first(LinuxCommand("cat", of: "/proc/net/bonding/\(name)"))
    let file = listed.flatMap { BondFile(ToolText.lines($0.output.text)) }
    guard let data, let modeText = data["mode"]?.text else {
      guard let listed else { return .unknown(told.absent("no mode of the bond")) }
      guard let file else { return .unknown(listed.failure("no Bonding Mode")) }
      return listed.known(file.facts(order: members.map(\.name)))
    }
    var facts = TeamFacts(mode: mode(modeText), modeText: ToolText.shown(modeText))
    facts.active = active(data, facts.mode, members) ?? file?.facts(order: []).active
    if facts.mode == .lacp {
      let aggregators = members.compactMap {
        $0.node["linkinfo"]?["info_slave_data"]?["ad_aggregator_id"]?.whole(in: 0...65_535)
      }
      facts.aggregators =
        aggregators.count == members.count
        ? aggregators : file?.facts(order: members.map(\.name)).aggregators ?? []
      facts.partner =
        data["ad_info"]?["partner_mac"]?.text.flatMap { MACAddress($0) } ?? file?.partner
    }
    return told.known(facts)
  }

  private static func active(
    _ data: ToolNode, _ mode: TeamFacts.Mode, _ members: [(name: String, node: ToolNode)]
  ) -> [String]? {
    if mode == .activeBackup, let slave = data["active_slave"]?.text { return [slave] }
    var active: [String] = []
    for (name, node) in members {
      guard let slave = node["linkinfo"]?["info_slave_data"], let state = slave["state"]?.text
      else { return nil }
      if state == "ACTIVE", slave["mii_status"]?.text != "DOWN" { active.append(name) }
    }
    return active
  }

  static func mode(_ text: String) -> TeamFacts.Mode {
    switch text {
    case "802.3ad", "lacp": .lacp
    case "active-backup", "activebackup": .activeBackup
    case "balance-tlb", "balance-alb": .switchIndependent
    // The switch has to take both ports for one.
    case "balance-rr", "balance-xor", "loadbalance", "roundrobin": .fixed
    default: .other
    }
  }

  /// A team of teamd: `teamdctl T state dump`.
  static func team(
    _ outputs: LinuxOutputs, _ name: String, members: [String]
  ) -> Reading<TeamFacts> {
    outputs.read(LinuxCommand("teamdctl", of: name)) { told in
      let tree: ToolNode
      switch told.tree() {
      case .unknown(let reason): return .unknown(reason)
      case .known(let node): tree = node
      }
      guard let runner = tree["setup"]?["runner_name"]?.text else {
        return .unknown(told.absent("no runner_name"))
      }
      var facts = TeamFacts(mode: mode(runner), modeText: ToolText.shown(runner))
      let ports = tree["ports"]?.members ?? []
      func port(_ name: String) -> ToolNode? { ports.first { $0.name == name }?.value }
      let order = members.isEmpty ? ports.map(\.name) : members
      switch facts.mode {
      case .lacp:
        facts.active = order.filter { port($0)?["runner"]?["selected"]?.flag == true }
        let aggregators = order.compactMap {
          port($0)?["runner"]?["aggregator"]?["id"]?.whole(in: 0...65_535)
        }
        facts.aggregators = aggregators.count == order.count ? aggregators : []
        facts.partner =
          order.lazy.compactMap {
            port($0)?["runner"]?["partner_lacpdu_info"]?["system"]?.text.flatMap { MACAddress($0) }
          }.first
      case .activeBackup: facts.active = tree["runner"]?["active_port"]?.text.map { [$0] } ?? []
      default: facts.active = order.filter { port($0)?["link"]?["up"]?.flag == true }
      }
      return told.known(facts)
    }
  }
}

/// The file of a bond in `/proc/net/bonding`: a part for the bond, then one for each member.
struct BondFile {
  private var modeText: String
  private var activeSlave: String?
  private var members: [(name: String, isUp: Bool, aggregator: Int?)] = []
  private var aggregator: Int?
  var partner: MACAddress?

  /// The kernel's long names, and the short ones that everybody else uses.
  private static let modes: [(start: String, mode: String)] = [
    ("IEEE 802.3ad", "802.3ad"), ("fault-tolerance (active-backup)", "active-backup"),
    ("load balancing (round-robin)", "balance-rr"), ("load balancing (xor)", "balance-xor"),
    ("transmit load balancing", "balance-tlb"), ("adaptive load balancing", "balance-alb"),
    ("fault-tolerance (broadcast)", "broadcast"),
  ]

  /// `nil` for a text without a mode.
  init?(_ lines: [ToolText.Line]) {
    let pairs = lines.compactMap { ToolText.pair($0, at: UInt8(ascii: ":")) }
    guard let text = ToolText.value("Bonding Mode", in: pairs) else { return nil }
    modeText = BondFile.modes.first { text.hasPrefix($0.start) }?.mode ?? text
    for (key, value) in pairs {
      switch key {
      case "Currently Active Slave": activeSlave = value == "None" ? nil : value
      case "Partner Mac Address": partner = partner ?? MACAddress(value)
      case "Slave Interface": members.append((value, false, nil))
      case "MII Status": if let last = members.indices.last { members[last].isUp = value == "up" }
      case "Aggregator ID":
        // Before the first member, the one in use; an inactive bond has none.
        let number = ToolText.whole(value, in: 0...65_535)
        if let last = members.indices.last {
          members[last].aggregator = number
        } else {
          aggregator = number
        }
      default: break
      }
    }
  }

  func facts(order: [String]) -> TeamFacts {
    let mode = TeamReader.mode(modeText)
    var facts = TeamFacts(mode: mode, modeText: ToolText.shown(modeText))
    let up = members.filter(\.isUp)
    switch mode {
    case .activeBackup: facts.active = activeSlave.map { [$0] } ?? []
    case .lacp:
      facts.active = aggregator.map { own in up.filter { $0.aggregator == own }.map(\.name) }
      let listed = order.isEmpty ? members.map(\.name) : order
      let aggregators = listed.compactMap { name in
        members.first { $0.name == name }?.aggregator
      }
      facts.aggregators = aggregators.count == listed.count ? aggregators : []
      facts.partner = partner
    default: facts.active = up.map(\.name)
    }
    return facts
  }
}
