/// Policies that put arriving frames in queues, and those that say what queues do.
extension IntentBuilder {
  /// What the policies mean that the switch and its ports use.
  mutating func queuePolicies() {
    inputPolicies()
    // Policies that are not defined are told of by their names.
    guard let use = model.queueUse,
      let policy = model.queuePolicies.last(where: { $0.name == use.name })
    else { return }
    for (line, queue, priorities) in policy.noDrop {
      let others = priorities.filter {
        !model.queueOfPriority.indices.contains($0) || model.queueOfPriority[$0] != queue
      }
      if !others.isEmpty {
        log.report(
          "map", line: line, subject: policy.name,
          "makes priorities \(others) lossless in queue \(queue), where they are not")
      }
      model.noDrop = ReaderValues.ascending(model.noDrop + priorities)
    }
    model.systemMTU = policy.mtu ?? model.systemMTU
  }

  /// Ports whose frames a policy puts in queues have the shares of the switch.
  private mutating func inputPolicies() {
    var used: [String] = []
    for place in model.interfaces.indices {
      let port = model.interfaces[place]
      let name = port.inputPolicy ?? (port.pfc ? model.inputUse?.name : nil)
      guard let name, model.inputPolicies.contains(where: { $0.name == name }) else { continue }
      if !used.contains(name) { used.append(name) }
      model.interfaces[place].policy = model.shareUse?.name
    }
    if used.count > 1 {
      log.report(
        "several-maps",
        "ports put their frames in queues by unlike policies: \(used.joined(separator: ", "))")
    }
    guard let name = used.first ?? model.inputPolicies.last?.name,
      let policy = model.inputPolicies.last(where: { $0.name == name })
    else { return }
    for (className, queue) in policy.queues {
      for priority in model.prioritiesOfClass[className] ?? []
      where model.queueOfPriority.indices.contains(priority) {
        model.queueOfPriority[priority] = queue
      }
    }
  }
}
