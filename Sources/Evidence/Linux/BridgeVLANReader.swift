import Quantities

/// Reads `bridge -j -c vlan show`.
struct BridgeVLANReader {
  private var ports: [String: Reading<BridgeVLANFacts>] = [:]
  private var told: Told?
  private var failure = Unknown(.notCollected)

  init(_ outputs: LinuxOutputs) {
    guard let told = outputs.first(LinuxCommand("bridge", "vlan")) else { return }
    if told.isEmptyAnswer {
      self.told = told
      return
    }
    switch told.tree() {
    case .unknown(let reason): failure = reason
    case .known(let node):
      self.told = told
      // Old releases write one object with the names as keys.
      for (name, value) in node.members { ports[name] = BridgeVLANReader.facts(value, told) }
      for entry in node.list ?? [] {
        guard let name = entry["ifname"]?.text else { continue }
        ports[name] = BridgeVLANReader.facts(entry["vlans"], told)
      }
    }
  }

  /// VLANs of a port of a bridge. One without any is not listed.
  func facts(_ interface: String, isPort: Bool) -> Reading<BridgeVLANFacts> {
    if let facts = ports[interface] { return facts }
    guard isPort else { return .notCollected }
    return told.map { .unknown($0.absent("no VLANs of this port")) } ?? .unknown(failure)
  }

  private static func facts(_ node: ToolNode?, _ told: Told) -> Reading<BridgeVLANFacts> {
    var facts = BridgeVLANFacts()
    var (tagged, untagged): (Set<VLANID>, Set<VLANID>) = ([], [])
    for entry in node?.list ?? [] {
      let first = entry["vlan"]?.whole(in: 1...4094)
      let last = entry["vlanEnd"] == nil ? first : entry["vlanEnd"]?.whole(in: 1...4094)
      guard let first, let last, first <= last else {
        return .unknown(told.garbled("a VLAN that is none"))
      }
      let flags = (entry["flags"]?.list ?? []).compactMap(\.text)
      let ids = (first...last).compactMap { VLANID($0) }
      if flags.contains("Egress Untagged") {
        untagged.formUnion(ids)
      } else {
        tagged.formUnion(ids)
      }
      if flags.contains("PVID") { facts.incoming = ids.first }
    }
    (facts.tagged, facts.untagged) = (tagged.sorted(), untagged.sorted())
    return told.known(facts)
  }
}
