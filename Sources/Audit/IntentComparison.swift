import Fabric
import Quantities

/// Compares what the configuration texts say with what was planned, setting by setting.
enum IntentComparison {
  static let rule = "text-equals-intent"
  static let claim =
    "each configuration text says what was planned for its switch, and nothing else"

  static func compare(
    planned: [SwitchIntent], readBack: [SwitchIntent]
  ) -> (findings: [Finding], report: RuleReport) {
    var ledger = Ledger(rule: rule)
    for intent in planned {
      let found = readBack.filter { $0.hostname == intent.hostname }
      ledger.expect(
        found.count == 1, at: [intent.hostname], "\(found.count) configurations carry this name",
        expected: "one configuration for each switch", hint: "write the configurations again")
      if let text = found.first { compare(intent, text, &ledger) }
    }
    for text in readBack {
      ledger.expect(
        planned.contains { $0.hostname == text.hostname }, at: [text.hostname],
        "a configuration is for a switch that is not planned")
    }
    return (
      ledger.findings,
      RuleReport(
        rule: rule, claim: claim, checked: ledger.checked, findings: ledger.findings.count)
    )
  }

  private static func compare(_ a: SwitchIntent, _ b: SwitchIntent, _ ledger: inout Ledger) {
    let name = a.hostname
    same(a.os.rawValue, b.os.rawValue, "operating system", [name], &ledger)
    compareManagement(a.management, b.management, name, &ledger)
    compareTree(a.spanningTree, b.spanningTree, name, &ledger)
    comparePair(a.pair, b.pair, name, &ledger)
    let users = { (intent: SwitchIntent) in
      intent.users.map { $0.isAdministrator ? "\($0.name) (administrator)" : $0.name }
    }
    same(list(users(a)), list(users(b)), "accounts", [name], &ledger)
    same(list(a.ntp), list(b.ntp), "NTP servers", [name], &ledger)
    same(list(a.syslog), list(b.syslog), "syslog servers", [name], &ledger)
    let splits = { (intent: SwitchIntent) in
      intent.splits.map { "\($0.port) into \($0.lanes) x \($0.laneRate.bitsPerSecond)" }
    }
    same(list(splits(a)), list(splits(b)), "split ports", [name], &ledger)
    same(a.qos?.policy, b.qos?.policy, "traffic policy", [name], &ledger)
    each(
      a.qos?.groups ?? [], b.qos?.groups ?? [], key: { "traffic group \($0.id)" }, name, &ledger,
      compareGroups)
    each(
      a.uplinkGroups, b.uplinkGroups, key: { "uplink group \($0.id)" }, name, &ledger,
      compareUplinks)
    each(a.vlans, b.vlans, key: vlanKey, name, &ledger, compareVLANs)
    each(a.lags, b.lags, key: lagKey, name, &ledger, compareLAGs)
    each(a.ports, b.ports, key: portKey, name, &ledger, comparePorts)
  }

  private static func vlanKey(_ vlan: VLANIntent) -> String { "vlan \(vlan.id.number)" }
  private static func lagKey(_ lag: LAGIntent) -> String { "lag \(lag.number)" }
  private static func portKey(_ port: PortIntent) -> String { port.name }

  private static func compareManagement(
    _ a: ManagementIntent?, _ b: ManagementIntent?, _ name: String, _ ledger: inout Ledger
  ) {
    let at = [name, "management"]
    func address(_ value: ManagementIntent?) -> String {
      value.map { "\($0.address)/\($0.prefixLength)" } ?? ""
    }
    same(a?.interface ?? "", b?.interface ?? "", "interface", at, &ledger)
    same(address(a), address(b), "address", at, &ledger)
    same(a?.gateway?.description ?? "", b?.gateway?.description ?? "", "gateway", at, &ledger)
    same(a?.vlan?.number, b?.vlan?.number, "VLAN", at, &ledger)
  }

  private static func compareTree(
    _ a: SpanningTreeIntent, _ b: SpanningTreeIntent, _ name: String, _ ledger: inout Ledger
  ) {
    let at = [name, "spanning tree"]
    same(a.mode.rawValue, b.mode.rawValue, "mode", at, &ledger)
    same(a.priority, b.priority, "priority", at, &ledger)
  }

  private static func comparePair(
    _ a: PairIntent?, _ b: PairIntent?, _ name: String, _ ledger: inout Ledger
  ) {
    let at = [name, "pair"]
    same(a?.domain, b?.domain, "domain", at, &ledger)
    same(a?.peerLAG, b?.peerLAG, "peer link", at, &ledger)
    same(
      a?.backupDestination?.description ?? "", b?.backupDestination?.description ?? "",
      "back-up destination", at, &ledger)
    same(
      a?.sharedAddress?.description ?? "", b?.sharedAddress?.description ?? "",
      "the address of both", at, &ledger)
    same(a?.priority, b?.priority, "priority", at, &ledger)
    same(a?.systemMAC ?? "", b?.systemMAC ?? "", "system MAC", at, &ledger)
    same(a?.unit, b?.unit, "unit id", at, &ledger)
    same(a?.delayRestore, b?.delayRestore, "restore delay", at, &ledger)
    same(
      a?.peering?.vlan.number, b?.peering?.vlan.number, "VLAN of the peer link", at, &ledger)
    same(
      a?.peering.map { "\($0.address)/\($0.prefixLength)" } ?? "",
      b?.peering.map { "\($0.address)/\($0.prefixLength)" } ?? "", "address on the peer link", at,
      &ledger)
    same(
      a?.peering?.peer.description ?? "", b?.peering?.peer.description ?? "",
      "the peer's address on the peer link", at, &ledger)
  }

  private static func compareGroups(_ a: TrafficGroup, _ b: TrafficGroup, _ ledger: inout Ledger) {
    let at = ["traffic group \(a.id)"]
    same(a.bandwidth, b.bandwidth, "share in percent", at, &ledger)
    same(a.lossless, b.lossless, "lossless", at, &ledger)
    same(
      list(a.priorities.map(\.number)), list(b.priorities.map(\.number)), "priorities", at, &ledger)
  }

  private static func compareUplinks(
    _ a: UplinkGroupIntent, _ b: UplinkGroupIntent, _ ledger: inout Ledger
  ) {
    let at = ["uplink group \(a.id)"]
    same(list(a.upstreamLAGs), list(b.upstreamLAGs), "upstream LAGs", at, &ledger)
    same(list(a.downstream), list(b.downstream), "downstream ports", at, &ledger)
    same(a.enabled, b.enabled, "enabled", at, &ledger)
  }

  private static func list(_ values: [some CustomStringConvertible]) -> String {
    values.map(\.description).joined(separator: ", ")
  }

  private static func compareVLANs(_ a: VLANIntent, _ b: VLANIntent, _ ledger: inout Ledger) {
    same(a.name, b.name, "name", [vlanKey(a)], &ledger)
  }

  private static func compareLAGs(_ a: LAGIntent, _ b: LAGIntent, _ ledger: inout Ledger) {
    let at = ["lag \(a.number)"]
    same(a.description, b.description, "description", at, &ledger)
    same(a.lacp, b.lacp, "LACP", at, &ledger)
    same(a.isPeerLink, b.isPeerLink, "peer link", at, &ledger)
    same(a.pairLAG, b.pairLAG, "number in the pair", at, &ledger)
    same(a.membership, b.membership, "VLANs", at, &ledger)
    same(a.mtu, b.mtu, "MTU", at, &ledger)
  }

  private static func comparePorts(_ a: PortIntent, _ b: PortIntent, _ ledger: inout Ledger) {
    let at = [a.name]
    same(a.description, b.description, "description", at, &ledger)
    same(a.enabled, b.enabled, "enabled", at, &ledger)
    same(a.mtu, b.mtu, "MTU", at, &ledger)
    same(a.lag, b.lag, "LAG", at, &ledger)
    same(a.membership, b.membership, "VLANs", at, &ledger)
    same(a.edge, b.edge, "edge port", at, &ledger)
    same(a.bpduGuard, b.bpduGuard, "BPDU guard", at, &ledger)
    same(a.lossless, b.lossless, "lossless", at, &ledger)
  }

  /// Compares two lists by key: what is missing, what is too much, what differs.
  private static func each<Item: Hashable>(
    _ planned: [Item], _ text: [Item], key: (Item) -> String, _ device: String,
    _ ledger: inout Ledger, _ settings: (Item, Item, inout Ledger) -> Void
  ) {
    let found = Dictionary(text.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(planned.map(key))
    for item in planned {
      let name = key(item)
      guard let other = found[name] else {
        ledger.fail(
          at: [device, name], "the text does not hold it", expected: "\(name) as planned")
        continue
      }
      ledger.expect(true, at: [], "")
      guard item != other else { continue }
      var inner = Ledger(rule: rule)
      settings(item, other, &inner)
      if inner.findings.isEmpty {
        ledger.fail(at: [device, name], "the text says \(other)", expected: "\(item)")
      }
      for finding in inner.findings {
        ledger.fail(
          at: [device] + finding.subject, finding.message, expected: finding.expected,
          hint: finding.hint)
      }
    }
    for item in text where !known.contains(key(item)) {
      ledger.fail(at: [device, key(item)], "the text holds it and the plan does not")
    }
    ledger.expect(
      planned.map(key) == text.map(key) || Set(text.map(key)) != known, at: [device],
      "the text lists the same things in another order")
  }

  private static func same<Value: Hashable>(
    _ planned: Value, _ text: Value, _ setting: String, _ at: [String], _ ledger: inout Ledger
  ) {
    ledger.expect(
      planned == text, at: at, "\(setting): the text says \(shown(text))",
      expected: shown(planned))
  }
}
