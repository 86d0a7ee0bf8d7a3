import CatalogModel
import Quantities
import SiteModel

/// A port group of a variant, with its id there.
struct VariantGroup: Hashable {
  var id: String
  var connector: Connector
  var rates: [DataRate]
  var count: Int
  var split: SplitSpec?
  var maxOpticPower: Power?
  /// Index of the group that shares the ports.
  var sharedWith: Int?
}

/// A switch with modules in its bays (M4).
struct Variant {
  var key: String
  var switchPart: Int
  /// In order of id.
  var modules: [Int]
  var spec: SwitchSpec
  var groups: [VariantGroup]
  /// In milliwatts; unknown draws count 0.
  var draw: Int64
  var drawIsKnown: Bool

  var halfUnits: Int { spec.halfRackUnits ?? 2 }
  var lagLimit: Int { spec.maxLAGMembers ?? 8 }
  /// Whether the management link has its own port; else it takes one of a group. (M4: unknown is
  /// refused elsewhere while unknown facts are not allowed.)
  var hasManagementPort: Bool { spec.managementPort != .no }
}

/// What a variant is used for.
enum VariantUse {
  case centre(DesignKind)
  case tor
}

extension Model {
  /// Every variant that may be used so, wherever it stands.
  func variants(for use: VariantUse, lossless: Bool) -> [Variant] {
    var found: [Variant] = []
    for (index, part) in parts.enumerated() {
      guard price[index] != nil, let spec = part.asSwitch,
        isEligible(part, spec, use), isKnownEnough(spec, use, lossless: lossless)
      else { continue }
      let modules = Set(spec.modules).compactMap { indexOf[$0] }.sorted()
        .filter { price[$0] != nil && parts[$0].asModule != nil }
      for chosen in multisets(of: modules, upTo: spec.bays) {
        found.append(variant(index, spec, chosen))
      }
    }
    return found
  }

  private func isEligible(_ part: Part, _ spec: SwitchSpec, _ use: VariantUse) -> Bool {
    let writable = rules.allowsUnconfigured || (spec.os.map { dialects.contains($0) } ?? false)
    guard writable else { return false }
    switch use {
    case .tor:
      return spec.roles.contains(.tor) && allows(rules.torModels, part)
        && spec.uplinkTracking != .no
    case .centre(let design):
      guard allows(rules.spineModels, part) else { return false }
      let writesPairs =
        rules.allowsUnconfigured || (spec.os.map { pairDialects.contains($0) } ?? false)
      let pairs =
        (spec.multiChassis == .vlt || spec.multiChassis == .mlag || spec.multiChassis == .vpc)
        && writesPairs
      switch design {
      case .spineLeaf: return spec.roles.contains(.spine) && pairs
      case .vltPair: return (spec.roles.contains(.spine) || spec.roles.contains(.tor)) && pairs
      case .standalonePair: return spec.roles.contains { $0 != .outOfBand }
      }
    }
  }

  /// The facts that M4 asks for wherever the switch stands.
  private func isKnownEnough(_ spec: SwitchSpec, _ use: VariantUse, lossless: Bool) -> Bool {
    if lossless, spec.pfc == .no || spec.ets == .no { return false }
    if rules.allowsUnknown { return true }
    if lossless, spec.pfc == .unknown || spec.ets == .unknown { return false }
    if spec.managementPort == .unknown || spec.powerSupplies.included == nil { return false }
    switch use {
    case .tor: return spec.uplinkTracking != .unknown && spec.maxLAGMembers != nil
    case .centre(.standalonePair): return true
    case .centre: return spec.maxLAGMembers != nil
    }
  }

  private func variant(_ index: Int, _ spec: SwitchSpec, _ modules: [Int]) -> Variant {
    var groups = variantGroups(spec.ports, prefix: "", offset: 0)
    var draw = spec.maxPower?.milliwatts ?? 0
    var drawIsKnown = spec.maxPower != nil
    for (bay, module) in modules.enumerated() {
      guard let moduleSpec = parts[module].asModule else { continue }
      groups += variantGroups(moduleSpec.ports, prefix: "bay\(bay + 1)/", offset: groups.count)
      draw += moduleSpec.maxPower?.milliwatts ?? 0
      if moduleSpec.maxPower == nil { drawIsKnown = false }
    }
    let key = ([index] + modules).map { parts[$0].id.rawValue }.joined(separator: "+")
    return Variant(
      key: key, switchPart: index, modules: modules, spec: spec, groups: groups, draw: draw,
      drawIsKnown: drawIsKnown)
  }

  private func variantGroups(
    _ ports: [PortGroup], prefix: String, offset: Int
  ) -> [VariantGroup] {
    ports.map { group in
      VariantGroup(
        id: prefix + group.id, connector: group.connector, rates: group.rates,
        count: group.count, split: group.split, maxOpticPower: group.maxOpticPower,
        sharedWith: group.sharedWith.flatMap { other in
          ports.firstIndex { $0.id == other }.map { $0 + offset }
        })
    }
  }

  /// All multisets of at most `limit` of the values, each ascending.
  private func multisets(of values: [Int], upTo limit: Int) -> [[Int]] {
    var all: [[Int]] = [[]]
    var last = all
    for _ in 0..<max(0, limit) {
      last = last.flatMap { shorter in
        values.filter { $0 >= (shorter.last ?? .min) }.map { shorter + [$0] }
      }
      all += last
    }
    return all
  }
}

/// What one switch of a variant buys in a rack, and what it would buy if a port of it were split.
struct VariantNeeds {
  var always: [Use]
  /// `nil` if something that a split port needs cannot be bought.
  var whenSplit: [Use]?
}

extension Model {
  /// M4 for one switch in a rack: `nil` if it cannot stand there by itself. Limits that it shares
  /// with other switches of the rack are checked over the whole rack.
  func needs(
    of variant: Variant, rack: Int, powerSupplies wanted: Int, inPair: Bool, lossless: Bool
  ) -> VariantNeeds? {
    let place = site.room.racks[rack]
    if !rules.allowsUnknown {
      if place.freeUnits != nil, variant.spec.halfRackUnits == nil { return nil }
      if place.freePower != nil, !variant.drawIsKnown { return nil }
      if place.airflow != nil, variant.spec.airflow.isEmpty { return nil }
    }
    let supplies = variant.spec.powerSupplies
    let included = supplies.included ?? 1
    let fitted = max(wanted, included)
    guard fitted <= supplies.bays ?? included else { return nil }
    var always = ([variant.switchPart] + variant.modules).map { Use(part: $0, count: 1) }
    if fitted > included {
      guard let part = supplies.part.flatMap({ indexOf[$0] }) else { return nil }
      always.append(Use(part: part, count: fitted - included))
    }
    var whenSplit: [Use]? = []
    for owner in [variant.switchPart] + variant.modules {
      let list = parts[owner].asSwitch?.requires ?? parts[owner].asModule?.requires ?? []
      guard let cord = cord(among: list, outlet: place.outlet) else { return nil }
      for (position, required) in list.enumerated() {
        let times: Int
        switch required.when {
        case .always: times = 1
        case .perPowerSupply where isCord(required): times = position == cord ? fitted : 0
        case .perPowerSupply: times = fitted
        case .multiChassis: times = inPair ? 1 : 0
        case .dataCenterBridging: times = lossless ? 1 : 0
        case .split:
          if let part = indexOf[required.part], price[part] != nil {
            whenSplit?.append(Use(part: part, count: required.quantity))
          } else {
            whenSplit = nil
          }
          times = 0
        }
        if times == 0 { continue }
        guard let part = indexOf[required.part] else { return nil }
        always.append(Use(part: part, count: times * required.quantity))
      }
    }
    guard always.allSatisfy({ price[$0.part] != nil }) else { return nil }
    return VariantNeeds(always: always, whenSplit: whenSplit)
  }

  private func isCord(_ required: RequiredPart) -> Bool {
    indexOf[required.part].flatMap { parts[$0].asAccessory }?.kind == .powerCord
  }

  /// The place in the list of the one power cord that is bought: -1 if it names none, `nil` if none
  /// of those it names fits the outlet.
  private func cord(among list: [RequiredPart], outlet: String?) -> Int? {
    let cords = list.indices.filter { list[$0].when == .perPowerSupply && isCord(list[$0]) }
    if cords.isEmpty { return -1 }
    guard let outlet else { return cords.first }
    return cords.first { position in
      let plug = catalog.part(list[position].part)?.asAccessory?.plug ?? ""
      return plug.isEmpty || plug == outlet
    }
  }
}

/// Ports in use on one switch, by group.
struct PortUse: Hashable {
  /// Whole ports.
  var native: [Int16]
  /// Split ports.
  var split: [Int16]
  /// Groups with whole ports that lead to hosts, a bit for each.
  var hostGroups: UInt64 = 0

  init(groups: Int) {
    native = [Int16](repeating: 0, count: groups)
    split = native
  }

  mutating func add(_ other: PortUse) {
    for group in native.indices {
      native[group] += other.native[group]
      split[group] += other.split[group]
    }
    hostGroups |= other.hostGroups
  }

  var hasSplit: Bool { split.contains { $0 > 0 } }
}

extension Variant {
  /// The port rules of M4. Using more never makes a use fit that did not.
  func fits(_ use: PortUse, freePorts: Int) -> Bool {
    let inUse = groups.indices.map { group in
      Int(use.native[group]) + Int(use.split[group]) * (1 + (groups[group].split?.disables ?? 0))
    }
    for (index, group) in groups.enumerated() {
      let kept = use.hostGroups & (1 << UInt64(index)) != 0 ? freePorts : 0
      if inUse[index] + kept > group.count { return false }
      if use.split[index] > 0 {
        guard let split = group.split else { return false }
        if let most = split.maxPorts, Int(use.split[index]) > most { return false }
      }
      if let other = group.sharedWith, inUse[index] + inUse[other] > groups[other].count {
        return false
      }
    }
    return true
  }
}
