import Evidence
import Quantities
import TenfoldTestSupport

/// `ip -j -d -s -s address show`.
extension LinuxRenderer {
  mutating func addresses(_ base: UInt64, isSecond: Bool) -> ToolOutput {
    let command = random.pick([
      "ip -j -d -s -s address show", "/sbin/ip -j -d -s -s addr show",
      "ip -json -details -s -s a",
    ])
    let list = interfaces.enumerated().map { place, facts in
      node(facts, place + 1, base, isSecond: isSecond)
    }
    return ToolOutput(command: command, text: MadeJSON.list(list).string(isWide: isOld) + "\n")
  }

  private mutating func node(
    _ facts: InterfaceFacts, _ index: Int, _ base: UInt64, isSecond: Bool
  ) -> MadeJSON {
    let isLoopback = facts.kind == .loopback
    let hasLink = facts.hasLink.value == true
    var members: [(String, MadeJSON)] = [("ifindex", .number(index))]
    if facts.kind == .vlan, let base = facts.lower.first { members.append(("link", .text(base))) }
    members.append(("ifname", .text(facts.name)))
    members.append(("flags", .texts(flags(facts))))
    members.append(("mtu", facts.mtu.value.map { .number($0) } ?? .null))
    let master = interfaces.first { $0.kind == .team && $0.lower.contains(facts.name) }
    members.append(("qdisc", .text("mq")))
    if let master { members.append(("master", .text(master.name))) }
    // Some drivers never say it.
    let state = random.chance(20) ? "UNKNOWN" : hasLink ? "UP" : "DOWN"
    members.append(("operstate", .text(state)))
    members.append(("group", .text("default")))
    members.append(("txqlen", .number(1000)))
    members.append(("link_type", .text(isLoopback ? "loopback" : "ether")))
    let own = facts.mac.value ?? MACAddress(bits: 0)
    members.append(("address", .text(own.map { "\($0)" } ?? "00:00:00:00:00:00")))
    members.append(("broadcast", .text("ff:ff:ff:ff:ff:ff")))
    if !isOld, facts.kind == .physical, let fixed = facts.permanentMAC.value, fixed != own {
      members.append(("permaddr", .text("\(fixed)")))
    }
    members.append(("promiscuity", .number(0)))
    if !isOld { members += [("min_mtu", .number(68)), ("max_mtu", .number(9978))] }
    if let info = info(facts, master) { members.append(("linkinfo", info)) }
    members += [("num_tx_queues", .number(16)), ("num_rx_queues", .number(16))]
    if !isOld, facts.kind == .physical, let bus = facts.hardware.bus.value {
      members += [("parentbus", .text("pci")), ("parentdev", .text(bus))]
    }
    members.append(("addr_info", .list(entries(facts, index))))
    members.append(("stats64", statistics(facts, base, isSecond: isSecond)))
    return .object(members)
  }

  private func flags(_ facts: InterfaceFacts) -> [String] {
    var flags = facts.kind == .loopback ? ["LOOPBACK"] : ["BROADCAST", "MULTICAST"]
    if facts.isUp.value == true, facts.hasLink.value != true { flags.insert("NO-CARRIER", at: 0) }
    if facts.kind == .team { flags.append("MASTER") }
    if facts.isUp.value == true { flags.append("UP") }
    if facts.hasLink.value == true { flags.append("LOWER_UP") }
    return flags
  }

  private mutating func entries(_ facts: InterfaceFacts, _ index: Int) -> [MadeJSON] {
    var entries: [MadeJSON] = (facts.addresses.value ?? []).map { own in
      .object([
        ("family", .text("inet")), ("local", .text("\(own.address)")),
        ("prefixlen", .number(own.prefixLength)), ("scope", .text("global")),
        ("label", .text(facts.name)), ("valid_life_time", .number(4_294_967_295)),
        ("preferred_life_time", .number(4_294_967_295)),
      ])
    }
    if random.chance(40) {
      entries.append(
        .object([
          ("family", .text("inet6")), ("local", .text("fe80::\(index)")),
          ("prefixlen", .number(64)), ("scope", .text("link")),
        ]))
    }
    return entries
  }

  /// What kind of device it is, or what kind of master it has.
  private mutating func info(_ facts: InterfaceFacts, _ master: InterfaceFacts?) -> MadeJSON? {
    switch facts.kind {
    case .vlan:
      let id = facts.vlan.value ?? nil
      var data: [(String, MadeJSON)] = [
        ("protocol", .text("802.1Q")), ("id", .number(id?.number ?? 1)),
        ("flags", .texts(["REORDER_HDR"])),
      ]
      let marks = facts.dcb.marked.value ?? []
      if !marks.isEmpty {
        data.append(
          (
            "egress_qos",
            .list(
              [.object([("from", .number(0)), ("to", .number(0))])]
                + marks.map {
                  .object([("from", .number($0.number)), ("to", .number($0.number))])
                })
          ))
      }
      return .object([("info_kind", .text("vlan")), ("info_data", .object(data))])
    case .team:
      var data: [(String, MadeJSON)] = [
        ("mode", .text(facts.team.value?.modeText ?? "")), ("miimon", .number(100)),
      ]
      if let active = facts.team.value?.active?.first {
        data.insert(("active_slave", .text(active)), at: 1)
      }
      data += [("updelay", .number(0)), ("xmit_hash_policy", .text("layer2"))]
      // Without details of the bond its file says it all.
      return isOld && random.chance(50)
        ? .object([("info_kind", .text("bond"))])
        : .object([("info_kind", .text("bond")), ("info_data", .object(data))])
    default:
      guard let master else { return nil }
      var info: [(String, MadeJSON)] = [("info_slave_kind", .text("bond"))]
      let isActive = master.team.value?.active?.contains(facts.name) == true
      if !isOld {
        info.append(
          (
            "info_slave_data",
            .object([
              ("state", .text(isActive ? "ACTIVE" : "BACKUP")),
              ("mii_status", .text(facts.hasLink.value == true ? "UP" : "DOWN")),
              ("link_failure_count", .number(0)),
              ("perm_hwaddr", .text(facts.permanentMAC.value.map { "\($0)" } ?? "")),
              ("queue_id", .number(0)),
            ])
          ))
      }
      return .object(info)
    }
  }

  private mutating func statistics(
    _ facts: InterfaceFacts, _ base: UInt64, isSecond: Bool
  ) -> MadeJSON {
    let grown = isSecond ? facts.counters.value : nil
    let packets = grown?.packets ?? 0
    let isAtOnce = facts.name.utf8.count % 2 == 0
    // Only one of both may count a frame that was lost.
    let missed = isAtOnce ? grown?.drops ?? 0 : 0
    let dropped = isAtOnce ? 0 : grown?.drops ?? 0
    func side(_ values: [(String, UInt64)]) -> MadeJSON {
      .object(values.map { ($0.0, .count($0.1)) })
    }
    let receive: [(String, UInt64)] = [
      ("bytes", base * 1500 + packets * 1000), ("packets", base + packets / 3),
      ("errors", base / 1000 + (grown?.errors ?? 0)), ("dropped", base / 2000 + dropped),
      ("over_errors", 0), ("multicast", 5), ("length_errors", 0), ("crc_errors", 0),
      ("frame_errors", 0), ("fifo_errors", 0), ("missed_errors", missed),
    ]
    let send: [(String, UInt64)] = [
      ("bytes", base * 1400), ("packets", base + packets - packets / 3), ("errors", 0),
      ("dropped", 0), ("carrier_errors", 0), ("collisions", 0),
    ]
    return .object([("rx", side(receive)), ("tx", side(send))])
  }
}
