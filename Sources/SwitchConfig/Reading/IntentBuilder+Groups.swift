/// Uplink groups that each port and LAG names for itself, with its part in them.
extension IntentBuilder {
  mutating func groupLinks() {
    for interface in model.interfaces {
      let name = text(interface.name)
      let (groups, line) = interface.groups
      if groups.isEmpty {
        if interface.isUpstream != nil {
          log.report(
            "uplink-group", as: .warning, line: interface.line, subject: name,
            "says what it is in an uplink group but not in which")
        }
        continue
      }
      guard let isUpstream = interface.isUpstream else {
        log.report(
          "uplink-group", line: line, subject: name,
          "is in an uplink group and does not say whether it is upstream or downstream")
        continue
      }
      for group in groups {
        guard let place = model.uplinkGroups.firstIndex(where: { $0.name == group }) else {
          log.report(
            "uplink-group", line: line, subject: name,
            "names the uplink group \(group), which is not defined")
          continue
        }
        if isUpstream {
          model.uplinkGroups[place].upstream.append(interface.name)
        } else {
          model.uplinkGroups[place].downstream.append(interface.name)
        }
      }
    }
  }
}
