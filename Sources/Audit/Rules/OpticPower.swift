import CatalogModel
import Fabric
import Quantities

extension PlanProof {
  /// No transceiver draws more than its cage gives.
  ///
  /// Every SFP+ cage gives power level I, 1.0 W (SFF-8431), every QSFP+ cage power class 1, 1.5 W
  /// (SFF-8436); only beyond that does the port's own limit have to be known.
  static let opticPower = PlanProof(
    "optic-power", claim: "no transceiver draws more than its cage gives"
  ) { context, ledger in
    for (cable, plugs) in zip(context.fabric.cables, context.plugs) {
      for plug in plugs {
        guard let view = context.switchView(plug.node),
          plug.opticPart != nil || plug.spec.family.isAttached
        else { continue }
        let id = plug.end.optic ?? cable.part
        let endpoint = plug.end.endpoint
        let port =
          view.port(endpoint.port)
          ?? view.device.ports.first { $0.splitFrom == endpoint.port }
        guard let port, let group = view.group(of: port) else { continue }
        let sure = always(group.connector)
        guard let draw = plug.optic.map(\.power) ?? plug.spec.powerPerEnd else {
          // Passive twinax draws next to nothing; nobody states it.
          guard plug.spec.family != .passiveDAC else { continue }
          ledger.expectConfirmed(
            "the draw of \(id)", at: plug.subject, in: context, names: [id.rawValue],
            words: ["power", "draw", "watt"])
          continue
        }
        if let limit = group.maxOpticPower {
          ledger.expect(
            draw <= limit, at: plug.subject, "\(id) draws \(Format.power(draw))",
            expected: "at most \(Format.power(limit))", hint: "choose a transceiver that draws less"
          )
        } else if draw > sure {
          ledger.expectConfirmed(
            "what the cages of \(view.device.part) give", at: plug.subject, in: context,
            names: [view.device.part.rawValue, id.rawValue, view.name],
            words: ["power", "draw", "watt"])
        } else {
          ledger.expect(true, at: [], "")
        }
      }
    }
  }

  private static func always(_ cage: Connector) -> Power {
    switch cage {
    case .qsfpPlus, .qsfp28: Power(milliwatts: 1500)
    default: .watts(1)
    }
  }
}
