import Evidence
import Fabric
import Quantities

/// States of the ports of one switch, put together from all its tables: of two that say the same thing
/// the later counts.
struct SwitchStates {
  private var byPlace: [String: SwitchPortState] = [:]
  /// Damaged frames by place, in the order of the tables.
  private(set) var errors: [String: [UInt64]] = [:]

  init(_ states: [SwitchPortState]) {
    for state in states {
      var known = byPlace[state.place] ?? SwitchPortState(place: state.place)
      if let hasLink = state.hasLink {
        // A rate is of the link that the same table saw.
        if known.hasLink != hasLink { known.rate = nil }
        known.hasLink = hasLink
        if hasLink { known.isShut = false }
      }
      known.isShut = state.isShut ?? known.isShut
      known.rate = state.rate ?? known.rate
      known.mtu = state.mtu ?? known.mtu
      byPlace[state.place] = known
      if let count = state.errors { errors[state.place, default: []].append(count) }
    }
  }

  subscript(_ place: String) -> SwitchPortState? { byPlace[place] }
}

/// Members of the VLANs of one switch.
struct MemberTable {
  /// Where a place is in other VLANs than planned, or otherwise.
  struct Difference {
    var vlan: VLANID
    var found: String
    var planned: String
    /// Whether frames of the VLAN cannot pass.
    var cuts: Bool
    /// Whether adding it with a tag, or taking it away, is all that mends it.
    var isPlain: Bool
  }

  private var members: [VLANID: [String: SwitchVLAN.Member]] = [:]
  private var places: Set<String> = []
  private let hasAll: Bool
  /// VLANs of the plan: others are no business of it.
  private let known: Set<VLANID>

  init(_ facts: SwitchFacts, of known: Set<VLANID>) {
    self.known = known
    hasAll = facts.hasAllVLANs
    for vlan in facts.vlans {
      members[vlan.id] = Dictionary(vlan.members.map { ($0.place, $0) }) { first, _ in first }
      places.formUnion(vlan.members.map(\.place))
    }
  }

  /// Whether the place is in any VLAN.
  func names(_ place: String) -> Bool { places.contains(place) }

  /// Ascending by VLAN.
  func differences(_ place: String, _ planned: Membership) -> [Difference] {
    known.sorted().compactMap { vlan in
      let isTagged = planned.tagged.contains(vlan)
      let isPlanned = isTagged || planned.untagged == vlan
      let name = "VLAN \(vlan.number)"
      let wanted = isTagged ? "with a tag" : "without a tag"
      guard let own = members[vlan] else {
        guard hasAll, isPlanned else { return nil }
        return Difference(
          vlan: vlan, found: "\(name) is not on the switch", planned: "\(name) \(wanted)",
          cuts: true, isPlain: false)
      }
      switch (own[place], isPlanned) {
      case (nil, true):
        return Difference(
          vlan: vlan, found: "not in \(name)", planned: "\(name) \(wanted)", cuts: true,
          isPlain: isTagged)
      case (let member?, false):
        return Difference(
          vlan: vlan, found: "in \(name)", planned: "not in \(name)", cuts: false,
          isPlain: member.isTagged != false)
      case (let member?, true):
        guard let found = member.isTagged, found != isTagged else { return nil }
        return Difference(
          vlan: vlan, found: "in \(name) \(found ? "with a tag" : "without a tag")",
          planned: "\(name) \(wanted)", cuts: true, isPlain: false)
      case (nil, false): return nil
      }
    }
  }
}
