import Fabric
import Quantities

extension TextProof {
  /// A VLAN whose name says storage or migration leaves by no port that leads away from the switches
  /// at hand.
  ///
  /// Without a plan nobody says which VLANs must not leave: their names do. A port leads away when it
  /// is up, no edge port, and its description (or its LAG's) names none of the switches.
  static let isolation = TextProof(
    "text-isolation",
    claim: "VLANs named for storage or migration leave by no port that leads to other switches"
  ) { context, ledger in
    let inner = Set(context.links.flatMap { [$0.a] + ($0.b.map { [$0] } ?? []) })
    for (device, one) in context.switches.enumerated() {
      let isolated = one.intent.vlans.filter { isIsolated($0.name) }
      guard !isolated.isEmpty else { continue }
      for (place, port) in one.intent.ports.enumerated() where port.enabled && !port.edge {
        guard !inner.contains(TextContext.End(device: device, port: place)),
          one.lag(port.lag)?.isPeerLink != true, !leadsToHost(port)
        else { continue }
        let carried = Set(numbers(one.membership(port)))
        let leaving = isolated.filter { carried.contains($0.id.number) }
        ledger.expect(
          leaving.isEmpty, at: [one.name, port.name],
          "carries " + leaving.map { "VLAN \($0.id.number) (\($0.name))" }.joined(separator: ", ")
            + " to \(port.description.isEmpty ? "nobody knows where" : port.description)",
          expected: "none of them: they stay between hosts and these switches",
          hint:
            "take them off the list of the port, or say in its description which switch it leads to"
        )
      }
    }
  }

  /// Words of names of VLANs that stay between hosts.
  private static let words: Set<String> = [
    "csv", "migration", "livemigration", "lm", "storage", "san", "smb", "smb1", "smb2", "backup",
    "rdma", "roce", "iscsi", "nfs", "vsan", "vmotion", "ceph", "replication",
  ]

  private static func isIsolated(_ name: String) -> Bool {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.contains { words.contains(String($0)) }
  }

  /// A lossless port that is in no LAG is a host's, though nobody made it an edge port.
  private static func leadsToHost(_ port: PortIntent) -> Bool { port.lossless && port.lag == nil }
}
