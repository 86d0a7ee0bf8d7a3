import Fabric
import Quantities

/// Traffic policies that stand on each port for itself: which scheduler serves a queue, which buffer
/// a class of frames arrives in, which queue a pause stops.
extension IntentBuilder {
  /// A policy without groups has those of the queues of its ports, with the shares of their
  /// schedulers. Ports that differ from most are told.
  mutating func schedulers() {
    for (place, policy) in model.policies.enumerated() where policy.groups.isEmpty {
      let users = model.interfaces.filter { $0.policy == policy.name }
      let usual = most(users.map { $0.schedulers.sorted { $0.key < $1.key }.map(Served.init) })
      model.policies[place].groups = usual.map { served in
        let scheduler = model.schedulers[served.scheduler]
        return ConfigModel.Group(
          id: served.queue, bandwidth: scheduler?.share ?? 0, isLossless: false,
          isStrict: scheduler?.isStrict ?? true)
      }
      let parts = most(users.map { $0.policyParts.sorted() })
      for port in users {
        if port.schedulers.sorted(by: { $0.key < $1.key }).map(Served.init) != usual {
          log.report(
            "schedulers", line: port.line, subject: text(port.name),
            "has other schedulers than most ports with \(policy.name)")
        }
        let lacks = Set(parts).symmetricDifference(port.policyParts).sorted()
        if !lacks.isEmpty {
          log.report(
            "policy-parts", line: port.line, subject: text(port.name),
            "differs from most ports with \(policy.name) in \(lacks.joined(separator: ", "))")
        }
      }
    }
  }

  /// A queue and the scheduler that it names.
  private struct Served: Hashable, Comparable {
    var queue: Int
    var scheduler: String

    init(_ entry: (key: Int, value: String)) { (queue, scheduler) = (entry.key, entry.value) }

    static func < (left: Served, right: Served) -> Bool {
      (left.queue, left.scheduler) < (right.queue, right.scheduler)
    }
  }

  /// The list that most have, of equally many the least; empty where there is none.
  private func most<Value: Hashable & Comparable>(_ lists: [[Value]]) -> [Value] {
    var counts: [[Value]: Int] = [:]
    for list in lists where !list.isEmpty { counts[list, default: 0] += 1 }
    return counts.min { left, right in
      left.value != right.value
        ? left.value > right.value : left.key.lexicographicallyPrecedes(right.key)
    }?.key ?? []
  }

  /// Frames of a lossless priority arrive in the buffer of its number, and nothing else does; its
  /// pause stops its own queue.
  mutating func buffers(_ noDrop: [Int]) {
    guard !model.bufferOfClass.isEmpty || !model.pauseQueues.isEmpty, !noDrop.isEmpty else {
      return
    }
    func told(_ message: String) { log.report("buffers", message) }
    for priority in 0...7 where model.queueOfPriority.indices.contains(priority) {
      let name = model.queueOfPriority[priority]
      let buffer = model.bufferOfClass[name]
      if noDrop.contains(priority) {
        let queue = model.groupOfQueue.indices.contains(name) ? model.groupOfQueue[name] : name
        if buffer != priority {
          told("lossless priority \(priority) does not arrive in buffer \(priority)")
        }
        if model.pauseQueues[priority] != queue {
          told("the pause of priority \(priority) does not stop its queue \(queue)")
        }
      } else if buffer.map({ noDrop.contains($0) || ($0 != 0 && $0 != name) }) ?? true {
        told("priority \(priority), class \(name), has no lossy buffer")
      }
    }
    for priority in model.pauseQueues.keys.sorted() where !noDrop.contains(priority) {
      let queue = model.pauseQueues[priority]
      if queue != priority { told("the pause of priority \(priority) stops another queue") }
    }
  }

  /// Where any interface says that it takes part in spanning tree, each with a VLAN does.
  mutating func treePorts() {
    guard model.rstp.isOn, model.interfaces.contains(where: \.hasTree) else { return }
    for (place, interface) in model.interfaces.enumerated()
    where membership[place] != .none && !interface.hasTree {
      log.report(
        "tree-port", as: .warning, line: interface.line, subject: text(interface.name),
        "takes no part in spanning tree")
    }
  }
}
