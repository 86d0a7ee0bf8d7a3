import CatalogModel
import Fabric

extension PlanProof {
  /// A ToR that lost all its uplinks takes its host ports down; so does a switch of a pair that
  /// hosts plug into when it has lost both the core and its peer, once the core is hooked up:
  /// `core-away` says why not before.
  static let uplinkTracking = PlanProof(
    "uplink-tracking",
    claim: "a switch that loses all its uplinks takes its host ports down", readsIntents: true
  ) { context, ledger in
    for (index, view) in context.switches.enumerated() where hasUplinks(index, context) {
      if view.device.role == .central, !canFollow(view, context) {
        ledger.expectConfirmed(
          "that the host ports of \(view.device.part) stay up without core and peer",
          at: [view.name], in: context, names: [view.device.part.rawValue], words: ["peer links"])
        continue
      }
      switch view.spec?.uplinkTracking {
      case .yes?: ledger.expect(true, at: [], "")
      case .no?:
        ledger.fail(
          at: [view.name], "\(view.device.part) cannot take host ports down with its uplinks",
          expected: "a model that can", hint: "hosts would send into a dead end")
      case .unknown?, nil:
        ledger.expectConfirmed(
          "whether \(view.device.part) takes host ports down with its uplinks", at: [view.name],
          in: context, names: [view.device.part.rawValue], words: ["uplink"], isCapability: true)
      }
      guard let intent = view.intent else { continue }
      let uplinks = Set(
        context.layer2.trunks.compactMap {
          $0.a == index ? $0.portA.lag : $0.b == index ? $0.portB?.lag : nil
        })
      let guarded = Set(
        intent.uplinkGroups.filter {
          Set($0.upstreamLAGs) == uplinks && ($0.enabled || view.device.role == .central)
        }.flatMap(\.downstream))
      for group in intent.uplinkGroups {
        ledger.expect(
          group.upstreamLAGs.allSatisfy { view.lag($0) != nil } && !group.upstreamLAGs.isEmpty,
          at: [view.name, "uplink group \(group.id)"], "it watches a LAG that is not there")
        ledger.expect(
          group.downstream.allSatisfy { view.portIntentIndex[$0] != nil },
          at: [view.name, "uplink group \(group.id)"], "it takes down a port that is not there")
      }
      for attachment in context.layer2.attachments where attachment.device == index {
        ledger.expect(
          guarded.contains(attachment.port.name), at: [view.name, attachment.port.name],
          "this host port stays up when all uplinks are lost",
          expected: "an uplink group that takes it down",
          hint: "its host would send into a dead end")
      }
    }
  }

  /// Whether a switch with host ports can be cut off from the others: a ToR, or a switch of a pair
  /// that the core is behind. Where the core is two separate boxes one switch has no open way to
  /// it, and must go on alone when its peer dies.
  private static func hasUplinks(_ index: Int, _ context: AuditContext) -> Bool {
    let view = context.switches[index]
    return view.device.role == .tor
      || (view.device.role == .central && context.fabric.design == .vltPair
        && context.site.core.map { $0.kind != .separate } ?? false
        && context.layer2.trunks.contains { $0.a == index && $0.b == nil })
  }

  /// Whether a switch and its text can take host ports down, and wait with that for the core.
  private static func canFollow(_ view: SwitchView, _ context: AuditContext) -> Bool {
    guard view.spec?.uplinkTracking != .no else { return false }
    guard let traits = view.intent.flatMap({ context.fabric.traits($0.os) }) else { return true }
    return traits.uplinkTracking?.canBeOff.value == true
  }
}
