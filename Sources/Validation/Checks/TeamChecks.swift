import Evidence
import Quantities

/// Checks of the teams and bonds of a host.
enum TeamChecks {
  static func run(_ host: ObservedHost, _ sheet: inout Sheet) {
    let teams = Set(host.plan.ports.compactMap(\.team)).sorted()
    for team in teams {
      let members = host.plan.ports.indices.filter { host.plan.ports[$0].team == team }
      guard members.count > 1 else { continue }
      check(members, host, &sheet)
    }
  }

  private static func check(_ members: [Int], _ host: ObservedHost, _ sheet: inout Sheet) {
    let names = members.map { host.plan.ports[$0].name }
    let place = names.joined(separator: "+")
    sheet.ports = members
    guard host.facts.interfaces.value != nil else {
      let why = (host.facts.interfaces.unknown ?? Unknown(.notCollected)).shown
      sheet.add(.teamMode, place, .unknown, why)
      return sheet.add(.teamMembers, place, .unknown, why)
    }
    let present = Set(
      members.compactMap { host.ports[$0].map { host.interfaces[$0].name.lowercased() } })
    guard
      let team = host.interfaces.first(where: { interface in
        interface.kind == .team && interface.lower.contains { present.contains($0.lowercased()) }
      })
    else {
      // Where all but one are gone the system may have no team left: what still carries the networks
      // is where it belongs.
      let carrying = carrying(members, host)
      let isLeft = !carrying.isEmpty && carrying.count < members.count
      for (member, name) in zip(members, names) {
        let isGood = isLeft && carrying.contains(member)
        sheet.add(
          .teamMembers, name, isGood ? .pass : .fail,
          isGood ? "carries the networks of the team" : "in no team or bond",
          expected: isGood ? "" : "together: \(place)")
      }
      return sheet.skip(.teamMode, place, "there is no team")
    }
    // The ports of a host end on switches that are no pair for it, or that the plan gives no LAG:
    // LACP has no partner there.
    sheet.judge(
      .teamMode, place, team.team, expected: "switch-independent, or active-backup",
      shown: \.modeText, holds: { $0.mode == .switchIndependent || $0.mode == .activeBackup })
    let members = Set(team.lower.map { $0.lowercased() })
    let active = team.team.value.flatMap { facts in
      facts.mode == .activeBackup ? nil : facts.active.map { Set($0.map { $0.lowercased() }) }
    }
    for name in names {
      let isMember = members.contains(name.lowercased())
      let isActive = active?.contains(name.lowercased()) ?? true
      sheet.add(
        .teamMembers, name, isMember && isActive ? .pass : .fail,
        isMember
          ? isActive ? "in \(team.name)" : "not active in \(team.name)" : "not in \(team.name)",
        expected: isMember && isActive ? "" : "together: \(place)",
        output: team.team.source?.output)
    }
    let strangers = team.lower.filter { !present.contains($0.lowercased()) }
    guard !strangers.isEmpty else { return }
    sheet.add(
      .teamMembers, place, .fail, "\(strangers.joined(separator: ", ")) in \(team.name)",
      expected: "none but \(place)", output: team.team.source?.output)
  }

  /// Ports that the planned networks of the team stand on.
  private static func carrying(_ members: [Int], _ host: ObservedHost) -> Set<Int> {
    var found: Set<Int> = []
    for (place, network) in host.plan.networks.enumerated()
    where !Set(network.carriers).isDisjoint(with: members) {
      guard let top = host.networks[place] else { continue }
      found.formUnion(host.carriers(below: top).filter(members.contains))
    }
    return found
  }
}
