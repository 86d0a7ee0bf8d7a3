import Evidence
import Fabric
import Quantities
import TenfoldTestSupport

/// What the tools of a system can show of a port of a card.
struct PortSketch {
  let world: World
  let host: World.HostState
  let sight: Sight

  init(_ world: World, _ host: World.HostState, _ sight: Sight) {
    (self.world, self.host, self.sight) = (world, host, sight)
  }

  private var isWindows: Bool { host.system == .windows }

  /// Priorities that a host marks RDMA with on any port.
  var marked: [PriorityCodePoint] {
    Set(host.ports.flatMap(\.settings.marked)).sorted().compactMap { PriorityCodePoint($0) }
  }

  static func counters(
    _ sight: Sight, errors: UInt64, drops: UInt64, pauses: UInt64?, busiestQueue: Int? = nil
  ) -> Reading<CounterFacts> {
    guard sight.hasCounters else { return .unknown(Unknown(.notCollected, "one sample")) }
    return known(
      CounterFacts(
        interval: 5000, packets: 100_000, errors: errors, drops: drops, pauses: pauses,
        busiestQueue: busiestQueue))
  }

  func interface(
    _ place: Int, named name: String, _ random: inout SplitMix64
  ) -> InterfaceFacts {
    let port = host.ports[place]
    let settings = port.settings
    var own = InterfaceFacts(name: name, kind: .physical)
    let isLinked = world.hasLink(port)
    own.mac = known(port.mac)
    own.permanentMAC = known(port.mac)
    own.isUp = known(true)
    own.hasLink = known(isLinked)
    own.rate = isLinked ? known(port.rate) : .unknown(Unknown(.notSupported, "Unknown!"))
    own.mtu = known(port.mtu)
    own.vlan = known(nil)
    own.addresses = known([])
    hardware(port, &own.hardware)
    receive(settings, &own.receive)
    own.offloads = known(
      // Windows has no word for LRO.
      settings.offloads.filter { !isWindows || $0.offload != .hardwareCoalescing })
    own.flowControl = known(settings.flowControl)
    own.counters = PortSketch.counters(
      sight, errors: settings.errors, drops: settings.drops,
      pauses: isWindows ? nil : settings.pauses,
      // Two queues share alike at best.
      busiestQueue: isWindows ? nil : max(settings.busiestQueue, 100 / max(settings.queues, 2)))
    own.dcb = dcb(settings)
    own.rdma = rdma(settings)
    own.neighbours = neighbours(port, &random)
    return own
  }

  /// Ports of one card have one bus; hosts of a group have the same.
  private func hardware(_ port: World.HostPort, _ hardware: inout HardwareFacts) {
    let settings = port.settings
    hardware.model = known(
      isWindows
        ? "Mellanox ConnectX-4 Lx Ethernet Adapter"
        : "Mellanox Technologies MT27710 Family [ConnectX-4 Lx]")
    hardware.driver = known(isWindows ? "mlx5.sys" : settings.driver)
    hardware.driverVersion = known(settings.driverVersion)
    if isWindows { hardware.driverProvider = known(settings.driverProvider) }
    hardware.firmware =
      isWindows ? .unknown(Unknown(.notSupported)) : known(settings.firmware)
    hardware.bus = known(PortSketch.bus(port.name))
    hardware.numaNode = known(0)
    hardware.pcieLanes = known(settings.pcieLanes)
    hardware.pcieMegatransfers = known(8000)
    hardware.receiveRing = known(RingFacts(current: settings.receiveRing, maximum: 8192))
    hardware.sendRing = known(RingFacts(current: 2048, maximum: 8192))
  }

  /// `0000:3b:00.0` for the first port of the first card.
  static func bus(_ name: String) -> String {
    let numbers = name.split { !$0.isNumber }.compactMap { Int($0) }
    let card = (numbers.first ?? 1) % 32
    let port = max(0, (numbers.count > 1 ? numbers[numbers.count - 1] : 1) - 1)
    return "0000:\(String(0x3b + card * 4 + port / 8, radix: 16)):00.\(port % 8)"
  }

  private func receive(_ settings: World.Settings, _ receive: inout ReceiveFacts) {
    receive.isSpread = known(settings.isSpread)
    receive.queues = known(settings.queues)
    receive.maximumQueues = known(16)
    receive.isNear = known(settings.isNear)
    // Processors 0 to 7 are near all cards.
    let first = settings.isNear ? 0 : 8
    receive.processors = known(
      (0..<min(8, settings.queues)).map { isWindows ? "0:\(first + $0)" : "\(first + $0)" })
    if isWindows { receive.profile = known("NUMAStatic") }
  }

  private func dcb(_ settings: World.Settings) -> DCBFacts {
    var facts = DCBFacts()
    guard sight.hasDCB else {
      let why =
        isWindows
        ? Unknown(.toolMissing, "Get-NetAdapterQos")
        : Unknown(.notSupported, "Operation not supported")
      facts.isWilling = .unknown(why)
      facts.lossless = .unknown(why)
      facts.classes = .unknown(why)
      facts.marked = .unknown(why)
      return facts
    }
    let isWilling =
      isWindows
      ? host.ports.contains { $0.settings.isWilling } : settings.isWilling
    facts.isWilling = known(isWilling)
    facts.lossless = known(settings.lossless.compactMap { PriorityCodePoint($0) })
    facts.classes = known(isWindows ? settings.classes : filled(settings.classes))
    // Windows marks by policies of the host.
    facts.marked = known(
      isWindows ? marked : settings.marked.compactMap { PriorityCodePoint($0) })
    return facts
  }

  /// Each priority of Linux is in a class; those of which nobody said anything are strict.
  private func filled(_ classes: [TrafficClassFacts]) -> [TrafficClassFacts] {
    let rest = (0...7).compactMap { PriorityCodePoint($0) }.filter { priority in
      !classes.contains { $0.priorities.contains(priority) }
    }
    guard !rest.isEmpty else { return classes }
    return (classes + [TrafficClassFacts(priorities: rest, share: nil)])
      .sorted { $0.priorities[0] < $1.priorities[0] }
  }

  private func rdma(_ settings: World.Settings) -> Reading<RDMAFacts> {
    guard sight.hasRDMA else { return .unknown(Unknown(.notPermitted, "rdma")) }
    guard var facts = settings.rdma else {
      // Windows does not list adapters without RDMA.
      return isWindows
        ? .unknown(Unknown(.notSupported)) : known(RDMAFacts(isOn: false, technology: nil))
    }
    // Which number is RoCE version 1 is nowhere written down.
    if isWindows, facts.technology == .roce1 { facts.technology = nil }
    return known(facts)
  }

  private func neighbours(
    _ port: World.HostPort, _ random: inout SplitMix64
  ) -> Reading<[Neighbour]> {
    guard host.system == .linux else { return .unknown(Unknown(.notSupported, "Windows")) }
    guard sight.hasLLDP else { return .unknown(Unknown(.toolMissing, "lldpcli")) }
    guard let end = port.plugged, world.hasLink(port), world.switchPorts[end]?.sendsLLDP == true
    else { return known([]) }
    let device = world.fabric.devices.first { $0.name == end.node }
    let intent = world.fabric.intents.first { $0.hostname == end.node }
    let description = intent?.ports.first { $0.name == end.port }?.description ?? ""
    let mac = Neighbour.Identifier(.mac, "e4:f0:04:00:00:32")
    var neighbour = Neighbour(
      chassis: mac, systemName: end.node, addresses: [],
      port: Neighbour.Identifier(.interfaceName, end.port), portDescription: "")
    switch random.int(0...5) {
    case 0: neighbour.systemName = end.node.uppercased() + ".example.net"
    case 1: neighbour.port.text = PortSketch.short(end.port)
    case 2:
      if let address = device?.managementAddress {
        neighbour.systemName = ""
        neighbour.addresses = [address]
      }
    case 3:
      neighbour.port = Neighbour.Identifier(.local, "512")
      neighbour.portDescription = end.port
    case 4:
      if !description.isEmpty,
        intent?.ports.count(where: { $0.description == description }) == 1
      {
        neighbour.port = Neighbour.Identifier(.mac, "e4:f0:04:00:00:44")
        neighbour.portDescription = description
      }
    default: neighbour.portDescription = description
    }
    return known([neighbour])
  }

  /// A port as short forms have it: `Te 0/1` for `TenGigabitEthernet 0/1`.
  private static func short(_ name: String) -> String {
    guard let digit = name.firstIndex(where: \.isNumber) else { return name }
    let word = name[..<digit].filter { $0 != " " }
    return word.count > 4 ? String(word.prefix(2)) + name[digit...] : name
  }
}
