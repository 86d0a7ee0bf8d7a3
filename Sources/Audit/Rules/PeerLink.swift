import CatalogModel
import Fabric
import Quantities

extension PlanProof {
  /// The link between the two switches of a pair carries what an uplink loss sends over it.
  static let peerLink = PlanProof(
    "peer-link",
    claim: "each pair has a static peer link of two or more members that carries an uplink's loss",
    readsIntents: true
  ) { context, ledger in
    for pair in context.pairs {
      let trunks =
        context.layer2.trunks.filter { context.isPeerLink($0) && $0.a == pair.first }
        + context.layer2.trunks.filter { context.isPeerLink($0) && $0.a == pair.second }
      let names = [context.switches[pair.first].name, context.switches[pair.second].name]
      ledger.expect(
        trunks.count >= 2, at: names, "their peer link has \(trunks.count) members",
        expected: "at least 2", hint: "buy and cable another one")
      for trunk in trunks {
        let link = context.links[trunk.link].link
        ledger.expect(
          link.role == .peer, at: [link.id], "it joins a pair and is a \(link.role.rawValue) link")
        for (end, port) in [(trunk.a, trunk.portA), (trunk.b ?? trunk.a, trunk.portB)] {
          let view = context.switches[end]
          ledger.expect(
            port?.lag != nil && port?.lag == view.intent?.pair?.peerLAG,
            at: [view.name, port?.name ?? ""], "it is not in the peer link's LAG")
        }
      }
      for end in [pair.first, pair.second] { checkLAG(end, context, &ledger) }
      let rate = trunks.reduce(Int64(0)) {
        $0.addingReportingOverflow(context.links[$1.link].link.rate.bitsPerSecond).partialValue
      }
      let need = need(context)
      ledger.expect(
        rate >= need.bitsPerSecond, at: names,
        "their peer link runs at \(Format.rate(DataRate(bitsPerSecond: rate)))",
        expected: "at least \(Format.rate(need)), which the loss of an uplink sends over it")
    }
  }

  private static func checkLAG(_ index: Int, _ context: AuditContext, _ ledger: inout Ledger) {
    let view = context.switches[index]
    guard let intent = view.intent, let pair = intent.pair else { return }
    let peers = intent.lags.filter(\.isPeerLink)
    ledger.expect(
      peers.map(\.number) == [pair.peerLAG], at: [view.name, "lag \(pair.peerLAG)"],
      "\(peers.count) LAGs are marked as its peer link", expected: "just LAG \(pair.peerLAG)")
    for lag in peers {
      ledger.expect(
        lag.membership == .none, at: [view.name, "lag \(lag.number)"],
        "its peer link lists VLANs", expected: "none: the system adds all of them")
      ledger.expect(
        lag.pairLAG == nil, at: [view.name, "lag \(lag.number)"],
        "its peer link has a number in the pair")
    }
  }

  /// With ToRs: what the links of one ToR to one spine node carry, since all of it crosses over when
  /// the links to the other are lost. With hosts on the pair itself: one host link.
  private static func need(_ context: AuditContext) -> DataRate {
    var most: Int64 = 0
    if context.fabric.design == .vltPair {
      for view in context.links where view.link.role == .host {
        most = max(most, view.link.rate.bitsPerSecond)
      }
      return DataRate(bitsPerSecond: most)
    }
    for (index, view) in context.switches.enumerated() where view.device.role == .tor {
      var toSpine = [Int64](repeating: 0, count: context.switches.count)
      for trunk in context.layer2.trunks where trunk.a == index || trunk.b == index {
        guard let b = trunk.b else { continue }
        let spine = trunk.a == index ? b : trunk.a
        toSpine[spine] =
          toSpine[spine].addingReportingOverflow(
            context.links[trunk.link].link.rate.bitsPerSecond
          ).partialValue
      }
      most = max(most, toSpine.max() ?? 0)
    }
    return DataRate(bitsPerSecond: most)
  }
}
