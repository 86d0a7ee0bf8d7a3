import CatalogModel
import Quantities
import SiteModel

/// One entry of a host group's card list that is on the new fabric.
struct CardSlot {
  var group: Int
  var nic: HostNIC
  /// Hosts of the group.
  var hosts: Int
  var carriesStorage: Bool
}

/// A card part for every slot (M5.2).
struct CardChoice {
  /// By slot.
  var parts: [Int]
  /// What is bought.
  var bought: [Use]
  /// Ids of the bought ones, in order of group and slot.
  var key: [String]
  var lossless: Bool
}

extension Model {
  /// The entries on the new fabric, in order of host group and slot.
  var cardSlots: [CardSlot] {
    let storage: [TrafficClass] = [.csv, .liveMigration, .storage, .backup]
    return site.hosts.enumerated().flatMap { index, group in
      group.nics.filter { $0.attach == .newFabric }.map { nic in
        CardSlot(
          group: index, nic: nic, hosts: group.placements.reduce(0) { $0 + $1.count },
          carriesStorage: nic.carries.contains { storage.contains($0) })
      }
    }
  }

  /// Every choice of cards that the model allows with RDMA wanted or not.
  func cardChoices(wantsRDMA: Bool) -> [CardChoice] {
    let slots = cardSlots
    var choices: [[Int]] = [[]]
    for slot in slots {
      let options = candidates(for: slot, wantsRDMA: wantsRDMA)
      choices = choices.flatMap { choice in options.map { choice + [$0] } }
    }
    return choices.compactMap { choice in
      // Slots whose card takes part in RDMA.
      let able = slots.indices.filter { slots[$0].carriesStorage && isAble(choice[$0]) }
      if wantsRDMA {
        let served = Set(able.map { slots[$0].group })
        guard slots.allSatisfy({ served.contains($0.group) }) else { return nil }
      }
      let lossless =
        wantsRDMA && able.contains { parts[choice[$0]].asNIC?.rdma.needsLossless ?? false }
      let chosen = slots.indices.filter { slots[$0].nic.model == nil }
      return CardChoice(
        parts: choice,
        bought: chosen.map {
          Use(part: choice[$0], count: slots[$0].hosts * slots[$0].nic.count)
        },
        key: chosen.map { parts[choice[$0]].id.rawValue }, lossless: lossless)
    }
  }

  /// Whether the card can do RDMA (M5.2).
  private func isAble(_ card: Int) -> Bool {
    guard let spec = parts[card].asNIC else { return false }
    return spec.rdma.isCapable && !(spec.rdma.needsLossless && spec.dcb == .no)
  }

  private func candidates(for slot: CardSlot, wantsRDMA: Bool) -> [Int] {
    parts.indices.filter { index in
      guard let spec = parts[index].asNIC, let ports = spec.ports, spec.connector != nil,
        (slot.nic.count * ports) % 2 == 0
      else { return false }
      if let model = slot.nic.model {
        // The first by id that is called so.
        return index == parts.firstIndex { $0.asNIC != nil && names(model, $0) }
      }
      return price[index] != nil && rates(ofCard: spec).contains { $0 >= .gigabits(10) }
        && (!wantsRDMA || !slot.carriesStorage || isAble(index))
    }
  }

  /// The rates a card runs at (end of M3).
  func rates(ofCard spec: NICSpec) -> [DataRate] {
    var rates = [spec.rate]
    if spec.rate == .gigabits(25), spec.connector == .sfp28 { rates.append(.gigabits(10)) }
    if spec.rate == .gigabits(100), spec.connector == .qsfp28 { rates.append(.gigabits(40)) }
    return rates
  }

  /// Kinds of card in a rack, sorted by id, with the links of each at each side (M5.4).
  func cardKinds(_ choice: CardChoice, rack: Int) -> [(card: Int, links: Int)] {
    var links: [Int: Int] = [:]
    for (slot, card) in zip(cardSlots, choice.parts) {
      let hosts = site.hosts[slot.group].placements
        .filter { $0.rack == site.room.racks[rack].name }.reduce(0) { $0 + $1.count }
      let ports = parts[card].asNIC?.ports ?? 0
      if hosts > 0 { links[card, default: 0] += hosts * slot.nic.count * ports / 2 }
    }
    // The catalogue's parts are sorted by id, so that the index sorts alike.
    return links.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Racks with a host that has a card on the new fabric, sorted by name.
  var hostRacks: [Int] {
    let names = Set(
      site.hosts.filter { group in group.nics.contains { $0.attach == .newFabric } }
        .flatMap(\.placements).filter { $0.count > 0 }.map(\.rack))
    return site.room.racks.indices.filter { names.contains(site.room.racks[$0].name) }
      .sorted {
        let (a, b) = (site.room.racks[$0].name, site.room.racks[$1].name)
        return a.utf8.lexicographicallyPrecedes(b.utf8)
      }
  }

  /// Whether `standalone-pair` is possible (M6).
  var allowsStandalonePair: Bool {
    guard site.traffic.backup != .viaCore else { return false }
    return site.hosts.allSatisfy { group in
      let onFabric = group.nics.filter { $0.attach == .newFabric }
      guard !onFabric.isEmpty else { return true }
      return (group.os.hasPrefix("windows") || group.os == "azure-stack-hci")
        && !onFabric.contains { $0.carries.contains(.tenant) }
    }
  }
}
