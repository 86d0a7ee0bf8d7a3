import Quantities

/// Reads what joins ports: teams of NIC Teaming (LBFO) and switches with Switch Embedded Teaming.
struct WindowsTeams {
  /// A team of either kind, as an interface.
  struct Team {
    var name: String
    var lower: [String]
    var facts: Reading<TeamFacts>
    /// Whether Windows has an adapter of this name for it.
    var hasAdapter: Bool
  }

  let list: [Team]
  private let places: [String: Int]
  /// Interfaces of teams by name.
  private let ports: [String: WindowsObject]
  private let tools: WindowsTools

  /// - Parameter described: Names of adapters by their description, by which a virtual switch knows
  ///   them.
  init(_ tools: WindowsTools, described: [String: String]) {
    self.tools = tools
    var list: [Team] = []
    var names: Set<String> = []
    var active: [String: [String]] = [:]
    var isTold: [String: Bool] = [:]
    for member in tools.members.objects {
      guard let name = member.name, let team = member["Team"]?.text else { continue }
      let word =
        member.word("OperationalStatus") ?? member.word("OperationalMode")
      isTold[team] = (isTold[team] ?? true) && word != nil
      if word == "active" { active[team, default: []].append(name) }
    }
    for object in tools.teams.objects {
      guard let name = object.name, names.insert(name).inserted else { continue }
      let working = isTold[name] == true ? active[name] ?? [] : nil
      list.append(
        Team(
          name: name, lower: object["Members"]?.texts ?? [],
          facts: tools.teams.reading(object) { WindowsTeams.facts(of: $0, active: working) },
          hasAdapter: true))
    }
    for object in tools.switches.objects where object["EmbeddedTeamingEnabled"]?.flag == true {
      guard let name = object.name, names.insert(name).inserted else { continue }
      list.append(WindowsTeams.embedded(name, object, tools, described))
    }
    self.list = list
    places = Dictionary(
      list.indices.map { (list[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    var ports: [String: WindowsObject] = [:]
    for object in tools.teamPorts.objects {
      guard let name = object.name, ports[name] == nil else { continue }
      ports[name] = object
    }
    self.ports = ports
  }

  /// The team with this name; `nil` when it is none.
  func team(_ name: String) -> Team? {
    guard let place = places[name], list.indices.contains(place) else { return nil }
    return list[place]
  }

  /// The interface of a team with this name; `nil` when it is none.
  func port(_ name: String) -> WindowsObject? { ports[name] }

  /// The VLAN of an interface of a team: none is empty.
  func vlan(ofPort object: WindowsObject) -> Reading<VLANID?> {
    tools.teamPorts.reading(object) { object in
      guard object.tree.member("VlanID") != nil else {
        return .failure(Unknown(.notSupported, "Get-NetLbfoTeamNic: no VlanID"))
      }
      guard let value = object["VlanID"] else { return .success(nil) }
      return WindowsVLAN.found(value, in: "Get-NetLbfoTeamNic: VlanID")
    }
  }

  private static func facts(
    of object: WindowsObject, active: [String]?
  ) -> WindowsFound<TeamFacts> {
    let mode: TeamFacts.Mode
    let word = object.word("TeamingMode")
    switch word {
    case "lacp": mode = .lacp
    case "static": mode = .fixed
    case "switchindependent": mode = .switchIndependent
    case .some: mode = .other
    // What the numbers stand for is nowhere written down.
    case nil:
      return .failure(
        Unknown(.notUnderstood, "Get-NetLbfoTeam: TeamingMode \(object.shown("TeamingMode"))"))
    }
    return .success(
      TeamFacts(mode: mode, modeText: text(of: "TeamingMode", in: object), active: active))
  }

  private static func text(of field: String, in object: WindowsObject) -> String {
    object["\(field)Text"]?.text ?? object[field]?.text ?? ""
  }

  /// Switch Embedded Teaming knows one mode alone.
  private static func embedded(
    _ name: String, _ object: WindowsObject, _ tools: WindowsTools, _ described: [String: String]
  ) -> Team {
    let team = tools.switchTeams.named(name)
    let descriptions =
      team?["NetAdapterInterfaceDescription"]?.texts
      ?? object["NetAdapterInterfaceDescriptions"]?.texts
      ?? object["NetAdapterInterfaceDescription"]?.texts ?? []
    let word = team?.word("TeamingMode") ?? "switchindependent"
    let text = team.map { WindowsTeams.text(of: "TeamingMode", in: $0) } ?? ""
    let facts = TeamFacts(
      mode: word == "switchindependent" ? .switchIndependent : .other,
      modeText: text.isEmpty || Int(text) != nil ? "EmbeddedTeaming" : text)
    let output = team == nil ? tools.switches : tools.switchTeams
    return Team(
      name: name, lower: descriptions.compactMap { described[$0] },
      facts: output.reading(team ?? object) { _ in .success(facts) }, hasAdapter: false)
  }
}
