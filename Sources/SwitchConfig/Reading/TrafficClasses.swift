extension ConfigModel {
  /// Queues of priorities 0 to 7, and what queues 0 to 7 get.
  struct TrafficClasses: Hashable {
    var queueOfPriority = Array(0...7)
    /// 0 for a queue that is served first.
    var shares = [Int](repeating: 0, count: 8)
  }
}

extension ConfigModel.TrafficClasses {
  /// Carries out a setting of traffic classes; `false` for a value that cannot be.
  mutating func set(_ setting: Setting, _ arguments: Arguments) -> Bool {
    let first = arguments.numbers(0) ?? arguments.number(0).map { [$0] } ?? []
    guard !first.isEmpty, first.allSatisfy(shares.indices.contains) else { return false }
    switch setting {
    case .portQueue:
      guard let queue = arguments.number(1), shares.indices.contains(queue) else { return false }
      for priority in first { queueOfPriority[priority] = queue }
    case .portShare:
      guard let share = arguments.number(1) else { return false }
      for queue in first { shares[queue] = share }
    default: for queue in first { shares[queue] = 0 }
    }
    return true
  }
}
