import CatalogModel
import Fabric

extension PlanProof {
  /// No link uses a port that a split neighbour, or the other half of a combo port, has taken.
  static let portUsable = PlanProof(
    "port-usable",
    claim: "no link uses a port that splitting or a shared socket has taken out of use"
  ) { context, ledger in
    for view in context.switches {
      for port in view.device.ports {
        guard view.linksAtPort[port.name] != nil else { continue }
        ledger.expect(
          port.usable, at: [view.name, port.name],
          "a link uses it, but a split port took it out of use",
          hint: "move the link, or undo the split")
      }
      checkShared(view, &ledger)
      checkSplits(view, &ledger)
    }
  }

  /// Combo ports: the users of both groups together need room in the one that is shared.
  private static func checkShared(_ view: SwitchView, _ ledger: inout Ledger) {
    for group in view.groups {
      guard let otherID = group.sharedWith,
        let other = view.groups.first(where: { $0.id == otherID })
      else { continue }
      let used = view.device.ports.filter {
        ($0.group == group.id || $0.group == other.id) && view.linksAtPort[$0.name] != nil
      }
      let whole = Set(used.map { $0.splitFrom ?? $0.name }).count
      ledger.expect(
        whole <= other.count, at: [view.name, group.id, other.id],
        "\(whole) ports of two groups that share sockets are used",
        expected: "at most \(other.count)")
    }
  }

  /// Lanes are those of the part, not more ports are split than may be, and what splitting takes
  /// out of use is marked so.
  private static func checkSplits(_ view: SwitchView, _ ledger: inout Ledger) {
    var lanes: [String: [DevicePort]] = [:]
    for port in view.device.ports {
      if let whole = port.splitFrom { lanes[whole, default: []].append(port) }
    }
    var splitPorts: [String: Int] = [:]
    for whole in lanes.keys.sorted() {
      let ports = lanes[whole] ?? []
      guard let first = ports.first, let group = view.group(of: first) else { continue }
      ledger.expect(
        group.split != nil, at: [view.name, whole], "it is split, but the part cannot split it")
      guard let split = group.split else { continue }
      splitPorts[group.id, default: 0] += 1
      ledger.expect(
        ports.count == split.lanes, at: [view.name, whole], "it has \(ports.count) lanes",
        expected: "\(split.lanes)")
      if let index = (0..<group.count).first(where: { group.naming.name($0) == whole }) {
        let number = group.naming.number(index)
        let names = (0..<split.lanes).map { split.laneName(portNumber: number, lane: $0) }
        ledger.expect(
          ports.map(\.name) == names, at: [view.name, whole],
          "its lanes are called " + ports.map(\.name).joined(separator: ", "),
          expected: names.joined(separator: ", "))
      }
    }
    for group in view.groups {
      guard let split = group.split, let count = splitPorts[group.id] else { continue }
      let most = split.maxPorts ?? group.count
      ledger.expect(
        count <= most, at: [view.name, group.id], "\(count) ports are split",
        expected: "at most \(most)")
      let (lost, overflow) = count.multipliedReportingOverflow(by: split.disables)
      let marked = view.device.ports.filter { $0.group == group.id && !$0.usable }.count
      ledger.expect(
        !overflow && marked >= lost, at: [view.name, group.id],
        "\(marked) ports are marked as lost by splitting", expected: "\(lost)",
        hint: "each split port takes \(split.disables) neighbours out of use")
    }
  }
}
