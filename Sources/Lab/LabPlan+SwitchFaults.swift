import Fabric
import Quantities

extension LabPlan {
  /// Faults of what a switch is set to.
  func switchChange(
    _ fault: LabFault, _ place: LabPlace, _ random: inout some RandomNumberGenerator
  ) -> LabChange? {
    let carrying = plugged(place).filter { !$0.networks.isEmpty && $0.base.form != .bond }
    func change(
      _ said: String, _ words: [String], _ steps: [LabStep], undo: [LabStep]
    ) -> LabChange {
      LabChange(fault: fault, said: said, words: words, steps: steps, undo: undo)
    }
    switch fault {
    case .switchPortMTU:
      guard
        let own = carrying.filter({ $0.networks.contains { $0.vlan.mtu > 1500 } })
          .randomElement(using: &random)
      else { return nil }
      return change(
        "set the MTU of \(own.farShown) to 1500", [own.farShown, own.port.link.cable],
        [mtu(own.far.interface, 1500)], undo: [mtu(own.far.interface, own.far.mtu)])
    case .switchPortVLAN, .untagged:
      guard let own = carrying.randomElement(using: &random),
        let vlan = own.networks.filter(\.isTagged).map(\.vlan.id).randomElement(using: &random)
      else { return nil }
      var wrong = own.far.membership
      wrong.tagged.removeAll { $0 == vlan }
      if fault == .untagged { wrong.untagged = vlan }
      return change(
        fault == .untagged
          ? "made VLAN \(vlan.number) untagged on \(own.farShown)"
          : "took VLAN \(vlan.number) from \(own.farShown)",
        [own.farShown, "VLAN \(vlan.number)"], [vlans(own.far.interface, wrong)],
        undo: [vlans(own.far.interface, own.far.membership)])
    case .uplinkMTU, .uplinkVLAN, .uplinkDown: return uplinkChange(fault, place, &random)
    case .leak:
      // A site may have a core that no switch of the plan is joined to.
      let ways = trunks.filter { $0.membershipB == nil }
      guard core != nil, !ways.isEmpty,
        let vlan = fabric.vlans.filter({ vlan in
          !vlan.mayLeave && hosts.contains { $0.networks.contains { $0.vlan.id == vlan.id } }
        }).randomElement(using: &random)
      else { return nil }
      return change(
        "let VLAN \(vlan.id.number) (\(vlan.name)) out to the core", ["VLAN \(vlan.id.number)"],
        ways.map { way in
          var wrong = way.membershipA
          wrong.tagged = (wrong.tagged + [vlan.id]).sorted()
          return vlans(way.portA, wrong)
        }, undo: ways.map { vlans($0.portA, $0.membershipA) })
    case .loop: return loop(place, &random)
    case .switchOff:
      let own = switches.filter { device in
        (place.node.isEmpty || place.node == device.name)
          && device.ports.contains { $0.link.role == .host }
      }
      guard let device = own.randomElement(using: &random) else { return nil }
      let ends = device.ports.filter(\.isEnabled).map(\.interface)
      var off = change(
        "switched \(device.name) off", [device.name], ends.map { set(.switches, $0, "down") },
        undo: ends.map { set(.switches, $0, "up") })
      off.silent = device.name
      return off
    default: return nil
    }
  }

  /// Ports that the plan does not use are shut down; somebody switched two of them on, and joined them.
  private func loop(
    _ place: LabPlace, _ random: inout some RandomNumberGenerator
  ) -> LabChange? {
    let used = Set(fabric.links.flatMap { [$0.a, $0.b] })
    func free(_ device: LabSwitch) -> [String] {
      (fabric.device(device.name)?.ports ?? []).map(\.name)
        .filter { !used.contains(Endpoint(node: device.name, port: $0)) }
    }
    // Without spanning tree the frames would go round until nothing else passes.
    let fitting = switches.filter { device in
      (place.node.isEmpty || device.name == place.node) && device.hasSpanningTree
        && device.ports.contains { $0.link.role == .host } && free(device).count > 1
    }
    guard let device = fitting.randomElement(using: &random), let example = device.ports.first
    else { return nil }
    let names = Array(free(device).shuffled(using: &random).prefix(2))
    let ends = zip(names, loopInterfaces(device)).map { name, interface in
      var port = example
      (port.name, port.interface, port.description) = (name, interface, "")
      return port
    }
    var batch = IPBatch()
    batch.add(
      "link add \(ends[0].interface) mtu 9216 type veth peer name \(ends[1].interface) mtu 9216")
    for end in ends { batch.add("link set dev \(end.interface) alias \"\(end.name)\"") }
    return LabChange(
      fault: .loop,
      said: "joined \(names.joined(separator: " and ")) of \(device.name) by a cable",
      words: [device.name] + names,
      steps: [batch.step(.switches)].compactMap { $0 } + ends.flatMap { lldpPort(device, $0) }
        + [
          LabStep(
            .switches,
            ["ovs-vsctl"]
              + ends.flatMap { ["--", "add-port", device.bridge, $0.interface, "vlan_mode=trunk"] })
        ] + ends.map { set(.switches, $0.interface, "up") },
      undo: [
        LabStep(.switches, ["ip", "link", "delete", "dev", ends[0].interface]),
        LabStep(
          .switches,
          ["ovs-vsctl"] + ends.flatMap { ["--", "del-port", device.bridge, $0.interface] }),
      ])
  }

  private func uplinkChange(
    _ fault: LabFault, _ place: LabPlace, _ random: inout some RandomNumberGenerator
  ) -> LabChange? {
    let ways = trunks.filter { trunk in
      trunk.members.contains {
        $0.link.role == .uplink && (place.node.isEmpty || $0.link.a.node == place.node)
      }
    }
    guard let way = ways.randomElement(using: &random),
      let member = way.members.randomElement(using: &random)
    else { return nil }
    let device = member.link.a.node
    func change(
      _ said: String, _ words: [String], _ steps: [LabStep], undo: [LabStep]
    ) -> LabChange {
      LabChange(fault: fault, said: said, words: [device] + words, steps: steps, undo: undo)
    }
    switch fault {
    case .uplinkMTU:
      return change(
        "set the MTU of \(device) \(member.link.a.port) to 1500", [member.link.a.port],
        [mtu(member.a, 1500)], undo: [mtu(member.a, member.mtuA)])
    case .uplinkDown:
      return change(
        "shut down \(device) \(member.link.a.port)", [member.link.a.port],
        [set(.switches, member.a, "down")], undo: [set(.switches, member.a, "up")])
    default:
      // What no host beyond the uplinks is in does not pass them.
      let ends = plugged().filter { $0.base.form != .bond }
      let bridge = ends.first { $0.device.name == device }?.device.bridge
      func used(_ ends: [Plugged]) -> Set<VLANID> {
        Set(ends.flatMap { $0.networks.map(\.vlan.id) })
      }
      let crossing = used(ends.filter { $0.device.name == device })
        .intersection(used(ends.filter { $0.device.bridge != bridge }))
      guard
        let vlan = way.membershipA.tagged.filter(crossing.contains)
          .randomElement(using: &random)
      else { return nil }
      var wrong = way.membershipA
      wrong.tagged.removeAll { $0 == vlan }
      return change(
        "took VLAN \(vlan.number) from the uplinks of \(device)", ["VLAN \(vlan.number)"],
        [vlans(way.portA, wrong)], undo: [vlans(way.portA, way.membershipA)])
    }
  }

  private func mtu(_ interface: String, _ mtu: Int) -> LabStep {
    LabStep(.switches, ["ip", "link", "set", "dev", interface, "mtu", "\(mtu)"])
  }

  /// Sets the VLANs of a port of a switch anew.
  private func vlans(_ port: String, _ membership: Membership) -> LabStep {
    var words = ["ovs-vsctl", "--", "clear", "port", port, "tag", "trunks"]
    words += ["--", "set", "port", port] + membership.switchWords
    return LabStep(.switches, words)
  }
}
