import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension Relaxation {
  /// Each card that the hosts are given, by itself, so that the one at fault is named.
  static func cards(_ site: Site) -> [Relaxation] {
    var given: [(name: String, place: String)] = []
    for group in site.hosts {
      for (slot, nic) in group.nics.enumerated() where nic.attach == .newFabric {
        guard let name = name(nic), !given.contains(where: { $0.name == name }) else { continue }
        given.append((name, "hosts[\(group.name)].nics[\(slot)]"))
      }
    }
    return given.map { name, place in
      Relaxation(
        id: "network-cards", keys: [place + ".model", place + ".onboard", place, "hosts"],
        requirement: { _ in "the hosts keep their cards: \(name)" },
        change: "take other network cards than \(name) (leave out model), or add media that it"
          + " accepts with --catalog FILE",
        drop: { site in
          var had = false
          for group in site.hosts.indices {
            for nic in site.hosts[group].nics.indices
            where site.hosts[group].nics[nic].attach == .newFabric
              && Relaxation.name(site.hosts[group].nics[nic]) == name
            {
              had = true
              site.hosts[group].nics[nic].model = nil
              site.hosts[group].nics[nic].onboard = ""
              site.hosts[group].nics[nic].ports = nil
              site.hosts[group].nics[nic].connector = nil
            }
          }
          return had
        }, helpsBudget: false)
    }
  }

  private static func name(_ nic: HostNIC) -> String? {
    nic.onboard.isEmpty ? nic.model : "onboard ports " + nic.onboard
  }

  /// What changes the site itself.
  static let lastResort: [Relaxation] = [
    Relaxation(
      id: "tenant-traffic", keys: ["traffic.tenant-vlans", "traffic.backup", "traffic"],
      requirement: { _ in "cards on the new network carry tenant traffic, or backup leaves by it" },
      drop: leaveTenants,
      changes: { site in
        let tenants = site.hosts.contains { $0.carries(.tenant) }
        let backup = site.traffic.backup == .viaCore
        let what = [tenants ? "tenants" : nil, backup ? "backup" : nil].compactMap { $0 }
        let keys = [
          site.hosts.contains { $0.carries(.tenant) || backup && $0.carries(.backup) }
            ? "attach: existing-lan for their cards" : nil,
          backup ? "traffic.backup: none" : nil,
        ].compactMap { $0 }
        return [
          Change(
            words: { _ in
              "leave \(listing(what)) on the existing LAN (\(keys.joined(separator: ", ")))"
            }, apply: { _ = leaveTenants(&$0) })
        ]
      }, helpsBudget: false),
    Relaxation(
      id: "host-count", keys: ["hosts"],
      requirement: { diagnosis in
        let worst = Relaxation.fullest(diagnosis.site)
        return "a rack holds up to \(Format.count(worst.hosts, "host")), \(worst.rack) so many"
      },
      drop: { site in
        defer { site.cap(at: 1) }
        return fullest(site).hosts > 1
      },
      changes: { site in
        let worst = fullest(site)
        return (1..<max(1, worst.hosts)).reversed().map { most in
          Change(
            words: { _ in
              "put at most \(Format.count(most, "host")) into a rack; \(worst.rack) holds"
                + " \(worst.hosts)"
            }, apply: { $0.cap(at: most) })
        }
      }, isGraded: true, helpsBudget: false),
  ]

  /// The rack with the most hosts, the first on a tie.
  static func fullest(_ site: Site) -> (rack: String, hosts: Int) {
    var best = (rack: "", hosts: 0)
    for rack in site.room.racks {
      let hosts = site.hosts.reduce(0) { sum, group in
        sum + group.placements.filter { $0.rack == rack.name }.reduce(0) { $0 + $1.count }
      }
      if hosts > best.hosts { best = (rack.name, hosts) }
    }
    return best
  }
}

extension Site {
  /// Leaves no more than a number of hosts in each rack.
  fileprivate mutating func cap(at most: Int) {
    for rack in room.racks {
      var left = most
      for group in hosts.indices {
        for index in hosts[group].placements.indices
        where hosts[group].placements[index].rack == rack.name {
          let count = min(left, hosts[group].placements[index].count)
          hosts[group].placements[index].count = count
          left -= count
        }
      }
    }
  }
}
