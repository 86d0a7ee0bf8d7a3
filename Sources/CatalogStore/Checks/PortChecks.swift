import CatalogModel
import Quantities

/// Port groups that contradict themselves or each other.
enum PortChecks {
  static func check(_ groups: [PortGroup], _ cursor: ElementCursor) {
    let elements = cursor.element.children.filter { $0.name == "ports" }.map {
      ElementCursor($0, file: cursor.file, diagnostics: cursor.diagnostics)
    }
    guard elements.count == groups.count else { return }
    guard groups.count <= 64 else {
      PartChecks.contradiction(
        elements[64], "id", "\(groups.count) groups of ports in one part", "64 are accepted")
      return
    }
    for (index, group) in groups.enumerated() {
      check(group, elements[index])
      checkSharing(group, among: groups, elements[index])
      for earlier in groups[..<index] {
        if earlier.id == group.id {
          PartChecks.contradiction(
            elements[index], "id", "two groups of ports are called \"\(group.id)\"",
            "give each group its own id")
        } else if overlap(earlier, group) {
          PartChecks.contradiction(
            elements[index], "prefix",
            "ports of \"\(group.id)\" have the names of ports of \"\(earlier.id)\"",
            "every port of a device has a name of its own")
        }
      }
    }
  }

  private static func check(_ group: PortGroup, _ cursor: ElementCursor) {
    if group.connector == .lc || group.connector == .mpo12 {
      PartChecks.contradiction(
        cursor, "connector", "ports with \(group.connector.rawValue) sockets",
        "name the cage or rj45; fibre plugs go into a transceiver")
    }
    if group.count > 1024 {
      PartChecks.contradiction(
        cursor, "count", "\(group.count) ports in one group", "1024 is the most accepted")
    }
    guard let split = group.split else { return }
    let element = cursor.element.children.first { $0.name == "split" } ?? cursor.element
    let inner = ElementCursor(element, file: cursor.file, diagnostics: cursor.diagnostics)
    let (total, overflow) = split.laneRate.bitsPerSecond.multipliedReportingOverflow(
      by: Int64(split.lanes))
    if let highest = group.rates.last, overflow || total > highest.bitsPerSecond {
      PartChecks.contradiction(
        inner, "lanes",
        "\(split.lanes) lanes of \(Format.rate(split.laneRate)) out of a port of "
          + Format.rate(highest),
        "the lanes of a split port share its rate")
    }
    if split.lanes < 2 || split.lanes > 8 {
      PartChecks.contradiction(
        inner, "lanes", "a port split into \(split.lanes)", "2 to 8 lanes are accepted")
    }
    if let most = split.maxPorts, most > group.count {
      PartChecks.contradiction(
        inner, "max-ports", "\(most) of \(group.count) ports may be split",
        "leave out max-ports when all may")
    }
    if split.disables >= group.count {
      PartChecks.contradiction(
        inner, "disables", "a split takes \(split.disables) of \(group.count) ports out of use",
        "count the neighbours that are lost, without the port itself")
    }
  }

  private static func checkSharing(
    _ group: PortGroup, among groups: [PortGroup], _ cursor: ElementCursor
  ) {
    guard let other = group.sharedWith else { return }
    guard let partner = groups.first(where: { $0.id == other }), partner.id != group.id else {
      PartChecks.contradiction(
        cursor, "shared-with", "shared-with names \"\(other)\", which is no other group here",
        "name the id of another <ports> of this part")
      return
    }
    if group.count > partner.count {
      PartChecks.contradiction(
        cursor, "count",
        "\(group.count) ports are shared with the \(partner.count) of \"\(other)\"",
        "put shared-with on the smaller group")
    }
  }

  private static func overlap(_ a: PortGroup, _ b: PortGroup) -> Bool {
    guard a.naming.prefix == b.naming.prefix, a.naming.suffix == b.naming.suffix, a.count <= 1024,
      b.count <= 1024
    else { return false }
    let taken = Set((0..<a.count).map { a.naming.first + $0 * a.naming.step })
    return (0..<b.count).contains { taken.contains(b.naming.first + $0 * b.naming.step) }
  }
}
