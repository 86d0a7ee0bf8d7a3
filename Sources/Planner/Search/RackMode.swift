import PlanProblem
import Quantities

/// What of a rack's choice the rest of the plan can feel beside its parts.
struct Coupling: Hashable {
  /// Ports taken on each central switch.
  var use: PortUse
  /// Bits a second that the peer link must carry for it.
  var peerLoad: Int64
}

/// A ToR model.
final class TorModel: Sendable {
  let value: SwitchVariant
  init(_ value: SwitchVariant) { self.value = value }
}

/// Two ToRs with everything bought with them.
final class TorPurchase: Sendable {
  let demand: Demand
  /// Lower bound of its cost in 1/1024 minor units.
  let linear: Int64

  init(_ demand: Demand, linear: Int64) {
    self.demand = demand
    self.linear = linear
  }
}

/// The ToRs of a rack with their links but those to hosts.
struct TorMode {
  var variant: TorModel
  var purchase: TorPurchase
  var scheme: UplinkScheme
  /// Links from each ToR to each spine node (v).
  var perNode: Int
  /// `nil` where it is chosen apart.
  var management: ManagementMode?
}

/// Everything of a rack but the solutions of its links: switches, port groups, rates and numbers.
struct RackMode {
  /// One for each kind of card.
  var hosts: [HostMode]
  /// `nil` in designs without ToRs.
  var tor: TorMode?
  var coupling: Coupling
  var now: Rational
  /// Linear cost with the cheapest solutions, in 1/1024 minor units.
  var linear: Int64

  /// Its links, in the order of the key of M7.
  var roles: [RoleLinks] {
    hosts.flatMap(\.roles) + (tor.map { $0.scheme.roles(perNode: $0.perNode) } ?? [])
      + (tor?.management?.roles ?? [])
  }
}

/// What is asked of a rack.
struct RackQuery {
  var structure: CentreStructure
  /// What the centre, and the out-of-band switch, put into this rack.
  var others: LocalLoad
  /// Linear cost that no mode with a coupling may exceed, for the modes within it; `nil` for one
  /// cheapest mode for each coupling.
  var limits: [Coupling: Int64]?
  /// Whether management is chosen apart.
  var managesApart: Bool

  /// Linear cost that no mode may exceed.
  var limit: Int64 { limits.map { $0.values.max() ?? -1 } ?? SearchContext.unlimited }
}

/// Modes as they are found; without limits only the cheapest for each coupling is kept.
struct RackModeList {
  let query: RackQuery
  private(set) var modes: [RackMode] = []
  private var known: [Coupling: Int] = [:]

  init(_ query: RackQuery) { self.query = query }

  /// Linear cost above which a mode with a coupling is of no interest.
  func limit(for coupling: Coupling) -> Int64 {
    if let limits = query.limits { return limits[coupling] ?? -1 }
    return known[coupling].map { modes[$0].linear - 1 } ?? SearchContext.unlimited
  }

  mutating func add(_ mode: RackMode) {
    guard mode.linear <= limit(for: mode.coupling) else { return }
    if query.limits == nil {
      if let at = known[mode.coupling] {
        modes[at] = mode
        return
      }
      known[mode.coupling] = modes.count
    }
    modes.append(mode)
  }
}
