import Fabric
import Quantities

extension LabPlan {
  /// Makes all cables: pairs of virtual interfaces, one end with the host, one with its switch.
  var cableSteps: [LabStep] {
    var batch = IPBatch()
    let switches = name.namespace(of: .switches) ?? ""
    for host in hosts {
      for port in host.ports {
        guard let end = switchPort(port.link.a) else { continue }
        batch.add(cable(host, port, to: end))
      }
    }
    for trunk in trunks {
      for member in trunk.members {
        batch.add(
          "link add name \(member.a) mtu \(member.mtuA) netns \(switches) type veth"
            + " peer name \(member.b) mtu \(member.mtuB) netns \(switches)")
      }
    }
    for (a, b) in peerLinks {
      batch.add(
        "link add name \(a.interface) mtu \(a.mtu) netns \(switches) type veth"
          + " peer name \(b.interface) mtu \(b.mtu) netns \(switches)")
    }
    if let core {
      let namespace = name.namespace(of: .core) ?? ""
      for leg in core.legs {
        batch.add(
          "link add name \(leg.a) mtu 9216 netns \(switches) type veth"
            + " peer name \(leg.b) mtu 9216 netns \(namespace)")
      }
    }
    for (place, host) in hosts.enumerated() {
      batch.add(
        "link add name \(LabLAN.interface) mtu 1500 netns"
          + " \(name.namespace(of: .host(host.name)) ?? "") type veth peer name l\(place) mtu 1500"
          + " netns \(name.namespace(of: .lan) ?? "")")
    }
    return [batch.step(.machine)].compactMap { $0 }
  }

  /// Cables between the two switches of a pair. LLDP goes over them; frames have no need to, since
  /// both switches are one bridge.
  var peerLinks: [(a: LabSwitch.Port, b: LabSwitch.Port)] {
    fabric.links.filter { $0.role == .peer }.compactMap { link in
      guard let a = switchPort(link.a), let b = switchPort(link.b) else { return nil }
      return (a, b)
    }
  }

  /// The port of a switch at an end of a link.
  func switchPort(_ end: Endpoint) -> LabSwitch.Port? {
    device(end.node)?.ports.first { $0.name == end.port }
  }

  /// The port of a host at the other end.
  func hostPort(_ end: Endpoint) -> (host: LabHost, port: LabHost.Port)? {
    guard let host = hosts.first(where: { $0.name == end.node }),
      let port = host.ports.first(where: { $0.name == end.port })
    else { return nil }
    return (host, port)
  }

  private func cable(_ host: LabHost, _ port: LabHost.Port, to end: LabSwitch.Port) -> String {
    "link add name \(port.name) mtu \(port.mtu) address \(port.mac)"
      + " netns \(name.namespace(of: .host(host.name)) ?? "") type veth"
      + " peer name \(end.interface) mtu \(end.mtu) netns \(name.namespace(of: .switches) ?? "")"
  }

  /// Takes the cable of a host's port out, and plugs it in elsewhere, or nowhere. A pair of virtual
  /// interfaces cannot be parted, so it is made anew; virtual switches hold on to the old one until
  /// they are told.
  func replug(_ host: LabHost, _ port: LabHost.Port, to end: Endpoint?) -> [LabStep] {
    let node = LabNode.host(host.name)
    let namespace = name.namespace(of: node) ?? ""
    let base = host.bases.first { $0.ports.contains { host.ports[$0].name == port.name } }
    // LLDP forgets a neighbour when its link goes, and has to see that first.
    var steps = [
      LabStep(node, ["ip", "link", "set", "dev", port.name, "down"], mayFail: true),
      LabStep(.machine, ["sleep", "1"]),
    ]
    if let base { steps.append(detach(base, host)) }
    steps.append(LabStep(node, ["ip", "link", "delete", "dev", port.name], mayFail: true))
    var batch = IPBatch()
    if let end, let far = switchPort(end), let device = device(end.node) {
      steps.append(
        LabStep(
          .switches,
          ["ovs-vsctl", "--", "--if-exists", "del-port", device.bridge, far.interface]))
      batch.add(cable(host, port, to: far))
      steps += [batch.step(.machine)].compactMap { $0 }
      // It says its name with the first frame, so it learns it while its link is down.
      steps += lldpPort(device, far)
      if far.isEnabled { steps += portUp(.switches, far.interface) }
      steps.append(LabStep(.switches, ["ovs-vsctl"] + portWords(device, far)))
    } else {
      let number = hosts.firstIndex { $0.name == host.name } ?? 0
      let place = host.ports.firstIndex { $0.name == port.name } ?? 0
      batch.add(
        "link add name \(port.name) mtu \(port.mtu) address \(port.mac) netns \(namespace)"
          + " type veth peer name d\(number)-\(place) netns \(name.namespace(of: .drawer) ?? "")")
      steps += [batch.step(.machine)].compactMap { $0 }
    }
    return steps + portUp(node, port.name) + (base.map { [attach($0, host)] } ?? [])
  }

  /// Switches an interface on. Frames through virtual switches in user space need whole checksums.
  func portUp(_ node: LabNode, _ interface: String) -> [LabStep] {
    let up = [
      LabStep(node, ["ethtool", "-K", interface, "tx", "off"], mayFail: true),
      LabStep(node, ["ip", "link", "set", "dev", interface, "up"]),
    ]
    guard case .host(let name) = node,
      let place = hosts.first(where: { $0.name == name })?.ports
        .firstIndex(where: { $0.name == interface })
    else { return up }
    // Open vSwitch and lldpd see frames before this; the system itself would take those without a
    // tag for its own, past its virtual switch.
    return [
      LabStep(node, ["nft", "delete", "table", "netdev", "port\(place)"], mayFail: true),
      LabStep(
        node, ["nft", "-f", "-"],
        input: """
          table netdev port\(place) {
            chain in {
              type filter hook ingress device "\(interface)" priority 0;
              drop
            }
          }

          """),
    ] + up
  }
}
