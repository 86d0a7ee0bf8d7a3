import Evidence
import Fabric
import TenfoldTestSupport
import Validation

extension ValidationCheck {
  /// Facts read from what is written of a world, against the facts that were meant: of a healthy
  /// world, or one with a fault.
  /// - Returns: what differs, empty when nothing does; `nil` where the plan has no place for the
  ///   fault.
  public static func roundTrip(
    _ fabric: Fabric, fault: Fault? = nil, seed: UInt64
  ) -> [String]? {
    var random = SplitMix64(seed: seed &* 0x2545_F491_4F6C_DD1D)
    var world = World(fabric)
    guard world.hosts.count > 0 else { return nil }
    if let fault, world.plant(fault, &random) == nil { return nil }
    let sights = world.hosts.map { _ in Sight.random(&random) }
    var wrong: [String] = []
    for (place, evidence) in world.evidence(sights, seed: seed).enumerated() {
      do {
        let again = try evidence.rendered(seed: seed &+ UInt64(place) &* 1_000_003)
        wrong += FactsComparison.differences(again.facts, evidence.facts).map {
          "\(evidence.facts.host): \($0)"
        }
        if again.probes != evidence.probes { wrong.append("\(evidence.facts.host): probes") }
        if again.plan != evidence.plan { wrong.append("\(evidence.facts.host): plan") }
      } catch {
        wrong.append("\(evidence.facts.host): \(error)")
      }
    }
    return wrong
  }
}
