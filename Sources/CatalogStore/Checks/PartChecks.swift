import CatalogModel
import Quantities

/// Facts of one part that contradict each other.
enum PartChecks {
  static func check(_ part: Part, _ cursor: ElementCursor) {
    switch part.spec {
    case .networkSwitch(let spec): SwitchChecks.check(spec, cursor)
    case .module(let spec): PortChecks.check(spec.ports, cursor)
    case .optic(let spec): MediaChecks.check(spec, cursor)
    case .cable(let spec): MediaChecks.check(spec, cursor)
    case .nic(let spec): check(spec, cursor)
    case .accessory: break
    }
  }

  private static func check(_ spec: NICSpec, _ cursor: ElementCursor) {
    if let connector = spec.connector, connector == .lc || connector == .mpo12 {
      contradiction(
        cursor, "connector", "a card with \(connector.rawValue) sockets",
        "name the cage or rj45; fibre plugs go into a transceiver")
    }
  }

  /// Adds a finding about an attribute of the cursor's element.
  static func contradiction(
    _ cursor: ElementCursor, _ attribute: String, _ message: String, _ hint: String
  ) {
    cursor.diagnostics.add(
      "catalog-contradiction", file: cursor.file, place: cursor.place(of: attribute), message,
      hint: hint)
  }
}

/// Facts of a switch that contradict each other.
enum SwitchChecks {
  static func check(_ spec: SwitchSpec, _ cursor: ElementCursor) {
    PortChecks.check(spec.ports, cursor)
    if let max = spec.maxPower, let typical = spec.typicalPower, max < typical {
      inside(
        cursor, "power", "max-w",
        "a largest draw of \(Format.power(max)) below the usual \(Format.power(typical))",
        "exchange them, or look at the source again")
    }
    let supplies = spec.powerSupplies
    if let included = supplies.included, let bays = supplies.bays, included > bays {
      inside(
        cursor, "power-supplies", "included",
        "\(included) power supplies in the box but only \(bays) \(bays == 1 ? "bay" : "bays")",
        "included counts the supplies that come with the switch")
    }
    if spec.bays == 0, !spec.modules.isEmpty {
      inside(
        cursor, "bays", "modules", "modules but no bay for them", "give the number of bays")
    }
    if spec.airflow.contains(.fanless), spec.airflow.count > 1 {
      inside(
        cursor, "airflow", "directions", "a fanless switch with a direction of air",
        "keep one of them")
    }
    if spec.managementPort != .yes, !spec.managementPortName.isEmpty {
      inside(
        cursor, "management", "name", "a management port that is not there has a name",
        "remove the name")
    }
    if let units = spec.halfRackUnits, units > 60 {
      inside(
        cursor, "rack", "units", "a switch of \(units / 2) rack units", "30 is the most accepted")
    }
    if spec.multiChassis != .unknown, !spec.multiChassis.canPair,
      spec.requires.contains(where: { $0.when == .multiChassis })
    {
      inside(
        cursor, "multi-chassis", "kind", "a licence for pairs of a switch that cannot pair",
        "say which pairing it has, or remove the requirement")
    }
  }

  private static func inside(
    _ cursor: ElementCursor, _ child: String, _ attribute: String, _ message: String,
    _ hint: String
  ) {
    let element = cursor.element.children.first { $0.name == child } ?? cursor.element
    let inner = ElementCursor(element, file: cursor.file, diagnostics: cursor.diagnostics)
    PartChecks.contradiction(inner, attribute, message, hint)
  }
}
