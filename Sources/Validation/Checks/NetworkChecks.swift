import Evidence
import Quantities

/// Checks of each network of a host: address, VLAN, MTU of every layer.
enum NetworkChecks {
  static func run(_ host: ObservedHost, _ sheet: inout Sheet) {
    guard case .known(_, let list) = host.facts.interfaces else {
      let why = host.facts.interfaces.unknown ?? Unknown(.notCollected)
      for network in host.plan.networks {
        sheet.ports = network.carriers
        for check in [CheckID.address, .vlanID, .mtuHost] {
          sheet.add(check, network.name, .unknown, why.shown)
        }
      }
      return
    }
    for (place, network) in host.plan.networks.enumerated() {
      sheet.ports = network.carriers
      if let other = network.foldedInto {
        for check in [CheckID.address, .vlanID, .mtuHost] {
          sheet.skip(check, network.name, "a port has one VLAN alone: its traffic goes in \(other)")
        }
        continue
      }
      guard let top = host.networks[place] else {
        missing(network, host, list, &sheet)
        continue
      }
      address(network, host.interfaces[top], &sheet)
      vlan(network, top, host, &sheet)
      mtu(network, top, host, &sheet)
    }
    for (place, port) in host.plan.ports.enumerated() {
      guard let interface = host.interface(ofPort: place) else { continue }
      sheet.ports = [place]
      sheet.judge(
        .mtuHost, port.name, interface.mtu, expected: "\(port.mtu)", shown: { "\($0)" },
        holds: { $0 >= port.mtu })
    }
  }

  /// What stands where the address should be: another one of its subnet, or none.
  private static func missing(
    _ network: PlannedNetwork, _ host: ObservedHost, _ list: Source, _ sheet: inout Sheet
  ) {
    let expected = "\(network.address)/\(network.prefix.prefixLength)"
    let hidden = host.interfaces.lazy.filter { !$0.isNoAdapter }.compactMap(\.addresses.unknown)
    if let hidden = hidden.first {
      sheet.add(.address, network.name, .unknown, hidden.shown, expected: expected)
    } else {
      let near = host.interfaces.lazy.flatMap { $0.addresses.value ?? [] }
        .first { network.prefix.contains($0.address) }
      sheet.add(
        .address, network.name, .fail,
        near.map { "\($0.address)/\($0.prefixLength)" } ?? "no address of \(network.prefix)",
        expected: expected, output: list.output)
    }
    for check in [CheckID.vlanID, .mtuHost] {
      sheet.skip(check, network.name, "no interface has the address of the network")
    }
  }

  private static func address(
    _ network: PlannedNetwork, _ interface: InterfaceFacts, _ sheet: inout Sheet
  ) {
    sheet.judge(
      .address, network.name,
      interface.addresses.map { all in all.first { $0.address == network.address } },
      expected: "\(network.address)/\(network.prefix.prefixLength)",
      shown: { $0.map { "\($0.address)/\($0.prefixLength)" } ?? "none" },
      holds: { $0?.prefixLength == network.prefix.prefixLength })
  }

  private static func vlan(
    _ network: PlannedNetwork, _ top: Int, _ host: ObservedHost, _ sheet: inout Sheet
  ) {
    let wanted = network.isTagged ? network.vlan.id : nil
    sheet.judge(
      .vlanID, network.name, host.vlan(of: top),
      expected: wanted.map { "VLAN \($0.number)" } ?? "untagged",
      shown: { $0.map { "VLAN \($0.number)" } ?? "untagged" }, holds: { $0 == wanted })
  }

  /// The interface of the network has exactly the planned MTU; what it stands on at least that.
  private static func mtu(
    _ network: PlannedNetwork, _ top: Int, _ host: ObservedHost, _ sheet: inout Sheet
  ) {
    let wanted = network.vlan.mtu
    let known = Set(host.ports.compactMap { $0 })
    for place in host.stack(below: top) {
      let interface = host.interfaces[place]
      // Ports of the plan have rows of their own.
      guard place == top || !known.contains(place) else { continue }
      let name = place == top ? network.name : interface.name
      if place != top, interface.isNoAdapter {
        sheet.skip(.mtuHost, name, "the team has no MTU of its own")
        continue
      }
      sheet.judge(
        .mtuHost, name, interface.mtu, expected: "\(wanted)", shown: { "\($0)" },
        holds: { place == top ? $0 == wanted : $0 >= wanted })
    }
  }
}

extension InterfaceFacts {
  /// Whether it is a team in a virtual switch of Windows: its ports and what stands on it have an MTU
  /// and addresses, and it has none that anybody could look for.
  var isNoAdapter: Bool {
    kind == .team && !lower.isEmpty && mtu.unknown?.reason == .notCollected
      && addresses.unknown?.reason == .notCollected
  }
}
