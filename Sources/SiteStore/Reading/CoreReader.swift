import Quantities
import SiteModel

/// Reads `core`.
enum CoreReader {
  /// The core as given; VLANs that default to the tenants' are settled by `finish`.
  static func core(_ top: SectionReader, racks: [Rack]) -> Core? {
    guard let value = top.value("core") else {
      top.took("core", "none")
      return nil
    }
    if value.text == "none" { return nil }
    let reader = top.open("core", SiteKeys.core)
    let name = reader.name("name") ?? "core"
    let kind = reader.choice("kind").flatMap(CoreKind.init(rawValue:)) ?? .chassis
    var rack = racks.first?.name ?? ""
    if reader.value("rack") == nil {
      reader.took("rack", rack)
    } else {
      rack = reader.name("rack") ?? rack
    }
    let tree = reader.open("spanning-tree", SiteKeys.spanningTree)
    let mode = tree.choice("mode").flatMap(CoreSpanningTree.Mode.init(rawValue:)) ?? .rstp
    let priority = tree.integer("priority") ?? 32_768
    return Core(
      name: name, kind: kind, rack: rack, vendor: reader.text("vendor") ?? "",
      spanningTree: CoreSpanningTree(mode: mode, priority: priority), ports: ports(reader),
      uplinks: reader.integer("uplinks") ?? 2, carries: carried(reader),
      mtu: reader.integer("mtu"))
  }

  /// The VLANs that the file names; none yet where it names none.
  private static func carried(_ reader: SectionReader) -> [VLANID] {
    reader.value("carries") == nil ? [] : (reader.vlans("carries") ?? []).sorted()
  }

  /// Fills in what depends on the traffic.
  static func finish(_ core: Core, traffic: Traffic, log: ReadLog) -> Core {
    guard !log.gives("core.carries") else { return core }
    var core = core
    core.carries = traffic.tenantVLANs
    log.took(
      "core.carries",
      value: "[" + core.carries.map { String($0.number) }.joined(separator: ", ") + "]",
      because: core.carries.isEmpty
        ? "the site has no tenant VLANs" : SiteKeys.core.key("carries")?.reason ?? "")
    return core
  }

  private static func ports(_ core: SectionReader) -> [Core.Port] {
    guard let value = core.valueOrDefault("ports") else { return [] }
    let items = core.items(value, most: 500, of: "ports")
    var ports: [Core.Port] = []
    var seen: Set<String> = []
    for (index, item) in items.enumerated() {
      let path = "core.ports[\(index)]"
      core.log.note(path, at: item.position)
      guard let port = port(item, core: core, path: path) else { continue }
      guard seen.insert(port.label).inserted else {
        core.log.report(
          "duplicate-name", at: item.position,
          "core port \(quoted(port.name)) is listed twice", hint: "remove one of the two")
        continue
      }
      ports.append(port)
    }
    return ports
  }

  private static func port(_ item: YAMLValue, core: SectionReader, path: String) -> Core.Port? {
    var map: YAMLValue?
    var name: String?
    if case .scalar = item.content {
      name = core.text(item, of: "ports")
      guard name != nil else { return nil }
    } else {
      map = item
    }
    let reader = SectionReader(
      SiteKeys.corePort, map, path: path, log: core.log, listPath: "core.ports[]",
      member: name ?? map?.entry("name")?.text ?? "?")
    guard let name = name ?? reader.text("name") else { return nil }
    let type = reader.choice("type") ?? "sfp+"
    let rate: DataRate
    if reader.value("rate") == nil {
      rate = usualRate(of: type)
      reader.took("rate", Format.rate(rate))
    } else {
      rate = reader.quantity("rate").map { DataRate(bitsPerSecond: $0) } ?? usualRate(of: type)
    }
    return Core.Port(
      name: name, connector: type, rate: rate, box: reader.text("box") ?? "")
  }

  /// Highest rate of a socket (SFF-8402, SFF-8436, SFF-8665; RJ45 as 10GBASE-T).
  private static func usualRate(of type: String) -> DataRate {
    switch type {
    case "sfp28": .gigabits(25)
    case "qsfp+": .gigabits(40)
    case "qsfp28": .gigabits(100)
    default: .gigabits(10)
    }
  }
}

extension YAMLValue {
  /// The value behind a key of a map.
  func entry(_ key: String) -> YAMLValue? {
    guard case .map(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
