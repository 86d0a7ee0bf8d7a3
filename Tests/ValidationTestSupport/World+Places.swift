import Evidence
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

/// Where faults have their place, and what of a port they set otherwise.
extension World {
  mutating func setting(_ fault: Fault, _ host: Int, _ port: Int) -> Planted? {
    let state = hosts[host]
    var settings = state.ports[port].settings
    let isLossless = !settings.lossless.isEmpty
    // Under a virtual switch queues for virtual machines take its place.
    let onPort = state.networks.count { $0.carriers.contains(port) }
    let hasRSS =
      state.system == .linux
      || state.ports[port].team == nil && (onPort < 2 || os(of: state) == "windows-server-2012r2")
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
    case .driverInbox where settings.rdma != nil && isLossless && state.system == .windows:
      settings.driverProvider = "Microsoft"
      rules = ["nic.driver.inbox"]
    case .oneQueue where state.system == .linux:
      settings.busiestQueue = 93
      rules = ["irq.spread"]
    case .pauseStorm where isLossless && state.system == .linux:
      settings.pauses = 9000
      rules = ["pfc.quiet"]
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

  mutating func uplink(_ fault: Fault, _ random: inout SplitMix64) -> Planted? {
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
    guard let vlan = vlans.randomElement(using: &random) else {
      return nil
    }
    if fault == .uplinkMTU {
      switchPorts[link.a]?.mtu = 1500
      return Planted(
        fault: fault, hosts: [], rules: ["mtu.path", "switch.mtu"], words: [device, link.cable])
    }
    for other in links where other.a.node == device {
      switchPorts[other.a]?.membership.tagged.removeAll { $0 == vlan }
    }
    return Planted(
      fault: fault, hosts: [], rules: ["path.reach", "switch.vlan"],
      words: [device, "VLAN \(vlan.number)"])
  }

  /// Switches over which a VLAN leaves hosts now.
  func switches(with vlan: VLANID) -> Set<String> {
    Set(
      hosts.flatMap { host in
        host.networks.filter { $0.planned.id == vlan }
          .compactMap { carrier($0, of: host)?.planned.node }
      })
  }

  func side(_ port: HostPort) -> FabricSide? {
    fabric.devices.first { $0.name == port.planned.node }?.side
  }

  func otherPort(
    _ host: Int, _ random: inout SplitMix64, where isGood: (Int, Int) -> Bool
  ) -> (host: Int, port: Int)? {
    let all = hosts.indices.filter { $0 != host }.flatMap { other in
      hosts[other].ports.indices.filter { isGood(other, $0) }.map { (host: other, port: $0) }
    }
    return all.randomElement(using: &random)
  }

  func network(_ host: Int, _ random: inout SplitMix64) -> Int? {
    hosts[host].networks.indices.randomElement(using: &random)
  }

  func bigNetwork(_ host: Int, _ random: inout SplitMix64) -> Int? {
    hosts[host].networks.indices.filter { hosts[host].networks[$0].mtu > 1500 }
      .randomElement(using: &random)
  }

  /// Whether probes tell the port of a network from all else: it has no team to fall back on, and
  /// two other hosts at least that answer.
  func isAlone(_ host: Int, _ network: Int) -> Bool {
    hosts[host].networks[network].carriers.count == 1
      && hosts.count { other in
        other.networks.contains {
          $0.planned.id == hosts[host].networks[network].planned.id
            && carrier($0, of: other) != nil
        }
      } > 2
  }
}
