import Fabric
import Quantities
import TemplateText

/// Prepares a group for the templates of Linux: order and choice happen here, wording there.
struct LinuxView {
  let shape: HostShape
  let system: LinuxSystem
  let layout: LinuxLayout
  let header: HostConfig.Header

  var node: Node {
    var parts: [String: Node] = [
      "group": Node(shape.group.name), "system": Node(system.name), "host": Node(HostStamp.name),
      "planName": Node(header.planName), "planHash": Node(header.planHash),
      "date": Node(header.date.iso), "firstHost": Node(shape.hosts[0].name),
      "ports": Node(ports), "bonds": Node(bonds),
      "hasBonds": Node(layout.bases.contains(where: \.isBond)),
      "vlans": Node(vlans), "bridges": Node(bridges),
      "hasBridges": Node(layout.tagged.contains { !$0.bridge.isEmpty }),
      "portNames": Node(shape.ports.map(\.name).joined(separator: " ")),
      "formats": Node(system.formats.map(\.rawValue)),
      "formatNames": Node(system.formats.map(\.rawValue).joined(separator: " ")),
    ]
    if let qos = shape.qos, shape.ports.contains(where: \.isLossless) {
      parts["qos"] = self.qos(qos)
    }
    if let migration { parts["migration"] = migration }
    return Node(parts)
  }

  private var ports: [Node] {
    layout.bases.flatMap { base in
      base.members.map { member in
        var parts = ["name": Node(member), "mtu": Node(base.mtu)]
        if base.isBond {
          parts["bond"] = Node(base.name)
          if member == base.members[0] { parts["isPrimary"] = .yes }
        } else {
          parts["alone"] = Node(["vlans": Node(names(on: base.name))])
        }
        return Node(parts)
      }
    }
  }

  private var bonds: [Node] {
    layout.bases.filter(\.isBond).map { base in
      Node([
        "name": Node(base.name), "mtu": Node(base.mtu), "primary": Node(base.members[0]),
        "memberList": Node(base.members.joined(separator: ", ")),
        "members": Node(base.members.joined(separator: " ")),
        "memberNodes": Node(base.members), "vlanNames": Node(names(on: base.name)),
      ])
    }
  }

  private func names(on base: String) -> [String] {
    layout.tagged.filter { $0.base == base }.map(\.name)
  }

  private var vlans: [Node] {
    layout.tagged.map { own in
      var parts = [
        "name": Node(own.name), "base": Node(own.base), "vlan": Node(own.vlan.id.number),
        "mtu": Node(own.vlan.mtu), "network": Node(own.vlan.name),
      ]
      if let place = own.network {
        let network = shape.networks[place]
        parts["own"] = Node([
          "address": Node(HostStamp.address(place)),
          "prefixLength": Node(network.prefix.prefixLength),
        ])
        if own.vlan.lossless { parts["isLossless"] = .yes }
      } else {
        parts["guests"] = Node(["bridge": Node(own.bridge)])
      }
      return Node(parts)
    }
  }

  private var bridges: [Node] {
    layout.tagged.filter { !$0.bridge.isEmpty }.map { own in
      Node([
        "name": Node(own.bridge), "port": Node(own.name), "mtu": Node(own.vlan.mtu),
        "network": Node(own.vlan.name),
      ])
    }
  }

  /// Traffic class 0 holds the rest; the others follow in the order of their lowest priority.
  private func qos(_ qos: QoSIntent) -> Node {
    let groups = qos.groups.sorted { left, right in
      (left.priorities.map(\.number).min() ?? 8) < (right.priorities.map(\.number).min() ?? 8)
    }
    let lossless = groups.filter(\.lossless).flatMap(\.priorities).map(\.number).sorted()
    var classOf = [Int](repeating: 0, count: 8)
    for (place, group) in groups.enumerated() {
      for priority in group.priorities { classOf[priority.number] = place }
    }
    func mapped(_ separator: String, _ value: (Int) -> String, _ count: Int) -> String {
      (0..<count).map { "\($0):\(value($0))" }.joined(separator: separator)
    }
    let shares = groups.map { String($0.bandwidth) }
    return Node([
      "lossless": Node(lossless.map(String.init).joined(separator: ",")),
      "first": Node(lossless.first ?? 3),
      "pfcMap": Node((["all:off"] + lossless.map { "\($0):on" }).joined(separator: " ")),
      "priorityMap": Node(mapped(" ", { String(classOf[$0]) }, 8)),
      "algorithmMap": Node(mapped(" ", { _ in "ets" }, groups.count)),
      "shareMap": Node(mapped(" ", { shares[$0] }, groups.count)),
      "priorityList": Node(mapped(",", { String(classOf[$0]) }, 8)),
      "algorithmList": Node(mapped(",", { _ in "ets" }, groups.count)),
      "shareList": Node(shares.joined(separator: ",")),
      "ports": Node(shape.ports.filter(\.isLossless).map(\.name).joined(separator: " ")),
      "vlans": Node(
        layout.tagged.filter { $0.vlan.lossless }.map(\.name).joined(separator: " ")),
    ])
  }

  /// Where guests migrate over the plan: the address and the size of the pipe.
  private var migration: Node? {
    guard
      let place = shape.networks.firstIndex(where: { $0.vlan.purpose == .liveMigration })
    else { return nil }
    let network = shape.networks[place]
    let gigabits = shape.hosts.map { $0.rates[network.port].wholeGigabits }.min() ?? 10
    return Node([
      "address": Node(HostStamp.address(place)), "subnet": Node(network.prefix.description),
      "gigabits": Node(gigabits), "channels": Node(gigabits >= 25 ? 8 : 4),
    ])
  }
}
