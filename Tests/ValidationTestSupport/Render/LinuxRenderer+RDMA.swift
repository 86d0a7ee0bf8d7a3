import Evidence
import Quantities
import TenfoldTestSupport

/// `rdma -j link` and `sysfs infiniband`.
extension LinuxRenderer {
  mutating func rdma() -> [ToolOutput] {
    let command = "rdma -j link"
    let named = ports.compactMap { port in port.rdma.value.map { (port.name, $0) } }
    guard !named.isEmpty else {
      return [
        Self.refused(command, ports.first?.rdma.unknown),
        ToolOutput(command: "sysfs infiniband", status: 1),
      ]
    }
    let devices = named.filter { $0.1.technology != nil }
    var lines: [String] = []
    var links: [MadeJSON] = []
    for (number, (name, facts)) in devices.enumerated() {
      let device = facts.technology == .iwarp ? "irdma\(number)" : "mlx5_\(number)"
      lines.append("\(device)/node_type: \(facts.technology == .iwarp ? "4: RNIC" : "1: CA")")
      lines.append("\(device)/ports/1/state: \(facts.isOn ? "4: ACTIVE" : "1: DOWN")")
      lines.append("\(device)/ports/1/link_layer: Ethernet")
      let types =
        facts.technology == .roce2
        ? ["IB/RoCE v1", "RoCE v2"] : facts.technology == .roce1 ? ["IB/RoCE v1"] : []
      for (place, type) in types.enumerated() {
        lines.append("\(device)/ports/1/gid_attrs/types/\(place): \(type)")
      }
      for place in 0..<max(1, types.count) {
        lines.append("\(device)/ports/1/gid_attrs/ndevs/\(place): \(name)")
      }
      var link: [(String, MadeJSON)] = [("ifindex", .number(number))]
      // Before 5.x the number of the port stood in the name.
      link +=
        isOld
        ? [("ifname", .text("\(device)/1"))]
        : [("ifname", .text(device)), ("port", .number(1))]
      link += [
        ("state", .text(facts.isOn ? "ACTIVE" : "DOWN")),
        ("physical_state", .text(facts.isOn ? "LINK_UP" : "DISABLED")),
        ("netdev", .text(name)), ("netdev_index", .number(number + 4)),
      ]
      links.append(.object(link))
    }
    lines.shuffle(using: &random)
    let sysfs = ToolOutput(command: "sysfs infiniband", text: printed(lines))
    if random.chance(30) { return [Self.missing(command), sysfs] }
    if links.isEmpty, random.chance(50) { return [sysfs, ToolOutput(command: command)] }
    return [
      sysfs, ToolOutput(command: command, text: MadeJSON.list(links).string() + "\n"),
    ]
  }
}
