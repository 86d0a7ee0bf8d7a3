import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// Where the central switches stand, and the runs between racks (model, M2 and M5.3).
enum Placement {
  /// Indices in `site.room.racks` of node 1 and node 2; empty when a named rack does not exist.
  static func nodes(_ problem: PlanProblem) -> [Int] {
    let room = problem.site.room.racks
    let named = problem.site.requirements.spineRacks
    if !named.isEmpty {
      let found = named.prefix(2).compactMap { name in room.firstIndex { $0.name == name } }
      guard found.count == min(2, named.count) else { return [] }
      return found.count == 1 ? [found[0], found[0]] : found
    }
    guard room.count > 1 else { return room.isEmpty ? [] : [0, 0] }
    let weights = room.enumerated().map { index, rack in
      let hosts = problem.site.hosts.reduce(0) { sum, group in
        sum + group.placements.filter { $0.rack == rack.name }.reduce(0) { $0 + $1.count }
      }
      return (index, Int64(hosts))
    }.filter { $0.1 > 0 }
    let reach = room.map { rack in
      weights.reduce(Int64(0)) { sum, entry in
        sum + entry.1 * problem.geometry.routed(room[entry.0], rack).millimetres
      }
    }
    var best = (0, 1)
    for a in 0..<room.count - 1 {
      for b in a + 1..<room.count where reach[a] + reach[b] < reach[best.0] + reach[best.1] {
        best = (a, b)
      }
    }
    return [best.0, best.1]
  }

  /// The run from an end in `rack` to a switch in `other`.
  static func run(_ problem: PlanProblem, _ rack: Rack, isHost: Bool, to other: Rack) -> LinkRun {
    let geometry = problem.geometry
    return LinkRun(
      routed: geometry.routed(rack, aIsHost: isHost, other),
      patched: geometry.patched(rack, aIsHost: isHost, other),
      existing: geometry.existing(rack, other).compactMap { fixed in
        Medium(rawValue: fixed.medium).map { LinkRun.Existing(medium: $0, length: fixed.length) }
      })
  }
}
