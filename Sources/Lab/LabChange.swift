import Fabric
import Quantities

/// A fault at a place: what is done for it, and what undoes it. Pure.
public struct LabChange: Sendable {
  public var fault: LabFault
  /// What is done, as one sentence without a full stop.
  public var said: String
  /// Words of which a finding about it holds every one: names of hosts, ports, cables, switches.
  public var words: [String]
  public var steps: [LabStep]
  public var undo: [LabStep]
  /// Host or switch of which nobody can collect evidence while it lasts; empty for none.
  public var silent = ""
  /// Program that it cannot be made without, and the package of Debian that holds it; empty for none.
  public var needs = (program: "", package: "")
}

/// Where a fault is to be: `hv-r1-01`, `hv-r1-01:nic1-p1`, `r1-tor-a`, or nothing in particular.
public struct LabPlace: Sendable {
  /// Host or switch; empty for any.
  public var node: String
  /// Port of the host, or name of its network's VLAN; empty for any.
  public var port: String

  /// Reads `NODE` or `NODE:PORT`.
  public init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    node = parts.first ?? ""
    port = parts.count > 1 ? parts[1] : ""
  }
}

extension LabPlan {
  /// The change that makes a fault; `nil` where the plan has no place for it.
  public func change(
    _ fault: LabFault, at place: LabPlace, _ random: inout some RandomNumberGenerator
  ) -> LabChange? {
    switch fault {
    case .crossedCables, .missingCable, .neighboursPort, .wrongFabric, .linkDown, .hostPortDown,
      .linkFlapping, .slowLink, .lossyLink, .slightlyLossyLink, .oneWayLink, .deafLink, .lldpOff,
      .lldpMACOnly:
      return linkChange(fault, place, &random)
    case .hostMTU, .memberMTU, .hostVLAN, .duplicateAddress, .wrongAddress, .wrongMask,
      .memberMissing, .hostOff, .storageRoute:
      return hostChange(fault, place, &random)
    case .switchPortMTU, .uplinkMTU, .switchPortVLAN, .uplinkVLAN, .untagged, .leak, .uplinkDown,
      .loop, .switchOff:
      return switchChange(fault, place, &random)
    case .agentDead, .agentHangs, .agentOfAnotherPlan, .clockOff:
      return agentChange(fault, place, &random)
    }
  }

  /// A port of a host that is plugged in.
  struct Plugged {
    var host: LabHost
    var port: LabHost.Port
    var base: LabHost.Base
    var far: LabSwitch.Port
    var device: LabSwitch
    var node: LabNode { .host(host.name) }
    /// The port's networks.
    var networks: [LabHost.Network] {
      base.form == .bond ? base.networks : base.networks.filter { $0.port == port.name }
    }
    /// `hv-r1-01 nic1-p1`.
    var shown: String { "\(host.name) \(port.name)" }
    /// `fabric-a Ethernet1`.
    var farShown: String { "\(device.name) \(far.name)" }
  }

  /// All ports of hosts that are plugged in and fit a place.
  func plugged(_ place: LabPlace = LabPlace("")) -> [Plugged] {
    hosts.flatMap { host in
      host.bases.flatMap { base in
        base.ports.compactMap { index in
          let port = host.ports[index]
          guard let device = device(port.link.a.node), let far = switchPort(port.link.a),
            place.node.isEmpty || place.node == host.name || place.node == device.name,
            place.port.isEmpty || place.port == port.name || place.port == far.name
          else { return nil }
          return Plugged(host: host, port: port, base: base, far: far, device: device)
        }
      }
    }
  }
}
