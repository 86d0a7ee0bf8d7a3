import CatalogModel
import Fabric
import SiteModel

/// Everything that a plan rests on and no source states, worked out from the catalogue's facts and
/// the site.
struct ExpectedUnknowns {
  /// One fact that nobody has stated.
  struct Unknown: Hashable {
    /// How the list names what it is about.
    var subject: String
    /// The fact in words.
    var fact: String
    /// One of them occurs in the question.
    var words: [String]
  }

  private(set) var all: [Unknown] = []
  private let fabric: Fabric

  init(_ fabric: Fabric) {
    self.fabric = fabric
    for device in fabric.devices { add(device) }
    for card in Set(
      fabric.hosts.flatMap { $0.cards.filter { !$0.ports.isEmpty } }.compactMap(\.part))
    { add(card: card) }
    addMedia()
    addPlaces()
    addDefaults()
  }

  private mutating func expect(
    _ isUnknown: Bool, _ subject: String, _ fact: String, _ words: String...
  ) {
    let unknown = Unknown(subject: subject, fact: fact, words: words)
    if isUnknown, !all.contains(unknown) { all.append(unknown) }
  }

  private mutating func add(_ device: Device) {
    guard let spec = fabric.catalog.part(device.part)?.asSwitch else { return }
    let name = ReportChecks.label(device.part, fabric)
    expect(spec.halfRackUnits == nil, name, "the height", "height")
    expect(spec.maxPower == nil, name, "the draw", "power draw")
    expect(spec.airflow.isEmpty, name, "the airflow", "airflow")
    expect(
      spec.powerSupplies.included == nil, name, "the supplies in the box", "supplies are in the box"
    )
    for module in device.modules {
      expect(
        fabric.catalog.part(module)?.asModule?.maxPower == nil,
        ReportChecks.label(module, fabric), "the draw", "power draw")
    }
    guard device.role != .outOfBand else { return }
    let intent = fabric.intent(device.name)
    if fabric.vlans.contains(where: \.lossless) {
      expect(spec.pfc == .unknown, name, "PFC", "PFC")
      expect(spec.ets == .unknown, name, "ETS", "ETS")
      expect(spec.dcbx == .unknown, name, "DCBX", "DCBX")
    }
    if device.role == .tor {
      expect(spec.uplinkTracking == .unknown, name, "uplink tracking", "uplink tracking")
    }
    expect(spec.managementPort == .unknown, name, "the management port", "management port")
    expect(spec.maxLAGMembers == nil && intent?.lags.isEmpty == false, name, "LAG members", "LAG")
    expect(spec.maxMTU == nil, name, "the MTU", "MTU")
    expect(intent?.pair != nil && !spec.multiChassis.canPair, name, "pairing", "act as one")
    expect(intent != nil && spec.os == nil, name, "the operating system", "configuration")
  }

  private mutating func add(card id: PartID) {
    guard let card = fabric.catalog.part(id)?.asNIC else { return }
    let name = ReportChecks.label(id, fabric)
    if fabric.site.traffic.rdma == .required {
      let carries = fabric.hosts.contains { host in
        let nics = fabric.site.hosts.first { $0.name == host.group }?.nics ?? []
        return host.cards.contains { card in
          card.part == id && nics.indices.contains(card.slot)
            && nics[card.slot].carries.contains { $0 != .tenant }
        }
      }
      expect(carries && card.rdma == .unknown, name, "RDMA", "RDMA")
    }
    if fabric.vlans.contains(where: \.lossless), card.rdma.needsLossless {
      expect(card.dcb == .unknown, name, "DCB", "DCB")
    }
  }

  /// Media in devices that nobody says they take.
  private mutating func addMedia() {
    for cable in fabric.cables {
      for end in [cable.a] + cable.b {
        guard let medium = fabric.catalog.part(end.optic ?? cable.part),
          medium.asOptic != nil || medium.asCable?.family.isAttached == true
        else { continue }
        let name = ReportChecks.label(medium.id, fabric)
        if let core = fabric.site.core, end.endpoint.node == core.name {
          expect(core.vendor != medium.vendor, name, "acceptance by the core", core.name)
          continue
        }
        let host = fabric.hosts.first { $0.name == end.endpoint.node }
        let id =
          fabric.device(end.endpoint.node)?.part
          ?? host?.cards.first { $0.ports.contains(end.endpoint.port) }?.part
        guard let device = id.flatMap(fabric.catalog.part) else { continue }
        let answer = fabric.catalog.acceptance(of: medium, in: device).verdict
        expect(answer == .unknown, name, "acceptance by \(device.model)", device.model)
        expect(answer == .withCommand, name, "the command on \(device.model)", device.model)
        if let optic = medium.asOptic {
          expect(optic.power == nil, name, "the draw", "power draw")
        }
      }
    }
  }

  private mutating func addPlaces() {
    for rack in fabric.site.room.racks
    where fabric.devices.contains(where: { $0.rack == rack.name }) {
      expect(rack.freeUnits == nil, "`\(rack.name)`", "the free units", "free rack units", "units")
      expect(rack.freePower == nil, "`\(rack.name)`", "the free power", "power")
    }
    let management = fabric.site.management
    expect(
      !management.buySwitch && management.freePorts == nil, "`management`", "the free ports",
      "ports")
    if let core = fabric.site.core, fabric.links.contains(where: { $0.role == .core }) {
      expect(core.mtu == nil, "`\(core.name)`", "the MTU", "MTU")
    }
  }

  /// Values that the site file leaves open and whose reason says that somebody must confirm them.
  private mutating func addDefaults() {
    for taken in fabric.site.defaults
    where taken.reason.contains("confirm ") && !taken.reason.contains("to confirm")
      && taken.value != "not stated"
    {
      expect(true, "`\(taken.key)`", "the default", "taken as")
    }
  }
}
