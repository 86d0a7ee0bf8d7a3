import CatalogModel
import Quantities
import SiteModel

/// Network cards as the site file describes them, where the catalogue does not.
///
/// Onboard ports on the new fabric become a part of their own, which nobody buys; a card whose
/// ports or socket the catalogue does not know takes them from the site file.
enum SiteCards {
  /// The part that stands for onboard ports; the words are legal ones.
  static func id(onboard words: String) -> PartID {
    PartID("onboard-" + words.lowercased().split(separator: " ").joined(separator: "-"))
  }

  /// The catalogue with what the site says of its cards. Findings name what contradicts it.
  static func complete(
    _ catalog: Catalog, for site: Site, findings: inout [Finding]
  ) -> Catalog {
    var catalog = catalog
    var added: [Part] = []
    for nic in site.hosts.flatMap(\.nics) where nic.attach == .newFabric {
      if let part = onboard(nic) {
        if !added.contains(where: { $0.id == part.id }) { added.append(part) }
      } else if nic.ports != nil || nic.connector != nil, let model = nic.model {
        let place = catalog.parts.firstIndex {
          $0.asNIC != nil && PlanProblem.isMeant($0, by: model)
        }
        if let place, let spec = catalog.parts[place].asNIC {
          let filled = fill(spec, of: catalog.parts[place], from: nic, findings: &findings)
          catalog.parts[place].spec = .nic(filled)
        }
      }
    }
    guard !added.isEmpty else { return catalog }
    let ids = Set(added.map(\.id))
    catalog.parts = (catalog.parts.filter { !ids.contains($0.id) } + added).sorted { $0.id < $1.id }
    return catalog
  }

  private static func onboard(_ nic: HostNIC) -> Part? {
    guard let words = OnboardPorts(nic.onboard), let socket = Connector(rawValue: words.connector)
    else { return nil }
    return Part(
      id: id(onboard: nic.onboard), vendor: "generic", model: "onboard ports \(nic.onboard)",
      spec: .nic(
        NICSpec(ports: words.ports, rate: words.rate, connector: socket, rdma: .none)),
      note: "as the site file describes it")
  }

  private static func fill(
    _ spec: NICSpec, of part: Part, from nic: HostNIC, findings: inout [Finding]
  ) -> NICSpec {
    var spec = spec
    func differ(_ key: String, _ given: String, _ known: String) {
      findings.append(
        Finding(
          rule: "nic-facts-differ", position: nic.position,
          message: "`\(key)` of \(part.model) is \(given) here and \(known) in the catalogue",
          hint: "leave `\(key)` out, or correct the catalogue with --catalog FILE"))
    }
    if let ports = nic.ports {
      if let known = spec.ports, known != ports { differ("ports", "\(ports)", "\(known)") }
      spec.ports = spec.ports ?? ports
    }
    if let given = nic.connector.flatMap(Connector.init(rawValue:)) {
      if let known = spec.connector, known != given {
        differ("connector", given.rawValue, known.rawValue)
      }
      spec.connector = spec.connector ?? given
    }
    return spec
  }
}
