import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// The VLANs are those of the site, and only what may leave is allowed to.
  static let vlanPlan = PlanProof(
    "vlan-plan",
    claim: "the VLANs are those that the site wants, and storage-class ones never leave"
  ) { context, ledger in
    let site = context.site
    let vlans = context.fabric.vlans
    ledger.expect(
      Set(vlans.map(\.id)).count == vlans.count, at: ["vlans"], "a VLAN stands more than once")
    ledger.expect(
      Set(vlans.map(\.name)).count == vlans.count, at: ["vlans"], "two VLANs have one name")
    let carried = Set(context.hostPorts.flatMap(\.carries))
    for entry in site.addressing.entries where carried.contains(entry.traffic) {
      for network in context.networks(of: entry) {
        let (id, side) = (network.vlan, network.side)
        let vlan = context.vlanByID[id]
        ledger.expect(
          vlan != nil && vlan?.side == side && vlan?.purpose.rawValue == entry.traffic.rawValue,
          at: ["vlan \(id.number)"],
          vlan.map { "it is for \($0.purpose.rawValue) on \($0.side?.rawValue ?? "both sides")" }
            ?? "it is not in the plan",
          expected: entry.traffic.rawValue
            + (side.map { " on fabric \($0.rawValue)" } ?? " on both fabrics"))
        if let vlan {
          // What leaves has the packets of the core.
          let mtu = vlan.mayLeave ? 1500 : site.addressing.mtu
          ledger.expect(
            vlan.mtu == mtu, at: ["vlan \(id.number)"],
            "its payload MTU is \(vlan.mtu) bytes", expected: "\(mtu)")
        }
      }
    }
    if carried.contains(.tenant) {
      for id in site.traffic.tenantVLANs {
        ledger.expect(
          context.vlanByID[id]?.purpose == .tenant, at: ["vlan \(id.number)"],
          "the site's tenant VLAN is not planned")
      }
    }
    for vlan in vlans { checkLeaving(vlan, context, &ledger) }
  }

  private static func checkLeaving(
    _ vlan: VLAN, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let allowed: Bool =
      switch vlan.purpose {
      case .tenant: true
      case .backup: context.site.traffic.backup == .viaCore
      case .csv, .liveMigration, .storage, .management, .native: false
      }
    ledger.expect(
      allowed || !vlan.mayLeave, at: ["vlan \(vlan.id.number)"],
      "it is for \(vlan.purpose.rawValue) and may leave through the core",
      expected: "a VLAN that stays inside")
    if vlan.mayLeave, let core = context.site.core {
      ledger.expect(
        core.carries.contains(vlan.id) || vlan.purpose == .backup,
        at: ["vlan \(vlan.id.number)", core.name],
        "it may leave, and the core is not to carry it",
        expected: core.carries.map { String($0.number) }.joined(separator: ", "))
    }
  }
}
