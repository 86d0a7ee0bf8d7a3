import CatalogModel
import Quantities
import SiteModel

/// The switches and cards of a plan: everything but its links.
struct Skeleton {
  var frame: Frame
  var centreNeeds: VariantNeeds
  var outOfBand: Int?
  /// By host rack; empty without ToRs.
  var tors: [Variant]
  var torNeeds: [VariantNeeds]
  /// Built-in units by part.
  var counts: [Int32]
  /// What the parts that are no links cost at least: exact, but for licences of split ports.
  var cost: Int64
  var draw: Int64
}

extension Search {
  /// Every choice of design, cards and switches that keeps the rules of the racks.
  func skeletons() -> [Skeleton] {
    let racks = model.hostRacks
    let places = model.centreRacks()
    var found: [Skeleton] = []
    for design in DesignKind.allCases where model.rules.designs.contains(design) {
      if design == .standalonePair, !model.allowsStandalonePair { continue }
      let switches = design == .spineLeaf ? 2 + 2 * racks.count : 2
      guard let outOfBands = model.outOfBandChoices(switches: switches) else { continue }
      for cards in model.cardChoices(wantsRDMA: wantsRDMA) {
        let centres = model.variants(for: .centre(design), lossless: cards.lossless)
        let allTors =
          design == .spineLeaf ? model.variants(for: .tor, lossless: cards.lossless) : []
        for centre in centres {
          let frame = Frame(design: design, cards: cards, centre: centre, centreRacks: places)
          let nodeNeeds = places.map {
            model.needs(
              of: centre, rack: $0, powerSupplies: model.rules.spinePowerSupplies,
              inPair: design != .standalonePair, lossless: cards.lossless)
          }
          guard let first = nodeNeeds[0], let second = nodeNeeds[1] else { continue }
          let centreNeeds = VariantNeeds(
            always: first.always + second.always,
            whenSplit: first.whenSplit.flatMap { a in second.whenSplit.map { a + $0 } })
          var torLists: [[(Variant, VariantNeeds)]] = [[]]
          for rack in design == .spineLeaf ? racks : [] {
            let usable = allTors.compactMap { tor in
              model.needs(
                of: tor, rack: rack, powerSupplies: model.rules.torPowerSupplies, inPair: false,
                lossless: cards.lossless
              ).map { (tor, $0) }
            }
            torLists = torLists.flatMap { list in usable.map { list + [$0] } }
          }
          for outOfBand in outOfBands {
            for tors in torLists {
              guard model.mayStep() else { return [] }
              if let skeleton = skeleton(frame, centreNeeds, outOfBand, tors) {
                found.append(skeleton)
              }
            }
          }
        }
      }
    }
    return found
  }

  /// Adds up the parts and checks what the switches of a rack share; `nil` where a limit is broken.
  private func skeleton(
    _ frame: Frame, _ centreNeeds: VariantNeeds, _ outOfBand: Int?,
    _ tors: [(Variant, VariantNeeds)]
  ) -> Skeleton? {
    var standing: [(rack: Int, halfUnits: Int, draw: Int64, airflow: [Airflow])] = []
    for rack in frame.centreRacks {
      standing.append((rack, frame.centre.halfUnits, frame.centre.draw, frame.centre.spec.airflow))
    }
    for (rack, (tor, _)) in zip(model.hostRacks, tors) {
      for _ in 0...1 { standing.append((rack, tor.halfUnits, tor.draw, tor.spec.airflow)) }
    }
    var uses = frame.cards.bought + centreNeeds.always
    for (_, needs) in tors { uses += needs.always + needs.always }
    if let outOfBand, let spec = model.parts[outOfBand].asSwitch {
      guard let rack = model.rackIndex(model.site.management.rack) else { return nil }
      standing.append(
        (rack, spec.halfRackUnits ?? 2, spec.maxPower?.milliwatts ?? 0, spec.airflow))
      uses.append(Use(part: outOfBand, count: 1))
      for required in spec.requires where required.when == .always {
        guard let part = model.indexOf[required.part], model.price[part] != nil
        else { return nil }
        uses.append(Use(part: part, count: required.quantity))
      }
    }
    for (index, rack) in model.site.room.racks.enumerated() {
      let here = standing.filter { $0.rack == index }
      if let free = rack.freeUnits, here.reduce(0, { $0 + $1.halfUnits }) > 2 * free { return nil }
      if let free = rack.freePower, here.reduce(0, { $0 + $1.draw }) > free.milliwatts {
        return nil
      }
      guard model.airflowsAgree(here.map(\.airflow), rack: rack) else { return nil }
    }
    var counts = [Int32](repeating: 0, count: model.parts.count)
    for use in uses { counts[use.part] += Int32(use.count) }
    var others = counts
    for part in others.indices where model.isMedium[part] { others[part] = 0 }
    return Skeleton(
      frame: frame, centreNeeds: centreNeeds, outOfBand: outOfBand, tors: tors.map(\.0),
      torNeeds: tors.map(\.1), counts: counts, cost: model.goods(others, testedFirst: 0),
      draw: standing.reduce(0) { $0 + $1.draw })
  }
}

extension Model {
  /// Where the two central switches stand (M5.3).
  func centreRacks() -> [Int] {
    let racks = site.room.racks
    let given = rules.spineRacks.compactMap { rackIndex($0) }
    if let first = given.first { return [first, given.count > 1 ? given[1] : first] }
    if racks.count < 2 { return [0, 0] }
    let hosts = racks.map { rack in
      Int64(
        site.hosts.flatMap(\.placements).filter { $0.rack == rack.name }
          .reduce(0) { $0 + $1.count })
    }
    var best: (sum: Int64, pair: [Int])?
    for a in racks.indices {
      for b in racks.indices where a < b {
        let sum = racks.indices.reduce(Int64(0)) { sum, r in
          sum + hosts[r]
            * (routedLength(r, isHost: false, a, isHost: false)
              + routedLength(r, isHost: false, b, isHost: false))
        }
        if best.map({ sum < $0.sum }) ?? true { best = (sum, [a, b]) }
      }
    }
    return best?.pair ?? [0, 0]
  }

  /// Out-of-band switches that have a port for each of the others, or the one choice of none; `nil`
  /// where the existing switch has too few ports.
  func outOfBandChoices(switches: Int) -> [Int?]? {
    guard site.management.buySwitch else {
      if let free = site.management.freePorts, free < switches { return nil }
      return [nil]
    }
    return parts.indices.filter { index in
      guard price[index] != nil, let spec = parts[index].asSwitch,
        spec.roles.contains(.outOfBand)
      else { return false }
      let ports = spec.ports.filter { $0.connector == .rj45 && $0.rates.contains(.gigabits(1)) }
      return ports.reduce(0) { $0 + $1.count } >= switches
    }
  }

  /// M6, airflow of the switches in one rack.
  func airflowsAgree(_ lists: [[Airflow]], rack: Rack) -> Bool {
    let blowing = lists.filter { !$0.isEmpty && !$0.allSatisfy { $0 == .fanless } }
    if let wanted = rack.airflow,
      !blowing.allSatisfy({ list in list.contains { $0.rawValue == wanted } })
    {
      return false
    }
    guard let first = blowing.first else { return true }
    return first.contains { entry in blowing.allSatisfy { $0.contains(entry) } }
  }
}
