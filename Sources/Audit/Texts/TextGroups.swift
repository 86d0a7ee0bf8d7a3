import Fabric

extension TextProof {
  /// LAGs are within their limits, and ports go down with one uplink group alone.
  static let groups = TextProof(
    "text-groups",
    claim: "LAGs keep the limits of the platform, and no port is in two uplink groups"
  ) { context, ledger in
    for one in context.switches {
      var counts: [Int: Int] = [:]
      for port in one.intent.ports { if let lag = port.lag { counts[lag, default: 0] += 1 } }
      for lag in one.intent.lags {
        let count = counts[lag.number] ?? 0
        let limit =
          lag.isPeerLink ? one.traits?.pair?.maxPeerLinkMembers : one.traits?.maxLAGMembers
        ledger.expect(
          count <= limit?.value ?? .max, at: [one.name, "lag \(lag.number)"],
          "\(count) members", expected: "at most \(limit?.value ?? 0) (\(limit?.fact ?? ""))")
      }
      var group: [String: Int] = [:]
      for uplink in one.intent.uplinkGroups {
        for name in uplink.downstream {
          let other = group.updateValue(uplink.id, forKey: name)
          ledger.expect(
            other == nil, at: [one.name, name],
            "it goes down with the uplink groups \(other ?? 0) and \(uplink.id)",
            expected: "one of them")
        }
      }
    }
  }
}
