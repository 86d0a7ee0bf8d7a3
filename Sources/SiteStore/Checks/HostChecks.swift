import Quantities
import SiteModel

/// Hosts fit in the limits, and their cards carry what the site wants.
extension SiteCheck {
  /// Numbers of hosts.
  mutating func hosts() {
    var inRack: [String: Int] = [:]
    var total = 0
    for group in site.hosts {
      for placement in group.placements {
        let before = inRack[placement.rack] ?? 0
        inRack[placement.rack] = before + placement.count
        total += placement.count
        let most = SiteKeys.mostHostsInRack
        if before <= most, before + placement.count > most {
          report(
            "out-of-range", "hosts[\(group.name)].racks[\(placement.rack)]",
            "rack \(quoted(placement.rack)) holds \(before + placement.count) hosts; it may hold at "
              + "most \(most)", hint: "spread them over more racks")
        }
      }
    }
    if total > SiteKeys.mostHosts {
      report(
        "out-of-range", "hosts",
        "the site has \(total) hosts; it may have at most \(SiteKeys.mostHosts)",
        hint: "plan it in parts")
    }
  }

  /// Every card is of use, and carries what the site has.
  mutating func cards() {
    for group in site.hosts {
      if !group.joinsNewFabric {
        report(
          "no-new-fabric-card", "hosts[\(group.name)].nics",
          "no card of host group \(quoted(group.name)) is plugged into the new fabric",
          hint: "add a card with `attach: new-fabric`, or leave `nics` out to have one chosen")
      }
      for (index, nic) in group.nics.enumerated() {
        check(nic, path: "hosts[\(group.name)].nics[\(index)]", group: group)
      }
    }
  }

  private mutating func check(_ nic: HostNIC, path: String, group: HostGroup) {
    let isNew = nic.attach == .newFabric
    if isNew, !nic.onboard.isEmpty, OnboardPorts(nic.onboard) == nil {
      report(
        "onboard-on-new-fabric", path + ".attach",
        "it is not clear how onboard ports (\(nic.onboard)) are plugged into the new fabric",
        hint: "write `2x10G base-t`, `2x10G sfp+` or `2x25G sfp28`, or `attach: existing-lan`")
    }
    if isNew, nic.carries.isEmpty {
      report(
        "card-carries-nothing", path + ".carries",
        "this card of host group "
          + "\(quoted(group.name)) carries no traffic",
        hint: "list its traffic, such as `carries: [csv, live-migration]`")
    }
    for traffic in nic.carries where traffic == .tenant || isNew {
      guard !site.traffic.classes.contains(traffic) else { continue }
      let place = path + ".carries[\(traffic.rawValue)]"
      if traffic == .tenant {
        guard isNew else { continue }
        report(
          "tenant-without-vlans", place,
          "a card carries tenant traffic, but `traffic.tenant-vlans` names no VLAN",
          hint: "add `traffic: { tenant-vlans: [20] }`, or remove `tenant` here")
      } else {
        report(
          "carries-unwanted-traffic", place,
          "a card carries `\(traffic.rawValue)`, but `traffic.\(traffic.rawValue)` is "
            + (traffic == .backup ? "none" : "no"),
          hint: "change one of the two")
      }
    }
    if group.os == HostRules.windows2012R2, isNew, site.traffic.rdma != .none,
      nic.carries.contains(.tenant), nic.carries.contains(where: \.isStorageClass)
    {
      report(
        "no-rdma-under-virtual-switch", path + ".carries",
        "guests and RDMA traffic share a card, which Windows Server 2012 R2 cannot do: a card under "
          + "a virtual switch has no RDMA there",
        hint: "give guests a card of their own, use Windows Server 2016 or later, or write "
          + "`traffic: { rdma: none }`")
    }
  }

  /// What the site wants is carried by some card.
  mutating func traffic() {
    let traffic = site.traffic
    let carried = Set(site.hosts.flatMap { $0.nics.flatMap(\.carries) })
    let wanted: [(TrafficClass, Bool)] = [
      (.csv, traffic.csv), (.liveMigration, traffic.liveMigration), (.storage, traffic.storage),
      (.backup, traffic.backup == .eastWest),
    ]
    for (kind, isWanted) in wanted where isWanted && !carried.contains(kind) {
      guard !site.hosts.isEmpty, log.gives("traffic.\(kind.rawValue)") else { continue }
      report(
        "traffic-without-card", "traffic.\(kind.rawValue)",
        "no card carries `\(kind.rawValue)`, which `traffic.\(kind.rawValue)` asks for",
        hint: "add it to the `carries` of a card, or write `\(kind.rawValue): "
          + (kind == .backup ? "none`" : "no`"))
    }
    if !traffic.tenantVLANs.isEmpty, !carried.contains(.tenant), !site.hosts.isEmpty {
      report(
        "traffic-without-card", "traffic.tenant-vlans",
        "no card carries the tenant VLANs", hint: "add `tenant` to the `carries` of a card")
    }
    if traffic.rdma == .required, !traffic.csv, !traffic.liveMigration, !traffic.storage {
      report(
        "rdma-without-traffic", "traffic.rdma",
        "RDMA is required, but neither csv, live migration nor storage is carried",
        hint: "carry one of them, or write `rdma: none`")
    }
    if traffic.classes.isEmpty, !site.hosts.isEmpty {
      report(
        "no-traffic", "traffic", "the new network has nothing to carry",
        hint: "carry csv, live migration, storage, backup or tenants")
    }
    guard site.core == nil else { return }
    if traffic.backup == .viaCore {
      report(
        "needs-core", "traffic.backup", "backup goes through the core, but there is no `core`",
        hint: "describe the core, or write `backup: east-west`")
    }
    if traffic.gateways == .core {
      report(
        "needs-core", "traffic.gateways", "gateways are in the core, but there is no `core`",
        hint: "describe the core, or write `gateways: none`")
    }
    if traffic.northSouth != nil {
      report(
        "needs-core", "traffic.north-south",
        "a rate to the core is asked for, but there is no `core`",
        hint: "describe the core, or remove `north-south`")
    }
  }
}
