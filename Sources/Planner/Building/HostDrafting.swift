import CatalogModel
import Fabric
import PlanProblem
import SiteModel

/// A host port on the new fabric.
struct HostPortDraft {
  var name: String
  /// Part index of its card: the kind.
  var card: Int
  var side: FabricSide
  /// Index in the group's card list.
  var slot: Int
}

/// A host with its ports on the new fabric.
struct HostDraft {
  var host: Host
  /// Index in `site.hosts`.
  var group: Int
  /// Index in `site.room.racks`.
  var rack: Int
  /// In the order of cards and ports.
  var ports: [HostPortDraft]
  /// Part indices of the cards that the plan buys.
  var bought: [Int]
}

extension HostDraft {
  /// All hosts: by group as in the site, then rack, then number. Where two groups and racks give one
  /// name (`a` in `b-c`, `a-b` in `c`), the numbers go on.
  ///
  /// Ports of one kind of card go to side A and side B by turns, so that every host has as many
  /// ports on each. Cards on the new fabric are numbered from 1 in slot order.
  static func all(problem: PlanProblem, choice: PlanChoice) -> [HostDraft] {
    let site = problem.site
    var hosts: [HostDraft] = []
    var numbers: [String: Int] = [:]
    for (groupIndex, group) in site.hosts.enumerated() {
      for (rackIndex, rack) in site.room.racks.enumerated() {
        let count = group.placements.filter { $0.rack == rack.name }.reduce(0) { $0 + $1.count }
        let template = cards(of: groupIndex, problem: problem, choice: choice)
        let stem = "\(group.name)-\(rack.name)"
        for _ in 0..<max(0, count) {
          let number = numbers[stem.lowercased(), default: 0] + 1
          numbers[stem.lowercased()] = number
          let name = "\(stem)-" + digits(number)
          hosts.append(
            HostDraft(
              host: Host(name: name, group: group.name, rack: rack.name, cards: template.cards),
              group: groupIndex, rack: rackIndex, ports: template.ports, bought: template.bought))
        }
      }
    }
    return hosts
  }

  private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func cards(
    of group: Int, problem: PlanProblem, choice: PlanChoice
  ) -> (cards: [HostCard], ports: [HostPortDraft], bought: [Int]) {
    var cards: [HostCard] = []
    var ports: [HostPortDraft] = []
    var bought: [Int] = []
    var number = 0
    var seen: [(card: Int, ports: Int)] = []
    for (slot, nic) in problem.site.hosts[group].nics.enumerated() {
      let need = problem.cards.firstIndex { $0.group == group && $0.slot == slot }
      guard let need, choice.cards.indices.contains(need) else {
        let part = nic.model.flatMap { model in
          problem.catalog.parts.first {
            $0.asNIC != nil && PlanProblem.isMeant($0, by: model)
          }?.id
        }
        for _ in 0..<max(0, nic.count) {
          cards.append(HostCard(slot: slot, part: part, bought: false, ports: []))
        }
        continue
      }
      let index = choice.cards[need]
      let part = problem.catalog.parts[index]
      let isBought = problem.cards[need].given == nil
      for _ in 0..<max(0, nic.count) {
        number += 1
        var names: [String] = []
        for port in 0..<max(0, part.asNIC?.ports ?? 0) {
          let name = "nic\(number)-p\(port + 1)"
          let place = seen.firstIndex { $0.card == index }
          let before = place.map { seen[$0].ports } ?? 0
          if let place { seen[place].ports += 1 } else { seen.append((index, 1)) }
          ports.append(
            HostPortDraft(
              name: name, card: index, side: before % 2 == 0 ? .a : .b, slot: slot))
          names.append(name)
        }
        cards.append(HostCard(slot: slot, part: part.id, bought: isBought, ports: names))
        if isBought { bought.append(index) }
      }
    }
    return (cards, ports, bought)
  }
}
