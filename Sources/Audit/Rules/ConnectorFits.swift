import CatalogModel
import Fabric

extension PlanProof {
  /// Plugs go into cages, transceivers into cages, fibre plugs into transceivers, twisted pair
  /// into RJ45.
  static let connectorFits = PlanProof(
    "connector-fits",
    claim: "every plug and transceiver fits the socket that it goes into"
  ) { context, ledger in
    for plugs in context.plugs {
      for plug in plugs { check(plug, context, &ledger) }
    }
  }

  private static func check(_ plug: PlugView, _ context: AuditContext, _ ledger: inout Ledger) {
    let port = context.socket(of: plug.end.endpoint)
    if let id = plug.end.optic {
      ledger.expect(
        plug.optic != nil, at: plug.subject, "\(id) is not a transceiver of the plan's catalogue")
      guard let optic = plug.optic else { return }
      ledger.expect(
        !plug.spec.family.isAttached, at: plug.subject,
        "a cable with fixed plugs has the transceiver \(id)", expected: "no transceiver")
      expect(port, accepts: optic.form, called: "the transceiver \(id)", plug, context, &ledger)
      if let socket = optic.socket {
        ledger.expect(
          socket == plug.plug, at: plug.subject,
          "the cable's plug is \(plug.plug.rawValue) and the transceiver \(id) takes "
            + socket.rawValue)
      } else {
        ledger.expectConfirmed(
          "the socket of \(id)", at: plug.subject, in: context, names: [id.rawValue],
          words: ["socket", "connector", "plug"])
      }
      return
    }
    switch plug.spec.family {
    case .fibre:
      ledger.fail(
        at: plug.subject, "a fibre patch cord goes straight into a port",
        expected: "a transceiver", hint: "add the transceiver that both ends accept")
    case .passiveDAC, .activeDAC, .activeOptical, .twistedPair:
      expect(port, accepts: plug.plug, called: "the plug", plug, context, &ledger)
    }
  }

  private static func expect(
    _ socket: Socket, accepts form: Connector, called what: String, _ plug: PlugView,
    _ context: AuditContext, _ ledger: inout Ledger
  ) {
    switch socket {
    case .known(let cage):
      ledger.expect(
        cage.accepts(form), at: plug.subject,
        "\(what) is \(form.rawValue) and the port is \(cage.rawValue)",
        expected: "a plug that fits the port")
    case .unknown:
      let names = [plug.end.endpoint.node, context.acceptingPart(plug)?.id.rawValue ?? ""]
      ledger.expectConfirmed(
        "the socket of \(plug.end.endpoint.node) \(plug.end.endpoint.port)", at: plug.subject,
        in: context, names: names, words: ["socket", "connector", "port"])
    case .missing: return
    }
  }
}
