import Quantities
import SiteModel

/// The hook-up to the core can be built.
extension SiteCheck {
  mutating func core() {
    guard let core = site.core else { return }
    uplinks(core)
    boxes(core)
    spanningTree(core)
    packets(core)
    carriedVLANs(core)
  }

  /// Everything that leaves has packets of 1500 bytes.
  private mutating func packets(_ core: Core) {
    guard let mtu = core.mtu, mtu < 1500 else { return }
    report(
      "core-mtu-too-small", "core.mtu",
      "the core's ports take \(mtu) bytes, and packets of 1500 bytes must pass",
      hint: "raise it in the core first; headers may be counted or not")
  }

  private mutating func uplinks(_ core: Core) {
    if core.uplinks % 2 != 0 {
      report(
        "odd-uplinks", "core.uplinks",
        "\(core.uplinks) uplinks cannot be split evenly over the two spine switches",
        hint: "write an even number")
    }
    guard !core.ports.isEmpty else {
      if log.gives("core.ports") {
        report(
          "core-without-ports", "core.ports",
          "the core has no free ports, so no uplink can be built",
          hint: "list them, such as `ports: [Te1/1, Te1/2]`, or remove `core`")
      }
      return
    }
    var alike: [[String]: Int] = [:]
    for port in core.ports {
      alike[[port.connector, String(port.rate.bitsPerSecond)], default: 0] += 1
    }
    let most = alike.values.max() ?? 0
    if core.ports.count < core.uplinks {
      report(
        "too-few-core-ports", log.gives("core.uplinks") ? "core.uplinks" : "core.ports",
        "\(core.uplinks) uplinks need \(core.uplinks) free ports of the core; it has "
          + "\(core.ports.count)", hint: "list more ports, or lower `uplinks`")
    } else if most < core.uplinks {
      report(
        "unlike-core-ports", "core.ports",
        "\(core.uplinks) uplinks need as many ports of one type and rate; there are at most \(most)",
        hint: "the members of a link aggregate must be alike")
    } else if let first = core.ports.first,
      let odd = core.ports.prefix(core.uplinks).firstIndex(where: { !$0.isLike(first) })
    {
      report(
        "unlike-core-ports", "core.ports[\(odd)]",
        "the first \(core.uplinks) ports are used, and \(quoted(core.ports[odd].name)) has another "
          + "type or rate than \(quoted(first.name))",
        hint: "list \(core.uplinks) ports of one type and rate first")
    }
  }

  private mutating func boxes(_ core: Core) {
    guard core.hasTwoBoxes else { return }
    if core.kind == .separate, core.uplinks > 2 {
      report(
        "separate-boxes", "core.uplinks",
        "two separate boxes cannot share a link aggregate: the hook-up is one active and one standby "
          + "link, not \(core.uplinks)",
        hint: "write `uplinks: 2`, or `kind: mlag` if the boxes are one logical switch")
    }
    guard !core.ports.isEmpty else { return }
    let missing = core.ports.enumerated().filter { $0.element.box.isEmpty }
    if let first = missing.first {
      report(
        "port-without-box", "core.ports[\(first.offset)]",
        "core port \(quoted(first.element.name)) does not say which box it is on",
        hint: "with `kind: \(core.kind.rawValue)` write `{ name: Te1/1, box: core-a }`")
      return
    }
    let boxes = Set(core.ports.map(\.box)).sorted()
    guard boxes.count == 2 else {
      report(
        "not-two-boxes", "core.ports",
        "the ports are on \(boxes.count) \(boxes.count == 1 ? "box" : "boxes"); "
          + "`kind: \(core.kind.rawValue)` means two",
        hint: "list ports of both boxes, or write `kind: chassis`")
      return
    }
    for box in boxes {
      let ports = core.ports.filter { $0.box == box && $0.isLike(core.ports[0]) }.count
      guard ports < core.uplinks / 2, core.ports.count >= core.uplinks else { continue }
      report(
        "too-few-core-ports", "core.ports",
        "box \(quoted(box)) has \(SiteCheck.count(ports, "free port")); half of \(core.uplinks) "
          + "uplinks end on each box",
        hint: "list more of its ports, or lower `uplinks`")
    }
  }

  private mutating func spanningTree(_ core: Core) {
    let tree = core.spanningTree
    if tree.priority % 4096 != 0 {
      let below = tree.priority / 4096 * 4096
      report(
        "priority-step", "core.spanning-tree.priority",
        "a bridge priority is a multiple of 4096, found \(tree.priority)",
        hint: "write \(below) or \(below + 4096), as the core shows it without its VLAN number")
    } else if tree.mode != .none, tree.priority >= Core.worstRootPriority {
      report(
        "root-priority-too-high", "core.spanning-tree.priority",
        "the new switches take the last bridge priorities, \(Core.worstRootPriority) to 61440, and "
          + "could become root in place of one with \(tree.priority)",
        hint: "lower the root's priority in the core first, such as to 24576")
    }
  }

  private mutating func carriedVLANs(_ core: Core) {
    var tenants = Set(site.traffic.tenantVLANs)
    if site.traffic.backup == .viaCore {
      tenants.formUnion(site.addressing.entries.filter { $0.traffic == .backup }.map(\.vlanA))
    }
    let isolated = Set(site.addressing.entries.flatMap { [$0.vlanA, $0.vlanB] })
    for vlan in core.carries where !tenants.contains(vlan) {
      if isolated.contains(vlan) {
        report(
          "isolated-vlan-to-core", "core.carries[\(vlan.number)]",
          "VLAN \(vlan.number) belongs to storage-class traffic, which must not reach the core",
          hint: "remove it here")
      } else {
        report(
          "unknown-vlan", "core.carries[\(vlan.number)]",
          "the core takes VLAN \(vlan.number), which is neither a tenant VLAN nor that of backup",
          hint: "add it to `traffic.tenant-vlans`, make it the first of `addressing.backup.vlans` "
            + "with `backup: via-core`, or remove it here")
      }
    }
  }
}
