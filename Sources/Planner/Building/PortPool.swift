import CatalogModel
import Fabric
import PlanProblem

/// A port of a switch, or a lane of a split one.
struct PortRef: Hashable {
  /// Index in the pool's groups.
  var group: Int
  /// Port of the group, from 0.
  var index: Int
  /// Lane from 0; `nil` for a whole port.
  var lane: Int?
}

/// The ports of one switch while they are given out.
///
/// Split ports come from the top end of their group in blocks of one port and the neighbours above
/// it that splitting disables. A port that shares its socket with one of another group is given
/// out after those that stand alone, so that whatever fits by count can be given out; the `n`
/// ports of the group that names the other share the last `n` of it.
struct PortPool {
  /// What became of a port.
  enum State {
    case free, native, split
    /// Disabled by a split neighbour, or its socket is used through another group.
    case lost
  }
  /// A group, under the id that the variant gives it, with the index of the one whose ports it
  /// shares.
  struct Group {
    var group: PortGroup
    var sharedWith: Int?
  }
  /// In the order of the switch; ports of modules are called as their bay calls them.
  let groups: [Group]
  private(set) var states: [[State]]

  /// The ports of a switch with its modules.
  init(_ variant: SwitchVariant) {
    self.init(
      groups: variant.groups.map {
        var group = PortPool.named($0.group, in: $0.id)
        group.id = $0.id
        return Group(group: group, sharedWith: $0.sharedWith)
      })
  }

  /// The ports of a switch without modules.
  init(_ spec: SwitchSpec) {
    self.init(
      groups: spec.ports.map { group in
        Group(
          group: group,
          sharedWith: group.sharedWith.flatMap { id in spec.ports.firstIndex { $0.id == id } })
      })
  }

  private init(groups: [Group]) {
    self.groups = groups
    states = groups.map { [State](repeating: .free, count: max(0, $0.group.count)) }
  }

  var hasSplitPort: Bool { states.contains { $0.contains(.split) } }

  /// Takes the lowest free port of a group.
  mutating func takeLowest(_ group: Int) -> PortRef? {
    take(group, free(group).first { partner(group, $0) == nil } ?? free(group).first)
  }

  /// Takes the highest free port of a group.
  mutating func takeHighest(_ group: Int) -> PortRef? {
    take(group, free(group).last { partner(group, $0) == nil } ?? free(group).last)
  }

  /// Takes `count` ports from the top end downward.
  mutating func takeHighest(_ group: Int, count: Int) -> [PortRef] {
    (0..<max(0, count)).compactMap { _ in takeHighest(group) }
  }

  /// Splits as few ports as carry `links` links and takes that many lanes, in order.
  mutating func takeLanes(_ group: Int, links: Int) -> [PortRef] {
    guard groups.indices.contains(group), let split = groups[group].group.split, split.lanes > 0
    else { return [] }
    var lanes: [PortRef] = []
    while lanes.count < links, let index = splitOne(group, disables: split.disables) {
      for lane in 0..<min(split.lanes, links - lanes.count) {
        lanes.append(PortRef(group: group, index: index, lane: lane))
      }
    }
    return lanes
  }

  private mutating func splitOne(_ group: Int, disables: Int) -> Int? {
    let list = states[group]
    let size = 1 + max(0, disables)
    guard list.count >= size else { return nil }
    for start in stride(from: list.count - size, through: 0, by: -1)
    where list[start..<start + size].allSatisfy({ $0 == .free }) {
      claim(group, start, .split)
      for neighbour in start + 1..<start + size { claim(group, neighbour, .lost) }
      return start
    }
    return nil
  }

  private func free(_ group: Int) -> [Int] {
    guard states.indices.contains(group) else { return [] }
    return states[group].indices.filter { states[group][$0] == .free }
  }

  private mutating func take(_ group: Int, _ index: Int?) -> PortRef? {
    guard let index else { return nil }
    claim(group, index, .native)
    return PortRef(group: group, index: index, lane: nil)
  }

  private mutating func claim(_ group: Int, _ index: Int, _ state: State) {
    states[group][index] = state
    if let other = partner(group, index), states[other.group][other.index] == .free {
      states[other.group][other.index] = .lost
    }
  }

  /// The port of another group that shares this one's socket.
  private func partner(_ group: Int, _ index: Int) -> (group: Int, index: Int)? {
    if let other = groups[group].sharedWith, states.indices.contains(other) {
      let place = index + states[other].count - states[group].count
      if states[other].indices.contains(place) { return (other, place) }
    }
    for (other, data) in groups.enumerated() where data.sharedWith == group {
      let place = index - (states[group].count - states[other].count)
      if states[other].indices.contains(place) { return (other, place) }
    }
    return nil
  }
}

extension PortPool {
  /// Name of a port or lane as the platform writes it.
  func name(_ ref: PortRef) -> String {
    guard groups.indices.contains(ref.group) else { return "" }
    let group = groups[ref.group].group
    guard let lane = ref.lane, let split = group.split else { return group.naming.name(ref.index) }
    return split.laneName(portNumber: group.naming.number(ref.index), lane: lane)
  }

  /// Name of the whole port that a lane belongs to; the port itself when it is whole.
  func wholeName(_ ref: PortRef) -> String {
    name(PortRef(group: ref.group, index: ref.index, lane: nil))
  }

  /// All ports in the order of the part, lanes in place of split ports.
  func devicePorts() -> [DevicePort] {
    var ports: [DevicePort] = []
    for (index, entry) in groups.enumerated() {
      let group = entry.group
      for (place, state) in states[index].enumerated() {
        let whole = group.naming.name(place)
        if state == .split, let split = group.split {
          ports += (0..<split.lanes).map { lane in
            DevicePort(
              name: split.laneName(portNumber: group.naming.number(place), lane: lane),
              group: group.id, connector: group.connector, splitFrom: whole)
          }
        } else {
          ports.append(
            DevicePort(
              name: whole, group: group.id, connector: group.connector, usable: state != .lost))
        }
      }
    }
    return ports
  }

  /// Split ports in the order of the part.
  func splitIntents() -> [SplitIntent] {
    var splits: [SplitIntent] = []
    for (index, entry) in groups.enumerated() {
      guard let split = entry.group.split else { continue }
      for (place, state) in states[index].enumerated() where state == .split {
        splits.append(
          SplitIntent(
            port: entry.group.naming.name(place), lanes: split.lanes, laneRate: split.laneRate))
      }
    }
    return splits
  }

  /// A catalogue names a module's ports as in bay 1. In a further bay the slot number 1 at the end
  /// of the prefix becomes the bay's; a prefix without one gets the bay's number put behind it.
  private static func named(_ group: PortGroup, in id: String) -> PortGroup {
    guard id.hasPrefix("bay"), let slash = id.firstIndex(of: "/"),
      let bay = Int(id[id.index(id.startIndex, offsetBy: 3)..<slash]), bay > 1
    else { return group }
    var named = group
    named.naming.prefix = moved(group.naming.prefix, to: bay)
    if let prefix = group.split?.lanePrefix {
      named.split?.lanePrefix = moved(prefix, to: bay)
    }
    return named
  }

  private static func moved(_ prefix: String, to bay: Int) -> String {
    let fields = prefix.split(separator: "/", omittingEmptySubsequences: false)
    guard fields.count > 1, fields[fields.count - 1].isEmpty, let slot = fields.dropLast().last
    else { return "\(prefix)bay\(bay)/" }
    let words = slot.split(separator: " ", omittingEmptySubsequences: false)
    guard words.last == "1" else { return "\(prefix)bay\(bay)/" }
    return String(prefix.dropLast(2)) + "\(bay)/"
  }
}
