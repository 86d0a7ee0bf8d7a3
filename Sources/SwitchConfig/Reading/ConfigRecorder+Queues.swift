/// Policies that put arriving frames in queues and say what queues do, and ports that are split.
extension ConfigRecorder {
  mutating func queues(
    _ setting: Setting, _ arguments: Arguments, _ subject: Subject
  ) -> Bool? {
    switch (setting, subject) {
    case (.classPriorities, .className(let name)):
      model.prioritiesOfClass[name, default: []] += arguments.numbers(0) ?? []
    case (.classQueue, .inputClass(let place, let name)):
      guard let queue = arguments.number(0) else { return false }
      model.inputPolicies[place].queues.removeAll { $0.0 == name }
      model.inputPolicies[place].queues.append((name, queue))
    case (.queueNoDrop, .queue(let place, let queue?)):
      model.queuePolicies[place].noDrop.removeAll { $0.1 == queue }
      model.queuePolicies[place].noDrop.append((line, queue, arguments.numbers(0) ?? []))
    case (.policyMTU, .queue(let place, _)), (.policyMTU, .queuePolicy(let place)):
      model.queuePolicies[place].mtu = arguments.number(0)
    case (.usesInput, .interfaces(let places)):
      for place in places { model.interfaces[place].inputPolicy = arguments.text(0) }
    case (.usesInput, _): model.inputUse = use(arguments)
    case (.usesQueues, _): model.queueUse = use(arguments)
    case (.usesShares, _): model.shareUse = use(arguments)
    case (.classPriorities, _), (.classQueue, _), (.queueNoDrop, _), (.policyMTU, _): return false
    default: return nil
    }
    return true
  }

  private func use(_ arguments: Arguments) -> ConfigModel.Use? {
    arguments.text(0).map { ConfigModel.Use(line: line, name: $0) }
  }

  /// Ports by their kind, and their numbers in several values or as in a name; the last may be a
  /// list.
  mutating func split(_ arguments: Arguments) -> Bool {
    guard let word = arguments.text(0),
      let kind = kinds.firstIndex(where: {
        $0.keywords.contains { $0.matches(Array(word.utf8)[...]) }
      })
    else { return false }
    var names = [InterfaceName(kind: kind)]
    for index in 1..<arguments.values.count {
      let parts: [[Int]]
      if let numbers = arguments.numbers(index) {
        parts = [numbers]
      } else {
        let words = (arguments.text(index) ?? "").split(
          separator: "/", omittingEmptySubsequences: false)
        let numbers = words.compactMap { LineCursor.int(Array($0.utf8)[...]) }
        guard numbers.count == words.count else { return false }
        parts = numbers.map { [$0] }
      }
      for numbers in parts {
        guard names.count * numbers.count <= InterfaceListReader.maxCount else { return false }
        var longer: [InterfaceName] = []
        for var name in names {
          guard name.append(0) else { return false }
          for number in numbers {
            name.last = number
            longer.append(name)
          }
        }
        names = longer
      }
    }
    for name in names where !model.splits.contains(name) { model.splits.append(name) }
    return true
  }
}
