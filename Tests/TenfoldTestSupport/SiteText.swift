import Quantities
import SiteModel

/// Writes a site as the file that would be read as that site, every value spelt out.
public enum SiteText {
  /// The YAML text.
  public static func yaml(_ site: Site) -> String {
    var lines = ["tenfold: 1", "name: \(site.name)", "currency: \(site.currency.rawValue)"]
    let amounts = [("total", site.budget.total), ("starter", site.budget.starter)]
      .compactMap { name, money in money.map { "\(name): \(Format.amount($0))" } }
    if !amounts.isEmpty { lines.append("budget: " + map(amounts)) }
    lines += prices(site.prices) + room(site.room) + hosts(site.hosts)
    lines.append("traffic: " + map(traffic(site.traffic)))
    lines += requirements(site.requirements)
    if let core = site.core { lines += self.core(core) }
    lines.append("management: " + map(management(site.management)))
    lines.append("addressing:")
    for entry in site.addressing.entries {
      lines.append(
        "  \(entry.traffic.rawValue): { vlans: [\(entry.vlanA.number), \(entry.vlanB.number)], "
          + "subnets: [\(entry.subnetA), \(entry.subnetB)] }")
    }
    lines.append("  native-vlan: \(site.addressing.nativeVLAN.number)")
    lines.append("  mtu: \(site.addressing.mtu)")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func map(_ entries: [String]) -> String {
    "{ " + entries.joined(separator: ", ") + " }"
  }

  private static func list(_ items: [some Any]) -> String {
    "[" + items.map { "\($0)" }.joined(separator: ", ") + "]"
  }

  private static func flag(_ value: Bool) -> String { value ? "yes" : "no" }

  private static func percent(_ rate: Rational) -> String { Format.percent(rate) }

  private static func prices(_ prices: PriceRules) -> [String] {
    var entries = [
      "kinds: \(list(prices.kinds))", "used-parts: \(flag(prices.allowsUsed))",
      "stale-after: \(prices.staleAfterMonths) months",
      "freight-and-vat: \(percent(prices.freightAndVAT))",
      "direct-order: \(percent(prices.directOrder))",
    ]
    if !prices.discounts.isEmpty {
      entries.append(
        "discounts: " + map(prices.discounts.map { "\($0.vendor): \(percent($0.rate))" }))
    }
    if let date = prices.exchangeDate {
      let rates = prices.exchange.map {
        "\($0.from.rawValue): \(Format.decimal($0.rate, places: 6))"
      }
      entries.append("exchange: " + map(rates + ["on: \(date.iso)"]))
    }
    return ["prices:"] + entries.map { "  " + $0 }
  }

  private static func room(_ room: Room) -> [String] {
    var lines = [
      "room:", "  row-pitch: \(Format.length(room.rowPitch))",
      "  rack-width: \(room.rackWidth.millimetres) mm",
      "  tray: { height-above-racks: \(Format.length(room.trayHeight)), "
        + "slack: \(percent(room.slack)) }",
    ]
    var rows: [String] = []
    for rack in room.racks.sorted(by: { $0.row < $1.row }) where !rows.contains(rack.rowName) {
      rows.append(rack.rowName)
    }
    if rows.count > 1 { lines.append("  rows: [\(rows.joined(separator: ", "))]") }
    lines.append("  racks:")
    for rack in room.racks {
      var entries = [
        "name: \(rack.name)", "row: \(rack.rowName)", "position: \(rack.position)",
        "units: \(rack.units)", "feeds: \(rack.feeds)",
      ]
      if let units = rack.freeUnits { entries.append("free-units: \(units)") }
      if let power = rack.freePower { entries.append("free-power: \(Format.power(power))") }
      if let power = rack.power { entries.append("power: \(Format.power(power))") }
      if let airflow = rack.airflow { entries.append("airflow: \(airflow)") }
      if let outlet = rack.outlet { entries.append("outlet: \(outlet)") }
      lines.append("    - " + map(entries))
    }
    if !room.existingCabling.isEmpty { lines.append("  cabling:") }
    for cabling in room.existingCabling {
      let ends = cabling.rackA == cabling.rackB ? [cabling.rackA] : [cabling.rackA, cabling.rackB]
      lines.append(
        "    - "
          + map([
            "medium: \(cabling.medium)", "between: \(list(ends))",
            "length: \(Format.length(cabling.length))",
          ]))
    }
    return lines
  }

  private static func hosts(_ groups: [HostGroup]) -> [String] {
    var lines = ["hosts:"]
    for group in groups {
      lines.append("  - name: \(group.name)")
      lines.append("    racks: " + map(group.placements.map { "\($0.rack): \($0.count)" }))
      lines.append("    os: \(group.os)")
      if let memory = group.memory { lines.append("    memory: \(memory.bytes >> 30) GiB") }
      lines.append("    nics:")
      for nic in group.nics {
        var entries =
          nic.onboard.isEmpty ? ["model: \(nic.model ?? "any")"] : ["onboard: \(nic.onboard)"]
        entries += ["count: \(nic.count)", "attach: \(nic.attach.rawValue)"]
        if !nic.carries.isEmpty {
          entries.append("carries: \(list(nic.carries.map(\.rawValue)))")
        }
        lines.append("      - " + map(entries))
      }
    }
    return lines
  }

  private static func traffic(_ traffic: Traffic) -> [String] {
    var entries = [
      "rdma: \(traffic.rdma.rawValue)", "csv: \(flag(traffic.csv))",
      "live-migration: \(flag(traffic.liveMigration))", "storage: \(flag(traffic.storage))",
      "backup: \(traffic.backup.rawValue)", "gateways: \(traffic.gateways.rawValue)",
    ]
    if !traffic.tenantVLANs.isEmpty {
      entries.append("tenant-vlans: \(list(traffic.tenantVLANs.map(\.number)))")
    }
    if let rate = traffic.northSouth { entries.append("north-south: \(Format.rate(rate))") }
    return entries
  }

  private static func requirements(_ needs: Requirements) -> [String] {
    var entries = [
      "oversubscription: \(Format.ratio(needs.oversubscription))",
      "after-any-failure: \(Format.ratio(needs.oversubscriptionAfterFailure))",
      "designs: \(list(needs.designs.map(\.rawValue)))",
      "spares: "
        + map([
          "optics: \(percent(needs.spares.optics))", "cables: \(percent(needs.spares.cables))",
          "switches: \(percent(needs.spares.switches))", "nics: \(percent(needs.spares.nics))",
        ]),
      "third-party-optics: \(flag(needs.thirdPartyOptics))", "test-first: \(needs.testFirst)",
      "power-supplies: { spine: \(needs.spinePowerSupplies), tor: \(needs.torPowerSupplies) }",
      "configurations: \(needs.allowsUnconfigured ? "optional" : "required")",
      "unknowns: \(needs.allowsUnknown ? "allow" : "refuse")", "free-ports: \(needs.freePorts)",
    ]
    if !needs.spineModels.isEmpty { entries.append("spine-models: \(list(needs.spineModels))") }
    if !needs.torModels.isEmpty { entries.append("tor-models: \(list(needs.torModels))") }
    if !needs.spineRacks.isEmpty { entries.append("spine-racks: \(list(needs.spineRacks))") }
    return ["requirements:"] + entries.map { "  " + $0 }
  }

  private static func core(_ core: Core) -> [String] {
    var lines = [
      "core:", "  name: \(core.name)", "  kind: \(core.kind.rawValue)", "  rack: \(core.rack)",
      "  spanning-tree: { mode: \(core.spanningTree.mode.rawValue), "
        + "priority: \(core.spanningTree.priority) }",
      "  uplinks: \(core.uplinks)", "  carries: \(list(core.carries.map(\.number)))",
    ]
    if !core.vendor.isEmpty { lines.append("  vendor: \(core.vendor)") }
    if let mtu = core.mtu { lines.append("  mtu: \(mtu)") }
    lines.append("  ports:")
    for port in core.ports {
      var entries = [
        "name: \(port.name)", "type: \(port.connector)", "rate: \(Format.rate(port.rate))",
      ]
      if !port.box.isEmpty { entries.append("box: \(port.box)") }
      lines.append("    - " + map(entries))
    }
    return lines
  }

  private static func management(_ management: Management) -> [String] {
    var entries = [
      "rack: \(management.rack)", "buy-switch: \(flag(management.buySwitch))",
      "subnet: \(management.subnet)", "first-address: \(management.firstAddress)",
      "vlan: \(management.vlan.number)",
    ]
    if let ports = management.freePorts { entries.append("free-ports: \(ports)") }
    if let gateway = management.gateway { entries.append("gateway: \(gateway)") }
    if !management.ntp.isEmpty { entries.append("ntp: \(list(management.ntp))") }
    if !management.syslog.isEmpty { entries.append("syslog: \(list(management.syslog))") }
    return entries
  }
}
