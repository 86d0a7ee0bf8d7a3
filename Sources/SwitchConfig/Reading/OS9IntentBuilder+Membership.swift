import Fabric
import Quantities

/// Which VLANs pass which ports and LAGs.
extension OS9IntentBuilder {
  mutating func lagMembers() {
    for number in model.portChannels.keys.sorted() {
      guard let lag = model.portChannels[number] else { continue }
      for member in lag.members {
        guard let place = model.portPlaces[member] else {
          log.report(
            "dangling-member", line: lag.line, subject: "port-channel \(number)",
            "\(OS9IntentBuilder.text(member)) is a member but has no block of its own")
          continue
        }
        if let other = lagOfPort[place], other != number {
          log.report(
            "two-lags", line: lag.line, subject: OS9IntentBuilder.text(member),
            "is a member of port-channels \(other) and \(number)")
          continue
        }
        lagOfPort[place] = number
        staticLAGs.insert(number)
      }
    }
    for (place, port) in model.ports.enumerated() {
      guard let lag = lagOfPort[place] else { continue }
      if model.portChannels[lag] == nil {
        log.report(
          "undefined-lag", line: port.line, subject: OS9IntentBuilder.text(port.name),
          "is a member of port-channel \(lag), which is not defined")
      }
      if port.lag == lag, staticLAGs.contains(lag) {
        log.report(
          "static-and-lacp", line: port.line, subject: "port-channel \(lag)",
          "has static and LACP members")
      }
    }
  }

  mutating func memberships() {
    for id in model.vlans.keys.sorted() {
      guard let vlan = model.vlans[id], let vlanID = VLANID(id) else { continue }
      for member in vlan.memberships {
        let text = OS9IntentBuilder.text(member.interface)
        if member.interface.kind == .portChannel {
          guard let lag = model.portChannels[member.interface.first] else {
            log.report(
              "undefined-lag", line: member.line, subject: "vlan \(id)",
              "names port-channel \(member.interface.first), which is not defined")
            continue
          }
          if !lag.switchport { notSwitchport(member.line, text, id) }
          var membership = lagMembership[member.interface.first] ?? .none
          add(vlanID, member, to: &membership, text)
          lagMembership[member.interface.first] = membership
        } else {
          guard let place = model.portPlaces[member.interface] else {
            log.report(
              "dangling-member", line: member.line, subject: "vlan \(id)",
              "names \(text), which has no block of its own")
            continue
          }
          if !model.ports[place].switchport { notSwitchport(member.line, text, id) }
          var membership = portMembership[place]
          add(vlanID, member, to: &membership, text)
          portMembership[place] = membership
        }
      }
    }
    for (place, port) in model.ports.enumerated() where !port.hybrid {
      if portMembership[place].untagged != nil, !portMembership[place].tagged.isEmpty {
        log.report(
          "not-hybrid", line: port.line, subject: OS9IntentBuilder.text(port.name),
          "is tagged and untagged without portmode hybrid")
      }
    }
    guard !model.defaultVLANDisabled, let byDefault = VLANID(model.defaultVLAN) else { return }
    for (place, port) in model.ports.enumerated() where port.switchport {
      defaultVLAN(byDefault, &portMembership[place], hybrid: port.hybrid)
    }
    for number in model.portChannels.keys.sorted() {
      guard let lag = model.portChannels[number], lag.switchport else { continue }
      var membership = lagMembership[number] ?? .none
      defaultVLAN(byDefault, &membership, hybrid: lag.hybrid)
      lagMembership[number] = membership
    }
  }

  mutating func notSwitchport(_ line: Int, _ text: String, _ id: Int) {
    log.report(
      "not-switchport", line: line, subject: text, "is named in VLAN \(id) but is no switchport")
  }

  mutating func add(
    _ id: VLANID, _ member: OS9Model.Member, to membership: inout Membership, _ text: String
  ) {
    if member.tagged {
      // VLANs come in ascending order.
      if membership.tagged.last != id { membership.tagged.append(id) }
    } else if let other = membership.untagged, other != id {
      log.report(
        "two-untagged", line: member.line, subject: text,
        "is untagged in VLANs \(other.number) and \(id.number)")
    } else {
      membership.untagged = id
    }
  }

  /// Untagged frames of a switchport in no other VLAN go to the default VLAN, unless it is off.
  func defaultVLAN(_ id: VLANID, _ membership: inout Membership, hybrid: Bool) {
    if membership.untagged == nil, hybrid || membership.tagged.isEmpty {
      membership.untagged = id
    }
  }

  func vlans() -> [VLANIntent] {
    model.vlans.keys.sorted().compactMap { number in
      guard let vlan = model.vlans[number], let id = VLANID(number) else { return nil }
      if number == model.defaultVLAN, vlan.name.isEmpty, vlan.description.isEmpty { return nil }
      return VLANIntent(id: id, name: vlan.name.isEmpty ? vlan.description : vlan.name)
    }
  }
}
