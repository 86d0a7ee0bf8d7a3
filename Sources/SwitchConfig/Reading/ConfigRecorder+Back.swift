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
    for place in model.interfaces.indices {
      let role = kinds[model.interfaces[place].name.kind].role
      let isSwitchport =
        model.interfaces[place].saidSwitchport
        ?? (portsSwitched && (role == .port || role == .lag))
      model.interfaces[place].isSwitchport = isSwitchport
      guard !model.interfaces[place].saysShut else { continue }
      let isPortShut = isSwitchport ? switchportsShut ?? portsShut : portsShut
      model.interfaces[place].isShut = startsShut || (isPortShut && role == .port)
    }
  }
}
