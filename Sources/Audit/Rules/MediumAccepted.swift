import CatalogModel
import Fabric

extension PlanProof {
  /// Transceivers and cables with fixed plugs work in the devices at both ends.
  static let mediumAccepted = PlanProof(
    "medium-accepted",
    claim: "each device accepts the transceivers and fixed plugs in its ports, or it is asked about"
  ) { context, ledger in
    let allowed = context.site.requirements.thirdPartyOptics
    // Few kinds of medium meet few kinds of device, many times each.
    var known: [PartID: [PartID: CompatibilityRule.Verdict]] = [:]
    for (cable, plugs) in zip(context.fabric.cables, context.plugs) {
      for plug in plugs {
        guard let medium = plug.opticPart ?? context.catalog.part(cable.part),
          let device = context.acceptingPart(plug)
        else { continue }
        guard plug.opticPart != nil || plug.spec.family.isAttached else { continue }
        if !allowed, context.isLocked(plug, device) {
          ledger.expect(
            medium.vendor == device.vendor, at: plug.subject,
            "\(medium.id) is made by \(medium.vendor)",
            expected: "a part of \(device.vendor), since the site allows no third-party optics")
        }
        let verdict =
          known[medium.id]?[device.id]
          ?? context.catalog.acceptance(of: medium, in: device).verdict
        known[medium.id, default: [:]][device.id] = verdict
        switch verdict {
        case .yes, .withCommand: ledger.expect(true, at: [], "")
        case .no:
          ledger.fail(
            at: plug.subject, "\(device.id) does not accept \(medium.id)",
            expected: "a transceiver or cable that is accepted at both ends",
            hint: "choose one of \(device.vendor), or one that is known to work")
        case .unknown:
          ledger.expectConfirmed(
            "whether \(device.id) accepts \(medium.id)", at: plug.subject, in: context,
            names: [medium.id.rawValue], words: [], isCapability: true)
        }
      }
    }
  }
}

extension AuditContext {
  /// Whether the site's word on third-party optics counts at this plug: at switches, and at the
  /// core when its maker is stated.
  fileprivate func isLocked(_ plug: PlugView, _ device: Part) -> Bool {
    switch plug.node {
    case .device: true
    case .core: !device.vendor.isEmpty
    case .host, .management, .unknown: false
    }
  }
}
