import CatalogModel
import Quantities

extension SectionReader {
  mutating func readSwitch(_ cursor: ElementCursor) -> SwitchSpec? {
    let roles = cursor.required("roles", .roles)
    let os = cursor.value("os", .identifier).map(SwitchOS.init(rawValue:))
    let ports = readPorts(cursor)
    let bays = readBays(cursor)
    let power = readSwitchPower(cursor)
    let supplies = readSupplies(cursor)
    let dcb = readDCB(cursor)
    let management = readManagement(cursor)
    let mtu = readMTU(cursor)
    let thirdParty = readThirdParty(cursor)
    let requires = readRequires(cursor)
    let pairing = single(cursor, "multi-chassis", "kind", .multiChassis) ?? .unknown
    let lag = single(cursor, "lag", "max-members", .count)
    let tracking = single(cursor, "uplink-tracking", "able", .yesNo) ?? .unknown
    let height = single(cursor, "rack", "units", .rackUnits)
    let airflow = single(cursor, "airflow", "directions", .directions) ?? []
    guard let roles, let ports else { return nil }
    return SwitchSpec(
      roles: roles, os: os, ports: ports, bays: bays.count, modules: bays.modules,
      multiChassis: pairing, maxLAGMembers: lag, pfc: dcb.pfc, ets: dcb.ets, dcbx: dcb.dcbx,
      uplinkTracking: tracking, maxMTU: mtu, halfRackUnits: height, maxPower: power.max,
      typicalPower: power.typical, powerSupplies: supplies, airflow: airflow,
      managementPort: management.port, managementPortName: management.name,
      thirdPartyMedia: thirdParty, requires: requires)
  }

  /// The value of an element with one attribute; `nil` when the element is absent.
  private func single<Value>(
    _ cursor: ElementCursor, _ name: String, _ attribute: String, _ kind: ValueKind<Value>
  ) -> Value? {
    guard let element = cursor.child(name) else { return nil }
    let value = element.required(attribute, kind)
    closeFact(element)
    return value
  }

  private mutating func readBays(_ cursor: ElementCursor) -> (count: Int, modules: [PartID]) {
    guard let element = cursor.child("bays") else { return (0, []) }
    let count = element.required("count", .number) ?? 0
    let modules = (element.value("modules", .identifiers) ?? []).map(PartID.init(rawValue:))
    for module in modules { mention(module, element, "modules") }
    closeFact(element)
    return (count, modules)
  }

  private func readSwitchPower(_ cursor: ElementCursor) -> (max: Power?, typical: Power?) {
    guard let element = cursor.child("power") else { return (nil, nil) }
    let max = element.value("max-w", .watts)
    let typical = element.value("typical-w", .watts)
    closeFact(element)
    return (max, typical)
  }

  private mutating func readSupplies(_ cursor: ElementCursor) -> PowerSupplies {
    guard let element = cursor.child("power-supplies") else { return PowerSupplies() }
    let bays = element.value("bays", .count)
    let included = element.value("included", .number)
    let part = element.value("part", .part)
    let inlet = element.value("inlet", .words) ?? ""
    if let part { mention(part, element, "part") }
    closeFact(element)
    return PowerSupplies(included: included, bays: bays, part: part, inlet: inlet)
  }

  private func readDCB(
    _ cursor: ElementCursor
  ) -> (pfc: Capability, ets: Capability, dcbx: Capability) {
    guard let element = cursor.child("dcb") else { return (.unknown, .unknown, .unknown) }
    let pfc = element.value("pfc", .yesNo) ?? .unknown
    let ets = element.value("ets", .yesNo) ?? .unknown
    let dcbx = element.value("dcbx", .yesNo) ?? .unknown
    closeFact(element)
    return (pfc, ets, dcbx)
  }

  private func readManagement(_ cursor: ElementCursor) -> (port: Capability, name: String) {
    guard let element = cursor.child("management") else { return (.unknown, "") }
    let port = element.required("port", .yesNo) ?? .unknown
    let name = element.value("name", .words) ?? ""
    closeFact(element)
    return (port, name)
  }

  mutating func readRequires(_ cursor: ElementCursor) -> [RequiredPart] {
    var required: [RequiredPart] = []
    for element in cursor.children("requires") {
      let part = element.required("part", .part)
      let quantity = element.value("quantity", .count) ?? 1
      let when = element.value("when", .trigger) ?? .always
      closeFact(element)
      guard let part else { continue }
      mention(part, element, "part")
      required.append(RequiredPart(part: part, quantity: quantity, when: when))
    }
    return required
  }

  /// `nil` when a group could not be read.
  func readPorts(_ cursor: ElementCursor) -> [PortGroup]? {
    var groups: [PortGroup] = []
    var complete = true
    for element in cursor.children("ports") {
      let id = element.required("id", .identifier)
      let connector = element.required("connector", .connector)
      let count = element.required("count", .count)
      let rates = element.required("rates", .rates)
      let prefix = element.required("prefix", .portPrefix)
      let first = element.required("first", .number)
      let step = element.value("step", .count) ?? 1
      let suffix = element.value("suffix", .portPrefix) ?? ""
      let opticPower = element.value("max-optic-w", .watts)
      let shared = element.value("shared-with", .identifier)
      var split: SplitSpec?
      if let child = element.child("split") {
        split = readSplit(child)
        if split == nil { complete = false }
      }
      closeFact(element)
      guard let id, let connector, let count, let rates, let prefix, let first else {
        complete = false
        continue
      }
      groups.append(
        PortGroup(
          id: id, connector: connector, rates: rates, count: count,
          naming: PortNaming(prefix: prefix, first: first, step: step, suffix: suffix),
          split: split,
          maxOpticPower: opticPower, sharedWith: shared))
    }
    return complete ? groups : nil
  }

  private func readSplit(_ cursor: ElementCursor) -> SplitSpec? {
    let lanes = cursor.required("lanes", .count)
    let rate = cursor.required("rate", .rate)
    let connector = cursor.required("connector", .connector)
    let maxPorts = cursor.value("max-ports", .count)
    let disables = cursor.value("disables", .number) ?? 0
    let prefix = cursor.required("prefix", .portPrefix)
    let numbering = readNumbering(cursor)
    closeFact(cursor)
    guard let lanes, let rate, let connector, let prefix, let numbering else { return nil }
    return SplitSpec(
      lanes: lanes, laneRate: rate, laneConnector: connector, maxPorts: maxPorts,
      disables: disables, lanePrefix: prefix, laneNumbering: numbering)
  }

  private func readNumbering(_ cursor: ElementCursor) -> LaneNumbering? {
    let known: [String] = ["consecutive", "slash", "colon", "block"]
    let kind = ValueKind<String>(
      expected: "a numbering of lanes: \(known.joined(separator: ", "))",
      parse: { known.contains($0) ? $0 : nil },
      hint: { Nearest.match($0, among: known).map { "did you mean \"\($0)\"?" } ?? "" })
    switch cursor.required("numbering", kind) {
    case "consecutive": return .consecutive
    case "slash": return .slash
    case "colon": return .colon
    case "block": return cursor.required("base", .number).map { .blockOfFour(base: $0) }
    default: return nil
    }
  }
}
