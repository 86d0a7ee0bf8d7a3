import Fabric
import Quantities

extension PlanProof {
  /// The members of a LAG are alike, and the LAG is one LAG at both ends.
  static let lagsConsistent = PlanProof(
    "lags-consistent",
    claim: "the members of each LAG are alike and form one LAG at both ends", readsIntents: true
  ) { context, ledger in
    for (index, view) in context.switches.enumerated() {
      guard let intent = view.intent else { continue }
      ledger.expect(
        view.lagIndex.count == intent.lags.count, at: [view.name], "a LAG number stands twice")
      for port in intent.ports {
        guard let number = port.lag else { continue }
        ledger.expect(
          view.lag(number) != nil, at: [view.name, port.name],
          "it is a member of LAG \(number), which does not exist")
        ledger.expect(
          port.membership == .none, at: [view.name, port.name],
          "a member of LAG \(number) has VLANs of its own: \(port.membership.shown)",
          expected: "none, since the LAG has them")
      }
      for lag in intent.lags { check(lag, view, index, context, &ledger) }
    }
    checkTrunks(context, &ledger)
  }

  private static func check(
    _ lag: LAGIntent, _ view: SwitchView, _ index: Int, _ context: AuditContext,
    _ ledger: inout Ledger
  ) {
    let subject = [view.name, "lag \(lag.number)"]
    let members = (view.lagMembers[lag.number] ?? []).compactMap { view.intent?.ports[$0] }
    ledger.expect(!members.isEmpty, at: subject, "it has no member")
    let speaksLACP =
      !lag.isPeerLink
      || view.intent.flatMap { context.fabric.traits($0.os)?.pair }?.speaksLACP == true
    ledger.expect(
      lag.lacp == speaksLACP, at: subject, lag.lacp ? "it speaks LACP" : "it is static",
      expected: speaksLACP ? "LACP, so that a wrong cable is found" : "a static peer link")
    var rates: [DataRate] = []
    for port in members {
      let links = view.linksAtPort[port.name] ?? []
      // The standby way to the second of two separate core boxes is shut.
      let mayBeShut =
        context.site.core?.kind == .separate
        && links.allSatisfy { context.links[$0].link.role == .core }
      ledger.expect(
        (port.enabled || mayBeShut) && links.count == 1, at: [view.name, port.name],
        "a member of LAG \(lag.number) has \(links.count) links and is "
          + (port.enabled ? "up" : "shut down"), expected: "one link, up")
      rates += links.map { context.links[$0].link.rate }
      ledger.expect(
        port.mtu == lag.mtu, at: [view.name, port.name],
        "its MTU is \(port.mtu) and that of LAG \(lag.number) is \(lag.mtu)",
        expected: "the same on the LAG and all its members")
      ledger.expect(
        port.lossless == members[0].lossless, at: [view.name, port.name],
        "it has another QoS policy than \(members[0].name)")
      ledger.expect(
        !port.edge, at: [view.name, port.name], "a member of LAG \(lag.number) is an edge port")
    }
    ledger.expect(
      Set(rates).count <= 1, at: subject,
      "its members run at " + Set(rates).sorted().map(Format.rate).joined(separator: " and "),
      expected: "one rate")
    guard let number = lag.pairLAG else { return }
    guard let peer = context.peer(of: index) else {
      return ledger.fail(at: subject, "it belongs to a pair, and the switch has no peer")
    }
    let other = context.switches[peer].intent?.lags.filter { $0.pairLAG == number } ?? []
    ledger.expect(
      other.count == 1, at: subject,
      "\(other.count) LAGs of \(context.switches[peer].name) have its number in the pair, \(number)",
      expected: "1")
    guard let same = other.first else { return }
    ledger.expect(
      same.number == lag.number, at: subject,
      "it is LAG \(same.number) on \(context.switches[peer].name)",
      expected: "the same number on both, so that nobody confuses them")
    ledger.expect(
      same.membership == lag.membership, at: subject, "it has \(lag.membership.shown)",
      expected: "\(same.membership.shown), as on \(context.switches[peer].name)")
    ledger.expect(
      partners(of: lag, on: index, context) == partners(of: same, on: peer, context), at: subject,
      "its members lead elsewhere than those of \(context.switches[peer].name)",
      expected: "the same partner from both switches of the pair")
  }

  /// The far nodes of a LAG.
  private static func partners(
    of lag: LAGIntent, on index: Int, _ context: AuditContext
  ) -> Set<Node> {
    let view = context.switches[index]
    var nodes: Set<Node> = []
    for member in view.lagMembers[lag.number] ?? [] {
      guard let port = view.intent?.ports[member] else { continue }
      for link in view.linksAtPort[port.name] ?? [] {
        let far = context.links[link]
        nodes.insert(far.a == .device(index) ? far.b : far.a)
      }
    }
    return nodes
  }

  /// Uplinks, peer links and core links run in LAGs, and the two ends of a LAG belong together.
  private static func checkTrunks(_ context: AuditContext, _ ledger: inout Ledger) {
    // Far LAG, as the pair numbers it, by near switch and LAG.
    var farOf: [[Int]: String] = [:]
    for trunk in context.layer2.trunks {
      let link = context.links[trunk.link].link
      guard link.role != .management else { continue }
      let isSeparate = trunk.b == nil && context.site.core?.kind == .separate
      for (end, port) in [(trunk.a, trunk.portA), (trunk.b ?? trunk.a, trunk.portB ?? trunk.portA)]
      {
        ledger.expect(
          port.lag != nil || isSeparate, at: [context.switches[end].name, port.name, link.id],
          "its \(link.role.rawValue) link is in no LAG", expected: "a LAG over all such links")
      }
      guard let b = trunk.b, let portB = trunk.portB else { continue }
      for (near, port, far, farPort) in [
        (trunk.a, trunk.portA, b, portB), (b, portB, trunk.a, trunk.portA),
      ] {
        guard let number = port.lag else { continue }
        let key = farKey(far, farPort, context)
        let known = farOf[[near, number]]
        ledger.expect(
          known == nil || known == key,
          at: [context.switches[near].name, "lag \(number)", link.id],
          "its members end in different LAGs at the far side",
          expected: "one LAG, or one LAG of a pair")
        farOf[[near, number]] = known ?? key
      }
    }
  }

  private static func farKey(_ far: Int, _ port: PortIntent, _ context: AuditContext) -> String {
    guard let number = port.lag, let lag = context.switches[far].lag(number) else {
      return "\(far) \(port.name)"
    }
    if let pairLAG = lag.pairLAG, let peer = context.peer(of: far) {
      return "pair \(min(far, peer)) \(pairLAG)"
    }
    return "\(far) lag \(number)"
  }
}
