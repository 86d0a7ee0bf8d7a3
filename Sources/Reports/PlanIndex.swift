import CatalogModel
import Fabric
import Quantities
import SiteModel

/// Finds the pieces of a fabric by name, once for all reports.
struct PlanIndex {
  let fabric: Fabric
  private let devices: [String: Int]
  private let hosts: [String: Int]
  private let portOrder: [Endpoint: Int]
  private let linksByCable: [String: [Link]]
  /// Labels that more than one part of the plan's catalogue has.
  private let sharedLabels: Set<String>

  init(_ fabric: Fabric) {
    self.fabric = fabric
    devices = Dictionary(
      fabric.devices.enumerated().map { ($0.element.name, $0.offset) }
    ) { first, _ in first }
    hosts = Dictionary(
      fabric.hosts.enumerated().map { ($0.element.name, $0.offset) }
    ) { first, _ in first }
    var order: [Endpoint: Int] = [:]
    for device in fabric.devices {
      for (index, port) in device.ports.enumerated() {
        order[Endpoint(node: device.name, port: port.name)] = index
        // The whole of a split port stands where its first lane stands.
        if let whole = port.splitFrom {
          let key = Endpoint(node: device.name, port: whole)
          order[key] = min(order[key] ?? index, index)
        }
      }
    }
    portOrder = order
    linksByCable = Dictionary(grouping: fabric.links, by: \.cable)
    var seen: Set<String> = []
    sharedLabels = Set(
      fabric.catalog.parts.map(PlanIndex.plainLabel).filter { !seen.insert($0).inserted })
  }

  func device(_ name: String) -> Device? { devices[name].map { fabric.devices[$0] } }
  func host(_ name: String) -> Host? { hosts[name].map { fabric.hosts[$0] } }
  /// Links that a cable carries, by id.
  func links(of cable: Cable) -> [Link] { linksByCable[cable.id] ?? [] }
  func part(_ id: PartID) -> Part? { fabric.catalog.part(id) }

  /// Rack of a switch, host, the core or the management network; empty when unknown.
  func rack(of node: String) -> String {
    if let device = device(node) { return device.rack }
    if let host = host(node) { return host.rack }
    if let core = fabric.site.core,
      node == core.name || core.ports.contains(where: { $0.box == node })
    {
      return core.rack
    }
    return node == "management" ? fabric.site.management.rack : ""
  }

  /// `Dell S4810`; with the order number where two parts of the plan are called the same; the id
  /// when the catalogue lacks the part.
  func label(_ id: PartID) -> String {
    guard let part = part(id) else { return id.rawValue }
    let label = PlanIndex.plainLabel(part)
    guard sharedLabels.contains(label) else { return label }
    return "\(label) (\(part.sku.isEmpty ? part.id.rawValue : part.sku))"
  }

  /// Maker and model; of a cable whose model does not say it, the length as well.
  private static func plainLabel(_ part: Part) -> String {
    let label = part.name
    guard let length = part.asCable.map({ Format.length($0.length) }),
      !part.model.hasSuffix(" " + length)
    else { return label }
    return "\(label), \(length)"
  }

  /// The length in which a cable is sold; `nil` when the catalogue lacks it.
  // Never inlined: Swift 6.3.1 fails to optimise some callers otherwise ("ownership error").
  @inline(never)
  func stockLength(_ id: PartID) -> Length? { part(id)?.asCable?.length }

  /// Order number; empty when unknown.
  func sku(_ id: PartID) -> String { part(id)?.sku ?? "" }

  /// The order number as code, `none known`, or `any maker's` for a part of no maker.
  func orderNumber(_ id: PartID) -> String {
    let sku = sku(id)
    guard sku.isEmpty else { return Markdown.code(sku) }
    return part(id)?.vendor == "generic" ? "any maker's" : "none known"
  }

  /// What stands on the shelf label: the order number, or the name where there is none.
  func skuOrLabel(_ id: PartID) -> String {
    let sku = sku(id)
    return sku.isEmpty ? label(id) : sku
  }

  /// `spine-a TenGigabitEthernet 0/3`, without the port when any will do.
  func text(_ end: Endpoint) -> String { end.port.isEmpty ? end.node : "\(end.node) \(end.port)" }

  /// Largest draw of a device with its modules; `nil` when a part of it is unknown.
  func maxPower(_ device: Device) -> Power? {
    guard var sum = part(device.part)?.asSwitch?.maxPower?.milliwatts else { return nil }
    for module in device.modules {
      // A module that states no draw of its own is within its switch's largest draw.
      sum += part(module)?.asModule?.maxPower?.milliwatts ?? 0
    }
    return Power(milliwatts: sum)
  }

  /// Hosts' ports on the new fabric, with the sum of their rates.
  var hostRate: DataRate {
    DataRate(
      bitsPerSecond: fabric.links.filter { $0.role == .host }.reduce(0) {
        $0 &+ $1.rate.bitsPerSecond
      })
  }

  /// Cables in the order in which they are patched: management first, so that every switch can be
  /// reached; the core last, since it touches the live network.
  var patchOrder: [Cable] {
    let keyed = fabric.cables.enumerated().map { offset, cable in
      (key: patchKey(cable) + [offset], cable: cable)
    }
    return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.cable)
  }

  private func patchKey(_ cable: Cable) -> [Int] {
    let role = links(of: cable).first?.role
    let stage = role.flatMap { PlanIndex.stages.firstIndex(of: $0) } ?? PlanIndex.stages.count
    let node = devices[cable.a.endpoint.node] ?? fabric.devices.count
    return [stage, node, portOrder[cable.a.endpoint] ?? -1]
  }

  /// The order in which kinds of links are patched.
  static let stages: [LinkRole] = [.management, .peer, .uplink, .host, .core]
}
