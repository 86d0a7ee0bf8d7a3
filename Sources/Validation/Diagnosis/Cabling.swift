import Fabric
import Quantities

/// Makes of ports that are plugged in elsewhere the moves that put them right.
struct Cabling {
  /// Host ports whose other complaints follow from the cabling.
  private(set) var concerned: Set<Endpoint> = []
  private(set) var findings: [Finding] = []

  /// - Parameter isDown: whether a host's port has no link.
  init(
    _ misplaced: [CablingChecks.Misplaced], fabric: Fabric, isDown: (Endpoint) -> Bool
  ) {
    var owners: [Endpoint: (port: Endpoint, cable: String)] = [:]
    for link in fabric.links {
      // A cable between switches is told by whichever end sees the other.
      owners[link.a] = (link.b, link.cable)
      if link.role != .host { owners[link.b] = (link.a, link.cable) }
    }
    let byPort = Dictionary(misplaced.map { ($0.port, $0) }) { first, _ in first }
    for start in misplaced where !concerned.contains(start.port) {
      var ring = [start]
      // Follow who belongs where this one is, until somebody is met again or is nowhere told.
      while let actual = ring[ring.count - 1].actual, let owner = owners[actual],
        let next = byPort[owner.port], !ring.contains(where: { $0.port == next.port }),
        !concerned.contains(next.port)
      {
        ring.append(next)
      }
      let last = ring[ring.count - 1]
      let isRing = last.actual.flatMap { owners[$0] }?.port == start.port
      if isRing, ring.count > 1 {
        concerned.formUnion(ring.map(\.port))
        findings.append(Cabling.ring(ring))
      } else {
        // Nobody comes round to the start: it may be the middle of a chain, told from its own place.
        concerned.insert(start.port)
        var displaced: Endpoint?
        if let owner = start.actual.flatMap({ owners[$0] }), isDown(owner.port) {
          displaced = owner.port
          concerned.insert(owner.port)
        }
        findings.append(Cabling.stray(start, displaced))
      }
    }
  }

  private static func ring(_ ring: [CablingChecks.Misplaced]) -> Finding {
    let subject = ring.flatMap { [$0.port.shown, $0.cable] }
    if ring.count == 2 {
      let isOneHost = ring[0].port.node == ring[1].port.node
      return Finding(
        rule: CheckID.lldpPlan.rawValue, subject: subject,
        message: isOneHost
          ? "\(ring[0].port.node): the cables of \(ring[0].port.port) (\(ring[0].cable)) and"
            + " \(ring[1].port.port) (\(ring[1].cable)) are crossed"
          : "the cables \(ring[0].cable) of \(ring[0].port.shown) and \(ring[1].cable) of"
            + " \(ring[1].port.shown) are crossed",
        expected: "\(ring[0].cable) in \(ring[0].planned.shown), \(ring[1].cable) in"
          + " \(ring[1].planned.shown)",
        hint: "swap these two plugs, at the switch or at the host")
    }
    return Finding(
      rule: CheckID.lldpPlan.rawValue, subject: subject,
      message: "the cables of \(ring.count) ports are mixed up: "
        + ring.map { "\($0.cable) of \($0.port.shown) is in \($0.shown)" }.joined(separator: ", "),
      expected: ring.map { "\($0.cable) in \($0.planned.shown)" }.joined(separator: ", "),
      hint: "move each plug to its place")
  }

  private static func stray(
    _ misplaced: CablingChecks.Misplaced, _ displaced: Endpoint?
  ) -> Finding {
    Finding(
      rule: CheckID.lldpPlan.rawValue, subject: [misplaced.port.shown, misplaced.cable],
      message: "the cable \(misplaced.cable) of \(misplaced.port.shown) is plugged into"
        + " \(misplaced.shown)"
        + (displaced.map { ", and \($0.shown), which belongs there, has no link" } ?? ""),
      expected: misplaced.planned.shown,
      hint: "plug it into \(misplaced.planned.shown)")
  }
}
