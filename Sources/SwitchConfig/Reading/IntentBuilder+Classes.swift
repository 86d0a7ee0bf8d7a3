import Fabric
import Quantities

/// Traffic classes that each port has for itself.
extension IntentBuilder {
  /// Those of a port: its own, or those of its LAG, or those of a port that nobody configured; `nil`
  /// where ports have none.
  func classes(
    _ port: ConfigModel.Interface, _ place: Int
  ) -> ConfigModel.TrafficClasses? {
    let lag = lagOfPort[place].flatMap { lagPlaces[$0] }
    return port.classes ?? lag.flatMap { model.interfaces[$0].classes } ?? model.classes
  }

  /// Those that most ports with priority flow control have, of equals the first of the text; `nil`
  /// where no priority is lossless.
  func usualClasses(_ noDrop: [Int]) -> ConfigModel.TrafficClasses? {
    guard model.classes != nil, !noDrop.isEmpty else { return nil }
    var counts: [(classes: ConfigModel.TrafficClasses, count: Int)] = []
    for (place, port) in model.interfaces.enumerated()
    where role(port.name) == .port && hasPFC(port, place) {
      guard let own = classes(port, place) else { continue }
      if let known = counts.firstIndex(where: { $0.classes == own }) {
        counts[known].count += 1
      } else if counts.count < 64 {
        counts.append((own, 1))
      }
    }
    let most = counts.map(\.count).max()
    return counts.first { $0.count == most }?.classes
  }

  /// The policy that they make.
  mutating func policy(of classes: ConfigModel.TrafficClasses, _ noDrop: [Int]) -> QoSIntent {
    var groups: [TrafficGroup] = []
    for queue in classes.shares.indices {
      let priorities = classes.queueOfPriority.indices.filter {
        classes.queueOfPriority[$0] == queue
      }
      guard !priorities.isEmpty else { continue }
      if classes.shares[queue] == 0 {
        log.report("map", "queue \(queue) is served first or has no share")
      }
      if priorities.count > 1, priorities.contains(where: { noDrop.contains($0) }) {
        log.report("lossless-queue", "priorities \(priorities) share the lossless queue \(queue)")
      }
      groups.append(
        TrafficGroup(
          id: queue, bandwidth: classes.shares[queue],
          lossless: priorities.contains { noDrop.contains($0) },
          priorities: priorities.compactMap { PriorityCodePoint($0) }))
    }
    return QoSIntent(policy: traits.qos?.policyName ?? "", groups: groups)
  }

  /// Members of a LAG are under the flow control of their LAG; a text that says it of some and not
  /// of others has forgotten a line. LAGs of the pair with numbers of their own leave it to members.
  mutating func flowControlOfLAGs() {
    for key in lagPlaces.keys.sorted() {
      guard let at = lagPlaces[key] else { continue }
      let own = model.interfaces.indices.filter { lagOfPort[$0] == key }
      let with = own.count { model.interfaces[$0].pfc }
      let isLAG = model.interfaces[at].pfc || key >= ConfigModel.lagsOfPair
      guard model.classes != nil, with > 0, with < own.count || !isLAG else { continue }
      log.report(
        "pfc-differs", as: .note, line: model.interfaces[at].line, subject: lagText(key),
        "not all of its members and itself say that they have priority flow control")
    }
  }
}
