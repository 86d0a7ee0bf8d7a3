import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// How uplinks are split (model, M5.4).
public enum UplinkMode: String, Hashable, Sendable, CaseIterable {
  case direct
  /// Breakout cables with the whole plug in the spine.
  case splitSpine = "split-spine"
  /// Breakout cables with the whole plug in the ToR.
  case splitToR = "split-tor"
}

/// The links between the two switches of a pair.
public struct PeerChoice: Hashable, Sendable {
  /// Index of the centre variant's group.
  public var group: Int
  public var rate: DataRate
  /// Number of links.
  public var count: Int
  public var solution: LinkSolution
}

/// The links to the existing core.
public struct CoreChoice: Hashable, Sendable {
  /// Index of the centre variant's group.
  public var group: Int
  public var rate: DataRate
  /// Links of each node.
  public var perNode: Int
  public var solution1: LinkSolution
  public var solution2: LinkSolution
}

/// How switches are managed: end A is the switch.
public struct ManagementChoice: Hashable, Sendable {
  /// Index of the group whose port serves; `nil` for the out-of-band port.
  public var group: Int?
  /// For the first switch, or both ToRs of a rack.
  public var solution1: LinkSolution
  /// For the second central switch; equal to `solution1` in a rack.
  public var solution2: LinkSolution
}

/// The two central switches.
public struct CentreChoice: Hashable, Sendable {
  public var variant: SwitchVariant
  /// Indices in `site.room.racks` of node 1 and node 2.
  public var rack1: Int
  public var rack2: Int
  public var peer: PeerChoice?
  public var core: CoreChoice?
  public var management: ManagementChoice
  /// Part index of the out-of-band switch; `nil` when none is bought.
  public var outOfBand: Int?
}

/// The links of one kind of card in a rack: end A is the switch, end B the card.
public struct HostLinkChoice: Hashable, Sendable {
  /// Part index of the card.
  public var card: Int
  /// Whether they come out of split ports.
  public var isSplit: Bool
  /// Index of the switch variant's group: the ToR's, or the centre's without ToRs.
  public var group: Int
  public var rate: DataRate
  /// On side A (and B where ToRs stand in the rack).
  public var solution1: LinkSolution
  /// On side B.
  public var solution2: LinkSolution
}

/// The uplinks of both ToRs of a rack: end A is the ToR, end B the spine.
public struct UplinkChoice: Hashable, Sendable {
  public var mode: UplinkMode
  public var torGroup: Int
  public var spineGroup: Int
  public var rate: DataRate
  /// Links from each ToR to each spine node (v).
  public var perNode: Int
  public var solution1: LinkSolution
  public var solution2: LinkSolution
}

/// What was chosen for a rack with hosts.
public struct RackChoice: Hashable, Sendable {
  public var rack: HostRack
  /// `nil` in designs without ToRs.
  public var tor: SwitchVariant?
  /// One for each kind of card, by id of the card.
  public var hosts: [HostLinkChoice]
  public var uplink: UplinkChoice?
  /// `nil` in designs without ToRs.
  public var management: ManagementChoice?
}

/// The optimum of the formal model, or one candidate for it.
public struct PlanChoice: Hashable, Sendable {
  public var design: DesignKind
  /// Cost of all goods in minor units, without freight and VAT.
  public var goods: Int64
  /// Largest oversubscription, everything working.
  public var now: Rational
  /// Largest oversubscription after the worst single failure.
  public var after: Rational
  /// Number of distinct parts bought.
  public var distinctParts: Int
  /// Largest draw of all switches that is known.
  public var draw: Power
  /// The key of M7.
  public var key: [String]
  /// Built-in units by part, ascending.
  public var quantities: [PartCount]
  /// Optics that must come as a test batch, ascending (M1.5).
  public var testFirst: [PartID]
  public var wantsRDMA: Bool
  public var isLossless: Bool
  /// Part index of the card for each of `problem.cards`.
  public var cards: [Int]
  public var centre: CentreChoice
  /// In the order of `problem.hostRacks`.
  public var racks: [RackChoice]
}

extension PlanChoice {
  /// Central switches and ToRs by variant, in order of first use.
  var switches: [(variant: SwitchVariant, count: Int)] {
    var found = [(variant: centre.variant, count: 2)]
    for tor in racks.compactMap(\.tor) {
      if let at = found.firstIndex(where: { $0.variant.key == tor.key }) {
        found[at].count += 2
      } else {
        found.append((tor, 2))
      }
    }
    return found
  }

  /// Whether design, models and their numbers are those of another plan.
  func hasSwitches(of other: PlanChoice) -> Bool {
    let (mine, theirs) = (switches, other.switches)
    return design == other.design && mine.count == theirs.count
      && zip(mine, theirs).allSatisfy {
        $0.variant.key == $1.variant.key && $0.count == $1.count
      }
  }
}
