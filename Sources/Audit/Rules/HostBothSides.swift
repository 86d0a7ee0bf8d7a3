import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// Every host has as many ports on fabric A as on B, on its rack's ToRs or the central pair.
  static let hostBothSides = PlanProof(
    "host-both-sides",
    claim: "every host is cabled to both switches of its rack, with as many ports on A as on B"
  ) { context, ledger in
    // Ports on A and B by host, then by card kind, and by class of traffic.
    var sides = [[String: [Int]]](repeating: [:], count: context.fabric.hosts.count)
    for port in context.hostPorts {
      let subject = [port.endpoint.node, port.endpoint.port]
      ledger.expect(
        port.links.count == 1, at: subject, "\(port.links.count) links end at this port",
        expected: "one", hint: "cable it, or take the port off the plan")
      guard let index = port.links.first else { continue }
      let view = context.links[index]
      ledger.expect(
        view.link.role == .host, at: subject,
        "its link is a \(view.link.role.rawValue) link", expected: "a host link")
      let other = view.link.a == port.endpoint ? view.b : view.a
      guard let device = context.switchView(other)?.device else {
        ledger.fail(at: subject, "it is not cabled to a switch of the plan")
        continue
      }
      let host = context.fabric.hosts[port.host]
      let wanted: DeviceRole = context.fabric.design == .spineLeaf ? .tor : .central
      ledger.expect(
        device.role == wanted && (wanted == .central || device.rack == host.rack), at: subject,
        "it is cabled to \(device.name) in \(device.rack)",
        expected: wanted == .tor ? "a ToR of its own rack" : "one of the central switches")
      let side = device.side == .a ? 0 : 1
      let card = host.cards[port.card].part?.rawValue ?? ""
      for key in ["card " + card] + port.carries.map({ "traffic " + $0.rawValue }) {
        sides[port.host][key, default: [0, 0]][side] += 1
      }
    }
    for (index, counts) in sides.enumerated() {
      let host = context.fabric.hosts[index]
      for key in counts.keys.sorted(by: { $0.precedesInBytes($1) }) {
        guard let count = counts[key] else { continue }
        if key.hasPrefix("card ") {
          ledger.expect(
            count[0] == count[1], at: [host.name],
            "\(count[0]) ports of \(key.dropFirst(5)) are on A and \(count[1]) on B",
            expected: "the same number on both")
        } else {
          ledger.expect(
            count[0] > 0 && count[1] > 0, at: [host.name],
            "its \(key.dropFirst(8)) traffic is on one side alone", expected: "a port on each side")
        }
      }
      if counts.isEmpty {
        let group = context.site.hosts.first { $0.name == host.group }
        ledger.expect(
          !(group?.joinsNewFabric ?? false), at: [host.name],
          "it has no port on the new fabric")
      }
    }
  }
}
