import CatalogModel

/// The kinds of part by the names that the command line and the files use.
public enum PartKind: String, Sendable, CaseIterable {
  case networkSwitch = "switch"
  case module
  case optic
  case cable
  case nic
  case accessory

  /// The kind of a part.
  public init(_ part: Part) {
    switch part.spec {
    case .networkSwitch: self = .networkSwitch
    case .module: self = .module
    case .optic: self = .optic
    case .cable: self = .cable
    case .nic: self = .nic
    case .accessory: self = .accessory
    }
  }

  var plural: String {
    switch self {
    case .networkSwitch: "switches"
    case .module: "expansion modules"
    case .optic: "optics"
    case .cable: "cables"
    case .nic: "network cards"
    case .accessory: "accessories"
    }
  }
}

/// What plans would like to know of a part and no source says.
enum UnknownFacts {
  static func of(_ part: Part) -> [String] {
    switch part.spec {
    case .networkSwitch(let spec): of(spec)
    case .module(let spec): spec.maxPower == nil ? ["power"] : []
    case .optic(let spec):
      names([
        ("socket", spec.socket == nil), ("reach", spec.reach.isEmpty), ("power", spec.power == nil),
      ])
    case .cable(let spec):
      names([("diameter", spec.diameter == nil), ("bend radius", spec.bendRadius == nil)])
    case .nic(let spec):
      names([
        ("ports", spec.ports == nil), ("connector", spec.connector == nil),
        ("RDMA", spec.rdma == .unknown), ("DCB", spec.dcb == .unknown),
        ("SR-IOV", spec.sriov == .unknown), ("MTU", spec.maxMTU == nil),
        ("power", spec.maxPower == nil),
      ])
    case .accessory: []
    }
  }

  private static func of(_ spec: SwitchSpec) -> [String] {
    names([
      ("operating system", spec.os == nil), ("ports", spec.ports.isEmpty),
      ("pairing", spec.multiChassis == .unknown), ("LAG members", spec.maxLAGMembers == nil),
      ("PFC", spec.pfc == .unknown), ("ETS", spec.ets == .unknown),
      ("DCBX", spec.dcbx == .unknown), ("uplink tracking", spec.uplinkTracking == .unknown),
      ("MTU", spec.maxMTU == nil), ("height", spec.halfRackUnits == nil),
      ("largest draw", spec.maxPower == nil),
      ("power supplies included", spec.powerSupplies.included == nil),
      ("airflow", spec.airflow.isEmpty), ("management port", spec.managementPort == .unknown),
      ("third-party media", spec.thirdPartyMedia == .unknown),
    ])
  }

  private static func names(_ facts: [(String, Bool)]) -> [String] {
    facts.filter(\.1).map(\.0)
  }
}
