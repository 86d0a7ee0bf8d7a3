import CatalogModel
import Fabric

extension PlanProof {
  /// Every switch has just the ports that its part and modules have, called as they are called.
  static let portsMatchPart = PlanProof(
    "ports-match-part",
    claim: "every switch has the ports that its part and modules have, and no others"
  ) { context, ledger in
    for view in context.switches {
      let name = view.name
      ledger.expect(
        view.spec != nil, at: [name],
        "the part \(view.device.part) is not a switch of the plan's catalogue",
        hint: "plan again with the catalogue that holds it")
      guard let spec = view.spec else { continue }
      let modules = view.device.modules
      ledger.expect(
        modules.count <= spec.bays, at: [name], "\(modules.count) modules are fitted",
        expected: "at most \(spec.bays), one for each bay")
      for module in modules {
        ledger.expect(
          context.catalog.part(module)?.asModule != nil && spec.modules.contains(module),
          at: [name], "the module \(module) does not fit", expected: "a module that the part lists")
      }
      ledger.expect(
        view.portIndex.count == view.device.ports.count, at: [name],
        "a port name stands more than once")
      checkGroups(view, &ledger)
    }
  }

  private static func checkGroups(_ view: SwitchView, _ ledger: inout Ledger) {
    let fixed = view.spec?.ports ?? []
    var wholeNames: [String: Set<String>] = [:]
    for port in view.device.ports {
      guard let group = view.group(of: port) else {
        ledger.fail(
          at: [view.name, port.name], "the part has no port group \(port.group)",
          expected: "one of " + view.groups.map(\.id).joined(separator: ", "))
        continue
      }
      ledger.expect(
        port.connector == group.connector, at: [view.name, port.name],
        "its socket is \(port.connector.rawValue)", expected: group.connector.rawValue)
      let whole = port.splitFrom ?? port.name
      wholeNames[group.id, default: []].insert(whole)
      if fixed.contains(where: { $0.id == group.id }) {
        ledger.expect(
          (0..<group.count).contains { group.naming.name($0) == whole },
          at: [view.name, port.name], "the part has no port of that name",
          expected: "\(group.naming.name(0)) to \(group.naming.name(group.count - 1))")
      }
    }
    for group in view.groups {
      let found = wholeNames[group.id]?.count ?? 0
      ledger.expect(
        found == group.count, at: [view.name, group.id],
        "\(found) ports of this group are listed", expected: "\(group.count), as the part has")
    }
  }
}
