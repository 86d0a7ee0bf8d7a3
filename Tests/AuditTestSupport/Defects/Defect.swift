import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

/// One kind of mistake that can be put into a sound fabric.
public struct Defect: Sendable, CustomStringConvertible {
  /// Kebab case, such as `pfc-missing-on-one-hop`.
  public let name: String
  /// Rules of which at least one must speak.
  public let rules: [String]
  /// Damages a fabric at a place chosen by the generator and returns the name that a finding's
  /// subject must hold (empty for any); `nil`, with the fabric untouched, where there is nothing to
  /// damage.
  public let apply: @Sendable (inout Fabric, inout SplitMix64) -> String?

  init(
    _ name: String, rules: [String],
    apply: @escaping @Sendable (inout Fabric, inout SplitMix64) -> String?
  ) {
    self.name = name
    self.rules = rules
    self.apply = apply
  }

  init(
    _ name: String, _ rules: String...,
    apply: @escaping @Sendable (inout Fabric, inout SplitMix64) -> String?
  ) {
    self.init(name, rules: rules, apply: apply)
  }

  public var description: String { name }

  /// All kinds.
  public static let all: [Defect] =
    cabling + optics + inventory + bill + racks + ports + aggregation + pairs + layer2 + lossless
    + vlans + addressing + resilience
}

extension Fabric {
  /// Indices of links with a role.
  func links(_ role: LinkRole) -> [Int] { links.indices.filter { links[$0].role == role } }

  /// Index of the intent of a switch.
  func intentIndex(_ name: String) -> Int? { intents.firstIndex { $0.hostname == name } }

  /// Places of port intents that satisfy a test: intent and port.
  func ports(where test: (SwitchIntent, PortIntent) -> Bool) -> [(Int, Int)] {
    intents.indices.flatMap { intent in
      intents[intent].ports.indices.filter { test(intents[intent], intents[intent].ports[$0]) }
        .map { (intent, $0) }
    }
  }

  /// Places of LAG intents that satisfy a test: intent and LAG.
  func lags(where test: (SwitchIntent, LAGIntent) -> Bool) -> [(Int, Int)] {
    intents.indices.flatMap { intent in
      intents[intent].lags.indices.filter { test(intents[intent], intents[intent].lags[$0]) }
        .map { (intent, $0) }
    }
  }

  /// Link at a port of a switch.
  func link(at device: String, _ port: String) -> Link? {
    let endpoint = Endpoint(node: device, port: port)
    return links.first { $0.a == endpoint || $0.b == endpoint }
  }

  /// Whether a host is plugged into a port of a switch.
  func isHostPort(_ intent: SwitchIntent, _ port: PortIntent) -> Bool {
    link(at: intent.hostname, port.name)?.role == .host
  }

  /// Whether a port leads to another switch or the core.
  func isTrunk(_ intent: SwitchIntent, _ port: PortIntent) -> Bool {
    let role = link(at: intent.hostname, port.name)?.role
    return role == .uplink || role == .peer || role == .core
  }

  /// VLANs of a port, its LAG's for a member.
  func vlans(_ intent: SwitchIntent, _ port: PortIntent) -> [VLANID] {
    guard let number = port.lag else { return port.membership.tagged }
    return intent.lags.first { $0.number == number }?.membership.tagged ?? []
  }

  /// Takes a link and its cable out when the cable carries nothing else.
  mutating func unplug(_ id: String) -> Bool {
    guard let index = links.firstIndex(where: { $0.id == id }) else { return false }
    let cable = links[index].cable
    guard links.filter({ $0.cable == cable }).count == 1 else { return false }
    links.remove(at: index)
    cables.removeAll { $0.id == cable }
    return true
  }

  /// Plugs end B of a link in elsewhere, its cable's end too.
  mutating func moveFarEnd(of index: Int, to end: Endpoint) {
    let old = links[index].b
    links[index].b = end
    for cable in cables.indices where cables[cable].id == links[index].cable {
      for leg in cables[cable].b.indices where cables[cable].b[leg].endpoint == old {
        cables[cable].b[leg].endpoint = end
      }
    }
  }

  /// Adds a changed copy of a part to the catalogue under a new id.
  mutating func addCopy(of id: PartID, as name: String, change: (inout Part) -> Void) -> PartID? {
    guard var part = catalog.part(id) else { return nil }
    part.id = PartID(name)
    change(&part)
    catalog = Catalog(
      parts: catalog.parts.filter { $0.id != part.id } + [part], prices: catalog.prices,
      compatibility: catalog.compatibility, exchangeRates: catalog.exchangeRates,
      references: catalog.references, sources: catalog.sources)
    return part.id
  }

  /// Changes the data of a switch part everywhere.
  mutating func changeSwitch(_ id: PartID, change: (inout SwitchSpec) -> Void) -> Bool {
    guard let index = catalog.parts.firstIndex(where: { $0.id == id }),
      var spec = catalog.parts[index].asSwitch
    else { return false }
    change(&spec)
    catalog.parts[index].spec = .networkSwitch(spec)
    return true
  }

  /// Takes everything off the list to confirm that speaks of a name.
  mutating func forget(_ name: String) {
    confirmations.removeAll { $0.subject == name || $0.question.contains(name) }
  }
}
