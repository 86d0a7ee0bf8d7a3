import CatalogModel
import Quantities

extension SectionReader {
  mutating func readPart(_ cursor: ElementCursor) {
    let id = cursor.required("id", .part)
    let vendor = cursor.required("vendor", .words)
    let model = cursor.required("model", .words)
    let sku = cursor.value("sku", .words) ?? ""
    let status = cursor.value("status", .status) ?? .unknown
    let packSize = cursor.value("pack-size", .count) ?? 1
    let defaults = sources(cursor, inherited: nil)
    let spec = readSpec(cursor)
    let note = readNoteText(cursor)
    readFigures(cursor)
    cursor.finish()
    let (facts, sources) = FactReader.facts(of: cursor, in: self, defaults: defaults)
    guard let id, let vendor, let model, let spec else { return }
    let part = Part(
      id: id, vendor: vendor, model: model, sku: sku, status: status, packSize: packSize,
      spec: spec, facts: facts, sources: sources, note: note)
    PartChecks.check(part, cursor)
    parts.append(placed(part, cursor))
  }

  private mutating func readSpec(_ cursor: ElementCursor) -> PartSpec? {
    switch cursor.element.name {
    case "switch": readSwitch(cursor).map { .networkSwitch($0) }
    case "module": readModule(cursor).map { .module($0) }
    case "optic": readOptic(cursor).map { .optic($0) }
    case "cable": readCable(cursor).map { .cable($0) }
    case "nic": readNIC(cursor).map { .nic($0) }
    default: readAccessory(cursor).map { .accessory($0) }
    }
  }

  func readNoteText(_ cursor: ElementCursor) -> String {
    guard let note = cursor.child("note") else { return "" }
    note.finish(allowsText: true)
    return note.element.text
  }

  /// Checks figures; their content is kept as facts.
  func readFigures(_ cursor: ElementCursor) {
    var seen: Set<String> = []
    for figure in cursor.children("figure") {
      if let name = figure.required("name", .identifier) {
        if !seen.insert(name).inserted {
          diagnostics.add(
            "catalog-twice", file: figure.file, place: figure.element.place,
            "<\(cursor.element.name)> has the figure \"\(name)\" twice", hint: "keep one")
        }
      }
      _ = figure.required("value", .words)
      _ = figure.value("unit", .words)
      closeFact(figure)
    }
  }

  /// Ends an element that may name sources of its own; they are resolved with the facts.
  func closeFact(_ cursor: ElementCursor) {
    _ = cursor.text("sources")
    cursor.finish()
  }

  private mutating func readModule(_ cursor: ElementCursor) -> ModuleSpec? {
    let ports = readPorts(cursor)
    let power = readPower(cursor)
    let requires = readRequires(cursor)
    guard let ports else { return nil }
    if ports.isEmpty {
      diagnostics.add(
        "catalog-missing", file: cursor.file, place: cursor.element.place,
        "<module> has no <ports>", hint: "add the ports that the module brings")
    }
    return ModuleSpec(ports: ports, maxPower: power, requires: requires)
  }

  func readPower(_ cursor: ElementCursor) -> Power? {
    guard let power = cursor.child("power") else { return nil }
    let watts = power.required("max-w", .watts)
    closeFact(power)
    return watts
  }

  private func readOptic(_ cursor: ElementCursor) -> OpticSpec? {
    let form = cursor.required("form", .connector)
    let standard = cursor.required("standard", .identifier)
    let rates = cursor.required("rates", .rates)
    let socket = cursor.value("socket", .connector)
    var reach: [Reach] = []
    for row in cursor.children("reach") {
      let medium = row.required("medium", .medium)
      let length = row.required("length-m", .metres)
      closeFact(row)
      if let medium, let length { reach.append(Reach(medium: medium, length: length)) }
    }
    let power = readPower(cursor)
    guard let form, let standard, let rates else { return nil }
    return OpticSpec(
      form: form, standard: standard, rates: rates, socket: socket, reach: reach, power: power)
  }

  private func readCable(_ cursor: ElementCursor) -> CableSpec? {
    let family = cursor.required("family", .family)
    let medium = cursor.value("medium", .medium)
    let endA = cursor.required("end-a", .connector)
    let endB = cursor.required("end-b", .connector)
    let lanes = cursor.value("lanes", .count) ?? 1
    let rate = cursor.value("rate", .rate)
    let length = cursor.required("length-m", .metres)
    let build = readBuild(cursor)
    guard let family, let endA, let endB, let length else { return nil }
    return CableSpec(
      family: family, medium: medium, endA: endA, endB: endB, lanes: lanes, rate: rate,
      length: length, diameter: build.diameter, bendRadius: build.bendRadius,
      powerPerEnd: build.power)
  }

  func readBuild(
    _ cursor: ElementCursor
  ) -> (diameter: Length?, bendRadius: Length?, power: Power?) {
    guard let build = cursor.child("build") else { return (nil, nil, nil) }
    let diameter = build.value("diameter-mm", .millimetres)
    let bendRadius = build.value("bend-radius-mm", .millimetres)
    let power = build.value("power-per-end-w", .watts)
    closeFact(build)
    return (diameter, bendRadius, power)
  }

  private func readNIC(_ cursor: ElementCursor) -> NICSpec? {
    let ports = cursor.value("ports", .count)
    let rate = cursor.required("rate", .rate)
    let connector = cursor.value("connector", .connector)
    var rdma = RDMA.unknown
    if let element = cursor.child("rdma") {
      rdma = element.required("kind", .rdma) ?? .unknown
      closeFact(element)
    }
    var dcb = Capability.unknown
    var sriov = Capability.unknown
    if let element = cursor.child("offers") {
      dcb = element.value("dcb", .yesNo) ?? .unknown
      sriov = element.value("sriov", .yesNo) ?? .unknown
      closeFact(element)
    }
    let mtu = readMTU(cursor)
    let power = readPower(cursor)
    let thirdParty = readThirdParty(cursor)
    guard let rate else { return nil }
    return NICSpec(
      ports: ports, rate: rate, connector: connector, rdma: rdma, dcb: dcb, sriov: sriov,
      maxMTU: mtu, maxPower: power, thirdPartyMedia: thirdParty)
  }

  func readMTU(_ cursor: ElementCursor) -> Int? {
    guard let element = cursor.child("mtu") else { return nil }
    let bytes = element.required("max-bytes", .count)
    closeFact(element)
    return bytes
  }

  func readThirdParty(_ cursor: ElementCursor) -> Capability {
    guard let element = cursor.child("third-party-media") else { return .unknown }
    let accepted = element.required("accepted", .yesNo) ?? .unknown
    closeFact(element)
    return accepted
  }

  private func readAccessory(_ cursor: ElementCursor) -> AccessorySpec? {
    let kind = cursor.required("kind", .accessory)
    let plug = cursor.value("plug", .words) ?? ""
    return kind.map { AccessorySpec(kind: $0, plug: plug) }
  }
}
