import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

extension ConfirmationDrafting {
  private func unknown(_ part: Part, _ question: String) -> Confirmation {
    Confirmation(kind: .unknown, subject: part.id.rawValue, question: question)
  }

  /// Facts of switches and modules that no source states and the plan uses.
  func switchFacts() -> [Confirmation] {
    var list: [Confirmation] = []
    for index in Set(switches.map(\.part)).sorted() {
      let id = part(index).id
      guard let order = fabric.airflowOrder(of: id) else { continue }
      list.append(
        Confirmation(
          kind: .owner, subject: id.rawValue,
          question: "the order number does not tell the direction of the airflow, and it may not"
            + " be changeable afterwards: the order says \(order)"))
    }
    for (index, draft) in switches.enumerated() {
      let part = part(draft.part)
      list += placeFacts(part, draft)
      for module in draft.modules {
        let module = self.part(module)
        if module.asModule?.maxPower == nil {
          list.append(unknownDraw(of: module))
        }
      }
      guard draft.role != .outOfBand, fabric.intents.indices.contains(index) else { continue }
      list += abilityFacts(part, draft, fabric.intents[index])
    }
    return list
  }

  /// What the rack and the power feed see of a switch.
  private func placeFacts(_ part: Part, _ draft: SwitchDraft) -> [Confirmation] {
    var list: [Confirmation] = []
    let spec = draft.spec
    if spec.halfRackUnits == nil {
      list.append(unknown(part, "height in rack units is not known; 1 unit is counted"))
    }
    if spec.maxPower == nil {
      list.append(unknownDraw(of: part))
    }
    if spec.airflow.isEmpty { list.append(unknown(part, "direction of the airflow is not known")) }
    let supplies = spec.powerSupplies
    if supplies.included == nil {
      list.append(
        unknown(part, "how many power supplies are in the box is not known; 1 supply is counted"))
    }
    if supplies.bays == nil {
      list.append(unknown(part, "how many power supply bays it has is not known"))
    }
    if !draft.accessories.contains(where: { self.part($0.part).asAccessory?.kind == .powerCord }) {
      list.append(
        unknown(part, "whether power cords are in the box is not known; none are on the bill"))
    }
    return list
  }

  private func abilityFacts(
    _ part: Part, _ draft: SwitchDraft, _ intent: SwitchIntent
  ) -> [Confirmation] {
    var list: [Confirmation] = []
    let spec = draft.spec
    if choice.isLossless {
      if spec.pfc == .unknown {
        list.append(unknown(part, "PFC (priority flow control) is not known; RDMA needs it"))
      }
      if spec.ets == .unknown {
        list.append(unknown(part, "ETS (bandwidth shares) is not known; RDMA needs it"))
      }
      if spec.dcbx == .unknown { list.append(unknown(part, "DCBX is not known")) }
    }
    if draft.role == .tor || !intent.uplinkGroups.isEmpty, spec.uplinkTracking == .unknown {
      list.append(
        unknown(
          part,
          "uplink tracking is not known: it must take host ports down when all uplinks are lost"))
    }
    if draft.role == .central, intent.pair != nil, choice.centre.core != nil,
      intent.uplinkGroups.isEmpty
    {
      list.append(
        Confirmation(
          kind: .assumption, subject: part.id.rawValue,
          question: "when a pair of them loses all its peer links, the second switch may lose the "
            + "core and keep its host ports up: the peer links take different ways"))
    }
    if let peering = intent.pair?.peering {
      let addresses = [peering.address, peering.peer].sorted().map(\.description)
      list.append(
        Confirmation(
          kind: .assumption, subject: part.id.rawValue,
          question: "the two of a pair talk in VLAN \(peering.vlan.number) with the addresses"
            + " \(addresses.joined(separator: " and ")): nothing else at the site uses these"))
    }
    if spec.managementPort == .unknown {
      list.append(
        unknown(
          part,
          draft.managementData == nil
            ? "an out-of-band management port is not known; one is counted on"
            : "whether it has an out-of-band management port is not known; a data port is used"))
    }
    if spec.maxLAGMembers == nil, !intent.lags.isEmpty {
      list.append(
        unknown(
          part, "most members of one LAG are not known; \(draft.lagLimit) members are counted"))
    }
    if spec.maxMTU == nil {
      list.append(
        unknown(part, "largest link MTU is not known; \(draft.linkMTU) bytes are counted on"))
    }
    if let point = configurationPoint(part, draft, intent) { list.append(point) }
    // Dell states 48 for the S4820T's OS9 (fact OS9-15); nothing is known of more.
    let pairLAGs = intent.lags.count { $0.pairLAG != nil }
    if pairLAGs > 48 {
      list.append(unknown(part, "whether a pair holds \(pairLAGs) LAGs is not known; 48 LAGs are"))
    }
    if intent.lags.contains(where: { $0.pairLAG != nil }), !spec.multiChassis.canPair {
      list.append(unknown(part, "whether two of them can act as one (VLT, MLAG) is not known"))
    }
    return list
  }

  private func unknownDraw(of part: Part) -> Confirmation {
    unknown(
      part, "largest power draw is not known; 0 W is counted, so nothing shows that a feed suffices"
    )
  }

  /// What is to be said of a switch's configuration; `nil` for one that is written and read back.
  private func configurationPoint(
    _ part: Part, _ draft: SwitchDraft, _ intent: SwitchIntent
  ) -> Confirmation? {
    if let traits = draft.traits {
      return traits.wordless(intent).map { lack in
        Confirmation(
          kind: .byHand, subject: part.id.rawValue,
          question: "no configuration is written, since its dialect has no words for \(lack): it is"
            + " set up by hand")
      }
    }
    if problem.options.writes(draft.spec) {
      return Confirmation(
        kind: .unverifiedLine, subject: part.id.rawValue,
        question: "its configuration comes from added templates and is not read back: compare every"
          + " line with the plan")
    }
    return Confirmation(
      kind: .byHand, subject: part.id.rawValue,
      question: "no configuration is written for it: it is set up by hand")
  }

  /// Facts of cards that no source states and the plan uses.
  func cardFacts() -> [Confirmation] {
    var list: [Confirmation] = []
    for (need, index) in zip(problem.cards, choice.cards) {
      let part = part(index)
      guard let card = part.asNIC else { continue }
      if need.carriesStorage {
        if choice.wantsRDMA, card.rdma == .unknown {
          list.append(unknown(part, "RDMA is not known"))
        }
        if choice.isLossless, card.rdma.isCapable, card.dcb == .unknown {
          list.append(unknown(part, "DCB (PFC and ETS on the card) is not known"))
        }
        if card.maxMTU == nil {
          list.append(
            unknown(
              part, "largest MTU is not known; \(networks.storageMTU) bytes are counted on"))
        }
      }
      let rates = Set(rates(of: index)).sorted()
      for rate in rates where rate != card.rate {
        list.append(
          unknown(
            part,
            "it is made for \(Format.rate(card.rate)) and runs at a rate of \(Format.rate(rate)):"
              + " speed setting and firmware allow it"))
      }
      if problem.cards.contains(where: { $0.group == need.group && $0.slot != need.slot }),
        card.maxPower == nil
      {
        list.append(unknown(part, "power draw is not known"))
      }
    }
    return list
  }

  private func rates(of card: Int) -> [DataRate] {
    choice.racks.flatMap { rack in rack.hosts.filter { $0.card == card }.map(\.rate) }
  }

  /// Whether devices take the media in their ports, and what optics draw.
  func mediaFacts() -> [Confirmation] {
    let pairs = mediaInDevices()
    return pairs.flatMap(facts) + thirdParty(pairs)
  }

  /// Every medium with every device it is plugged into, once, in the order of cables.
  private func mediaInDevices() -> [MediumInDevice] {
    var partOf: [String: Int] = [:]
    for draft in switches { partOf[draft.name] = draft.part }
    if let core = site.core { partOf[core.name] = MediumInDevice.core }
    var hostOf: [String: Host] = [:]
    for host in fabric.hosts { hostOf[host.name] = host }
    var seen: Set<MediumInDevice> = []
    var pairs: [MediumInDevice] = []
    for cable in fabric.cables {
      guard let index = problem.index(of: cable.part) else { continue }
      for end in [cable.a] + cable.b {
        let medium = end.optic.flatMap { problem.index(of: $0) } ?? index
        var device = partOf[end.endpoint.node]
        if device == nil {
          let card = hostOf[end.endpoint.node]?.cards.first {
            $0.ports.contains(end.endpoint.port)
          }
          device = card?.part.flatMap { problem.index(of: $0) }
        }
        guard let device else { continue }
        let entry = MediumInDevice(medium: medium, device: device)
        if seen.insert(entry).inserted { pairs.append(entry) }
      }
    }
    return pairs
  }

  /// Media of another maker than a switch they sit in: a few are bought first and tested.
  private func thirdParty(_ pairs: [MediumInDevice]) -> [Confirmation] {
    var devices: [Int: [String]] = [:]
    for pair in pairs where pair.device >= 0 {
      let (medium, device) = (part(pair.medium), part(pair.device))
      guard device.asSwitch != nil, isPluggable(medium), medium.vendor != device.vendor else {
        continue
      }
      devices[pair.medium, default: []].append(device.model)
    }
    return devices.keys.sorted().map { index in
      let medium = part(index)
      let models = (devices[index] ?? []).joined(separator: ", ")
      let batch = fabric.bom.first { $0.part == medium.id }?.testFirst ?? 0
      return Confirmation(
        kind: .untestedOptic, subject: medium.id.rawValue,
        question: batch > 0
          ? "\(Format.count(batch, "piece")) \(batch == 1 ? "is" : "are") ordered first and tested"
            + " in \(models) before the rest"
          : "it is of another maker than \(models), and requirements.test-first asks for no first"
            + " batch")
    }
  }

  private func isPluggable(_ part: Part) -> Bool {
    part.asOptic != nil || part.asCable?.family.isAttached == true
  }

  /// A medium in a port of a part.
  private struct MediumInDevice: Hashable {
    /// Stands for the existing core.
    static let core = -1
    var medium: Int
    var device: Int
  }

  private func facts(_ pair: MediumInDevice) -> [Confirmation] {
    let medium = part(pair.medium)
    if let cable = medium.asCable, !cable.family.isAttached { return [] }
    var list: [Confirmation] = []
    if pair.device == MediumInDevice.core {
      if let core = site.core, core.vendor.isEmpty || core.vendor != medium.vendor {
        list.append(
          Confirmation(
            kind: .unknown, subject: medium.id.rawValue,
            question: "\(core.name) accepts it"))
      }
      return list
    }
    let device = part(pair.device)
    let answer = problem.catalog.acceptance(of: medium, in: device)
    switch answer.verdict {
    case .unknown, .no:
      list.append(
        Confirmation(
          kind: .unknown, subject: medium.id.rawValue,
          question: "\(device.model) (\(device.id)) accepts it"))
    case .withCommand:
      list.append(
        Confirmation(
          kind: .untestedOptic, subject: medium.id.rawValue,
          question:
            "\(device.model) (\(device.id)) takes it only after `\(answer.rule?.command ?? "")` was"
            + " typed"))
      list += commandOfAnotherSystem(answer.rule?.command ?? "", medium, device)
    case .yes: break
    }
    // Passive twinax draws next to nothing; nobody states it.
    if draw(of: medium) == nil, medium.asCable?.family != .passiveDAC {
      list.append(unknown(medium, "power draw is not known"))
    }
    list += cageFacts(medium, in: device)
    return list
  }

  /// A module parameter of Linux says nothing of a host that runs Windows.
  private func commandOfAnotherSystem(
    _ command: String, _ medium: Part, _ device: Part
  ) -> [Confirmation] {
    guard device.asNIC != nil, command.hasPrefix("modprobe ") else { return [] }
    let hosts = fabric.hosts.filter { host in host.cards.contains { $0.part == device.id } }
    let groups = site.hosts.filter { group in
      group.hasMultichannel && hosts.contains { $0.group == group.name }
    }
    return groups.map { group in
      Confirmation(
        kind: .unknown, subject: medium.id.rawValue,
        question:
          "`\(command)` is a command of Linux: whether \(device.model) (\(device.id)) takes it"
          + " in the hosts of \(group.name) under \(group.os) no source says; if not, optics of the"
          + " card's maker are needed there")
    }
  }

  private func draw(of medium: Part) -> Power? {
    medium.asOptic?.power ?? medium.asCable?.powerPerEnd
  }

  /// Something that may draw more than every cage gives: 1.0 W for SFP+ (SFF-8431, power level I),
  /// 1.5 W for QSFP+ (SFF-8436, power class 1).
  private func cageFacts(_ medium: Part, in device: Part) -> [Confirmation] {
    guard let draw = draw(of: medium), let spec = device.asSwitch else { return [] }
    let forms = [medium.asOptic?.form, medium.asCable?.endA, medium.asCable?.endB]
      .compactMap { $0 }
    let modules = spec.modules.compactMap { problem.index(of: $0) }.flatMap {
      part($0).asModule?.ports ?? []
    }
    let open = (spec.ports + modules).filter { group in
      guard group.maxOpticPower == nil, forms.contains(where: group.connector.accepts) else {
        return false
      }
      let isQuad = group.connector == .qsfpPlus || group.connector == .qsfp28
      return draw > Power(milliwatts: isQuad ? 1500 : 1000)
    }
    guard !open.isEmpty else { return [] }
    return [
      unknown(
        medium,
        "it draws \(Format.power(draw)); whether the cages of \(device.model) (\(device.id)) give"
          + " that much power is not known")
    ]
  }
}
