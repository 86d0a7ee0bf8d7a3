import SiteModel

/// What the template of a design fills in.
struct SiteSample {
  /// Values that count, by path.
  var values: [String: String]
  /// Items of lists, by path, one a line.
  var lists: [String: [String]]
  /// Lists and maps that count although they, or what is in them, could be left out.
  var active: Set<String>

  /// Whether a list or map counts: it is named, or something in it does.
  func isActive(_ path: String) -> Bool {
    active.contains(path) || values.keys.contains { $0.hasPrefix(path + ".") }
      || active.contains { $0.hasPrefix(path + ".") }
  }

  /// Short forms that the template does not show beside the long ones.
  static let hidden: Set<String> = ["racks"]

  /// Examples for keys without a default.
  static let examples: [String: String] = [
    "prices.discounts": "{ Dell: 7% }",
    "prices.exchange": "{ USD: 0.92, on: 2026-11-01 }",
    "room.rows": "[A, B, C]",
    "room.tray.patch-panel-pairs": "0",
    "traffic.storage": "no",
    "traffic.backup": "none",
    "traffic.tenant-vlans": "[20, 30]",
    "traffic.gateways": "none",
    "traffic.north-south": "10 Gbps",
    "requirements.after-any-failure": "8",
    "requirements.spine-models": "[S4810]",
    "requirements.tor-models": "[N4032F]",
    "requirements.spine-racks": "[r1, r2]",
    "core.rack": "r1",
    "core.vendor": "Cisco",
    "core.carries": "[20, 30]",
    "core.mtu": "1500",
    "management.rack": "r1",
    "management.free-ports": "8",
    "management.gateway": "192.168.100.1",
    "management.ntp": "[192.168.100.5]",
    "management.syslog": "[192.168.100.6]",
    "addressing.csv.vlans": "[711, 712]",
    "addressing.csv.subnets": "[10.71.1.0/24, 10.71.2.0/24]",
    "addressing.live-migration.vlans": "[721, 722]",
    "addressing.live-migration.subnets": "[10.72.1.0/24, 10.72.2.0/24]",
    "addressing.storage.vlans": "[731, 732]",
    "addressing.storage.subnets": "[10.73.1.0/24, 10.73.2.0/24]",
    "addressing.backup.vlans": "[741, 742]",
    "addressing.backup.subnets": "[10.74.1.0/24, 10.74.2.0/24]",
  ]

  /// In words.
  static func title(_ kind: DesignKind) -> String {
    switch kind {
    case .standalonePair: "pair of switches for traffic between hosts, apart from the core"
    case .vltPair: "pair of switches for all hosts, with an uplink to the core"
    case .spineLeaf: "spine pair with two switches in every rack and an uplink to the core"
    }
  }

  /// The sample of a design.
  static func of(_ kind: DesignKind) -> SiteSample {
    let racks = kind == .spineLeaf ? 4 : 2
    var sample = SiteSample(
      values: [
        "tenfold": "1", "name": "my-site", "currency": "EUR",
        "budget.total": kind == .spineLeaf ? "45000" : "12000",
        "requirements.designs": "[\(kind.rawValue)]",
      ],
      lists: [
        "room.racks": (1...racks).map {
          "- { name: r\($0), row: A, position: \($0), free-units: 8, free-power: 900 W }"
        },
        "room.cabling": ["- { medium: om3, between: [r1, r2], length: 12 m }"],
        "hosts": hosts(racks: racks, hasTenants: kind != .standalonePair),
        "core.ports": ["- { name: Te1/1, type: sfp+ }", "- { name: Te1/2, type: sfp+ }"],
      ],
      active: ["room.racks", "hosts"])
    sample.values["budget.starter"] = kind == .spineLeaf ? "15000" : nil
    guard kind != .standalonePair else { return sample }
    sample.active.insert("core.ports")
    sample.values["traffic.tenant-vlans"] = "[20, 30]"
    sample.values["traffic.gateways"] = "core"
    sample.values["core.name"] = "core-1"
    sample.values["core.kind"] = "chassis"
    sample.values["core.rack"] = "r1"
    sample.values["core.spanning-tree.mode"] = "rstp"
    sample.values["core.spanning-tree.priority"] = "24576"
    sample.values["core.carries"] = "[20, 30]"
    return sample
  }

  private static func hosts(racks: Int, hasTenants: Bool) -> [String] {
    let placement = (1...racks).map { "r\($0): 4" }.joined(separator: ", ")
    var lines = [
      "- name: hv", "  racks: { \(placement) }", "  memory: 256 GiB", "  os: windows-server-2022",
      "  nics:",
      "    # model, or `any` to have one chosen; onboard for ports that stay where they are",
      "    - { model: any, attach: new-fabric, carries: [csv, live-migration] }",
    ]
    if hasTenants {
      lines.append("    - { model: any, attach: new-fabric, carries: [tenant] }")
    }
    lines.append("    - { onboard: 4x1G base-t, attach: existing-lan }")
    return lines
  }
}
