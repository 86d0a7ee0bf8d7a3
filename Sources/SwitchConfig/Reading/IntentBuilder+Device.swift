import Fabric
import Quantities

/// What concerns the whole switch.
extension IntentBuilder {
  mutating func management() -> ManagementIntent? {
    let used = model.management.filter { $0.address != nil }.sorted {
      InterfaceName.precedes($0.name, $1.name)
    }
    guard let block = used.first, let address = block.address else {
      log.report(
        "no-management", line: model.management.first?.line ?? 0,
        "the out-of-band port has no address")
      return nil
    }
    if block.isShut {
      log.report("management-shut", line: block.line, subject: text(block.name), "is shut down")
    }
    if used.count > 1 {
      log.report(
        "two-managements", as: .warning, line: used[1].line,
        "\(used.count) management ports have an address; the first is taken")
    }
    return ManagementIntent(
      interface: text(block.name), address: address, prefixLength: block.length,
      gateway: model.gateway)
  }

  mutating func spanningTree() -> SpanningTreeIntent {
    let off = SpanningTreeIntent(mode: .off, priority: traits.defaultBridgePriority.value)
    if let other = model.otherSpanningTree {
      log.report(
        "spanning-tree", line: other.line,
        "spanning tree \"\(other.name)\" is not one that plans use")
      if model.rstpLine == 0 { return off }
    }
    guard model.rstp.isOn else {
      if model.rstpLine > 0 {
        log.report("spanning-tree", line: model.rstpLine, "RSTP is configured but not enabled")
      }
      return off
    }
    return SpanningTreeIntent(
      mode: .rstp, priority: model.bridgePriority ?? traits.defaultBridgePriority.value)
  }

  mutating func pair() -> PairIntent? {
    let marked = model.interfaces.filter(\.isPeerLink)
    for lag in marked where lag.name.first != peerLAG {
      log.report(
        "peer-link", line: lag.line, subject: text(lag.name),
        model.pair == nil
          ? "is a peer link on a switch without a pair" : "is a second peer link")
    }
    guard let pair = model.pair else { return nil }
    let words = traits.pair
    guard let peerLAG, pair.backup != nil || words?.hasHeartbeat == false else {
      log.report(
        "pair", line: pair.line,
        words?.hasHeartbeat == false
          ? "the pair has no peer link" : "the pair has no peer link or no back-up destination")
      return nil
    }
    // Where the name of the shared address holds the domain, there may be none.
    guard let domain = pair.domain ?? (words?.sharesAddress == true ? 1 : nil) else {
      log.report("pair", line: pair.line, "the pair has no domain")
      return nil
    }
    if words?.sharesAddress == true {
      sharedAddress(pair)
    }
    if (words?.hasSystemMAC.value == true && pair.systemMAC == nil)
      || (words?.hasUnit.value == true && pair.unit == nil)
    {
      log.report(
        "pair", as: .warning, line: pair.line,
        "the pair leaves its system MAC or unit id to the switch")
    }
    return PairIntent(
      domain: domain, peerLAG: peerLAG, backupDestination: pair.backup,
      sharedAddress: pair.shared?.address,
      priority: pair.priority ?? words?.priorities.map { _ in 32768 },
      systemMAC: pair.systemMAC ?? (words?.hasSystemMAC.value == true ? "" : nil),
      unit: pair.unit ?? (words?.hasUnit.value == true ? -1 : nil),
      delayRestore: pair.delayRestore ?? words?.delayRestore.map { _ in 90 },
      peering: peering(pair))
  }

  private mutating func sharedAddress(_ pair: ConfigModel.Pair) {
    guard let shared = pair.shared else {
      log.report(
        "pair", as: .warning, line: pair.line,
        "the two have no management address in common, and no way but the peer link to tell that "
          + "the other is gone")
      return
    }
    if pair.domain == nil {
      log.report(
        "pair", as: .note, line: pair.line,
        "the name of the pair ends in no number: domain 1 is taken for it")
    }
    let own = model.management.first { $0.address != nil }
    if let own, own.length != shared.length || own.address == shared.address {
      log.report(
        "pair", line: pair.line,
        "\(shared.address)/\(shared.length) of both does not fit the management address "
          + "\(own.address?.description ?? "")/\(own.length)")
    }
  }

  /// How the two talk, where the platform wants it stated.
  private mutating func peering(_ pair: ConfigModel.Pair) -> PairPeering? {
    guard traits.pair?.peeringVLAN != nil else { return nil }
    guard let number = pair.peeringVLAN, let id = VLANID(number), let vlan = model.vlans[number],
      let own = vlan.address, let peer = pair.peer
    else {
      log.report(
        "peering", line: pair.line,
        "the pair has no VLAN of its own with an address, or no address of the peer")
      return nil
    }
    let peering = PairPeering(
      vlan: id, address: own.address, peer: peer, prefixLength: own.length)
    guard traits.pair?.plainPeeringVLAN?.value != true else { return peering }
    let carriers = model.interfaces.filter { port in
      role(port.name) == .lag && port.trunkGroups.contains { vlan.trunkGroups.contains($0) }
    }.map(\.name.first)
    if carriers != [peerLAG] {
      log.report(
        "peering", line: vlan.line, subject: "vlan \(number)",
        "is not on the peer link alone: it needs a trunk group of its own")
    }
    if !model.treeless.contains(number) {
      log.report(
        "peering", line: vlan.line, subject: "vlan \(number)",
        "has spanning tree, which may part the two switches")
    }
    return peering
  }

  mutating func services(isLossless: Bool) {
    if model.telnet.isOn { log.report("telnet", line: model.telnet.line, "telnet is on") }
    if !model.ssh.isOn { log.report("ssh", line: model.ssh.line, "SSH is not switched on") }
    if model.web.isOn || model.secureWeb.isOn { log.report("web", "the web interface is on") }
    if !model.vlanFilter.isOn, defined.contains(where: { $0 != 1 }) {
      log.report(
        "vlan-filter", line: model.vlanFilter.line,
        "VLANs are not kept apart: every port carries all of them")
    }
    if !model.ntp.isEmpty, !model.ntpClient.isOn {
      log.report("ntp-off", "time servers are named but the client is off")
    }
    for number in defined {
      guard let vlan = model.vlans[number], vlan.hasAddress, number != model.pair?.peeringVLAN
      else { continue }
      log.report(
        "vlan-address", as: .warning, line: vlan.line, subject: "vlan \(number)",
        "has an address, so the switch routes it")
    }
    for number in model.treeless where number != model.pair?.peeringVLAN {
      log.report(
        "spanning-tree", as: .warning, subject: "vlan \(number)", "has no spanning tree")
    }
    guard isLossless else { return }
    if !model.dcb.isOn { log.report("dcb-off", "DCB is not switched on") }
    if !model.trust.isOn {
      log.report("no-trust", "priorities of arriving frames are not honoured")
    }
    if !model.lldp.isOn {
      log.report("lldp-off", "LLDP is not switched on, so DCBX is not either")
    }
  }

  func vlans() -> [VLANIntent] {
    defined.compactMap { number in
      guard let vlan = model.vlans[number], let id = VLANID(number) else { return nil }
      // VLAN 1 and the default VLAN are always there.
      if number == 1 || number == model.defaultVLAN, vlan.name.isEmpty, vlan.description.isEmpty {
        return nil
      }
      if traits.pair?.peeringVLAN != nil, number == model.pair?.peeringVLAN { return nil }
      return VLANIntent(id: id, name: vlan.name.isEmpty ? vlan.description : vlan.name)
    }
  }
}
