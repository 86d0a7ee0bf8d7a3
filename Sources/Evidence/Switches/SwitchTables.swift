import Quantities

/// Reads all tables of switches in one text, of whichever platform it is. What is in no known form is
/// left alone.
public enum SwitchTables {
  /// What a text says, in its order.
  /// - Parameters:
  ///   - text: what a switch printed, as a session with prompts or by itself.
  ///   - ports: ports of the switch, as the plan names them.
  ///   - bundles: numbers of its LAGs.
  public static func facts(
    of text: [UInt8], device: String, ports: [String], bundles: [Int],
    neighbours: NeighbourTableReader
  ) -> SwitchFacts {
    let names = SwitchPortNames(ports: ports, bundles: bundles)
    let lines = text.split(separator: 10, omittingEmptySubsequences: false).map { line in
      line.last == 13 ? line.dropLast() : line
    }
    var facts = SwitchFacts(
      device: device, learned: AddressTableReader.entries(of: text, ports: ports),
      neighbours: neighbours.entries(of: text, ports: ports))
    facts.states = PortStatusReader.states(lines, names) + PortDetailReader.states(lines, names)
    let vlans = VLANTableReader(lines, names)
    (facts.vlans, facts.hasAllVLANs) = (vlans.vlans, vlans.hasAll)
    facts.flowControl = FlowControlReader.entries(lines, names)
    (facts.blocked, facts.hasSpanningTree) = SpanningTreeReader.blocked(lines, names)
    return facts
  }
}

extension SwitchFacts {
  /// Adds what another text of the same switch says.
  public mutating func add(_ other: SwitchFacts) {
    learned += other.learned
    neighbours += other.neighbours
    states += other.states
    // Of two lists of one VLAN the later counts.
    vlans = vlans.filter { own in !other.vlans.contains { $0.id == own.id } } + other.vlans
    hasAllVLANs = hasAllVLANs || other.hasAllVLANs
    flowControl += other.flowControl
    blocked = unique(blocked + other.blocked)
    hasSpanningTree = hasSpanningTree || other.hasSpanningTree
  }
}
