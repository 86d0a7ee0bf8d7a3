import CatalogModel
import Fabric
import Quantities

extension TextProof {
  /// Shares add up, priorities stand once, and what is lossless is so on every switch.
  static let classes = TextProof(
    "text-classes",
    claim: "shares add up to 100 %, groups keep the rules of the platform, and all switches agree"
  ) { context, ledger in
    let lossless = context.switches.map { one in
      (one.intent.qos?.groups ?? []).filter(\.lossless).flatMap(\.priorities).map(\.number).sorted()
    }
    for (index, one) in context.switches.enumerated() {
      for port in one.intent.ports where port.enabled && port.lossless {
        ledger.expect(
          !one.membership(port).tagged.isEmpty || one.lag(port.lag)?.isPeerLink == true,
          at: [one.name, port.name], "it is lossless but carries no tagged VLAN",
          expected: "a tag, in which the priority stands", severity: .warning)
      }
      guard let qos = one.intent.qos else { continue }
      let sum = qos.groups.reduce(0) { $0 &+ $1.bandwidth }
      ledger.expect(sum == 100, at: [one.name], "its shares add up to \(sum) %", expected: "100 %")
      let all = qos.groups.flatMap(\.priorities)
      ledger.expect(
        all.count == 8 && Set(all).count == 8, at: [one.name],
        "its traffic groups do not hold each priority once", expected: "0 to 7, once each")
      if let limits = one.traits?.qos { rules(qos, limits, one.name, &ledger) }
      let other = context.switches.indices.first { !lossless[$0].isEmpty && $0 < index }
      if let other, !lossless[index].isEmpty {
        ledger.expect(
          lossless[index] == lossless[other], at: [one.name],
          "priorities \(lossless[index]) are lossless, on \(context.switches[other].name) "
            + "\(lossless[other])", expected: "the same on every switch of a path")
      }
    }
  }

  private static func rules(
    _ qos: QoSIntent, _ limits: QoSTraits, _ name: String, _ ledger: inout Ledger
  ) {
    let lossless = qos.groups.filter(\.lossless).flatMap(\.priorities)
    ledger.expect(
      lossless.count <= limits.maxLossless.value, at: [name],
      "\(lossless.count) priorities are lossless",
      expected: "at most \(limits.maxLossless.value) (\(limits.maxLossless.fact))")
    guard let queues = limits.queueOfPriority else { return }
    var owner: [Int: Int] = [:]
    for group in qos.groups {
      for priority in group.priorities where queues.value.indices.contains(priority.number) {
        let queue = queues.value[priority.number]
        let other = owner.updateValue(group.id, forKey: queue)
        ledger.expect(
          other == nil || other == group.id, at: [name],
          "queue \(queue) is in the traffic groups \(other ?? 0) and \(group.id)",
          expected: "all priorities of a queue in one group (\(queues.fact))")
      }
    }
  }
}
