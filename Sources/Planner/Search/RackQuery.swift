import PlanProblem
import Quantities

/// What of a rack's choice the rest of the plan can feel beside its parts.
struct Coupling: Hashable {
  /// Ports taken on each central switch.
  var use: PortUse
  /// Bits a second that the peer link must carry for it.
  var peerLoad: Int64
}

/// A ToR model with what two of them cost in a rack.
final class TorModel {
  let value: SwitchVariant
  init(_ value: SwitchVariant) { self.value = value }
}

/// Two ToRs with everything bought with them.
final class TorPurchase {
  let demand: Demand
  /// Lower bound of its cost in 1/1024 minor units.
  let linear: Int64

  init(_ demand: Demand, linear: Int64) {
    self.demand = demand
    self.linear = linear
  }
}

/// The ToRs of a rack with their links but those to hosts.
struct TorLinks {
  var variant: TorModel
  var purchase: TorPurchase
  var scheme: UplinkScheme
  /// Links from each ToR to each spine node (v).
  var perNode: Int
  var first: CostedSolution
  var second: CostedSolution
  /// `nil` where it is chosen in a slot of its own.
  var management: ManagementOption?
}

/// One complete choice for a rack.
struct RackOption {
  /// One for each kind of card.
  var hosts: [HostOption]
  /// `nil` in designs without ToRs.
  var tor: TorLinks?
  var coupling: Coupling
  var now: Rational
  /// Lower bound of its cost in 1/1024 minor units.
  var linear: Int64
}

/// Which rack options are wanted.
enum RackWish {
  /// One cheapest for each coupling.
  case modes
  /// All up to a linear cost that depends on the coupling; `slack` is the largest of the distances
  /// from the cheapest option with the same coupling.
  case within([Coupling: Int64], slack: Int64)
}

/// What is asked of a rack.
struct RackQuery {
  var structure: CentreStructure
  /// What the centre, and the out-of-band switch, put into this rack.
  var others: LocalLoad
  var wish: RackWish
  /// Whether management is chosen in a slot of its own.
  var managesApart: Bool

  /// Slack for the solutions of one role; negative for one cheapest.
  var slack: Int64 {
    switch wish {
    case .modes: -1
    case .within(_, let slack): slack
    }
  }

  /// Linear cost that no option may exceed.
  var limit: Int64 {
    switch wish {
    case .modes: SearchContext.unlimited
    case .within(let limits, _): limits.values.max() ?? -1
    }
  }

  /// Linear cost that no option with a coupling may exceed.
  func limit(for coupling: Coupling) -> Int64 {
    switch wish {
    case .modes: SearchContext.unlimited
    case .within(let limits, _): limits[coupling] ?? -1
    }
  }
}

/// Options as they are found; with `modes` only the cheapest for each coupling is kept.
struct RackOptionList {
  let query: RackQuery
  private(set) var options: [RackOption] = []
  private var known: [Coupling: Int] = [:]

  init(_ query: RackQuery) { self.query = query }

  /// Linear cost above which an option with a coupling is of no interest.
  func limit(for coupling: Coupling) -> Int64 {
    if case .modes = query.wish, let at = known[coupling] { return options[at].linear - 1 }
    return query.limit(for: coupling)
  }

  mutating func add(_ option: RackOption) {
    guard option.linear <= limit(for: option.coupling) else { return }
    if case .modes = query.wish {
      if let at = known[option.coupling] {
        options[at] = option
        return
      }
      known[option.coupling] = options.count
    }
    options.append(option)
  }
}
