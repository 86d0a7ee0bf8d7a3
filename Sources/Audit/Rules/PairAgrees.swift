import CatalogModel
import Fabric

extension PlanProof {
  /// The two switches that act as one agree on everything that makes them one.
  static let pairAgrees = PlanProof(
    "pair-agrees",
    claim: "a pair has two like members that agree on domain, MAC and numbers", readsIntents: true
  ) { context, ledger in
    let central: DeviceRole = context.fabric.design == .spineLeaf ? .spine : .central
    let wantsPair = context.fabric.design != .standalonePair
    for view in context.switches {
      let isWanted = wantsPair && view.device.role == central
      ledger.expect(
        (view.intent?.pair != nil) == isWanted, at: [view.name],
        isWanted ? "it is in no pair" : "it is in a pair",
        expected: isWanted
          ? "a pair with the other central switch"
          : "a switch on its own: a rack's two ToRs and "
            + "the islands of a standalone pair are independent")
    }
    var domains: [Int: [Int]] = [:]
    for (index, view) in context.switches.enumerated() {
      if let pair = view.intent?.pair { domains[pair.domain, default: []].append(index) }
    }
    for domain in domains.keys.sorted() {
      let members = domains[domain] ?? []
      ledger.expect(
        members.count == 2, at: members.map { context.switches[$0].name },
        "\(members.count) switches have the pair domain \(domain)", expected: "two")
      guard members.count == 2 else { continue }
      check(context.switches[members[0]], context.switches[members[1]], context, &ledger)
    }
  }

  private static func check(
    _ one: SwitchView, _ two: SwitchView, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    guard let a = one.intent?.pair, let b = two.intent?.pair else { return }
    let subject = [one.name, two.name]
    func equal(_ holds: Bool, _ what: String, _ expected: String) {
      ledger.expect(holds, at: subject, what, expected: expected)
    }
    equal(
      one.device.part == two.device.part && one.device.modules == two.device.modules,
      "they are of unlike models", "equal models and modules")
    equal(
      one.intent?.os == two.intent?.os, "they run unlike operating systems", "the same release")
    equal(a.systemMAC == b.systemMAC, "their system MACs differ", "the same on both")
    // Platforms without a word for a number leave it out on both.
    func shown(_ number: Int?) -> String { number.map(String.init) ?? "none" }
    equal(
      Set([a.unit, b.unit]) == [0, 1] || (a.unit == nil && b.unit == nil),
      "their unit ids are \(shown(a.unit)) and \(shown(b.unit))", "0 on one and 1 on the other")
    equal(
      a.priority != b.priority || (a.priority == nil && b.priority == nil),
      "both have the priority \(shown(a.priority))",
      "unlike priorities, so that it is known which is primary")
    equal(
      a.peering?.vlan == b.peering?.vlan && a.peering?.prefixLength == b.peering?.prefixLength
        && a.peering?.address == b.peering?.peer && a.peering?.peer == b.peering?.address,
      "they do not look for each other at each other's address on the peer link",
      "the same VLAN and prefix, and the other's address")
    equal(a.peerLAG == b.peerLAG, "their peer links have unlike LAG numbers", "the same on both")
    equal(a.delayRestore == b.delayRestore, "their restore delays differ", "the same on both")
    equal(
      a.sharedAddress == b.sharedAddress, "the addresses that both answer at differ",
      "the same on both")
    for (view, pair, other) in [(one, a, two), (two, b, one)] {
      let traits = view.intent.flatMap { context.fabric.traits($0.os)?.pair }
      let wanted = traits?.hasHeartbeat == false ? nil : other.device.managementAddress
      ledger.expect(
        pair.backupDestination == wanted, at: [view.name],
        "its heartbeat goes to \(pair.backupDestination?.description ?? "nobody")",
        expected: traits?.hasHeartbeat == false
          ? "no heartbeat: the platform has no word for one"
          : "the management address of \(other.name)"
            + (other.device.managementAddress.map { ", \($0)" } ?? ""),
        hint: "the heartbeat must not depend on the peer link")
      ledger.expect(
        (pair.sharedAddress != nil) == (traits?.sharesAddress ?? false), at: [view.name],
        pair.sharedAddress.map { "it shares the address \($0)" } ?? "it shares no address",
        expected: traits?.sharesAddress == true
          ? "an address that both answer at" : "none: the platform has no word for one")
      ledger.expect(
        pair.domain >= 1, at: [view.name], "its pair domain is \(pair.domain)")
    }
  }
}
