import Fabric

extension PlanProof {
  /// Ports towards hosts are edge ports with a guard, ports towards switches are not.
  static let edgePorts = PlanProof(
    "edge-ports", claim: "host ports are edge ports with BPDU guard, and trunks are neither",
    readsIntents: true
  ) { context, ledger in
    for attachment in context.layer2.attachments {
      let subject = [context.switches[attachment.device].name, attachment.port.name]
      ledger.expect(
        attachment.port.edge, at: subject, "a host port waits for spanning tree",
        expected: "an edge port")
      ledger.expect(
        attachment.port.bpduGuard, at: subject, "a host port has no BPDU guard",
        expected: "BPDU guard, so that no switch joins the tree there")
    }
    for trunk in context.layer2.trunks {
      for (end, port) in [(trunk.a, trunk.portA), (trunk.b ?? trunk.a, trunk.portB ?? trunk.portA)]
      {
        ledger.expect(
          !port.edge && !port.bpduGuard, at: [context.switches[end].name, port.name],
          "a port between switches is an edge port", expected: "an ordinary port",
          hint: "a guard there would cut the switch off, an edge would allow a loop")
      }
    }
  }
}
