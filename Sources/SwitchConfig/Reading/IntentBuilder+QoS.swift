import Fabric
import Quantities

/// Lossless Ethernet.
extension IntentBuilder {
  /// The no-drop priorities that most ports with flow control have; the lowest of equals.
  func losslessPriorities() -> [Int] {
    var counts: [[Int]: Int] = [:]
    for port in model.interfaces where port.pfc {
      let own = lossless(of: port)
      if !own.isEmpty { counts[own, default: 0] += 1 }
    }
    return counts.min { left, right in
      left.value != right.value
        ? left.value > right.value : left.key.lexicographicallyPrecedes(right.key)
    }?.key ?? []
  }

  /// Lossless priorities of a port: its own, or those of the switch.
  private func lossless(of port: ConfigModel.Interface) -> [Int] {
    port.noDrop.isEmpty ? model.noDrop : port.noDrop
  }

  /// Whether the traffic policy is on a port.
  mutating func isLossless(
    _ port: ConfigModel.Interface, _ place: Int, policy: String?, noDrop: [Int]
  ) -> Bool {
    let name = text(port.name)
    if port.isWilling {
      log.report(
        "dcbx-role", line: port.line, subject: name, "takes DCB settings from its neighbour")
    }
    guard traits.qos?.losslessOnPorts == true else {
      return port.policy != nil && port.policy == policy
    }
    // Members of a LAG have its shares.
    let lag = lagOfPort[place].flatMap { lagPlaces[$0] }
    let named = port.policy ?? lag.flatMap { model.interfaces[$0].policy }
    if let policy, !policy.isEmpty, port.pfc, named != policy {
      log.report(
        "pfc-unshared", line: port.line, subject: name,
        "has priority flow control without the shares of \(policy)")
      return false
    }
    guard port.pfc else {
      if !port.noDrop.isEmpty {
        log.report(
          "pfc-off", line: port.line, subject: name,
          "has no-drop priorities while priority flow control is off")
      } else if named != nil {
        log.report(
          "pfc-off", line: port.line, subject: name,
          "has a traffic policy while priority flow control is off")
      }
      return false
    }
    if port.flowControl {
      log.report(
        "flow-control", line: port.line, subject: name,
        "has priority flow control and flow control of the whole link, which exclude each other")
    }
    let own = lossless(of: port)
    guard !own.isEmpty else {
      log.report(
        "pfc-alone", as: .warning, line: port.line, subject: name,
        "has priority flow control, but no lossless priority that is understood")
      return false
    }
    if lagOfPort[place] == nil, membership[place].tagged.isEmpty {
      log.report(
        "pfc-untagged", line: port.line, subject: name,
        "has priority flow control without a tagged VLAN")
    }
    if own != noDrop {
      log.report(
        "pfc-differs", line: port.line, subject: name,
        "has no-drop priorities \(own), other ports \(noDrop)")
    }
    return own == noDrop
  }

  mutating func qos(_ noDrop: [Int]) -> QoSIntent? { namedPolicy(noDrop) ?? tables(noDrop) }

  /// What is meant must be defined, and in a whole configuration the other way round.
  mutating func names() {
    func ordered(_ names: [ConfigModel.Name: Int]) -> [(name: ConfigModel.Name, line: Int)] {
      names.map { (name: $0.key, line: $0.value) }.sorted {
        ($0.line, $0.name.kind, $0.name.name) < ($1.line, $1.name.kind, $1.name.name)
      }
    }
    for (name, line) in ordered(model.references) where model.definitions[name] == nil {
      log.report(
        "undefined-name", as: .warning, line: line, subject: name.name,
        "\(name.kind) \(name.name) is not defined")
    }
    guard model.hostname != nil else { return }
    for (name, line) in ordered(model.suppositions) where model.definitions[name] == nil {
      log.report(
        "unsaid", as: .note, line: line, subject: name.name,
        "\(name.kind) \(name.name) has no line of its own: it is as the platform has it")
    }
    for (name, line) in ordered(model.definitions)
    where model.suppositions[name] == nil && model.references[name] == nil {
      log.report(
        "unused-name", as: .note, line: line, subject: name.name,
        "\(name.kind) \(name.name) is not used")
    }
    let silent = (0...7).filter { model.saidPriorities[$0] == nil }
    if !model.saidPriorities.isEmpty, !silent.isEmpty, !model.startsInOneQueue {
      log.report(
        "unsaid", as: .note, line: model.saidPriorities.values.min() ?? 0,
        "priorities \(silent) are left in the queues that the platform has for them")
    }
  }

  /// Groups that a class of frames stands for get its number.
  mutating func classes() {
    for (place, policy) in model.policies.enumerated() {
      for (at, group) in policy.groups.enumerated() where !group.className.isEmpty {
        if let id = model.groupOfClass[group.className] {
          model.policies[place].groups[at].id = id
        } else {
          log.report(
            "undefined-class", line: policy.line, subject: policy.name,
            "names class \(group.className), which is not defined")
        }
      }
      model.policies[place].groups.removeAll { $0.id < 0 }
    }
  }

  /// The policy that ports name.
  private mutating func namedPolicy(_ noDrop: [Int]) -> QoSIntent? {
    var used: [String] = []
    for port in model.interfaces {
      guard let name = port.policy else { continue }
      if !used.contains(name) { used.append(name) }
      if !model.policies.contains(where: { $0.name == name }) {
        log.report(
          "undefined-map", line: port.line, subject: text(port.name),
          "has DCB map \(name), which is not defined")
      }
    }
    if used.count > 1 {
      log.report("several-maps", "ports have unlike DCB maps: \(used.joined(separator: ", "))")
    }
    let name = used.first ?? (model.policies.count == 1 ? model.policies[0].name : nil)
    guard let name, let policy = model.policies.last(where: { $0.name == name }) else { return nil }
    if policy.groupOfPriority.isEmpty, model.queueOfPriority.count >= 8 {
      return queues(of: policy, noDrop)
    }
    if policy.groupOfPriority.isEmpty {
      log.report("map", line: policy.line, subject: name, "the map puts no priorities in groups")
    }
    let ids = Set(policy.groups.map(\.id))
    for id in Set(policy.groupOfPriority).subtracting(ids).sorted() {
      log.report("map", line: policy.line, subject: name, "priority group \(id) is not defined")
    }
    return QoSIntent(
      policy: name,
      groups: policy.groups.sorted { $0.id < $1.id }.map { group in
        TrafficGroup(
          id: group.id, bandwidth: group.bandwidth, lossless: group.isLossless,
          priorities: policy.groupOfPriority.enumerated().compactMap { priority, id in
            id == group.id ? PriorityCodePoint(priority) : nil
          })
      })
  }

  /// A named policy whose groups are queues: the switch puts priorities in them, and ports say
  /// which are lossless.
  private mutating func queues(
    of policy: ConfigModel.Policy, _ noDrop: [Int]
  ) -> QoSIntent {
    let ids = policy.groups.map(\.id)
    // Where classes lie between priorities and queues the second table leads on.
    let queueOf = model.queueOfPriority.map {
      model.groupOfQueue.indices.contains($0) ? model.groupOfQueue[$0] : $0
    }
    for priority in 0...7 where !ids.contains(queueOf[priority]) {
      log.report(
        "map", line: policy.line, subject: policy.name,
        "has no share for queue \(queueOf[priority]) of priority \(priority)")
    }
    let groups = policy.groups.sorted { $0.id < $1.id }.compactMap { group -> TrafficGroup? in
      let priorities = (0...7).filter { queueOf[$0] == group.id }
      // A queue without a share that nothing is in is no group.
      if priorities.isEmpty, group.bandwidth == 0, !group.isStrict { return nil }
      if group.isStrict || group.bandwidth == 0 {
        log.report(
          "map", line: policy.line, subject: policy.name,
          "queue \(group.id) is served first or has no share")
      }
      return TrafficGroup(
        id: group.id, bandwidth: group.bandwidth,
        lossless: priorities.contains { noDrop.contains($0) },
        priorities: priorities.compactMap { PriorityCodePoint($0) })
    }
    return QoSIntent(policy: policy.name, groups: groups)
  }

  /// The policy of platforms that put priorities in queues and queues in groups.
  private mutating func tables(_ noDrop: [Int]) -> QoSIntent? {
    let queues = model.queueOfPriority
    guard model.hasPolicy || !noDrop.isEmpty, queues.count >= 8 else { return nil }
    if model.weights.isEmpty { log.report("no-shares", "traffic-class groups have no shares") }
    func group(_ priority: Int) -> Int {
      let queue = queues[priority]
      return model.groupOfQueue.indices.contains(queue) ? model.groupOfQueue[queue] : 0
    }
    let last = max(model.weights.count - 1, (0...7).map(group).max() ?? 0)
    let groups = (0...max(0, last)).map { id in
      let priorities = (0...7).filter { group($0) == id }
      return TrafficGroup(
        id: id, bandwidth: model.weights.indices.contains(id) ? model.weights[id] : 0,
        lossless: priorities.contains { noDrop.contains($0) },
        priorities: priorities.compactMap { PriorityCodePoint($0) })
    }
    for priority in noDrop where queues.indices.contains(priority) {
      let sharing = (0...7).filter { queues[$0] == queues[priority] && $0 != priority }
      if !sharing.isEmpty {
        log.report(
          "lossless-queue",
          "lossless priority \(priority) shares queue \(queues[priority]) with priorities \(sharing)"
        )
      }
    }
    return QoSIntent(
      policy: "", groups: groups.filter { !$0.priorities.isEmpty || $0.bandwidth > 0 })
  }
}
