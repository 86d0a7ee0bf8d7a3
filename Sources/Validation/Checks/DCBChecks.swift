import CatalogModel
import Evidence
import Fabric
import Quantities
import SiteModel

/// Checks of lossless Ethernet and RDMA on the ports of a host.
enum DCBChecks {
  static func run(
    _ host: ObservedHost, _ qos: QoSIntent?, wantsRDMA: Bool, _ sheet: inout Sheet
  ) {
    for (place, port) in host.plan.ports.enumerated() {
      guard let interface = host.interface(ofPort: place) else { continue }
      sheet.ports = [place]
      if port.isLossless, let qos {
        lossless(port, interface, marks(place, interface, host), qos, &sheet)
      } else {
        for check in [CheckID.flowControl, .dcbWilling, .pfcPriority, .etsBandwidth, .appPriority] {
          sheet.skip(check, port.name, "the port is not lossless by plan")
        }
      }
      rdma(port, interface, host, wantsRDMA, &sheet)
      quiet(port, interface, &sheet)
    }
  }

  /// Priorities that lossless traffic of a port is marked with: by the port itself, or else by the
  /// interfaces of its lossless networks, as VLAN interfaces of Linux do.
  private static func marks(
    _ place: Int, _ interface: InterfaceFacts, _ host: ObservedHost
  ) -> Reading<[PriorityCodePoint]> {
    if let own = interface.dcb.marked.value, !own.isEmpty { return interface.dcb.marked }
    for (network, planned) in host.plan.networks.enumerated()
    where planned.vlan.lossless && planned.carriers.contains(place) {
      guard let top = host.interface(ofNetwork: network)?.dcb.marked, top.value?.isEmpty == false
      else { continue }
      return top
    }
    return interface.dcb.marked
  }

  private static func lossless(
    _ port: PlannedPort, _ interface: InterfaceFacts, _ marks: Reading<[PriorityCodePoint]>,
    _ qos: QoSIntent, _ sheet: inout Sheet
  ) {
    let priorities = qos.groups.filter(\.lossless).flatMap(\.priorities).sorted()
    let numbers = { (all: [PriorityCodePoint]) in
      all.isEmpty ? "none" : all.map { "\($0.number)" }.joined(separator: ", ")
    }
    sheet.judge(
      .flowControl, port.name, interface.flowControl, expected: "off",
      shown: { $0 ? "on" : "off" }, holds: { !$0 })
    sheet.judge(
      .dcbWilling, port.name, interface.dcb.isWilling, expected: "not willing",
      shown: { $0 ? "willing" : "not willing" }, holds: { !$0 })
    sheet.judge(
      .pfcPriority, port.name, interface.dcb.lossless, expected: numbers(priorities),
      shown: numbers, holds: { $0 == priorities })
    let share = qos.groups.filter(\.lossless).reduce(0) { $0 + $1.bandwidth }
    sheet.judge(
      .etsBandwidth, port.name, interface.dcb.classes,
      expected: "\(share) % for priority \(numbers(priorities)) alone",
      shown: { classes in
        classes.map { "\(numbers($0.priorities)): \($0.share.map { "\($0) %" } ?? "strict")" }
          .joined(separator: "; ")
      },
      holds: { classes in
        let own = classes.filter { $0.priorities.contains(where: priorities.contains) }
        return own.flatMap(\.priorities).sorted() == priorities
          && own.reduce(0) { $0 + ($1.share ?? 0) } >= share
      })
    sheet.judge(
      .appPriority, port.name, marks, expected: numbers(priorities), shown: numbers,
      holds: { !$0.isEmpty && $0.allSatisfy(priorities.contains) })
  }

  private static func rdma(
    _ port: PlannedPort, _ interface: InterfaceFacts, _ host: ObservedHost, _ wantsRDMA: Bool,
    _ sheet: inout Sheet
  ) {
    // Windows Server 2012 R2 has no RDMA in a team or under a virtual switch (`domain`, rule 3).
    let isLost = host.plan.group.os == "windows-server-2012r2" && port.team != nil
    let carriesStorage = host.plan.networks.contains { network in
      network.vlan.lossless && network.carriers.contains { host.plan.ports[$0].name == port.name }
    }
    guard wantsRDMA, !isLost, carriesStorage, port.rdma != .none, port.rdma != .unknown else {
      sheet.skip(.rdmaOn, port.name, "the plan wants no RDMA on it")
      sheet.skip(.driverInbox, port.name, "the plan wants no RDMA on it")
      return sheet.skip(.rdmaTechnology, port.name, "the plan wants no RDMA on it")
    }
    sheet.judge(
      .rdmaOn, port.name, interface.rdma, expected: "on", shown: { $0.isOn ? "on" : "off" },
      holds: \.isOn)
    if host.facts.system == .windows {
      // The one that comes with the system lacks what RDMA needs (`host-validation`, section 1c).
      sheet.judge(
        .driverInbox, port.name, interface.hardware.driverProvider,
        expected: "that of the card's maker", shown: { "driver of \($0)" },
        holds: { !$0.lowercased().hasPrefix("microsoft") })
    } else {
      sheet.skip(.driverInbox, port.name, "drivers of the kernel are what Linux has")
    }
    let wanted: [RDMAFacts.Technology] =
      switch port.rdma {
      case .roceV1: [.roce1]
      case .roceV2: [.roce2]
      case .iwarp: [.iwarp]
      case .both: [.roce2, .iwarp]
      case .none, .unknown: []
      }
    switch interface.rdma {
    case .known(let facts, let source):
      guard let technology = facts.technology else {
        return sheet.add(.rdmaTechnology, port.name, .unknown, "the host does not tell")
      }
      sheet.add(
        .rdmaTechnology, port.name, wanted.contains(technology) ? .pass : .fail,
        technology.rawValue,
        expected: wanted.contains(technology)
          ? "" : wanted.map(\.rawValue).joined(separator: " or "), output: source.output)
    case .unknown(let why): sheet.add(.rdmaTechnology, port.name, .unknown, why.shown)
    }
  }

  /// Bits that a port at its rate cannot send while one frame holds it: 65,535 quanta of 512 bit times
  /// (IEEE 802.3, clause 31B).
  private static let longestPause: Int128 = 65_535 * 512

  /// Pauses are what lossless Ethernet is for; so many that they can hold a port all the time are a
  /// storm, or a receiver that cannot follow. How long each of them held it nobody counts.
  private static func quiet(
    _ port: PlannedPort, _ interface: InterfaceFacts, _ sheet: inout Sheet
  ) {
    guard port.isLossless else {
      return sheet.skip(.pfcQuiet, port.name, "the port is not lossless by plan")
    }
    guard case .known(let counters, let source) = interface.counters,
      let pauses = counters.pauses, counters.interval > 0
    else { return sheet.skip(.pfcQuiet, port.name, "nobody counts its pauses") }
    guard counters.packets >= SettingChecks.enoughPackets else {
      return sheet.skip(.pfcQuiet, port.name, "no load between the samples")
    }
    // Thousandths of the time, at most. Counts of a driver may be any.
    let held =
      Int128(pauses) * longestPause * 1_000_000
      / (Int128(max(port.rate.bitsPerSecond, 1)) * Int128(counters.interval))
    let found = "\(pauses) pauses in \(counters.interval) ms"
    if held < 10 {
      sheet.add(.pfcQuiet, port.name, .pass, found, output: source.output)
    } else if held < 1000 {
      sheet.skip(
        .pfcQuiet, port.name,
        "\(found), up to \(held / 10) % of the time: how long each was is not told")
    } else {
      sheet.add(
        .pfcQuiet, port.name, .fail, "\(found): enough to hold it all the time",
        expected: "less than a hundredth of the time", output: source.output)
    }
  }
}
