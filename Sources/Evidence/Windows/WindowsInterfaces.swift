import Quantities

/// Reads the interfaces of a host: ports of cards, teams, and virtual ports of the host's own.
struct WindowsInterfaces {
  private let tools: WindowsTools
  private let properties: AdvancedProperties
  private let dcb: WindowsDCB
  private let teams: WindowsTeams
  private let described: [String: String]
  private let layer3: WindowsLayer3
  private let virtualPorts: WindowsVirtualPorts

  init(_ tools: WindowsTools) {
    self.tools = tools
    properties = AdvancedProperties(tools.properties)
    dcb = WindowsDCB(tools)
    var described: [String: String] = [:]
    for object in tools.adapters.objects {
      guard let name = object.name, let text = object["InterfaceDescription"]?.text,
        described[text] == nil
      else { continue }
      described[text] = name
    }
    self.described = described
    teams = WindowsTeams(tools, described: described)
    layer3 = WindowsLayer3(tools)
    virtualPorts = WindowsVirtualPorts(tools)
  }

  /// In the order of the host; what has no adapter of its own comes last.
  var reading: Reading<[InterfaceFacts]> {
    tools.adapters.reading(all: { objects in
      var interfaces: [InterfaceFacts] = []
      var names: Set<String> = []
      for object in objects {
        guard let name = object.name else {
          return .failure(Unknown(.notUnderstood, "Get-NetAdapter: an adapter without Name"))
        }
        guard names.insert(name).inserted else { continue }
        interfaces.append(facts(of: object, name))
      }
      for team in teams.list where names.insert(team.name).inserted {
        var own = InterfaceFacts(name: team.name, kind: .team)
        own.lower = team.lower
        own.team = team.facts
        interfaces.append(own)
      }
      return .success(interfaces)
    })
  }

  private func facts(of object: WindowsObject, _ name: String) -> InterfaceFacts {
    let team = teams.team(name).flatMap { $0.hasAdapter ? $0 : nil }
    let port = teams.port(name)
    let virtual = virtualPorts.port(of: object)
    var facts = InterfaceFacts(
      name: name,
      kind: team != nil ? .team : port != nil || virtual != nil ? .virtual : kind(of: object))
    link(&facts, object)
    facts.mtu = layer3.mtu(of: object)
    facts.addresses = layer3.addresses(of: object)
    if let team {
      facts.lower = team.lower
      facts.team = team.facts
      // The first interface of a team has its name, and its addresses where no switch stands on it.
      if let port { facts.vlan = teams.vlan(ofPort: port) }
    } else if let port {
      facts.lower = port["Team"]?.text.map { [$0] } ?? []
      facts.vlan = teams.vlan(ofPort: port)
    } else if let virtual {
      facts.lower = lower(ofSwitch: virtual["SwitchName"]?.text)
      facts.vlan = WindowsVLAN.ofVirtualPort(virtual.name ?? "", tools)
    } else if facts.kind == .team {
      // There is an adapter of a team, and the team itself was not told.
      facts.team = tools.teams.reading(nil) { _ in .failure(Unknown(.notSupported)) }
    } else if facts.kind == .virtual {
      facts.vlan = tools.virtualPorts.reading(nil) { _ in .failure(Unknown(.notSupported)) }
    }
    rdma(&facts)
    if facts.kind == .physical { physical(&facts, object) }
    return facts
  }

  /// By what drives the adapter: descriptions are in the language of the host.
  private func kind(of object: WindowsObject) -> InterfaceKind {
    switch object["DriverFileName"]?.text?.lowercased() {
    case "ndisimplatform.sys": return .team
    case "vmswitch.sys", "vmsproxyhnic.sys": return .virtual
    default: break
    }
    if object["PnPDeviceID"]?.text?.lowercased().hasPrefix(#"root\vms_mp"#) == true {
      return .virtual
    }
    if let isHardware = object["HardwareInterface"]?.flag { return isHardware ? .physical : .other }
    if let isVirtual = object["Virtual"]?.flag { return isVirtual ? .other : .physical }
    return tools.hardware.named(object.name ?? "") != nil ? .physical : .other
  }

  private func link(_ facts: inout InterfaceFacts, _ object: WindowsObject) {
    let output = tools.adapters
    facts.mac = output.reading(object, "MacAddress") { $0.mac }
    facts.permanentMAC = output.reading(object, "PermanentAddress") { $0.mac }
    // Adapters of software have an address of zeros for none.
    if facts.permanentMAC.value?.bits == 0 {
      facts.permanentMAC = .unknown(Unknown(.notSupported, "PermanentAddress is zero"))
    }
    facts.isUp = output.reading(object) { WindowsLink.isUp($0) }
    facts.hasLink = output.reading(object) { WindowsLink.hasLink($0) }
    facts.rate = output.reading(object) { WindowsLink.rate($0) }
    let counters = tools.statistics
    facts.counters = counters.reading(counters.named(facts.name)) { WindowsLink.counters($0) }
  }

  private func rdma(_ facts: inout InterfaceFacts) {
    guard facts.kind == .physical || facts.kind == .virtual else { return }
    let technology = properties.technology(of: facts.name)
    let output = tools.rdma
    facts.rdma = output.reading(output.named(facts.name), "Enabled") { value in
      value.flag.map { RDMAFacts(isOn: $0, technology: technology) }
    }
  }

  private func physical(_ facts: inout InterfaceFacts, _ object: WindowsObject) {
    let name = facts.name
    facts.vlan = WindowsVLAN.ofAdapter(object, tools, properties)
    facts.hardware = WindowsHardware.facts(object, tools, properties)
    facts.receive = WindowsRSS.facts(tools.receiveScaling, properties, of: name)
    facts.offloads = WindowsOffloads.reading(tools, of: name)
    facts.flowControl = properties.flowControl(of: name)
    facts.dcb = dcb.facts(of: name)
    facts.neighbours = .unknown(Unknown(.notSupported, "Windows shows no LLDP neighbours"))
  }

  /// The team that a switch is, or the adapters that it has.
  private func lower(ofSwitch name: String?) -> [String] {
    guard let name, let object = tools.switches.named(name) else { return [] }
    if teams.team(name)?.hasAdapter == false { return [name] }
    let descriptions =
      object["NetAdapterInterfaceDescriptions"]?.texts
      ?? object["NetAdapterInterfaceDescription"]?.texts ?? []
    return descriptions.compactMap { described[$0] }
  }
}
