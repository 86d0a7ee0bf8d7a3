import Fabric

extension PlanProof {
  /// The VLAN of untagged frames on trunks carries nothing.
  static let nativeUnused = PlanProof(
    "native-unused", claim: "the untagged VLAN of trunks is unused everywhere else",
    readsIntents: true
  ) { context, ledger in
    let native = context.site.addressing.nativeVLAN
    for vlan in context.fabric.vlans where vlan.id == native || vlan.purpose == .native {
      ledger.expect(
        vlan.id == native && vlan.purpose == .native, at: ["vlan \(vlan.id.number)"],
        "it is for \(vlan.purpose.rawValue)", expected: "VLAN \(native.number), for nothing else")
    }
    ledger.expect(
      !context.fabric.subnets.contains { $0.vlan == native }, at: ["vlan \(native.number)"],
      "the unused VLAN has a subnet")
    for view in context.switches {
      for port in view.intent?.ports ?? [] {
        ledger.expect(
          !port.membership.tagged.contains(native), at: [view.name, port.name],
          "the unused VLAN \(native.number) is tagged on it")
      }
      for lag in view.intent?.lags ?? [] {
        ledger.expect(
          !lag.membership.tagged.contains(native)
            && (lag.membership.untagged == nil || lag.membership.untagged == native),
          at: [view.name, "lag \(lag.number)"], "it has \(lag.membership.shown)",
          expected: "VLAN \(native.number) untagged, or nothing untagged")
      }
    }
  }
}
