import CatalogModel
import Quantities

extension QoSTraits {
  /// Ethernet policy of Microsoft's host network requirements for 10 GbE (fact `DCB-1`): 50 % for
  /// the lossless priority, 2 % for the heartbeat's group, 48 % for the rest; 5 and 6 share the
  /// heartbeat's group on every platform since OS9 cannot part them from 7 (fact `OS9-124`).
  ///
  /// `nil` when the priority is neither 3 nor 4.
  public func standard(lossless: PriorityCodePoint) -> QoSIntent? {
    QoSIntent.standard(policy: policyName, lossless: lossless, ids: plannedGroups)
  }
}

extension QoSIntent {
  /// The policy of `QoSTraits.standard` under a name.
  public static func standard(
    policy: String, lossless: PriorityCodePoint, ids: PlannedGroups = PlannedGroups()
  ) -> QoSIntent? {
    guard lossless.number == 3 || lossless.number == 4 else { return nil }
    func group(_ id: Int, _ share: Int, _ lossless: Bool, _ numbers: [Int]) -> TrafficGroup {
      TrafficGroup(
        id: id, bandwidth: share, lossless: lossless,
        priorities: numbers.compactMap { PriorityCodePoint($0) })
    }
    return QoSIntent(
      policy: policy,
      groups: [
        group(ids.rest, 48, false, (0...4).filter { $0 != lossless.number }),
        group(ids.lossless ?? lossless.number, 50, true, [lossless.number]),
        group(ids.heartbeat, 2, false, [5, 6, 7]),
      ].sorted { $0.id < $1.id })
  }
}
