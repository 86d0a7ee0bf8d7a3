/// Reads the RDMA devices of a host: `rdma -j link`, and `sysfs infiniband`, which knows the
/// protocols, and the states too where the tool is missing.
struct RDMAReader {
  /// One port of an RDMA device in sysfs.
  private struct Port {
    var netdevs: Set<String> = []
    var gidTypes: Set<String> = []
    var isActive: Bool?
    var isInfiniBand = false
  }
  /// By device and number, such as `mlx5_0/1`.
  private var ports: [String: Port] = [:]
  private var isWarp: Set<String> = []
  private var sysfs: Told?
  private var links: [(key: String, device: String, netdev: String, state: String)] = []
  private var told: Told?
  private var failure = Unknown(.notCollected)

  init(_ outputs: LinuxOutputs) {
    if let told = outputs.first(LinuxCommand("sysfs", "infiniband")), told.output.status == 0 {
      sysfs = told
      for (path, value) in ToolText.colonPairs(told.output.text) { take(path, value) }
    }
    guard let told = outputs.first(LinuxCommand("rdma", "link")) else { return }
    if told.isEmptyAnswer {
      self.told = told
      return
    }
    switch told.tree() {
    case .unknown(let reason): failure = reason
    case .known(let node):
      self.told = told
      for entry in node.list ?? [] {
        guard let device = entry["ifname"]?.text, let netdev = entry["netdev"]?.text,
          let state = entry["state"]?.text
        else { continue }
        // Older releases write the number of the port into the name.
        let name = device.utf8.split(separator: UInt8(ascii: "/")).first.map(ToolText.string)
        let port = entry["port"]?.whole(in: 1...255) ?? 1
        links.append(("\(name ?? device)/\(port)", name ?? device, netdev, state))
      }
    }
  }

  /// `mlx5_0/ports/1/gid_attrs/types/3: RoCE v2` and the like.
  private mutating func take(_ path: String, _ value: String) {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map(ToolText.string)
    guard parts.count > 1 else { return }
    if parts.count == 2 {
      // `4: RNIC` is a card that speaks iWARP.
      if parts[1] == "node_type", value.contains("RNIC") { isWarp.insert(parts[0]) }
      return
    }
    guard parts.count > 3, parts[1] == "ports" else { return }
    let key = "\(parts[0])/\(parts[2])"
    switch parts[3] {
    case "state": ports[key, default: Port()].isActive = value.hasSuffix("ACTIVE")
    case "link_layer": ports[key, default: Port()].isInfiniBand = value == "InfiniBand"
    case "gid_attrs" where parts.count > 4 && parts[4] == "types":
      ports[key, default: Port()].gidTypes.insert(value)
    case "gid_attrs" where parts.count > 4 && parts[4] == "ndevs":
      ports[key, default: Port()].netdevs.insert(value)
    default: break
    }
  }

  /// RDMA of an interface. `isCard` tells whether it could have any.
  func facts(_ interface: String, isCard: Bool) -> Reading<RDMAFacts> {
    if let told {
      guard let link = links.first(where: { $0.netdev == interface }) else {
        return isCard ? told.known(RDMAFacts(isOn: false, technology: nil)) : .notCollected
      }
      return told.known(
        RDMAFacts(
          isOn: link.state == "ACTIVE", technology: technology(link.key, device: link.device)))
    }
    guard let sysfs else { return isCard ? .unknown(failure) : .notCollected }
    let own = ports.filter { $0.value.netdevs.contains(interface) }
      .min { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    if let (key, port) = own {
      guard let isActive = port.isActive else { return .unknown(sysfs.absent("\(key): no state")) }
      let device = key.utf8.split(separator: UInt8(ascii: "/")).first.map(ToolText.string) ?? key
      return sysfs.known(
        RDMAFacts(isOn: isActive, technology: technology(key, device: device)))
    }
    guard isCard else { return .notCollected }
    // Devices that name no interface may still belong to this one.
    let isSure = ports.values.allSatisfy { !$0.netdevs.isEmpty }
    return isSure
      ? sysfs.known(RDMAFacts(isOn: false, technology: nil))
      : .unknown(Unknown(.notSupported, "an RDMA device names no interface"))
  }

  private func technology(_ key: String, device: String) -> RDMAFacts.Technology? {
    if isWarp.contains(device) { return .iwarp }
    guard let port = ports[key] else { return nil }
    if port.isInfiniBand { return .infiniband }
    if port.gidTypes.contains("RoCE v2") { return .roce2 }
    return port.gidTypes.contains("IB/RoCE v1") || port.gidTypes.contains("RoCE v1") ? .roce1 : nil
  }
}
