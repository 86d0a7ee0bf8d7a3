import Fabric
import Quantities

extension LabPlan {
  /// Faults of what a host is set to.
  func hostChange(
    _ fault: LabFault, _ place: LabPlace, _ random: inout some RandomNumberGenerator
  ) -> LabChange? {
    let all = plugged(place)
    let carrying = all.filter { !$0.networks.isEmpty }
    func big(_ own: Plugged) -> Bool { own.networks.contains { $0.vlan.mtu > 1500 } }
    func change(
      _ own: Plugged, _ said: String, _ words: [String], _ steps: [LabStep], undo: [LabStep]
    ) -> LabChange {
      LabChange(fault: fault, said: said, words: [own.host.name] + words, steps: steps, undo: undo)
    }
    switch fault {
    case .hostMTU:
      guard let own = carrying.filter(big).randomElement(using: &random),
        let network = own.networks.filter({ $0.vlan.mtu > 1500 }).randomElement(using: &random)
      else { return nil }
      return change(
        own, "set the MTU of VLAN \(network.vlan.id.number) of \(own.host.name) to 1500",
        [network.vlan.name], [mtu(own.node, network, 1500)],
        undo: [mtu(own.node, network, network.vlan.mtu)])
    case .memberMTU:
      guard let own = carrying.filter(big).randomElement(using: &random) else { return nil }
      let wide = own.networks.filter { $0.vlan.mtu > 1500 }
      func port(_ mtu: Int) -> LabStep {
        LabStep(own.node, ["ip", "link", "set", "dev", own.port.name, "mtu", "\(mtu)"])
      }
      return change(
        own, "set the MTU of \(own.shown) to 1500", [own.port.name], [port(1500)],
        undo: [port(own.port.mtu)] + wide.map { mtu(own.node, $0, $0.vlan.mtu) })
    case .hostVLAN:
      guard let own = carrying.randomElement(using: &random),
        let network = own.networks.randomElement(using: &random),
        let wrong = VLANID(network.vlan.id.number % 4000 + 7)
      else { return nil }
      return change(
        own,
        "put VLAN \(network.vlan.id.number) of \(own.host.name) into VLAN \(wrong.number)",
        [network.vlan.name], [tag(own.node, network, wrong)],
        undo: [tag(own.node, network, network.isTagged ? network.vlan.id : nil)])
    case .duplicateAddress, .wrongAddress, .wrongMask:
      return addressChange(fault, carrying, change, &random)
    case .memberMissing:
      // Where hosts have teams that no bond can be, nobody looks whether members are missing.
      guard showsTeams,
        let own = all.filter({ $0.base.form == .bond }).randomElement(using: &random)
      else { return nil }
      let rest = own.base.ports.map { own.host.ports[$0].name }.filter { $0 != own.port.name }
      return change(
        own, "took \(own.shown) out of its team", [own.port.name],
        [
          detach(own.base, own.host),
          LabStep(
            own.node,
            ["ovs-vsctl"]
              + (rest.count == 1
                ? ["add-port", own.base.bridge, rest[0]]
                : ["add-bond", own.base.bridge, bond(own.base)] + rest
                  + ["bond_mode=active-backup"])),
        ],
        undo: [
          LabStep(
            own.node,
            ["ovs-vsctl", "--if-exists", "del-port", own.base.bridge]
              + [rest.count == 1 ? rest[0] : bond(own.base)]), attach(own.base, own.host),
        ])
    case .hostOff:
      guard let own = carrying.randomElement(using: &random) else { return nil }
      let mine = plugged(LabPlace(own.host.name))
      // The cables stay in; a card without power has no light, and no switch shut its port for that.
      var off = change(
        own, "switched \(own.host.name) off", [],
        mine.map { set(own.node, $0.port.name, "down") }
          + own.host.networks.map { set(own.node, $0.interface, "down") }
          + [set(own.node, LabLAN.interface, "down")],
        undo: mine.map { set(own.node, $0.port.name, "up") }
          + own.host.networks.map { set(own.node, $0.interface, "up") }
          + [set(own.node, LabLAN.interface, "up"), ownWays(own.host)].compactMap { $0 })
      off.silent = own.host.name
      return off
    case .storageRoute:
      guard
        let own = carrying.filter({ $0.networks.contains { !$0.vlan.mayLeave } })
          .randomElement(using: &random),
        let network = own.networks.first(where: { !$0.vlan.mayLeave }),
        let gateway = IPv4Subnet(around: network.address, prefixLength: network.prefixLength)?
          .address(1)
      else { return nil }
      let words = ["default", "via", "\(gateway)", "dev", network.interface]
      return change(
        own, "gave \(own.host.name) the gateway \(gateway) in VLAN \(network.vlan.id.number)", [],
        [LabStep(own.node, ["ip", "route", "add"] + words)],
        undo: [LabStep(own.node, ["ip", "route", "delete"] + words)])
    default: return nil
    }
  }

  private func addressChange(
    _ fault: LabFault, _ carrying: [Plugged],
    _ change: (Plugged, String, [String], [LabStep], [LabStep]) -> LabChange,
    _ random: inout some RandomNumberGenerator
  ) -> LabChange? {
    guard let own = carrying.randomElement(using: &random),
      let network = own.networks.randomElement(using: &random),
      let prefix = IPv4Subnet(around: network.address, prefixLength: network.prefixLength)
    else { return nil }
    var (address, length) = (network.address, network.prefixLength)
    switch fault {
    case .duplicateAddress:
      let twins = hosts.filter { $0.name != own.host.name }.flatMap(\.networks)
        .filter { $0.vlan.id == network.vlan.id }
      guard let twin = twins.randomElement(using: &random) else { return nil }
      address = twin.address
    case .wrongAddress:
      guard let last = prefix.address(prefix.usableAddresses - 1) else { return nil }
      address = last
    default:
      guard length < 30 else { return nil }
      length += 1
    }
    let (right, wrong) = ("\(network.address)/\(network.prefixLength)", "\(address)/\(length)")
    func swap(_ from: String, _ to: String) -> [LabStep] {
      [("delete", from), ("add", to)].map { verb, text in
        LabStep(own.node, ["ip", "address", verb, text, "dev", network.interface])
      }
    }
    return change(
      own, "gave \(own.host.name) the address \(wrong) in place of \(right)",
      [network.vlan.name], swap(right, wrong),
      swap(wrong, right) + [ownWays(own.host)].compactMap { $0 })
  }

  private func mtu(_ node: LabNode, _ network: LabHost.Network, _ mtu: Int) -> LabStep {
    LabStep(node, ["ovs-vsctl", "set", "interface", network.interface, "mtu_request=\(mtu)"])
  }

  private func tag(_ node: LabNode, _ network: LabHost.Network, _ vlan: VLANID?) -> LabStep {
    guard let vlan else {
      return LabStep(node, ["ovs-vsctl", "clear", "port", network.interface, "tag"])
    }
    return LabStep(node, ["ovs-vsctl", "set", "port", network.interface, "tag=\(vlan.number)"])
  }
}
