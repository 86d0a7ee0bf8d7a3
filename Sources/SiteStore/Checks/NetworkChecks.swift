import Quantities
import SiteModel

/// VLANs and subnets do not clash and are large enough.
extension SiteCheck {
  /// Every VLAN number has one use.
  mutating func vlans() {
    var uses: [VLANID: String] = [:]
    for vlan in site.traffic.tenantVLANs { uses[vlan] = "`traffic.tenant-vlans`" }
    var all: [(VLANID, String, String)] = []
    for entry in site.addressing.entries {
      let path = "addressing.\(entry.traffic.rawValue)"
      all.append((entry.vlanA, path + ".vlans[A]", "`\(path)`"))
      all.append((entry.vlanB, path + ".vlans[B]", "`\(path)`"))
    }
    all.append((site.addressing.nativeVLAN, "addressing.native-vlan", "`addressing.native-vlan`"))
    all.append((site.management.vlan, "management.vlan", "`management.vlan`"))
    for (vlan, path, user) in all {
      if let other = uses[vlan] {
        report(
          "vlan-used-twice", path,
          other == user
            ? "VLAN \(vlan.number) is used for both fabrics of \(user)"
            : "VLAN \(vlan.number) is used by \(user) and by \(other)",
          hint: "give each use a number of its own, or leave it out to have one chosen")
      } else {
        uses[vlan] = user
      }
    }
  }

  /// Subnets are apart and have an address for every host port.
  mutating func subnets() {
    var all: [(subnet: IPv4Subnet, path: String, user: String)] = [
      (site.management.subnet, "management.subnet", "`management.subnet`")
    ]
    for entry in site.addressing.entries {
      let path = "addressing.\(entry.traffic.rawValue)"
      for (subnet, side) in [(entry.subnetA, "A"), (entry.subnetB, "B")] {
        let needed = site.hosts.reduce(0) { sum, group in
          let isShared = site.isShared(entry.traffic, by: group)
          // One network on both fabrics: hosts with several addresses have all of them in it.
          guard isShared else { return sum + [group].addresses(entry.traffic) }
          guard side == "A" else { return sum }
          return sum
            + (site.hasOneAddress(group, entry.traffic)
              ? [group].hosts(entry.traffic) : 2 * [group].addresses(entry.traffic))
        }
        let place = path + ".subnets[\(side)]"
        if let other = all.first(where: { $0.subnet.overlaps(subnet) }) {
          report(
            "subnets-overlap", place,
            other.user == "`\(path)`"
              ? "the two subnets of \(other.user) overlap: \(other.subnet) and \(subnet)"
              : "subnet \(subnet) of `\(path)` overlaps \(other.subnet) of \(other.user)",
            hint: "give every subnet a range of its own, or leave it out to have one chosen")
        }
        if needed > subnet.usableAddresses {
          report(
            "subnet-too-small", place,
            "subnet \(subnet) of `\(path)` has \(subnet.usableAddresses) addresses for \(needed) "
              + "host ports",
            hint: "a shorter prefix, such as /\(prefix(for: needed)), has enough")
        }
        all.append((subnet, path, "`\(path)`"))
      }
    }
  }

  /// The longest prefix with room for so many addresses.
  private func prefix(for needed: Int) -> Int {
    stride(from: 29, through: 8, by: -1).first { (1 << (32 - $0)) - 2 >= needed } ?? 8
  }

  /// The management subnet has its gateway and room for the switches.
  mutating func management() {
    let management = site.management
    let subnet = management.subnet
    // Two top-of-rack switches where hosts stand, and the two in the centre.
    let racks = Set(site.hosts.filter(\.joinsNewFabric).flatMap { $0.placements.map(\.rack) })
    let switches = 2 * racks.count + 2 + (management.buySwitch ? 1 : 0)
    let last = management.firstAddress + switches - 1
    if last > subnet.usableAddresses {
      report(
        "subnet-too-small",
        log.gives("management.first-address") ? "management.first-address" : "management.subnet",
        "up to \(switches) switches from number \(management.firstAddress) on do not fit in "
          + "\(subnet), which has \(subnet.usableAddresses) addresses",
        hint: "start lower, or use a larger subnet")
    }
    if let gateway = management.gateway {
      let number = Int(gateway.bits) - Int(subnet.network.bits)
      if !subnet.contains(gateway) {
        report(
          "gateway-outside-subnet", "management.gateway",
          "gateway \(gateway) is not in the management subnet \(subnet)",
          hint: "correct one of the two")
      } else if number < 1 || number > subnet.usableAddresses {
        report(
          "gateway-outside-subnet", "management.gateway",
          "gateway \(gateway) is the network or broadcast address of \(subnet)",
          hint: "the first usable address is \(subnet.address(1)?.description ?? "none")")
      } else if (management.firstAddress...max(management.firstAddress, last)).contains(number) {
        report(
          "gateway-among-switches", "management.gateway",
          "gateway \(gateway) lies among the addresses of the switches, "
            + "number \(management.firstAddress) to \(last) of \(subnet)",
          hint: "move `first-address` behind it")
      }
      return
    }
    for (key, servers) in [("ntp", management.ntp), ("syslog", management.syslog)] {
      for server in servers where !subnet.contains(server) {
        report(
          "unreachable-server", "management.\(key)[\(server)]",
          "switches cannot reach \(server): it is outside \(subnet) and there is no gateway",
          hint: "add `gateway`, or use a server in the subnet")
      }
    }
  }
}
