import Evidence
import Quantities
import TenfoldTestSupport

/// Writes what tools of Linux print of a host.
struct LinuxRenderer {
  let facts: HostFacts
  var random: SplitMix64
  /// Whether its iproute2 and kernel are of the years before device names and permanent addresses.
  let isOld: Bool

  init(_ facts: HostFacts, _ random: SplitMix64) {
    self.facts = facts
    self.random = random
    isOld = self.random.chance(35)
  }

  var interfaces: [InterfaceFacts] { facts.interfaces.value ?? [] }
  var ports: [InterfaceFacts] { interfaces.filter { $0.kind == .physical } }

  mutating func outputs() -> [ToolOutput] {
    // What both samples of a counter share: counted since the host started.
    let base = UInt64(random.int(0...1_000_000))
    let hasTwo = interfaces.contains { $0.counters.value != nil }
    var outputs = counters(base, isSecond: false)
    outputs += system()
    outputs.append(bridge())
    outputs += rdma()
    outputs += neighbours()
    for port in ports { outputs += tools(of: port) }
    for team in interfaces where team.kind == .team { outputs += bond(team) }
    if hasTwo {
      outputs += counters(base, isSecond: true)
      let interval = interfaces.lazy.compactMap(\.counters.value).first?.interval ?? 1
      outputs.append(ToolOutput(command: "sample interval", text: "\(interval)\n"))
    }
    return outputs
  }

  /// One of both samples.
  private mutating func counters(_ base: UInt64, isSecond: Bool) -> [ToolOutput] {
    var outputs = [addresses(base, isSecond: isSecond)]
    for port in ports {
      outputs.append(statistics(port, base, isSecond: isSecond))
      outputs.append(flow(port, base, isSecond: isSecond))
    }
    return outputs
  }

  /// A tool that is not there.
  static func missing(_ command: String) -> ToolOutput {
    let tool = command.prefix { $0 != " " }
    return ToolOutput(command: command, status: 127, errors: "\(tool): not found\n")
  }

  /// What a tool says that cannot tell.
  static func refused(_ command: String, _ unknown: Unknown?) -> ToolOutput {
    switch unknown?.reason {
    case .toolMissing: missing(command)
    case .notPermitted:
      ToolOutput(command: command, status: 1, errors: "error: Operation not permitted\n")
    default: ToolOutput(command: command, status: 1, errors: "error: Operation not supported\n")
    }
  }

  private mutating func system() -> [ToolOutput] {
    var outputs: [ToolOutput] = []
    if let release = facts.release.value {
      let quote = random.pick(["\"", "'"])
      let name = "PRETTY_NAME=\(quote)\(release)\(quote)\n"
      let rest = "NAME=\"Some Linux\"\nVERSION_ID=\"12\"\nID=some\n"
      outputs.append(
        ToolOutput(
          command: "cat /etc/os-release", text: random.chance(50) ? name + rest : rest + name))
    }
    outputs.append(routes())
    outputs.append(processors())
    outputs.append(cards())
    return outputs
  }

  /// All cards, and a device that is none.
  private func cards() -> ToolOutput {
    var text = "0000:00:00.0 Host bridge: Intel Corporation Device 09a2 (rev 20)\n"
    for port in ports {
      guard let bus = port.hardware.bus.value, let model = port.hardware.model.value else {
        continue
      }
      text += "\(bus) Ethernet controller: \(model)\n"
    }
    return ToolOutput(command: "lspci -D", text: text)
  }

  private mutating func processors() -> ToolOutput {
    var lines: [String] = []
    if case .governors(let all)? = facts.power.value {
      for (number, governor) in all.enumerated() {
        lines.append("cpu\(number)/cpufreq/scaling_governor: \(governor)")
      }
      // The shell sorts names as texts.
      lines.sort()
    }
    let order = random.chance(50)
    lines += order ? ["node0/cpulist: 0-7", "node1/cpulist: 8-15"] : ["node0/cpulist: 0-3,4-7"]
    if !order { lines.append("node1/cpulist: 8,9,10-15") }
    return ToolOutput(command: "sysfs cpu", text: lines.joined(separator: "\n") + "\n")
  }

  private mutating func routes() -> ToolOutput {
    let command = random.pick(["ip -j route show", "/usr/sbin/ip -json route show", "ip -j route"])
    guard let routes = facts.routes.value else {
      return Self.refused(command, facts.routes.unknown)
    }
    var list: [MadeJSON] = routes.map { route in
      var members: [(String, MadeJSON)] = [
        (
          "dst",
          .text(route.destination == .everything ? "default" : "\(route.destination)")
        )
      ]
      if let gateway = route.gateway { members.append(("gateway", .text("\(gateway)"))) }
      members.append(("dev", .text(route.interface)))
      members.append(("protocol", .text(route.gateway == nil ? "kernel" : "static")))
      if route.gateway == nil { members.append(("scope", .text("link"))) }
      members.append(("flags", .list([])))
      return .object(members)
    }
    if random.chance(20) {
      list.append(.object([("type", .text("blackhole")), ("dst", .text("10.200.0.0/16"))]))
    }
    // Old releases print nothing where there is no route, and empty objects where one was left out.
    if list.isEmpty, random.chance(50) { return ToolOutput(command: command) }
    if isOld, random.chance(30) { list.append(.object([])) }
    return ToolOutput(command: command, text: MadeJSON.list(list).string() + "\n")
  }

  private mutating func bridge() -> ToolOutput {
    let command = "bridge -j -c vlan show"
    switch random.int(0...2) {
    case 0: return Self.missing(command)
    case 1: return ToolOutput(command: command)
    default: return ToolOutput(command: command, text: isOld ? "{}\n" : "[]\n")
    }
  }
}
