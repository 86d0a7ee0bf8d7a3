import Fabric

extension TextProof {
  /// Names and addresses stand once.
  static let names = TextProof(
    "text-names",
    claim: "each switch has a name, an address and a pair of its own, each VLAN one name"
  ) { context, ledger in
    var names: Set<String> = []
    var addresses: [UInt32: String] = [:]
    for one in context.switches {
      ledger.expect(
        names.insert(one.name).inserted, at: [one.name], "two configurations carry this name",
        hint: "take the older one out of the folder")
      if let address = one.intent.management?.address {
        let other = addresses.updateValue(one.name, forKey: address.bits)
        ledger.expect(
          other == nil || other == one.name, at: [one.name],
          "\(other ?? "") has the management address \(address) too")
      }
    }
    var called: [Int: (name: String, by: String)] = [:]
    for one in context.switches {
      for vlan in one.intent.vlans where !vlan.name.isEmpty {
        let other = called[vlan.id.number] ?? (vlan.name, one.name)
        called[vlan.id.number] = other
        ledger.expect(
          vlan.name == other.name, at: [one.name, "vlan \(vlan.id.number)"],
          "it is called \(vlan.name) here and \(other.name) on \(other.by)",
          expected: "one name for one VLAN", severity: .warning)
      }
    }
    for (index, one) in context.switches.enumerated() {
      guard let pair = one.intent.pair else { continue }
      let other = pair.backupDestination.map { ", \($0)," } ?? ""
      ledger.expect(
        context.peers[index] != nil, at: [one.name],
        "the other switch of its pair\(other) is not among the configurations",
        hint: "add its configuration, or nothing is said of whether the two agree",
        severity: .warning)
    }
  }
}
