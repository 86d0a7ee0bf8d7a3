/// Reads what card stands behind a port.
enum HardwareReader {
  static func facts(
    _ outputs: LinuxOutputs, _ name: String, _ port: SysfsPort?, _ models: CardModels
  ) -> HardwareFacts {
    var facts = HardwareFacts()
    let about = outputs.first(LinuxCommand("ethtool", "-i", of: name))
    facts.driver = field("driver", about)
    facts.driverVersion = field("version", about)
    facts.firmware = field("firmware-version", about)
    facts.bus = field("bus-info", about)
    if let port {
      if facts.driver.value == nil { facts.driver = better(port.text("driver"), facts.driver) }
      if facts.bus.value == nil { facts.bus = better(port.text("bus"), facts.bus) }
      facts.numaNode = port.numaNode
      facts.pcieMegatransfers = port.megatransfers
      facts.pcieLanes = port.lanes
      facts.model = port.identifiers
    }
    if let bus = facts.bus.value, let model = models.model(at: bus) { facts.model = model }
    (facts.receiveRing, facts.sendRing) = QueueReader.rings(outputs, name)
    return facts
  }

  /// The second reading when only it is known.
  private static func better(
    _ fallback: Reading<String>, _ first: Reading<String>
  ) -> Reading<String> { fallback.value == nil ? first : fallback }

  /// A field of `ethtool -i`. Drivers leave fields empty, or say `N/A`.
  private static func field(_ key: String, _ told: Told?) -> Reading<String> {
    guard let told else { return .notCollected }
    let pairs = ToolText.colonPairs(told.output.text)
    guard let value = ToolText.value(key, in: pairs) else {
      return .unknown(
        pairs.isEmpty ? told.failure("no \(key)") : told.absent("no \(key)"))
    }
    guard !value.isEmpty, value.lowercased() != "n/a" else {
      return .unknown(Unknown(.notSupported, "\(key) is empty"))
    }
    return told.known(ToolText.shown(value))
  }
}

/// Names of cards by their PCI address, from `lspci -D`.
struct CardModels {
  private var names: [String: Reading<String>] = [:]

  init(_ outputs: LinuxOutputs) {
    guard let told = outputs.first(LinuxCommand("lspci")) else { return }
    for line in ToolText.lines(told.output.text) {
      // `0000:3b:00.0 Ethernet controller: Mellanox Technologies MT27710 (rev 01)`
      guard let space = line.firstIndex(of: 0x20),
        let pair = ToolText.pair(line[space...], at: UInt8(ascii: ":")), !pair.value.isEmpty
      else { continue }
      names[ToolText.string(line[..<space])] = told.known(ToolText.shown(pair.value))
    }
  }

  func model(at bus: String) -> Reading<String>? { names[bus] }
}
