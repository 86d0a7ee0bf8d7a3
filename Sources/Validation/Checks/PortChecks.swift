import Evidence
import Quantities

/// Checks of each planned port by itself.
enum PortChecks {
  static func run(_ host: ObservedHost, _ sheet: inout Sheet) {
    for (place, port) in host.plan.ports.enumerated() {
      sheet.ports = [place]
      guard case .known(_, let list) = host.facts.interfaces else {
        let why = host.facts.interfaces.unknown ?? Unknown(.notCollected)
        for check in checks { sheet.add(check, port.name, .unknown, why.shown) }
        continue
      }
      guard let interface = host.interface(ofPort: place) else {
        sheet.add(
          .nicPresent, port.name, .fail, "no interface has this name", expected: port.name,
          output: list.output)
        for check in checks where check != .nicPresent {
          sheet.skip(check, port.name, "the port is not there")
        }
        continue
      }
      sheet.add(
        .nicPresent, port.name, .pass, interface.hardware.model.value ?? interface.name,
        output: list.output)
      link(port, interface, &sheet)
      counters(port, interface, &sheet)
      slot(port, interface, &sheet)
    }
  }

  private static let checks: [CheckID] = [
    .nicPresent, .linkUp, .linkSpeed, .linkErrors, .linkDrops, .nicPCIe,
  ]

  private static func link(
    _ port: PlannedPort, _ interface: InterfaceFacts, _ sheet: inout Sheet
  ) {
    let isShut = interface.isUp.value == false
    sheet.judge(
      .linkUp, port.name, interface.hasLink, expected: "a link",
      shown: { $0 ? "link" : isShut ? "the interface is shut down" : "no link" }, holds: { $0 })
    guard interface.hasLink.value != false else {
      return sheet.skip(.linkSpeed, port.name, "there is no link")
    }
    sheet.judge(
      .linkSpeed, port.name, interface.rate, expected: Format.rate(port.rate), shown: Format.rate,
      holds: { $0 == port.rate })
  }

  private static func counters(
    _ port: PlannedPort, _ interface: InterfaceFacts, _ sheet: inout Sheet
  ) {
    guard interface.hasLink.value != false else {
      sheet.skip(.linkErrors, port.name, "there is no link")
      return sheet.skip(.linkDrops, port.name, "there is no link")
    }
    sheet.judge(
      .linkErrors, port.name, interface.counters, expected: "none",
      shown: { "\($0.errors) damaged frames of \($0.packets) in \($0.interval) ms" },
      holds: { $0.errors == 0 })
    sheet.judge(
      .linkDrops, port.name, interface.counters, expected: "at most 1 of 100,000",
      shown: { "\($0.drops) dropped frames of \($0.packets) in \($0.interval) ms" },
      holds: { $0.drops == 0 || $0.drops <= $0.packets / 100_000 })
  }

  /// PCI Express codes 8 bits as 10 up to 5 GT/s and 128 as 130 above; the rest of a lane's loss is
  /// in the factors of `host-validation`: 0.8 and 0.985 (PCI Express Base Specification).
  private static func slot(
    _ port: PlannedPort, _ interface: InterfaceFacts, _ sheet: inout Sheet
  ) {
    let hardware = interface.hardware
    guard case .known(let lanes, let source) = hardware.pcieLanes,
      case .known(let transfers, _) = hardware.pcieMegatransfers
    else {
      // A lane count that the system hides is no fault of the slot.
      let why = hardware.pcieLanes.unknown ?? hardware.pcieMegatransfers.unknown
      return sheet.skip(.nicPCIe, port.name, (why ?? Unknown(.notCollected)).shown)
    }
    let (raw, over) = Int64(transfers).multipliedReportingOverflow(by: Int64(lanes))
    let usable = over ? Int64.max : raw / 1000 * (transfers > 5000 ? 985 : 800)
    sheet.add(
      .nicPCIe, port.name,
      over || usable >= port.rate.bitsPerSecond / 1_000_000 ? .pass : .fail,
      "\(lanes) lanes of \(transfers) MT/s", expected: "room for \(Format.rate(port.rate))",
      output: source.output)
  }
}
