import CatalogModel
import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// Every switch can be reached, and reaches the services it is told of, apart from the data
  /// network.
  static let managementReach = PlanProof(
    "management-reach",
    claim: "each switch has its own management address, a cable to it, and its services in reach",
    readsIntents: true
  ) { context, ledger in
    let management = context.site.management
    var taken: [IPv4Address: String] = [:]
    for gateway in [management.gateway].compactMap({ $0 }) { taken[gateway] = "the gateway" }
    for server in management.ntp + management.syslog { taken[server] = "a server" }
    for view in context.switches {
      let subject = [view.name]
      if let address = view.device.managementAddress {
        ledger.expect(
          management.subnet.contains(address), at: subject,
          "its management address \(address) is outside \(management.subnet)")
        let owner = taken[address]
        ledger.expect(
          owner == nil, at: subject,
          "its management address \(address) is that of \(owner ?? "another")")
        taken[address] = view.name
      }
      guard view.device.role != .outOfBand else { continue }
      ledger.expect(
        view.device.managementAddress != nil, at: subject, "it has no management address")
      guard let intent = view.intent else { continue }
      checkIntent(intent, view, context, &ledger)
      checkServices(intent, view, context, &ledger)
      checkCable(view, context, &ledger)
    }
    checkShared(taken, context, &ledger)
    checkFarEnd(context, &ledger)
  }

  /// The address that both switches of a pair answer at is in the management subnet and nobody's own.
  private static func checkShared(
    _ taken: [IPv4Address: String], _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let subnet = context.site.management.subnet
    for view in context.switches {
      guard let shared = view.intent?.pair?.sharedAddress else { continue }
      ledger.expect(
        subnet.contains(shared), at: [view.name],
        "the address \(shared) of its pair is outside \(subnet)")
      ledger.expect(
        taken[shared] == nil, at: [view.name],
        "the address \(shared) of its pair is that of \(taken[shared] ?? "another")")
    }
  }

  private static func checkIntent(
    _ intent: SwitchIntent, _ view: SwitchView, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let wanted = context.site.management
    guard let told = intent.management else {
      ledger.expect(false, at: [view.name], "it is told no management address")
      return
    }
    ledger.expect(
      told.address == view.device.managementAddress, at: [view.name],
      "it is told the management address \(told.address)",
      expected: view.device.managementAddress?.description ?? "one")
    ledger.expect(
      told.prefixLength == wanted.subnet.prefixLength, at: [view.name],
      "it is told a management subnet of /\(told.prefixLength)",
      expected: "/\(wanted.subnet.prefixLength)")
    ledger.expect(
      told.gateway == wanted.gateway, at: [view.name],
      "it is told the gateway \(told.gateway?.description ?? "none")",
      expected: wanted.gateway?.description ?? "none")
    ledger.expect(
      told.interface == view.device.managementPort, at: [view.name],
      "it is told the management interface \(told.interface)",
      expected: view.device.managementPort)
    ledger.expect(
      intent.users.contains(where: \.isAdministrator), at: [view.name],
      "it has no account for an administrator")
    guard view.device.managementPort.isEmpty else { return }
    // A data port serves: it trunks nothing, and no other port is in its VLAN.
    ledger.expect(
      told.vlan == wanted.vlan, at: [view.name], "its management is not in a VLAN of its own",
      expected: "VLAN \(wanted.vlan.number)")
    for port in intent.ports {
      let isManagement = (view.linksAtPort[port.name] ?? []).contains {
        context.links[$0].link.role == .management
      }
      if isManagement {
        ledger.expect(
          port.membership == Membership(untagged: wanted.vlan), at: [view.name, port.name],
          "the management port has \(port.membership.shown)",
          expected: "untagged \(wanted.vlan.number)")
      } else {
        ledger.expect(
          !view.carries(wanted.vlan, port: port) || intent.pair != nil, at: [view.name, port.name],
          "it carries the management VLAN \(wanted.vlan.number)",
          expected: "the management port alone")
      }
    }
  }

  private static func checkServices(
    _ intent: SwitchIntent, _ view: SwitchView, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let wanted = context.site.management
    for (told, given, name) in [
      (intent.ntp, wanted.ntp, "NTP"), (intent.syslog, wanted.syslog, "syslog"),
    ] {
      ledger.expect(
        told == Set(given).sorted(), at: [view.name],
        "its \(name) servers are "
          + (told.isEmpty ? "none" : told.map(\.description).joined(separator: ", ")),
        expected: given.isEmpty ? "none" : given.map(\.description).joined(separator: ", "))
      for server in told {
        ledger.expect(
          wanted.subnet.contains(server) || intent.management?.gateway != nil,
          at: [view.name, server.description],
          "the \(name) server is outside \(wanted.subnet) and there is no gateway",
          expected: "a server in the management subnet, or a gateway to it")
      }
    }
  }

  private static func checkCable(
    _ view: SwitchView, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let own = context.links.filter {
      $0.link.role == .management && $0.link.a.node == view.name
    }
    ledger.expect(
      own.count == 1, at: [view.name], "\(own.count) management links start here", expected: "1")
    let name = view.device.managementPort
    for link in own where !name.isEmpty {
      ledger.expect(
        link.link.a.port == name, at: [view.name, link.link.a.port],
        "the management link is not at the management port", expected: name)
    }
    switch view.spec?.managementPort {
    case .yes?: ledger.expect(true, at: [], "")
    case .no?:
      ledger.expect(
        name.isEmpty, at: [view.name, name], "\(view.device.part) has no management port")
    case .unknown?, nil:
      ledger.expectConfirmed(
        "whether \(view.device.part) has a management port", at: [view.name], in: context,
        names: [view.device.part.rawValue], words: ["management", "out-of-band"],
        isCapability: true)
    }
  }

  /// The management switch has a port for everybody.
  private static func checkFarEnd(_ context: AuditContext, _ ledger: inout Ledger) {
    let management = context.site.management
    let links = context.links.filter { $0.link.role == .management }
    let boxes = context.switches.indices.filter {
      context.switches[$0].device.role == .outOfBand
    }
    ledger.expect(
      boxes.count == (management.buySwitch ? 1 : 0), at: ["management"],
      "\(boxes.count) management switches are bought", expected: management.buySwitch ? "1" : "none"
    )
    if let box = boxes.first {
      let view = context.switches[box]
      ledger.expect(
        links.allSatisfy { $0.b == .device(box) }, at: [view.name],
        "a management cable goes elsewhere")
      let ports = view.groups.filter { $0.connector == .rj45 && $0.rates.contains(.gigabits(1)) }
        .reduce(0) { $0 + $1.count }
      ledger.expect(
        links.count <= ports, at: [view.name], "\(links.count) management cables go here",
        expected: "at most \(ports), its ports")
    } else if let free = management.freePorts {
      ledger.expect(
        links.count <= free, at: ["management"], "\(links.count) management cables go there",
        expected: "at most \(free) free ports")
    } else if !links.isEmpty {
      ledger.expectConfirmed(
        "how many ports of the management switch are free", at: ["management"], in: context,
        names: ["management", "management.free-ports"], words: ["port"])
    }
  }
}
