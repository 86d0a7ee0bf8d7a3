import CatalogModel
import Fabric
import Quantities

extension PlanProof {
  /// All switches treat RDMA alike: same lossless priorities, enough of the link for them, nothing
  /// else in their group.
  ///
  /// Platforms differ in how they group the rest (OS9 cannot part 5, 6 and 7), so equal effect is
  /// the test and not equal text. The least share is that of Microsoft's host network requirements,
  /// 50 % for SMB Direct.
  static let qosPolicy = PlanProof(
    "qos-policy", claim: "all switches give the same priorities the same lossless share or more",
    readsIntents: true
  ) { context, ledger in
    let isWanted = context.fabric.vlans.contains(where: \.lossless)
    var reference: (name: String, priorities: [PriorityCodePoint])?
    for view in context.switches {
      guard let qos = view.intent?.qos else { continue }
      checkGroups(qos, view.name, &ledger)
      let lossless = qos.groups.filter(\.lossless)
      let priorities = lossless.flatMap(\.priorities).sorted()
      ledger.expect(
        !isWanted || !priorities.isEmpty, at: [view.name], "no priority is lossless")
      ledger.expect(
        priorities.allSatisfy { $0.number == 3 || $0.number == 4 }, at: [view.name],
        "the lossless priorities are \(shown(priorities))",
        expected: "3 or 4, where hosts send SMB Direct")
      let share = lossless.reduce(0) { $0.addingReportingOverflow($1.bandwidth).partialValue }
      ledger.expect(
        lossless.isEmpty || share >= 50, at: [view.name],
        "the lossless priorities get \(share) % of a link", expected: "at least 50 %")
      if let reference {
        ledger.expect(
          reference.priorities == priorities, at: [view.name],
          "its lossless priorities are \(shown(priorities))",
          expected: "\(shown(reference.priorities)), as on \(reference.name)")
      } else {
        reference = (view.name, priorities)
      }
    }
  }

  private static func checkGroups(_ qos: QoSIntent, _ name: String, _ ledger: inout Ledger) {
    let sum = qos.groups.reduce(0) { $0.addingReportingOverflow($1.bandwidth).partialValue }
    ledger.expect(
      sum == 100 && qos.groups.allSatisfy { (1...100).contains($0.bandwidth) }, at: [name],
      "the shares of its groups add up to \(sum) %", expected: "100 %")
    let priorities = qos.groups.flatMap(\.priorities).map(\.number).sorted()
    ledger.expect(
      priorities == Array(0...7), at: [name],
      "its groups hold the priorities " + priorities.map(String.init).joined(separator: ", "),
      expected: "0 to 7, each once")
    ledger.expect(
      Set(qos.groups.map(\.id)).count == qos.groups.count, at: [name], "a group id stands twice")
    let lossless = qos.groups.filter(\.lossless)
    ledger.expect(
      lossless.count <= 2, at: [name], "\(lossless.count) groups are lossless",
      expected: "at most 2, which is what switch buffers are made for")
    for group in lossless {
      ledger.expect(
        group.priorities.count == 1, at: [name, "group \(group.id)"],
        "the lossless group holds the priorities \(shown(group.priorities))",
        expected: "one priority alone, so that nothing else is paused with it")
    }
  }

  private static func shown(_ priorities: [PriorityCodePoint]) -> String {
    priorities.isEmpty
      ? "none" : priorities.map { String($0.number) }.joined(separator: ", ")
  }
}
