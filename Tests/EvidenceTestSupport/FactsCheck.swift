import Evidence
import Quantities

/// What holds of facts whatever the evidence was: each value lies in the range of its own kind.
public enum FactsCheck {
  /// What does not hold, one line each; empty when all does.
  public static func violations(of facts: HostFacts, outputs: Int) -> [String] {
    var check = Check(outputs: outputs)
    check.reading(facts.release, "release") { !$0.isEmpty && isLine($0) }
    check.reading(facts.power, "power") { power in
      guard case .governors(let list) = power else { return true }
      return !list.isEmpty && list.allSatisfy(isLine)
    }
    check.reading(facts.routes, "routes") { _ in true }
    // None at all is known too: a planned port is missing then, and nothing passes for it.
    check.reading(facts.interfaces, "interfaces") { list in
      Set(list.map(\.name)).count == list.count
    }
    for interface in facts.interfaces.value ?? [] { check.interface(interface) }
    return check.violations
  }

  static func isLine(_ text: String) -> Bool {
    !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  static func isAscending(_ values: [some Comparable]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
  }
}

private struct Check {
  let outputs: Int
  var violations: [String] = []

  init(outputs: Int) { self.outputs = outputs }

  mutating func reading<Value>(
    _ reading: Reading<Value>, _ name: String, _ holds: (Value) -> Bool
  ) {
    switch reading {
    case .known(let value, let source):
      if !(0..<outputs).contains(source.output) {
        violations.append("\(name): output \(source.output)")
      }
      if !holds(value) { violations.append("\(name): \(value)") }
    case .unknown(let reason):
      if !FactsCheck.isLine(reason.detail) || reason.detail.utf8.count > 1000 {
        violations.append("\(name): the reason is no short line: \(reason.detail)")
      }
    }
  }

  mutating func interface(_ facts: InterfaceFacts) {
    let name = facts.name
    reading(facts.mac, "\(name) mac") { _ in true }
    reading(facts.permanentMAC, "\(name) permanentMAC") { _ in true }
    reading(facts.rate, "\(name) rate") { (1...10_000_000_000_000).contains($0.bitsPerSecond) }
    reading(facts.mtu, "\(name) mtu") { $0 > 0 }
    reading(facts.vlan, "\(name) vlan") { _ in true }
    reading(facts.addresses, "\(name) addresses") { list in
      list.allSatisfy { (0...32).contains($0.prefixLength) }
    }
    reading(facts.bridgeVLANs, "\(name) bridgeVLANs") { vlans in
      FactsCheck.isAscending(vlans.tagged) && FactsCheck.isAscending(vlans.untagged)
    }
    reading(facts.team, "\(name) team") { team in
      FactsCheck.isLine(team.modeText) && team.aggregators.allSatisfy { $0 >= 0 }
        && (team.aggregators.isEmpty || facts.lower.isEmpty
          || team.aggregators.count == facts.lower.count)
    }
    reading(facts.offloads, "\(name) offloads") { list in
      !list.isEmpty && FactsCheck.isAscending(list.map(\.offload))
    }
    reading(facts.flowControl, "\(name) flowControl") { _ in true }
    reading(facts.counters, "\(name) counters") { $0.interval > 0 }
    reading(facts.rdma, "\(name) rdma") { _ in true }
    reading(facts.neighbours, "\(name) neighbours") { list in
      list.allSatisfy { neighbour in
        FactsCheck.isAscending(neighbour.vlans)
          && neighbour.maximumFrame.map { (1...65_535).contains($0) } ?? true
          && [
            neighbour.systemName, neighbour.portDescription, neighbour.chassis.text,
            neighbour.port.text,
          ].allSatisfy(FactsCheck.isLine)
      }
    }
    hardware(facts.hardware, name)
    receive(facts.receive, name)
    dcb(facts.dcb, name)
  }

  private mutating func hardware(_ facts: HardwareFacts, _ name: String) {
    let texts = [
      facts.model, facts.driver, facts.driverVersion, facts.driverProvider, facts.firmware,
      facts.bus,
    ]
    for text in texts {
      reading(text, "\(name) hardware") { !$0.isEmpty && FactsCheck.isLine($0) }
    }
    reading(facts.numaNode, "\(name) numaNode") { $0.map { $0 >= 0 } ?? true }
    reading(facts.pcieMegatransfers, "\(name) pcieMegatransfers") { $0 > 0 }
    reading(facts.pcieLanes, "\(name) pcieLanes") { (1...64).contains($0) }
    for ring in [facts.receiveRing, facts.sendRing] {
      reading(ring, "\(name) ring") { $0.current >= 0 && ($0.maximum ?? 0) >= 0 }
    }
  }

  private mutating func receive(_ facts: ReceiveFacts, _ name: String) {
    reading(facts.isSpread, "\(name) isSpread") { _ in true }
    reading(facts.queues, "\(name) queues") { $0 >= 0 }
    reading(facts.maximumQueues, "\(name) maximumQueues") { $0 >= 0 }
    reading(facts.processors, "\(name) processors") { list in
      !list.isEmpty && Set(list).count == list.count
    }
    reading(facts.isNear, "\(name) isNear") { _ in true }
  }

  private mutating func dcb(_ facts: DCBFacts, _ name: String) {
    reading(facts.isWilling, "\(name) isWilling") { _ in true }
    reading(facts.lossless, "\(name) lossless") { FactsCheck.isAscending($0) }
    reading(facts.marked, "\(name) marked") { FactsCheck.isAscending($0) }
    reading(facts.classes, "\(name) classes") { classes in
      let all = classes.flatMap(\.priorities)
      return Set(all).count == all.count
        && FactsCheck.isAscending(classes.compactMap(\.priorities.first))
        && classes.allSatisfy { one in
          !one.priorities.isEmpty && FactsCheck.isAscending(one.priorities)
            && one.share.map { (0...100).contains($0) } ?? true
        }
    }
  }
}
