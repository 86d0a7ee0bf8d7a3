import CatalogModel
import Quantities

extension BlobWriter {
  /// A part without its facts and sources.
  mutating func part(_ part: Part) {
    text(part.id.rawValue)
    text(part.vendor)
    text(part.model)
    text(part.sku)
    raw(part.status)
    int(part.packSize)
    text(part.note)
    switch part.spec {
    case .networkSwitch(let spec):
      int(0)
      networkSwitch(spec)
    case .module(let spec):
      int(1)
      array(spec.ports) { $0.ports($1) }
      optional(spec.maxPower) { $0.int($1.milliwatts) }
      array(spec.requires) { $0.requirement($1) }
    case .optic(let spec):
      int(2)
      optic(spec)
    case .cable(let spec):
      int(3)
      cable(spec)
    case .nic(let spec):
      int(4)
      nic(spec)
    case .accessory(let spec):
      int(5)
      raw(spec.kind)
      text(spec.plug)
    }
  }

  private mutating func networkSwitch(_ spec: SwitchSpec) {
    array(spec.roles) { $0.raw($1) }
    optional(spec.os) { $0.raw($1) }
    array(spec.ports) { $0.ports($1) }
    int(spec.bays)
    array(spec.modules) { $0.text($1.rawValue) }
    raw(spec.multiChassis)
    optional(spec.maxLAGMembers) { $0.int($1) }
    raw(spec.pfc)
    raw(spec.ets)
    raw(spec.dcbx)
    raw(spec.uplinkTracking)
    optional(spec.maxMTU) { $0.int($1) }
    optional(spec.halfRackUnits) { $0.int($1) }
    optional(spec.maxPower) { $0.int($1.milliwatts) }
    optional(spec.typicalPower) { $0.int($1.milliwatts) }
    optional(spec.powerSupplies.included) { $0.int($1) }
    optional(spec.powerSupplies.bays) { $0.int($1) }
    optional(spec.powerSupplies.part) { $0.text($1.rawValue) }
    text(spec.powerSupplies.inlet)
    array(spec.airflow) { $0.raw($1) }
    raw(spec.managementPort)
    text(spec.managementPortName)
    raw(spec.thirdPartyMedia)
    array(spec.requires) { $0.requirement($1) }
  }

  private mutating func requirement(_ required: RequiredPart) {
    text(required.part.rawValue)
    int(required.quantity)
    raw(required.when)
  }

  private mutating func ports(_ group: PortGroup) {
    text(group.id)
    raw(group.connector)
    array(group.rates) { $0.int($1.bitsPerSecond) }
    int(group.count)
    text(group.naming.prefix)
    int(group.naming.first)
    int(group.naming.step)
    text(group.naming.suffix)
    optional(group.split) { writer, split in
      writer.int(split.lanes)
      writer.int(split.laneRate.bitsPerSecond)
      writer.raw(split.laneConnector)
      writer.optional(split.maxPorts) { $0.int($1) }
      writer.int(split.disables)
      writer.text(split.lanePrefix)
      writer.text(split.laneNumbering.text)
    }
    optional(group.maxOpticPower) { $0.int($1.milliwatts) }
    optional(group.sharedWith) { $0.text($1) }
  }

  private mutating func optic(_ spec: OpticSpec) {
    raw(spec.form)
    text(spec.standard)
    array(spec.rates) { $0.int($1.bitsPerSecond) }
    optional(spec.socket) { $0.raw($1) }
    array(spec.reach) { writer, reach in
      writer.raw(reach.medium)
      writer.int(reach.length.millimetres)
    }
    optional(spec.power) { $0.int($1.milliwatts) }
  }

  private mutating func cable(_ spec: CableSpec) {
    raw(spec.family)
    optional(spec.medium) { $0.raw($1) }
    raw(spec.endA)
    raw(spec.endB)
    int(spec.lanes)
    optional(spec.rate) { $0.int($1.bitsPerSecond) }
    int(spec.length.millimetres)
    optional(spec.diameter) { $0.int($1.millimetres) }
    optional(spec.bendRadius) { $0.int($1.millimetres) }
    optional(spec.powerPerEnd) { $0.int($1.milliwatts) }
  }

  private mutating func nic(_ spec: NICSpec) {
    optional(spec.ports) { $0.int($1) }
    int(spec.rate.bitsPerSecond)
    optional(spec.connector) { $0.raw($1) }
    raw(spec.rdma)
    raw(spec.dcb)
    raw(spec.sriov)
    optional(spec.maxMTU) { $0.int($1) }
    optional(spec.maxPower) { $0.int($1.milliwatts) }
    raw(spec.thirdPartyMedia)
  }
}

extension BlobReader {
  mutating func part() throws(Damaged) -> Part {
    let id = PartID(try text())
    let (vendor, model, sku) = (try text(), try text(), try text())
    let status: PartStatus = try raw()
    let packSize = try number()
    let note = try text()
    let spec: PartSpec
    switch try number() {
    case 0: spec = .networkSwitch(try networkSwitch())
    case 1:
      spec = .module(
        ModuleSpec(
          ports: try array { reader throws(Damaged) in try reader.ports() },
          maxPower: try optional { reader throws(Damaged) in try reader.power() },
          requires: try array { reader throws(Damaged) in try reader.requirement() }))
    case 2: spec = .optic(try optic())
    case 3: spec = .cable(try cable())
    case 4: spec = .nic(try nic())
    case 5: spec = .accessory(AccessorySpec(kind: try raw(), plug: try text()))
    default: throw Damaged()
    }
    return Part(
      id: id, vendor: vendor, model: model, sku: sku, status: status, packSize: packSize,
      spec: spec, note: note)
  }

  private mutating func optionalNumber() throws(Damaged) -> Int? {
    try optional { reader throws(Damaged) in try reader.number() }
  }

  private mutating func optionalPower() throws(Damaged) -> Power? {
    try optional { reader throws(Damaged) in try reader.power() }
  }

  private mutating func rate() throws(Damaged) -> DataRate {
    DataRate(bitsPerSecond: try int())
  }

  private mutating func networkSwitch() throws(Damaged) -> SwitchSpec {
    SwitchSpec(
      roles: try array { reader throws(Damaged) in try reader.raw() },
      os: try optional { reader throws(Damaged) in SwitchOS(rawValue: try reader.text()) },
      ports: try array { reader throws(Damaged) in try reader.ports() },
      bays: try number(),
      modules: try array { reader throws(Damaged) in PartID(try reader.text()) },
      multiChassis: try raw(), maxLAGMembers: try optionalNumber(), pfc: try raw(),
      ets: try raw(), dcbx: try raw(), uplinkTracking: try raw(), maxMTU: try optionalNumber(),
      halfRackUnits: try optionalNumber(), maxPower: try optionalPower(),
      typicalPower: try optionalPower(),
      powerSupplies: PowerSupplies(
        included: try optionalNumber(), bays: try optionalNumber(),
        part: try optional { reader throws(Damaged) in PartID(try reader.text()) },
        inlet: try text()),
      airflow: try array { reader throws(Damaged) in try reader.raw() },
      managementPort: try raw(), managementPortName: try text(), thirdPartyMedia: try raw(),
      requires: try array { reader throws(Damaged) in try reader.requirement() })
  }

  private mutating func requirement() throws(Damaged) -> RequiredPart {
    RequiredPart(part: PartID(try text()), quantity: try number(), when: try raw())
  }

  private mutating func ports() throws(Damaged) -> PortGroup {
    let id = try text()
    let connector: Connector = try raw()
    let rates = try array { reader throws(Damaged) in try reader.rate() }
    let count = try number()
    let naming = PortNaming(
      prefix: try text(), first: try number(), step: try number(), suffix: try text())
    let split = try optional { reader throws(Damaged) in try reader.split() }
    return PortGroup(
      id: id, connector: connector, rates: rates, count: count, naming: naming, split: split,
      maxOpticPower: try optionalPower(),
      sharedWith: try optional { reader throws(Damaged) in try reader.text() })
  }

  private mutating func split() throws(Damaged) -> SplitSpec {
    let lanes = try number()
    let rate = try rate()
    let connector: Connector = try raw()
    let (maxPorts, disables) = (try optionalNumber(), try number())
    let prefix = try text()
    guard let numbering = LaneNumbering(text: try text()) else { throw Damaged() }
    return SplitSpec(
      lanes: lanes, laneRate: rate, laneConnector: connector, maxPorts: maxPorts,
      disables: disables, lanePrefix: prefix, laneNumbering: numbering)
  }

  private mutating func optic() throws(Damaged) -> OpticSpec {
    OpticSpec(
      form: try raw(), standard: try text(),
      rates: try array { reader throws(Damaged) in try reader.rate() },
      socket: try optional { reader throws(Damaged) in try reader.raw() },
      reach: try array { reader throws(Damaged) in
        Reach(medium: try reader.raw(), length: try reader.length())
      }, power: try optionalPower())
  }

  private mutating func cable() throws(Damaged) -> CableSpec {
    CableSpec(
      family: try raw(), medium: try optional { reader throws(Damaged) in try reader.raw() },
      endA: try raw(), endB: try raw(), lanes: try number(),
      rate: try optional { reader throws(Damaged) in try reader.rate() },
      length: try length(),
      diameter: try optional { reader throws(Damaged) in try reader.length() },
      bendRadius: try optional { reader throws(Damaged) in try reader.length() },
      powerPerEnd: try optionalPower())
  }

  private mutating func nic() throws(Damaged) -> NICSpec {
    NICSpec(
      ports: try optionalNumber(), rate: try rate(),
      connector: try optional { reader throws(Damaged) in try reader.raw() },
      rdma: try raw(), dcb: try raw(), sriov: try raw(), maxMTU: try optionalNumber(),
      maxPower: try optionalPower(), thirdPartyMedia: try raw())
  }
}
