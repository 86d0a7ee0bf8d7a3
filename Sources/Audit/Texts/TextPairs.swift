import CatalogModel
import Fabric
import Quantities

extension TextProof {
  /// The two switches of a pair agree on all but what must differ: name, addresses, priority, unit
  /// and descriptions.
  static let pairs = TextProof(
    "text-pairs", claim: "the two switches of a pair agree on all but what must differ"
  ) { context, ledger in
    for pair in context.pairs {
      var check = PairCheck(
        one: context.switches[pair.first], two: context.switches[pair.second], ledger: ledger)
      check.run()
      ledger = check.ledger
    }
  }
}

/// The comparison of one pair.
private struct PairCheck {
  let one: TextContext.Switch
  let two: TextContext.Switch
  var ledger: Ledger

  private func subject(_ place: String = "") -> [String] {
    [one.name, two.name] + (place.isEmpty ? [] : [place])
  }

  private mutating func same<Value: Equatable>(
    _ a: Value, _ b: Value, _ what: String, at place: String = ""
  ) {
    let names = subject(place)
    ledger.expect(
      a == b, at: names, "\(what): \(shown(a)) on one, \(shown(b)) on the other",
      expected: "the same on both")
  }

  mutating func run() {
    guard let a = one.intent.pair, let b = two.intent.pair else { return }
    let names = subject()
    same(one.intent.os.rawValue, two.intent.os.rawValue, "operating system")
    same(a.domain, b.domain, "pair domain")
    same(a.peerLAG, b.peerLAG, "LAG of the peer link")
    same(a.systemMAC ?? "", b.systemMAC ?? "", "system MAC")
    same(a.delayRestore, b.delayRestore, "restore delay")
    same(
      a.sharedAddress?.description ?? "", b.sharedAddress?.description ?? "",
      "address that both answer at")
    ledger.expect(
      (a.unit == nil && b.unit == nil) || Set([a.unit, b.unit]) == [0, 1], at: names,
      "unit ids \(shown(a.unit)) and \(shown(b.unit))",
      expected: "0 on one and 1 on the other")
    ledger.expect(
      a.priority == nil ? b.priority == nil : a.priority != b.priority, at: names,
      "both have the priority \(shown(a.priority))", expected: "unlike priorities")
    heartbeat(a, of: one, to: two)
    heartbeat(b, of: two, to: one)
    if a.peering != nil || b.peering != nil {
      ledger.expect(
        a.peering?.vlan == b.peering?.vlan && a.peering?.prefixLength == b.peering?.prefixLength
          && a.peering?.address == b.peering?.peer && a.peering?.peer == b.peering?.address,
        at: names, "they do not look for each other at each other's address on the peer link",
        expected: "the same VLAN and prefix, and the other's address")
    }
    same(
      one.intent.spanningTree.mode.rawValue, two.intent.spanningTree.mode.rawValue, "spanning tree")
    same(
      Self.list(one.intent.vlans.map(\.id.number)), Self.list(two.intent.vlans.map(\.id.number)),
      "VLANs")
    classes()
    lags()
  }

  private static func list(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: ", ")
  }

  private mutating func heartbeat(
    _ pair: PairIntent, of near: TextContext.Switch, to far: TextContext.Switch
  ) {
    // A platform may have no word for one.
    guard let address = far.intent.management?.address, let backup = pair.backupDestination else {
      return
    }
    ledger.expect(
      backup == address, at: [near.name], "its heartbeat goes to \(backup)",
      expected: "the management address of \(far.name), \(address)")
  }

  private mutating func classes() {
    func text(_ qos: QoSIntent?) -> String {
      (qos?.groups ?? []).map { group in
        "\(group.id): \(Self.list(group.priorities.map(\.number))); \(group.bandwidth) %"
          + (group.lossless ? "; lossless" : "")
      }.joined(separator: " | ")
    }
    same(text(one.intent.qos), text(two.intent.qos), "traffic groups")
  }

  private mutating func lags() {
    let peer = "lag \(one.intent.pair?.peerLAG ?? 0)"
    if let a = one.lag(one.intent.pair?.peerLAG), let b = two.lag(two.intent.pair?.peerLAG) {
      same(a.lacp, b.lacp, "LACP", at: peer)
      same(a.mtu, b.mtu, "MTU", at: peer)
      same(members(one, a).count, members(two, b).count, "number of members", at: peer)
    }
    let theirs = Dictionary(
      two.intent.lags.compactMap { lag in lag.pairLAG.map { ($0, lag) } },
      uniquingKeysWith: { first, _ in first })
    var seen: Set<Int> = []
    for lag in one.intent.lags {
      guard let number = lag.pairLAG else { continue }
      seen.insert(number)
      let place = "pair LAG \(number)"
      guard let other = theirs[number] else {
        onOne(place, lacking: two.name)
        continue
      }
      same(lag.lacp, other.lacp, "LACP", at: place)
      same(lag.membership, other.membership, "VLANs", at: place)
      same(lag.mtu, other.mtu, "MTU", at: place)
      same(
        members(one, lag).contains(where: \.lossless),
        members(two, other).contains(where: \.lossless), "lossless", at: place)
    }
    for lag in two.intent.lags {
      guard let number = lag.pairLAG, !seen.contains(number) else { continue }
      onOne("pair LAG \(number)", lacking: one.name)
    }
  }

  private mutating func onOne(_ place: String, lacking name: String) {
    let names = subject(place)
    ledger.expect(
      false, at: names, "\(name) has no LAG with this number", expected: "one on each",
      severity: .warning)
  }

  private func members(_ one: TextContext.Switch, _ lag: LAGIntent) -> [PortIntent] {
    one.intent.ports.filter { $0.lag == lag.number }
  }
}
