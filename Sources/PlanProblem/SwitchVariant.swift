import CatalogModel
import Quantities
import SiteModel

/// A port group of a variant: of the switch itself or of a module in one of its bays.
public struct VariantGroup: Hashable, Sendable {
  /// The part's group id, or `bay<i>/<id>`.
  public var id: String
  public var group: PortGroup
  /// Index in the variant of the group that shares these ports.
  public var sharedWith: Int?
}

/// A switch with the modules in its bays (model, M4).
public struct SwitchVariant: Hashable, Sendable {
  /// Index of the switch in `catalog.parts`.
  public var part: Int
  /// Indices of the modules, ascending.
  public var modules: [Int]
  public var spec: SwitchSpec
  public var groups: [VariantGroup]
  /// The key of M4.
  public var key: String
  /// Half rack units; 2 where unknown.
  public var height: Int
  /// Milliwatts of switch and modules; unknown draws count 0.
  public var draw: Int64
  /// Whether all draws are known.
  public var drawIsKnown: Bool
  /// Most members of one LAG; 8 where unknown, the lowest of the sourced platforms.
  public var lagLimit: Int
  /// `requires` of switch and modules, the owner's vendor-neutral list.
  public var requires: [[RequiredPart]]
}

/// Ports in use on a variant, by group.
public struct PortUse: Hashable, Sendable {
  /// For each group: native ports, split ports, and native ports that hold host links.
  public private(set) var counts: [Int]
  /// No port of `groups` groups in use.
  public init(groups: Int) { counts = [Int](repeating: 0, count: 3 * groups) }

  /// Native ports in use in a group.
  public subscript(native group: Int) -> Int {
    get { counts[3 * group] }
    set { counts[3 * group] = newValue }
  }
  /// Split ports in a group.
  public subscript(split group: Int) -> Int {
    get { counts[3 * group + 1] }
    set { counts[3 * group + 1] = newValue }
  }
  /// Native ports of a group that hold host links.
  public subscript(hosts group: Int) -> Int {
    get { counts[3 * group + 2] }
    set { counts[3 * group + 2] = newValue }
  }
  /// All ports in use.
  public var ports: Int {
    (0..<counts.count / 3).reduce(0) { $0 + self[native: $1] + self[split: $1] }
  }
  /// Whether some port is split.
  public var hasSplit: Bool { (0..<counts.count / 3).contains { self[split: $0] > 0 } }

  /// Adds ports of the same groups.
  public mutating func add(_ other: PortUse) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }
  /// Whether no count exceeds that of another use of the same groups.
  public func isWithin(_ other: PortUse) -> Bool {
    for index in counts.indices where counts[index] > other.counts[index] { return false }
    return true
  }
}

extension SwitchVariant {
  /// Whether the ports suffice (M4); `freePorts` stay free in every group with native host links.
  public func fits(_ use: PortUse, freePorts: Int) -> Bool {
    for (index, group) in groups.enumerated() {
      let spec = group.group
      if use[split: index] > 0 {
        guard let split = spec.split, use[split: index] <= split.maxPorts ?? spec.count else {
          return false
        }
      }
      let kept = use[hosts: index] > 0 ? freePorts : 0
      let taken = inUse(index, use)
      guard taken + kept <= spec.count else { return false }
      if let other = group.sharedWith {
        guard taken + inUse(other, use) <= groups[other].group.count else { return false }
      }
    }
    return true
  }

  /// Sums over `PortUse.counts` with their most: what `fits` asks at least, whatever stays free.
  public var portLimits: [(weights: [Int], most: Int)] {
    func weights(_ index: Int) -> [Int] {
      var weights = [Int](repeating: 0, count: 3 * groups.count)
      weights[3 * index] = 1
      weights[3 * index + 1] = 1 + (groups[index].group.split?.disables ?? 0)
      return weights
    }
    return groups.indices.flatMap { index in
      let own = (weights: weights(index), most: groups[index].group.count)
      guard let other = groups[index].sharedWith else { return [own] }
      let both = zip(own.weights, weights(other)).map(+)
      return [own, (both, groups[other].group.count)]
    }
  }

  private func inUse(_ index: Int, _ use: PortUse) -> Int {
    use[native: index] + use[split: index] * (1 + (groups[index].group.split?.disables ?? 0))
  }
}

/// What a variant needs beside itself in one place.
public struct VariantPlace: Hashable, Sendable {
  /// Supplies wanted at least.
  public var powerSupplies: Int
  /// Outlet of the rack's PDU; `nil` when not stated.
  public var outlet: String?
  /// One of a pair that acts as one.
  public var isPaired: Bool
  public var isLossless: Bool
  public var hasSplitPort: Bool
  /// Makes a place.
  public init(
    powerSupplies: Int, outlet: String?, isPaired: Bool, isLossless: Bool, hasSplitPort: Bool
  ) {
    self.powerSupplies = powerSupplies
    self.outlet = outlet
    self.isPaired = isPaired
    self.isLossless = isLossless
    self.hasSplitPort = hasSplitPort
  }
}

extension PlanProblem {
  /// Switch, modules and everything that must be bought with one unit of a variant, with the
  /// number of supplies fitted; `nil` when it cannot stand there (M4).
  public func purchase(
    _ variant: SwitchVariant, at place: VariantPlace
  ) -> (parts: [(part: Int, count: Int)], fitted: Int)? {
    let supplies = variant.spec.powerSupplies
    let included = supplies.included ?? 1
    let fitted = max(place.powerSupplies, included)
    guard fitted <= supplies.bays ?? included else { return nil }
    var bought = [(part: variant.part, count: 1)]
    bought += variant.modules.map { ($0, 1) }
    if fitted > included {
      guard let id = supplies.part, let index = buyable(id) else { return nil }
      bought.append((index, fitted - included))
    }
    for list in variant.requires {
      var cordSeen = false
      var cordBought = false
      for need in list {
        guard let index = self.index(of: need.part) else { return nil }
        let accessory = catalog.parts[index].asAccessory
        let times: Int
        switch need.when {
        case .always: times = 1
        case .perPowerSupply: times = fitted
        case .multiChassis: times = place.isPaired ? 1 : 0
        case .dataCenterBridging: times = place.isLossless ? 1 : 0
        case .split: times = place.hasSplitPort ? 1 : 0
        }
        if need.when == .perPowerSupply, accessory?.kind == .powerCord {
          cordSeen = true
          let plug = accessory?.plug ?? ""
          let fits = place.outlet == nil || plug.isEmpty || plug == place.outlet
          guard fits, !cordBought else { continue }
          cordBought = true
        }
        guard times > 0, need.quantity > 0 else { continue }
        guard prices.chosen[index] != nil else { return nil }
        bought.append((index, times * need.quantity))
      }
      if cordSeen, !cordBought { return nil }
    }
    return (bought, fitted)
  }

  /// All variants of the switches that `isEligible`, in order of key.
  public func variants(where isEligible: (SwitchSpec, Part) -> Bool) -> [SwitchVariant] {
    var found: [SwitchVariant] = []
    for (index, part) in catalog.parts.enumerated() where prices.chosen[index] != nil {
      guard let spec = part.asSwitch, isEligible(spec, part) else { continue }
      let modules = spec.modules.compactMap { buyable($0) }.filter {
        catalog.parts[$0].asModule != nil
      }.sorted()
      for choice in PlanProblem.multisets(of: modules, upTo: spec.bays) {
        found.append(variant(index, spec, modules: choice))
      }
    }
    return found.sorted { $0.key.precedesInBytes($1.key) }
  }

  private func variant(_ part: Int, _ spec: SwitchSpec, modules: [Int]) -> SwitchVariant {
    var groups = PlanProblem.named(spec.ports, prefix: "")
    var requires = [spec.requires]
    var draw = spec.maxPower?.milliwatts ?? 0
    var drawIsKnown = spec.maxPower != nil
    for (bay, module) in modules.enumerated() {
      guard let data = catalog.parts[module].asModule else { continue }
      let offset = groups.count
      groups += PlanProblem.named(data.ports, prefix: "bay\(bay + 1)/").map {
        var group = $0
        group.sharedWith = group.sharedWith.map { $0 + offset }
        return group
      }
      requires.append(data.requires)
      draw += data.maxPower?.milliwatts ?? 0
      if data.maxPower == nil { drawIsKnown = false }
    }
    let key = ([part] + modules).map { catalog.parts[$0].id.rawValue }.joined(separator: "+")
    return SwitchVariant(
      part: part, modules: modules, spec: spec, groups: groups, key: key,
      height: spec.halfRackUnits ?? 2, draw: draw, drawIsKnown: drawIsKnown,
      lagLimit: spec.maxLAGMembers ?? 8, requires: requires)
  }

  private static func named(_ ports: [PortGroup], prefix: String) -> [VariantGroup] {
    ports.map { group in
      VariantGroup(
        id: prefix + group.id, group: group,
        sharedWith: group.sharedWith.flatMap { other in ports.firstIndex { $0.id == other } })
    }
  }

  /// All multisets of at most `count` of `items`, the empty one first.
  private static func multisets(of items: [Int], upTo count: Int) -> [[Int]] {
    var all: [[Int]] = [[]]
    var last: [[Int]] = [[]]
    for _ in 0..<max(0, min(count, 4)) {
      var next: [[Int]] = []
      for chosen in last {
        for item in Set(items).sorted() where item >= (chosen.last ?? item) {
          next.append(chosen + [item])
        }
      }
      all += next
      last = next
    }
    return all
  }
}
