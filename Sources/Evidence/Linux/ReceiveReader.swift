/// Reads how what a port receives is spread over processors.
enum ReceiveReader {
  static func facts(
    _ outputs: LinuxOutputs, _ name: String, _ port: SysfsPort?, nodes: [Int: Set<Int>]?
  ) -> ReceiveFacts {
    var facts = ReceiveFacts()
    (facts.queues, facts.maximumQueues) = QueueReader.queues(outputs, name, port)
    facts.isSpread = outputs.read(LinuxCommand("ethtool", "-x", of: name)) { told in
      QueueReader.ringsInUse(told).map { $0 > 1 }
    }
    // One queue spreads nothing, whatever its card says of tables.
    if facts.isSpread.value == nil, facts.queues.value == 1 {
      facts.isSpread = facts.queues.map { $0 > 1 }
    }
    guard let port else { return facts }
    facts.processors = processors(port)
    facts.isNear = isNear(facts.processors, port, nodes)
    return facts
  }

  /// What drivers call the interrupts of queues that receive; others report events of the card.
  private static let names = ["rx", "input", "comp", "-fp-", "queue"]

  private static func processors(_ port: SysfsPort) -> Reading<[String]> {
    let interrupts = port.interrupts
    let queues = interrupts.filter { interrupt in
      let name = interrupt.name.lowercased()
      return names.contains { name.contains($0) }
    }
    guard !queues.isEmpty else {
      return .unknown(
        port.told.absent(
          interrupts.isEmpty
            ? "no interrupts of its own" : "no interrupt is named after a queue"))
    }
    var seen: Set<Int> = []
    var order: [String] = []
    for queue in queues {
      for processor in queue.processors where seen.insert(processor).inserted {
        order.append(String(processor))
      }
    }
    return port.told.known(order)
  }

  private static func isNear(
    _ processors: Reading<[String]>, _ port: SysfsPort, _ nodes: [Int: Set<Int>]?
  ) -> Reading<Bool> {
    guard case .known(let used, _) = processors else { return processors.map { _ in false } }
    guard let nodes else { return .unknown(Unknown(.notCollected, "no processors of nodes")) }
    guard case .known(let own, _) = port.numaNode else { return port.numaNode.map { _ in false } }
    guard let own else {
      // Where all processors are on one node, all are near.
      return nodes.count == 1
        ? port.told.known(true)
        : .unknown(Unknown(.notSupported, "several nodes, and the card does not say its own"))
    }
    guard let near = nodes[own] else {
      return .unknown(port.told.garbled("node \(own) has no processors"))
    }
    return port.told.known(used.allSatisfy { Int($0).map(near.contains) ?? false })
  }
}
