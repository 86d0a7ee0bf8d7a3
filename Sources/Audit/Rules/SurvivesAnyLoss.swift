import Fabric

extension PlanProof {
  /// Every host reaches every other, and tenants the core, after the loss of any one thing and
  /// during the upgrade of any one switch. The way to the second of two separate core boxes counts
  /// although it is shut: it is opened by hand, which `no-loop` asks the owner about.
  static let survivesAnyLoss = PlanProof(
    "survives-any-loss",
    claim: "every host stays connected after the loss of any one switch, link, cable, optic or "
      + "power supply, and during the upgrade of any one switch",
    readsIntents: true
  ) { context, ledger in
    var losses: [Loss] = []
    for (index, view) in context.switches.enumerated() where view.device.role != .outOfBand {
      losses.append(.device(index))
    }
    for (index, links) in context.linksByCable.enumerated() {
      let isData = links.contains { context.links[$0].link.role != .management }
      if isData { losses.append(.cable(index)) }
    }
    for need in context.needs() {
      let reachability = Reachability(need, context)
      let now = reachability.cutOff(after: .nothing)
      ledger.expect(
        now == nil, at: [need.name], now ?? "", expected: "all hosts reach each other",
        hint: "look at the VLANs of its ports and trunks")
      guard now == nil else { continue }
      for loss in losses {
        let cut = reachability.cutOff(after: loss)
        ledger.expect(
          cut == nil, at: subject(loss, context) + [need.name], "after its loss \(cut ?? "")",
          expected: "all hosts reach each other", hint: "add the second way")
      }
    }
  }

  private static func subject(_ loss: Loss, _ context: AuditContext) -> [String] {
    switch loss {
    case .nothing: []
    case .device(let index): [context.switches[index].name]
    case .cable(let index): [context.fabric.cables[index].id]
    }
  }
}
