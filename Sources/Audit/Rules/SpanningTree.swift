import CatalogModel
import Fabric
import SiteModel

extension PlanProof {
  /// The root of the tree stays in the core.
  static let spanningTree = PlanProof(
    "spanning-tree",
    claim: "every switch runs RSTP, and none can become root above the core or its spine",
    readsIntents: true
  ) { context, ledger in
    let central: DeviceRole = context.fabric.design == .spineLeaf ? .spine : .central
    let priorities = context.switches.filter { $0.device.role == central }
      .compactMap { $0.intent?.spanningTree.priority }
    let top = priorities.max()
    if context.fabric.design != .standalonePair {
      ledger.expect(
        Set(priorities).count == priorities.count,
        at: context.switches.filter { $0.device.role == central }.map(\.name),
        "two switches of a pair have one bridge priority, \(priorities.first ?? 0)",
        expected: "one each, so that it is known which follows as root")
    }
    for view in context.switches {
      guard let tree = view.intent?.spanningTree else { continue }
      ledger.expect(
        tree.mode == .rstp, at: [view.name], "spanning tree is \(tree.mode.rawValue)",
        expected: "rstp")
      ledger.expect(
        (0...worst).contains(tree.priority) && tree.priority % 4096 == 0, at: [view.name],
        "its bridge priority is \(tree.priority)", expected: "0 to 61440 in steps of 4096")
      if view.device.role == .tor, let top {
        ledger.expect(
          tree.priority > top, at: [view.name], "its bridge priority is \(tree.priority)",
          expected: "more than \(top), the spine's, so that no ToR becomes root")
      }
    }
    checkCore(context, central, &ledger)
  }

  /// The last step of bridge priorities.
  private static let worst = 61440

  private static func checkCore(
    _ context: AuditContext, _ central: DeviceRole, _ ledger: inout Ledger
  ) {
    guard let core = context.site.core, context.layer2.trunks.contains(where: { $0.b == nil })
    else { return }
    if core.spanningTree.mode != .none {
      for view in context.switches where view.device.role != .outOfBand {
        guard let priority = view.intent?.spanningTree.priority else { continue }
        // A switch that nobody configured has 32768: while the root is away, one of them follows.
        let least = max(core.spanningTree.priority, 32768)
        ledger.expect(
          priority > least, at: [view.name, core.name], "its bridge priority is \(priority)",
          expected: "more than \(least), of the core's root or any other old switch",
          hint: "a lower priority would make the new switch root of the core's tree")
      }
    }
    switch core.spanningTree.mode {
    case .pvst, .rapidPVST:
      ledger.expectConfirmed(
        "how \(core.spanningTree.mode.rawValue) of \(core.name) gets on with RSTP",
        at: [core.name], in: context, names: [core.name], words: ["pvst", "spanning"])
    case .rstp, .mstp, .none: ledger.expect(true, at: [], "")
    }
  }
}
