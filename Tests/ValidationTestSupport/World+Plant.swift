import Evidence
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension World {
  /// Plants a fault in a random place; `nil` where the plan has no place for it.
  public mutating func plant(_ fault: Fault, _ random: inout SplitMix64) -> Planted? {
    let before = self
    guard var planted = place(fault, &random) else { return nil }
    planted.devices = devices(changedSince: before)
    return planted
  }

  /// Switches of all that differs.
  private func devices(changedSince before: World) -> Set<String> {
    var devices = offSwitches.symmetricDifference(before.offSwitches)
    for (new, old) in zip(hosts, before.hosts) {
      for (port, was) in zip(new.ports, old.ports) where port != was {
        devices.formUnion([port.planned, port.plugged, was.plugged].compactMap { $0?.node })
      }
      for (network, was) in zip(new.networks, old.networks) where network != was {
        devices.formUnion(network.carriers.map { new.ports[$0].planned.node })
      }
    }
    for (end, other) in cabled where before.cabled[end] != other {
      devices.formUnion([end.node, other.node])
    }
    for (end, other) in before.cabled where cabled[end] == nil {
      devices.formUnion([end.node, other.node])
    }
    for cable in extra where !before.extra.contains(cable) {
      devices.formUnion([cable.a.node, cable.b.node])
    }
    for (end, port) in switchPorts where port != before.switchPorts[end] {
      devices.insert(end.node)
    }
    return devices
  }

  private mutating func place(_ fault: Fault, _ random: inout SplitMix64) -> Planted? {
    let host = random.int(0...(hosts.count - 1))
    let port = random.int(0...(hosts[host].ports.count - 1))
    let name = hosts[host].name
    let portName = hosts[host].ports[port].name
    let cable = hosts[host].ports[port].cable
    func found(_ rules: [String], _ words: [String], _ others: [String] = []) -> Planted {
      Planted(fault: fault, hosts: [name] + others, rules: rules, words: words)
    }
    switch fault {
    case .crossedCables:
      guard let other = otherPort(host, &random, where: { hosts[$0].ports[$1].plugged != nil })
      else { return nil }
      let swap = hosts[other.host].ports[other.port].plugged
      hosts[other.host].ports[other.port].plugged = hosts[host].ports[port].plugged
      hosts[host].ports[port].plugged = swap
      return found(
        ["lldp.plan"], [cable, hosts[other.host].ports[other.port].cable],
        [hosts[other.host].name])
    case .missingCable:
      hosts[host].ports[port].plugged = nil
      return found(["link.up"], [name, portName])
    case .neighboursPort:
      guard let other = otherPort(host, &random, where: { _, _ in true }) else { return nil }
      hosts[host].ports[port].plugged = hosts[other.host].ports[other.port].plugged
      hosts[other.host].ports[other.port].plugged = nil
      return found(["lldp.plan"], [cable, name], [hosts[other.host].name])
    case .fabricsSwapped:
      guard
        let a = hosts[host].ports.firstIndex(where: { side($0) == .a }),
        let b = hosts[host].ports.firstIndex(where: {
          side($0) == .b && $0.team == hosts[host].ports[a].team
            && switchPorts[$0.planned]?.membership
              != switchPorts[hosts[host].ports[a].planned]?.membership
        })
      else { return nil }
      let swap = hosts[host].ports[a].plugged
      hosts[host].ports[a].plugged = hosts[host].ports[b].plugged
      hosts[host].ports[b].plugged = swap
      guard hosts[host].system == .linux || hosts[host].ports[a].team == nil else {
        // Tables of switches do not tell members of a team apart, and Windows hears nobody: that
        // the host answers nobody is all that can be seen.
        return found(["path.reach"], [name])
      }
      return found(["lldp.plan"], [name, hosts[host].ports[a].cable, hosts[host].ports[b].cable])
    case .hostMTU:
      guard let network = bigNetwork(host, &random) else { return nil }
      hosts[host].networks[network].mtu = 1500
      // Of Windows the port itself may have the address: then it is what is named.
      return found(
        ["mtu.host"],
        hosts[host].system == .windows ? [name] : [name, hosts[host].networks[network].name])
    case .memberMTU:
      guard hosts[host].ports[port].mtu > 1500 else { return nil }
      hosts[host].ports[port].mtu = 1500
      for place in hosts[host].networks.indices
      where hosts[host].networks[place].carriers == [port] {
        hosts[host].networks[place].mtu = 1500
      }
      return found(["mtu.host"], [name, portName])
    case .switchPortMTU:
      guard let network = bigNetwork(host, &random), isAlone(host, network) else { return nil }
      let own = hosts[host].ports[hosts[host].networks[network].carriers[0]]
      switchPorts[own.planned]?.mtu = 1500
      return found(["mtu.path", "switch.mtu"], [own.planned.port, own.cable])
    case .uplinkMTU, .uplinkVLAN: return uplink(fault, &random)
    case .hostVLAN:
      guard let network = network(host, &random) else { return nil }
      guard let wrong = VLANID((hosts[host].networks[network].planned.id.number % 4000) + 7) else {
        return nil
      }
      hosts[host].networks[network].tag = wrong
      return found(["vlan.id"], [name, hosts[host].networks[network].name])
    case .switchPortVLAN, .untagged:
      guard let network = network(host, &random), isAlone(host, network) else { return nil }
      let own = hosts[host].ports[hosts[host].networks[network].carriers[0]]
      let vlan = hosts[host].networks[network].planned.id
      guard switchPorts[own.planned]?.membership.tagged.contains(vlan) == true else { return nil }
      switchPorts[own.planned]?.membership.tagged.removeAll { $0 == vlan }
      if fault == .untagged { switchPorts[own.planned]?.membership.untagged = vlan }
      return found(
        ["path.reach", "switch.vlan"], [own.planned.port, own.cable, "VLAN \(vlan.number)"])
    case .leak:
      guard
        let vlan = unique(hosts.flatMap { $0.networks.map(\.planned) }).filter({ !$0.mayLeave })
          .randomElement(using: &random)
      else { return nil }
      leaking.insert(vlan.id)
      return Planted(
        fault: fault, hosts: [], rules: ["vlan.isolated"],
        words: ["VLAN \(vlan.id.number)", "answers"])
    case .wrongAddress:
      guard let network = network(host, &random),
        let wrong = hosts[host].networks[network].prefix.address(
          hosts[host].networks[network].prefix.usableAddresses - 1)
      else { return nil }
      hosts[host].networks[network].address = wrong
      return found(["address"], [name, hosts[host].networks[network].name])
    case .duplicateAddress:
      guard let network = network(host, &random),
        let other = hosts.indices.filter({ $0 != host }).randomElement(using: &random),
        let twin = hosts[other].networks.first(where: {
          $0.planned.id == hosts[host].networks[network].planned.id
        })
      else { return nil }
      hosts[host].networks[network].address = twin.address
      return found(["address"], [name, hosts[host].networks[network].name], [hosts[other].name])
    case .wrongMask:
      guard let network = network(host, &random),
        hosts[host].networks[network].prefixLength < 30
      else { return nil }
      hosts[host].networks[network].prefixLength += 1
      return found(["address"], [name, hosts[host].networks[network].name])
    case .portShut:
      switchPorts[hosts[host].ports[port].planned]?.isEnabled = false
      return found(["link.up", "switch.link"], [name, portName])
    case .slowLink:
      hosts[host].ports[port].rate = .gigabits(1)
      return found(["link.speed"], [name, portName])
    case .damagedFrames:
      hosts[host].ports[port].settings.errors = 17
      return found(["link.errors"], [name, portName])
    case .lossyLink:
      guard let network = network(host, &random), isAlone(host, network) else { return nil }
      let own = hosts[host].ports[hosts[host].networks[network].carriers[0]]
      switchPorts[own.planned]?.loss = 200
      return found(["path.loss"], [own.planned.port, own.cable])
    case .deafLink:
      guard hosts[host].system == .linux, let network = network(host, &random),
        isAlone(host, network)
      else { return nil }
      let own = hosts[host].ports[hosts[host].networks[network].carriers[0]]
      switchPorts[own.planned]?.loss = 1000
      switchPorts[own.planned]?.sendsLLDP = false
      return found(["path.reach"], [own.planned.port, own.cable])
    case .powerPlan:
      hosts[host].isFullClock = false
      return found(["power.os"], [name])
    case .lanLost:
      hosts[host].isOffLAN = true
      return found(["mgmt.reach"], [name])
    case .crossedUplinks:
      let links = fabric.links.filter { $0.role == .uplink }
      guard let one = links.randomElement(using: &random),
        let other = links.filter({ $0.a.node != one.a.node }).randomElement(using: &random)
      else { return nil }
      cabled.updateValue(other.b, forKey: one.a)
      cabled.updateValue(one.b, forKey: other.a)
      return Planted(
        fault: fault, hosts: [], rules: ["lldp.plan"], words: [one.cable, other.cable])
    case .uplinkDown, .uplinkSlow, .uplinkErrors, .blockedUplink, .switchPFC, .extraVLAN, .loop:
      return switches(fault, host, port, &random)
    case .otherPlan:
      hosts[host].plan = String(repeating: "cd", count: 32)
      return found(["evidence.plan"], [name])
    case .migrationOption, .migrationCount, .migrationNetwork, .migrationSignIn, .smbLimit,
      .smbLink:
      return migration(fault, host, &random)
    case .oneQueue, .driverInbox, .pauseStorm, .driver, .firmware, .ring, .pfc, .ets, .willing,
      .flowControl,
      .rdmaOff, .rssOff,
      .fewQueues, .offloadOff, .slowSlot:
      return setting(fault, host, port)
    case .memberMissing:
      guard let team = hosts[host].ports[port].team,
        hosts[host].ports.count(where: { $0.team == team }) > 1
      else { return nil }
      hosts[host].ports[port].isMember = false
      return found(["team.members"], [name, portName])
    case .lldpOff:
      guard hosts[host].system == .linux else { return nil }
      switchPorts[hosts[host].ports[port].planned]?.sendsLLDP = false
      return found(["lldp.seen"], [name, portName])
    case .hostOff:
      guard hosts.count > 2, !hosts[host].networks.isEmpty else { return nil }
      hosts[host].isOff = true
      for place in hosts[host].ports.indices { hosts[host].ports[place].plugged = nil }
      return found(["path.reach"], [name])
    case .switchOff:
      let device = hosts[host].ports[port].planned.node
      let count = hosts.flatMap(\.ports).count { $0.planned.node == device }
      guard count > 1 else { return nil }
      offSwitches.insert(device)
      return Planted(fault: fault, hosts: [], rules: ["link.up"], words: [device])
    case .storageRoute:
      guard let network = network(host, &random),
        !hosts[host].networks[network].planned.mayLeave
      else { return nil }
      hosts[host].networks[network].hasGateway = true
      return found(["vlan.isolated"], [name])
    }
  }
}
