import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// A switch while the fabric is put together.
struct SwitchDraft {
  var name: String
  var role: DeviceRole
  var side: FabricSide
  /// Part index.
  var part: Int
  /// Part indices by bay.
  var modules: [Int]
  var spec: SwitchSpec
  /// Index in `site.room.racks`.
  var rack: Int
  var pool: PortPool
  /// What is bought beside switch and modules.
  var accessories: [(part: Int, count: Int)]
  var powerSupplies: Int
  var address: IPv4Address?
  /// Name of the out-of-band port; empty when a data port serves.
  var managementPort: String
  /// Data port that serves for management.
  var managementData: PortRef?
  /// Most members of a LAG.
  var lagLimit: Int

  /// What the switch's texts can hold; `nil` where that is not known.
  var traits: DialectTraits?

  /// Whether it, and its text, can take host ports down when all its uplinks are lost, but not
  /// before somebody has hooked up the core.
  var followsCore: Bool {
    spec.uplinkTracking != .no && traits.map { $0.uplinkTracking?.canBeOff.value == true } ?? true
  }

  /// All ports with what became of them, as the switch shows them: a catalogue lists its groups of
  /// ports in any order.
  func devicePorts() -> [DevicePort] {
    let ports = pool.devicePorts()
    guard let traits else { return ports }
    let ranked = ports.compactMap { port in
      PortRank(port.name, kinds: traits.portKinds).map { ($0, port) }
    }
    guard ranked.count == ports.count else { return ports }
    return ranked.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Link MTU of every port in use: 9216 bytes hold a jumbo frame on every platform, headers
  /// counted; less where the platform ends earlier.
  var linkMTU: Int {
    let limits = [9216, spec.maxMTU, traits?.linkMTU.value.upperBound]
    return limits.compactMap { $0 }.min() ?? 9216
  }

  /// Largest payload of a tagged frame; the overhead of the known platforms, header, tag and FCS,
  /// counts where nobody has said.
  var payloadMTU: Int { max(0, linkMTU - (traits?.frameOverhead.value ?? 22)) }

  /// Name of the management interface of a switch with an out-of-band port.
  static func managementName(_ spec: SwitchSpec, _ traits: DialectTraits?) -> String {
    if !spec.managementPortName.isEmpty { return spec.managementPortName }
    return traits?.managementInterfaces.value.first ?? "management"
  }
}

/// Makes the switches of a plan, central ones first.
struct SwitchDrafting {
  let problem: PlanProblem
  let choice: PlanChoice
  /// Racks with hosts in the order of the site.
  let racks: [RackChoice]
  let plan: PortPlan
  /// Names already given to hosts and the core.
  let taken: [String]

  func drafts() -> [SwitchDraft] {
    var names = NameBook(taken: taken + ["management"])
    var switches = central(&names)
    for (index, rack) in racks.enumerated() {
      guard let tor = rack.tor, let pool = plan.racks[index].tor else { continue }
      let data = problem.site.room.racks[rack.rack.rack]
      let management = plan.racks[index].management
      for side in FabricSide.allCases {
        let name = names.claim(data.name, suffix: "-tor-\(side.rawValue.lowercased())")
        switches.append(
          draft(
            name, .tor, side, tor, rack.rack.rack, pool,
            supplies: problem.site.requirements.torPowerSupplies, isPaired: false,
            ownPort: rack.management?.group == nil, data: management))
      }
    }
    if let part = choice.centre.outOfBand, let draft = outOfBand(part, &names) {
      switches.append(draft)
    }
    return addressed(switches)
  }

  private func central(_ names: inout NameBook) -> [SwitchDraft] {
    let centre = choice.centre
    let isSpine = choice.design == .spineLeaf
    return FabricSide.allCases.enumerated().map { index, side in
      let name =
        isSpine
        ? names.claim("spine", suffix: "-\(index + 1)")
        : names.claim("fabric", suffix: "-\(side.rawValue.lowercased())")
      return draft(
        name, isSpine ? .spine : .central, side, centre.variant,
        index == 0 ? centre.rack1 : centre.rack2, plan.centre.pool,
        supplies: problem.site.requirements.spinePowerSupplies,
        isPaired: choice.design != .standalonePair, ownPort: centre.management.group == nil,
        data: plan.centre.management)
    }
  }

  private func draft(
    _ name: String, _ role: DeviceRole, _ side: FabricSide, _ variant: SwitchVariant, _ rack: Int,
    _ pool: PortPool, supplies: Int, isPaired: Bool, ownPort: Bool, data: PortRef?
  ) -> SwitchDraft {
    let outlet =
      problem.site.room.racks.indices.contains(rack)
      ? problem.site.room.racks[rack].outlet : nil
    let bought = problem.purchase(
      variant,
      at: VariantPlace(
        powerSupplies: supplies, outlet: outlet, isPaired: isPaired,
        isLossless: choice.isLossless, hasSplitPort: pool.hasSplitPort))
    // The purchase lists the switch and its modules first.
    let extra = bought.map { Array($0.parts.dropFirst(1 + variant.modules.count)) } ?? []
    let traits = variant.spec.os.flatMap(problem.options.traits(of:))
    return SwitchDraft(
      name: name, role: role, side: side, part: variant.part, modules: variant.modules,
      spec: variant.spec, rack: rack, pool: pool, accessories: extra,
      powerSupplies: bought?.fitted ?? supplies, address: nil,
      managementPort: ownPort ? SwitchDraft.managementName(variant.spec, traits) : "",
      managementData: ownPort ? nil : data, lagLimit: variant.lagLimit, traits: traits)
  }

  /// The bought management switch: one unit with what it always needs.
  private func outOfBand(_ part: Int, _ names: inout NameBook) -> SwitchDraft? {
    guard problem.catalog.parts.indices.contains(part),
      let spec = problem.catalog.parts[part].asSwitch
    else { return nil }
    let extra = spec.requires.compactMap { need -> (part: Int, count: Int)? in
      guard need.when == .always, need.quantity > 0, let index = problem.index(of: need.part) else {
        return nil
      }
      return (index, need.quantity)
    }
    let rack =
      problem.site.room.racks.firstIndex { $0.name == problem.site.management.rack } ?? 0
    return SwitchDraft(
      name: names.claim("oob", suffix: "-1"), role: .outOfBand, side: .a, part: part, modules: [],
      spec: spec, rack: rack, pool: PortPool(spec), accessories: extra,
      powerSupplies: max(1, spec.powerSupplies.included ?? 1), address: nil,
      managementPort: spec.managementPort == .no ? "" : spec.managementPortName,
      managementData: nil, lagLimit: spec.maxLAGMembers ?? 8,
      traits: spec.os.flatMap(problem.options.traits(of:)))
  }

  /// Management addresses from the first one upward, leaving out gateway and servers.
  private func addressed(_ switches: [SwitchDraft]) -> [SwitchDraft] {
    let management = problem.site.management
    let servers = management.ntp + management.syslog
    var number = max(1, management.firstAddress)
    var result = switches
    for index in result.indices {
      while let address = management.subnet.address(number) {
        number += 1
        guard address != management.gateway, !servers.contains(address) else { continue }
        result[index].address = address
        break
      }
    }
    return result
  }
}

/// Unique names of switches: a letter first, at most 32 letters, digits and hyphens.
struct NameBook {
  private var taken: [String]

  init(taken: [String]) { self.taken = taken.map { $0.lowercased() } }

  /// `stem` and `suffix`, the stem cut to fit and numbered when the name is taken.
  mutating func claim(_ stem: String, suffix: String) -> String {
    var number = 1
    while true {
      let tail = number == 1 ? suffix : "-\(number)\(suffix)"
      let rule = NameRule(.host, maxLength: max(1, 32 - tail.utf8.count), fact: "")
      var head = rule.fitted(stem)
      if head.isEmpty { head = "x" }
      let name = head + tail
      if !taken.contains(name.lowercased()) {
        taken.append(name.lowercased())
        return name
      }
      number += 1
    }
  }
}
