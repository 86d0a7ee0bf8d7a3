/// What lines take back, and what only the whole text shows.
extension ConfigRecorder {
  mutating func takesBack(_ setting: Setting, _ arguments: Arguments) -> Bool? {
    switch setting {
    case .noVLAN:
      for id in arguments.numbers(0) ?? arguments.names(0)?.map(\.first) ?? [] {
        model.vlans[id] = nil
      }
    case .reset, .noInterface:
      guard let names = arguments.names(0) else { return false }
      for name in names {
        guard let place = model.places[name] else { continue }
        model.interfaces[place] = unconfigured(name)
        model.interfaces[place].isGone = setting == .noInterface
      }
    default: return nil
    }
    return true
  }

  /// What only the whole text shows: interfaces of which no line speaks are as the switch has them,
  /// wherever a line says how that is.
  mutating func finish() {
    if model.interfaces.contains(where: \.isGone) {
      model.interfaces.removeAll(where: \.isGone)
      model.places = [:]
      for (place, interface) in model.interfaces.enumerated() {
        model.places[interface.name] = place
      }
    }
    findSwitchports()
    for place in model.interfaces.indices {
      let role = kinds[model.interfaces[place].name.kind].role
      if portsRouted, role == .port || role == .lag {
        model.interfaces[place].saidSwitchport = model.interfaces[place].saidSwitchport ?? false
      }
      let isSwitchport =
        model.interfaces[place].saidSwitchport
        ?? (portsSwitched == true && (role == .port || role == .lag))
      model.interfaces[place].isSwitchport = isSwitchport
      guard !model.interfaces[place].saysShut else { continue }
      let isPortShut = isSwitchport ? switchportsShut ?? portsShut : portsShut
      model.interfaces[place].isShut = startsShut || (isPortShut && role == .port)
    }
  }

  /// VLANs on ports that no line makes switchports, on a platform where ports are routed and shut at
  /// first. Where none is a switchport by a line of its own, the text is of a switch whose ports are
  /// switched and up from the start: such ones print no line for that.
  private mutating func findSwitchports() {
    guard portsSwitched == false else { return }
    let bare = model.interfaces.filter { interface in
      interface.saidSwitchport == nil && interface.hasVLANs
        && [.port, .lag].contains(kinds[interface.name.kind].role)
    }
    guard let first = bare.first else { return }
    if saysPortsSwitched || model.interfaces.contains(where: { $0.saidSwitchport == true }) {
      for interface in bare {
        model.oddities.append(
          ConfigModel.Oddity(
            line: interface.line, rule: "not-switchport",
            message: "\(interface.name.text(kinds)): has VLANs, but no line makes it a switchport"))
      }
      return
    }
    portsSwitched = true
    portsShut = false
    model.oddities.append(
      ConfigModel.Oddity(
        line: first.line, rule: "switched",
        message: "ports have VLANs but no line makes one a switchport: they are taken as switched "
          + "and up where no line says otherwise"))
  }
}
