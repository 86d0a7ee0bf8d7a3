import Evidence
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

/// Faults that people make when they build a network, by the words of this check.
public enum Fault: String, CaseIterable, Sendable {
  case crossedCables = "crossed-cables"
  case missingCable = "missing-cable"
  case neighboursPort = "neighbours-port"
  case fabricsSwapped = "fabrics-swapped"
  case hostMTU = "host-mtu"
  case memberMTU = "member-mtu"
  case switchPortMTU = "switch-port-mtu"
  case uplinkMTU = "uplink-mtu"
  case hostVLAN = "host-vlan"
  case switchPortVLAN = "switch-port-vlan"
  case uplinkVLAN = "uplink-vlan"
  case untagged
  case leak
  case wrongAddress = "wrong-address"
  case duplicateAddress = "duplicate-address"
  case wrongMask = "wrong-mask"
  case portShut = "port-shut"
  case slowLink = "slow-link"
  case damagedFrames = "damaged-frames"
  case lossyLink = "lossy-link"
  case powerPlan = "power-plan"
  case driver
  case firmware
  case ring
  case pfc
  case ets
  case willing
  case flowControl = "flow-control"
  case rdmaOff = "rdma-off"
  case rssOff = "rss-off"
  case fewQueues = "few-queues"
  case offloadOff = "offload-off"
  case slowSlot = "slow-slot"
  case memberMissing = "member-missing"
  case lldpOff = "lldp-off"
  case hostOff = "host-off"
  case switchOff = "switch-off"
  case storageRoute = "storage-route"
  case otherPlan = "other-plan"
  case lanLost = "lan-lost"
  case crossedUplinks = "crossed-uplinks"
}

/// What a planted fault must be found as.
public struct Planted: Sendable {
  public var fault: Fault
  /// Hosts whose state the fault changed.
  public var hosts: [String]
  /// Rules that may speak of it.
  public var rules: [String]
  /// Words of which the subject or the message of the finding must hold every one.
  public var words: [String]
  /// Switches that the fault touches, or that lead to what it touches.
  public var devices: Set<String> = []
}

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
      return found(["lldp.plan"], [name, hosts[host].ports[a].cable, hosts[host].ports[b].cable])
    case .hostMTU:
      guard let network = bigNetwork(host, &random) else { return nil }
      hosts[host].networks[network].mtu = 1500
      return found(["mtu.host"], [name, hosts[host].networks[network].name])
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
      return found(["mtu.path"], [own.planned.port, own.cable])
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
      return found(["path.reach"], [own.planned.port, own.cable, "VLAN \(vlan.number)"])
    case .leak:
      guard
        let vlan = unique(hosts.flatMap { $0.networks.map(\.planned) }).filter({ !$0.mayLeave })
          .randomElement(using: &random)
      else { return nil }
      leaking.insert(vlan.id)
      return Planted(
        fault: fault, hosts: [], rules: ["vlan.isolated"], words: ["VLAN \(vlan.id.number)"])
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
      return found(["link.up"], [name, portName])
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
    case .otherPlan:
      hosts[host].plan = String(repeating: "cd", count: 32)
      return found(["evidence.plan"], [name])
    case .driver, .firmware, .ring, .pfc, .ets, .willing, .flowControl, .rdmaOff, .rssOff,
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

  private mutating func setting(_ fault: Fault, _ host: Int, _ port: Int) -> Planted? {
    let state = hosts[host]
    var settings = state.ports[port].settings
    let isLossless = !settings.lossless.isEmpty
    let hasRSS = state.system == .linux || state.ports[port].team == nil
    // A group of two has no majority.
    let hasMajority = hosts.count { $0.group == state.group } > 2
    var rules: [String]
    switch fault {
    case .driver where hasMajority:
      settings.driverVersion = "4.9.0"
      rules = ["hosts.alike"]
    case .firmware where hasMajority && state.system == .linux:
      settings.firmware = "14.12.1000"
      rules = ["hosts.alike"]
    case .ring where hasMajority:
      settings.receiveRing = 512
      rules = ["hosts.alike"]
    case .pfc where isLossless:
      settings.lossless = [5]
      rules = ["pfc.prio"]
    case .ets where isLossless:
      settings.classes = settings.classes.map { own in
        var own = own
        own.share = own.share.map { $0 == 50 ? 10 : $0 + 20 }
        return own
      }
      rules = ["ets.bw"]
    case .willing where isLossless:
      settings.isWilling = true
      rules = ["dcb.willing"]
    case .flowControl where isLossless:
      settings.flowControl = true
      rules = ["flow.8023x"]
    case .rdmaOff where settings.rdma != nil && isLossless:
      settings.rdma?.isOn = false
      rules = ["rdma.on"]
    case .rssOff where hasRSS:
      settings.isSpread = false
      rules = ["rss.on"]
    case .fewQueues where hasRSS:
      settings.queues = 2
      rules = ["rss.queues"]
    case .offloadOff:
      settings.offloads = settings.offloads.map {
        OffloadState($0.offload, isOn: $0.offload != .segmentation && $0.isOn)
      }
      rules = ["offload"]
    case .slowSlot:
      settings.pcieLanes = 1
      guard state.ports[port].rate > .gigabits(7) else { return nil }
      rules = ["nic.pcie"]
    default: return nil
    }
    hosts[host].ports[port].settings = settings
    if state.system == .windows, fault == .ets || fault == .willing {
      // Windows has these once for all ports of a host.
      for other in hosts[host].ports.indices
      where !hosts[host].ports[other].settings.lossless.isEmpty {
        hosts[host].ports[other].settings.classes = settings.classes
        hosts[host].ports[other].settings.isWilling = settings.isWilling
      }
    }
    return Planted(
      fault: fault, hosts: [state.name], rules: rules, words: [state.name, state.ports[port].name])
  }

  private mutating func uplink(_ fault: Fault, _ random: inout SplitMix64) -> Planted? {
    let links = fabric.links.filter { $0.role == .uplink }
    guard let link = links.randomElement(using: &random) else { return nil }
    let device = link.a.node
    // The fault must lie on a path of two hosts of one network, and be one that can be told from
    // others: hosts in three racks at least, by switches that work.
    let own = hosts.filter { host in host.ports.contains { $0.planned.node == device } }
    let vlans = Set(
      own.flatMap { host in
        host.networks.filter { network in
          network.carriers.count == 1
            && host.ports[network.carriers[0]].planned.node == device && network.mtu > 1500
        }.map(\.planned.id)
      }
    ).filter { switches(with: $0).count > 2 && switches(with: $0).contains(device) }.sorted()
    guard own.count > 1, let vlan = vlans.randomElement(using: &random) else {
      return nil
    }
    if fault == .uplinkMTU {
      switchPorts[link.a]?.mtu = 1500
      return Planted(fault: fault, hosts: [], rules: ["mtu.path"], words: [device, link.cable])
    }
    for other in links where other.a.node == device {
      switchPorts[other.a]?.membership.tagged.removeAll { $0 == vlan }
    }
    return Planted(
      fault: fault, hosts: [], rules: ["path.reach"], words: [device, "VLAN \(vlan.number)"])
  }

  /// Switches over which a VLAN leaves hosts now.
  private func switches(with vlan: VLANID) -> Set<String> {
    Set(
      hosts.flatMap { host in
        host.networks.filter { $0.planned.id == vlan }
          .compactMap { carrier($0, of: host)?.planned.node }
      })
  }

  private func side(_ port: HostPort) -> FabricSide? {
    fabric.devices.first { $0.name == port.planned.node }?.side
  }

  private func otherPort(
    _ host: Int, _ random: inout SplitMix64, where isGood: (Int, Int) -> Bool
  ) -> (host: Int, port: Int)? {
    let all = hosts.indices.filter { $0 != host }.flatMap { other in
      hosts[other].ports.indices.filter { isGood(other, $0) }.map { (host: other, port: $0) }
    }
    return all.randomElement(using: &random)
  }

  private func network(_ host: Int, _ random: inout SplitMix64) -> Int? {
    hosts[host].networks.indices.randomElement(using: &random)
  }

  private func bigNetwork(_ host: Int, _ random: inout SplitMix64) -> Int? {
    hosts[host].networks.indices.filter { hosts[host].networks[$0].mtu > 1500 }
      .randomElement(using: &random)
  }

  /// Whether probes tell the port of a network from all else: it has no team to fall back on, and two
  /// other hosts at least that answer.
  private func isAlone(_ host: Int, _ network: Int) -> Bool {
    hosts[host].networks[network].carriers.count == 1
      && hosts.count { other in
        other.networks.contains {
          $0.planned.id == hosts[host].networks[network].planned.id
            && carrier($0, of: other) != nil
        }
      } > 2
  }
}
