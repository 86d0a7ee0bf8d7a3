import CatalogModel
import Fabric
import Quantities
import SiteModel
import TemplateText

/// Prepares a group for the templates of Windows: order and choice happen here, wording there.
struct WindowsView {
  private let shape: HostShape
  private let system: WindowsSystem
  private let layout: WindowsLayout
  private let files: WindowsFiles
  private let header: HostConfig.Header

  init(_ files: WindowsFiles, _ header: HostConfig.Header) {
    self.files = files
    self.header = header
    shape = files.shape
    system = files.system
    layout = files.layout
  }

  var node: Node {
    var parts: [String: Node] = [
      "group": Node(shape.group.name), "system": Node(system.name), "build": Node(system.build),
      "planName": Node(header.planName), "planHash": Node(header.planHash),
      "date": Node(header.date.iso), "firstHost": Node(shape.hosts[0].name),
      "notes": Node(files.notes.map { "\($0.subject): \($0.text)" }), "ports": Node(ports),
      "teams": Node(teams),
      "switches": Node(switches), "interfaces": Node(interfaces),
      "hasTeams": Node(!layout.teams.isEmpty), "hasSwitches": Node(!layout.switches.isEmpty),
      "embedded": Node(layout.switches.contains(where: \.isEmbeddedTeam)),
      "needsHyperV": Node(!layout.switches.isEmpty || !migration.isEmpty),
    ]
    if !shape.tenants.isEmpty {
      parts["tenants"] = Node(
        [shape.tenants.map { String($0.id.number) }.joined(separator: ", ")])
    }
    if let qos = shape.qos, shape.ports.contains(where: \.isLossless) {
      parts["qos"] = Self.qos(qos)
    }
    if !migration.isEmpty { parts["migration"] = migrationNode }
    return Node(parts)
  }

  // MARK: Ports and what is on them

  private var ports: [Node] {
    shape.ports.indices.map { place in
      let port = shape.ports[place]
      return Node([
        "name": Node(port.name), "mtu": Node(shape.mtu(ofPort: place)),
        "rdma": Self.flag(layout.rdma[place]), "technology": Self.technology(port.rdma),
        "lossless": Self.flag(port.isLossless), "queues": Node(layout.queues[place].rawValue),
        "bare": Self.flag(
          layout.interfaces.contains { $0.kind == .adapter && $0.parent == port.name }),
      ])
    }
  }

  /// What the driver calls the kind of RDMA; nothing where a card has one alone or can do both.
  private static func technology(_ rdma: RDMA) -> Node {
    switch rdma {
    case .iwarp: Node("1")
    case .roceV2: Node("4")
    case .none, .roceV1, .both, .unknown: Node("$null")
    }
  }

  private var teams: [Node] {
    layout.teams.map { team in
      Node([
        "name": Node(team.name), "members": Node(Self.quoted(team.members)),
        "algorithm": Node(team.isUnderSwitch ? "HyperVPort" : "Dynamic"),
        "underSwitch": Self.flag(team.isUnderSwitch),
        "fact": Node(team.isUnderSwitch ? "WIN-40" : "WIN-41"),
      ])
    }
  }

  private var switches: [Node] {
    layout.switches.map { own in
      Node([
        "name": Node(own.name), "members": Node(Self.quoted(own.members)),
        "isEmbedded": Self.flag(own.isEmbeddedTeam),
        "fact": Node(own.isEmbeddedTeam ? "WIN-47" : "WIN-45"),
      ])
    }
  }

  private var interfaces: [Node] {
    layout.interfaces.map { interface in
      let network = shape.networks[interface.network]
      return Node([
        "alias": Node(interface.alias), "kind": Node(interface.kind.rawValue),
        "network": Node(network.name), "parent": Node(interface.parent),
        "tiedTo": Node(interface.tiedTo), "vlan": Node(network.vlan.id.number),
        "mtu": Node(network.vlan.mtu), "prefix": Node(network.prefix.prefixLength),
        "rdma": Self.flag(interface.rdma), "lossless": Self.flag(network.vlan.lossless),
      ])
    }
  }

  private static func quoted(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }

  /// As PowerShell writes it; `nil` leaves the setting alone.
  private static func flag(_ value: Bool?) -> Node {
    Node(value.map { $0 ? "$true" : "$false" } ?? "$null")
  }

  // MARK: Traffic classes

  /// Priority 0 is the default of all traffic; the class that has it is what Windows has anyway.
  private static func qos(_ qos: QoSIntent) -> Node {
    func list(_ numbers: [Int]) -> String {
      numbers.sorted().map(String.init).joined(separator: ",")
    }
    let own = qos.groups.filter { group in !group.priorities.contains { $0.number == 0 } }
    let lossless = own.filter(\.lossless).flatMap(\.priorities).map(\.number)
    func policy(_ name: String, _ match: String, _ priority: Int, _ fact: String) -> Node {
      Node([
        "name": Node(name), "match": Node(match), "priority": Node(priority), "fact": Node(fact),
      ])
    }
    let smb = "Tenfold SMB Direct"
    var policies = lossless.prefix(1).map {
      policy(smb, "NetDirectPortMatchCondition = 445", $0, "WIN-67,DCB-1")
    }
    if own.contains(where: { group in group.priorities.contains { $0.number == 7 } }) {
      policies.append(policy("Tenfold cluster", "Cluster = $true", 7, "WIN-68,DCB-1"))
    }
    policies.append(policy("Tenfold default", "Default = $true", 0, "WIN-69,DCB-1"))
    return Node([
      "smbPolicy": Node(smb), "policies": Node(policies),
      "classes": Node(
        own.map { group in
          Node([
            "name": Node(group.lossless ? "Tenfold lossless" : "Tenfold cluster"),
            "share": Node(group.bandwidth),
            "priorities": Node(list(group.priorities.map(\.number))),
          ])
        }),
      "lossless": Node(list(lossless)),
      "lossy": Node(list((0...7).filter { !lossless.contains($0) })),
    ])
  }

  // MARK: Live migration

  /// Interfaces that live migration takes: those of its own networks, or those that they are folded
  /// into.
  private var migration: [HostNetwork] {
    let own = shape.networks.indices.filter { shape.networks[$0].vlan.purpose == .liveMigration }
    return own.map { place in
      shape.networks[layout.folded.first { $0.network == place }?.into ?? place]
    }
  }

  private var migrationNode: Node {
    var parts: [String: Node] = [
      "subnets": Node(Self.quoted(unique(migration.map(\.prefix.description)))),
      "networkNames": Node(unique(migration.map(\.name)).joined(separator: ", ")),
      "count": Node(String(LiveMigration.count)), "clusterLimit": Node(system.hasClusterLimit),
    ]
    if let limit { parts["limit"] = Node(String(limit)) }
    return Node(parts)
  }

  /// Bytes a second that live migration may take where it shares its ports with storage; `nil` where
  /// it has ports of its own.
  private var limit: Int64? {
    let ports = Set(
      shape.networks.filter { $0.vlan.purpose == .liveMigration }.map(\.port))
    let isShared = shape.networks.contains {
      ports.contains($0.port) && LiveMigration.sharesSMB(with: $0.vlan.purpose)
    }
    guard isShared else { return nil }
    return LiveMigration.limit(
      ports.sorted().map { port in shape.hosts.map { $0.rates[port] } }, shape.qos)
  }
}
