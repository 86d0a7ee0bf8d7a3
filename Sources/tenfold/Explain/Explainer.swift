import Audit
import CatalogModel
import Fabric
import Quantities

/// Finds what a plan says about one of its things.
struct Explainer {
  let fabric: Fabric

  init(_ fabric: Fabric) { self.fabric = fabric }

  /// Everything that can be asked for by name.
  var subjects: [String] {
    ["design", "rdma"] + fabric.devices.map(\.name) + fabric.bom.map(\.part.rawValue)
      + fabric.hosts.map(\.name) + fabric.cables.map(\.id) + fabric.links.map(\.id)
      + fabric.vlans.flatMap { [String($0.id.number), $0.name] }
      + Auditor.rules.map(\.name)
  }

  /// The design, what lost against it, and what can be asked.
  func design() -> Explanation {
    var paragraphs = reasons("design")
    let rate = fabric.site.prices.freightAndVAT
    paragraphs.append(
      "It costs \(Format.money(fabric.totals.total)), "
        + (rate == .zero ? "net." : "freight and VAT included."))
    for other in fabric.alternatives {
      var text = "Not \(other.design.rawValue): \(sentence(other.reason))"
      if let total = other.total { text += " It would cost \(Format.money(total))." }
      if other.couldWin { text += " Within the intervals of the estimates it could win." }
      paragraphs.append(text)
    }
    paragraphs.append("Switches: " + fabric.devices.map(\.name).joined(separator: ", ") + ".")
    paragraphs.append(
      "Order lines: " + fabric.bom.map(\.part.rawValue).joined(separator: ", ") + ".")
    paragraphs.append(
      "VLANs: " + fabric.vlans.map { "\($0.id.number) (\($0.name))" }.joined(separator: ", ") + ".")
    paragraphs.append(
      "Also rdma, hosts, cables (C0001), links (L0001), rules of the audit, and lines of a"
        + " configuration (switches/NAME.cfg:LINE).")
    return Explanation(subject: "design \(fabric.design.rawValue)", paragraphs: paragraphs)
  }

  /// `nil` when nothing in the plan has that name; letters' case is ignored.
  func explain(_ subject: String) -> Explanation? {
    let wanted = subject.lowercased()
    func matches(_ name: String) -> Bool { name.lowercased() == wanted }
    if wanted == "design" { return design() }
    if wanted == "rdma" { return rdma() }
    if let device = fabric.devices.first(where: { matches($0.name) }) { return explain(device) }
    if let link = fabric.links.first(where: { matches($0.id) }) { return explain(link) }
    if let cable = fabric.cables.first(where: { matches($0.id) }) { return explain(cable) }
    if let host = fabric.hosts.first(where: { matches($0.name) }) { return explain(host) }
    if let line = fabric.bom.first(where: { line in
      matches(line.part.rawValue)
        || fabric.catalog.part(line.part).map { matches($0.model) || matches($0.sku) } ?? false
    }) {
      return explain(line)
    }
    if let vlan = fabric.vlans.first(where: { vlan in
      matches(vlan.name) || ["", "vlan ", "vlan"].contains { matches("\($0)\(vlan.id.number)") }
    }) {
      return explain(vlan)
    }
    if let rule = Auditor.rules.first(where: { matches($0.name) }) { return explain(rule: rule) }
    let found = reasons(subject)
    return found.isEmpty ? nil : Explanation(subject: subject, paragraphs: found)
  }

  /// What the planner gave as reasons.
  func reasons(_ subject: String) -> [String] {
    fabric.reasons.filter { $0.subject == subject }.map(\.text)
  }

  /// Vendor, model and order number of a part.
  func title(_ id: PartID) -> String {
    guard let part = fabric.catalog.part(id) else { return id.rawValue }
    let sku = part.sku.isEmpty || part.sku == part.model ? "" : " (\(part.sku))"
    return "\(part.vendor) \(part.model)\(sku)"
  }

  /// A text that ends like a sentence.
  func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }
}
