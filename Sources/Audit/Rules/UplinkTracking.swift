import CatalogModel
import Fabric

extension Proof {
  /// A ToR that lost all its uplinks takes its host ports down.
  static let uplinkTracking = Proof(
    "uplink-tracking",
    claim: "a ToR that loses all its uplinks takes its host ports down", readsIntents: true
  ) { context, ledger in
    for (index, view) in context.switches.enumerated() where view.device.role == .tor {
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
        intent.uplinkGroups.filter { Set($0.upstreamLAGs) == uplinks }.flatMap(\.downstream))
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
}
