import Evidence
import Quantities
import TenfoldTestSupport

/// `lldpcli`, in all its forms.
extension LinuxRenderer {
  mutating func neighbours() -> [ToolOutput] {
    let heard = ports.flatMap { port in
      (port.neighbours.value ?? []).map { (interface: port.name, neighbour: $0) }
    }
    guard ports.contains(where: { $0.neighbours.value != nil }) else {
      return ["json0", "json"].map {
        Self.refused("lldpcli -f \($0) show neighbors details", ports.first?.neighbours.unknown)
      }
    }
    let form = random.pick(["json0", "json", "keyvalue"])
    let command = "lldpcli -f \(form) show neighbors details"
    let hasCDP = random.chance(20)
    switch form {
    case "json0":
      let all: [MadeJSON] = heard.flatMap { flat($0.interface, $0.neighbour, hasCDP) }
      let frame: MadeJSON = .object(all.isEmpty ? [] : [("interface", .list(all))])
      let text = MadeJSON.object([("lldp", .list([frame]))]).string(isWide: true)
      return [ToolOutput(command: command, text: text + "\n")]
    case "json":
      let all: [(String, MadeJSON)] = heard.flatMap {
        named($0.interface, $0.neighbour, hasCDP)
      }
      let objects = all.map { MadeJSON.object([$0]) }
      let list = objects.count == 1 ? objects[0] : MadeJSON.list(objects)
      let frame: [(String, MadeJSON)] = all.isEmpty ? [] : [("interface", list)]
      let text = MadeJSON.object([("lldp", .object(frame))]).string(isWide: true)
      return [
        Self.refused("lldpcli -f json0 show neighbors details", nil),
        ToolOutput(command: command, text: text + "\n"),
      ]
    default:
      let lines = heard.flatMap { pairs($0.interface, $0.neighbour, hasCDP) }
      return [ToolOutput(command: command, text: printed(lines))]
    }
  }

  private func wrapped(_ text: String) -> MadeJSON { .list([.object([("value", .text(text))])]) }

  private func identifier(_ own: Neighbour.Identifier) -> MadeJSON {
    .object([("type", .text(own.kind.rawValue)), ("value", .text(own.text))])
  }

  private func flat(_ interface: String, _ own: Neighbour, _ hasCDP: Bool) -> [MadeJSON] {
    var chassis: [(String, MadeJSON)] = [("id", .list([identifier(own.chassis)]))]
    if !own.systemName.isEmpty { chassis.append(("name", wrapped(own.systemName))) }
    chassis.append(("descr", wrapped("a switch: \"8\"\nof some kind")))
    if !own.addresses.isEmpty {
      let addresses = own.addresses.map { "\($0)" } + ["fe80::1"]
      chassis.append(
        ("mgmt-ip", .list(addresses.map { .object([("value", .text($0))]) })))
    }
    var port: [(String, MadeJSON)] = [("id", .list([identifier(own.port)]))]
    if !own.portDescription.isEmpty { port.append(("descr", wrapped(own.portDescription))) }
    port.append(("ttl", wrapped("120")))
    func entry(_ via: String) -> MadeJSON {
      .object([
        ("name", .text(interface)), ("via", .text(via)), ("rid", .text("1")),
        ("age", .text("0 day, 00:01:03")), ("chassis", .list([.object(chassis)])),
        ("port", .list([.object(port)])),
      ])
    }
    return [entry("LLDP")] + (hasCDP ? [entry("CDPv2")] : [])
  }

  private func named(
    _ interface: String, _ own: Neighbour, _ hasCDP: Bool
  ) -> [(String, MadeJSON)] {
    var chassis: [(String, MadeJSON)] = [("id", identifier(own.chassis))]
    chassis.append(("descr", .text("a switch")))
    if own.addresses.count == 1 {
      chassis.append(("mgmt-ip", .text("\(own.addresses[0])")))
    } else if !own.addresses.isEmpty {
      chassis.append(("mgmt-ip", .texts(own.addresses.map { "\($0)" })))
    }
    var port: [(String, MadeJSON)] = [("id", identifier(own.port))]
    if !own.portDescription.isEmpty { port.append(("descr", .text(own.portDescription))) }
    port.append(("ttl", .text("120")))
    let inner: MadeJSON = .object(chassis)
    func entry(_ via: String) -> (String, MadeJSON) {
      (
        interface,
        .object([
          ("via", .text(via)), ("rid", .text("1")),
          ("chassis", own.systemName.isEmpty ? inner : .object([(own.systemName, inner)])),
          ("port", .object(port)),
        ])
      )
    }
    return [entry("LLDP")] + (hasCDP ? [entry("CDPv2")] : [])
  }

  private func pairs(_ interface: String, _ own: Neighbour, _ hasCDP: Bool) -> [String] {
    func block(_ via: String) -> [String] {
      let start = "lldp.\(interface)"
      var lines = [
        "\(start).via=\(via)", "\(start).rid=1", "\(start).age=0 day, 00:01:03",
        "\(start).chassis.\(own.chassis.kind.rawValue)=\(own.chassis.text)",
      ]
      if !own.systemName.isEmpty { lines.append("\(start).chassis.name=\(own.systemName)") }
      lines += ["\(start).chassis.descr=a switch", "of two lines = one description"]
      lines += own.addresses.map { "\(start).chassis.mgmt-ip=\($0)" }
      lines.append("\(start).port.\(own.port.kind.rawValue)=\(own.port.text)")
      if !own.portDescription.isEmpty {
        lines.append("\(start).port.descr=\(own.portDescription)")
      }
      return lines + ["\(start).port.ttl=120"]
    }
    return block("LLDP") + (hasCDP ? block("CDPv2") : [])
  }
}
