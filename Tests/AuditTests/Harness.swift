import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import Testing

/// What one proof finds in a fabric that `change` has altered, as `subject: message [expected]`.
func findings(
  _ rule: String, in fabric: Fabric = TestFabric.spineLeaf(), after change: (inout Fabric) -> Void
) -> [String] {
  var fabric = fabric
  change(&fabric)
  return Auditor.audit(fabric).findings.filter { $0.rule == rule }.map {
    "\($0.subject.joined(separator: " ")): \($0.message) [\($0.expected)]"
  }
}

extension Fabric {
  /// Changes the intent of a switch.
  mutating func change(_ name: String, _ change: (inout SwitchIntent) -> Void) {
    guard let index = intents.firstIndex(where: { $0.hostname == name }) else { return }
    change(&intents[index])
  }

  /// Changes what a port is told.
  mutating func change(_ name: String, _ port: String, _ change: (inout PortIntent) -> Void) {
    self.change(name) { intent in
      guard let index = intent.ports.firstIndex(where: { $0.name == port }) else { return }
      change(&intent.ports[index])
    }
  }

  /// Changes what a LAG and its members are told.
  mutating func change(_ name: String, lag number: Int, _ change: (inout LAGIntent) -> Void) {
    self.change(name) { intent in
      guard let index = intent.lags.firstIndex(where: { $0.number == number }) else { return }
      change(&intent.lags[index])
    }
  }

  /// Changes a part of the catalogue.
  mutating func change(part id: PartID, _ change: (inout Part) -> Void) {
    guard let index = catalog.parts.firstIndex(where: { $0.id == id }) else { return }
    change(&catalog.parts[index])
  }

  /// Changes the data of a switch.
  mutating func change(switch id: PartID, _ change: (inout SwitchSpec) -> Void) {
    self.change(part: id) { part in
      guard var spec = part.asSwitch else { return }
      change(&spec)
      part.spec = .networkSwitch(spec)
    }
  }

  /// Changes the data of a cable.
  mutating func change(cable id: PartID, _ change: (inout CableSpec) -> Void) {
    self.change(part: id) { part in
      guard var spec = part.asCable else { return }
      change(&spec)
      part.spec = .cable(spec)
    }
  }

  /// Changes the data of a transceiver.
  mutating func change(optic id: PartID, _ change: (inout OpticSpec) -> Void) {
    self.change(part: id) { part in
      guard var spec = part.asOptic else { return }
      change(&spec)
      part.spec = .optic(spec)
    }
  }

  /// Changes a line of the bill.
  mutating func change(line id: PartID, _ change: (inout BOMLine) -> Void) {
    guard let index = bom.firstIndex(where: { $0.part == id }) else { return }
    change(&bom[index])
  }
}
