import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension Relaxation {
  /// What the room states.
  static let room: [Relaxation] = [
    Relaxation(
      id: "rack-units",
      requirement: { site in
        "free rack units: "
          + site.room.racks.compactMap { rack in rack.freeUnits.map { "\(rack.name) has \($0)" } }
          .joined(separator: ", ")
      },
      change: { _, _ in "make room in the racks (free-units), or set requirements.spine-racks" },
      apply: { $0.room.forget(\.freeUnits) }, helpsBudget: false),
    Relaxation(
      id: "rack-power",
      requirement: { site in
        "free power on each feed: "
          + site.room.racks.compactMap { rack in
            rack.freePower.map { "\(rack.name) has \(Format.power($0))" }
          }.joined(separator: ", ")
      },
      change: { _, choice in
        "provide more power on each feed (free-power)"
          + (choice.map { "; all switches together draw \(Format.power($0.draw))" } ?? "")
      },
      apply: { $0.room.forget(\.freePower) }, helpsBudget: false, namesExample: true),
    Relaxation(
      id: "airflow", requirement: { _ in "racks state a direction of air" },
      change: { _, _ in "allow another direction of air (airflow), or turn fans and supplies" },
      apply: { $0.room.forget(\.airflow) }, helpsBudget: false),
    Relaxation(
      id: "outlets", requirement: { _ in "racks state the outlets of their power strips" },
      change: { _, _ in "provide other outlets, or find cords that fit (outlet)" },
      apply: { $0.room.forget(\.outlet) }, helpsBudget: false),
    Relaxation(
      id: "management-ports",
      requirement: { "the management switch has \($0.management.freePorts ?? 0) free ports" },
      change: { _, _ in "provide more management ports, or buy a small switch (management)" },
      apply: { site in
        defer { site.management.freePorts = nil }
        return site.management.freePorts != nil && !site.management.buySwitch
      }, helpsBudget: false),
    Relaxation(
      id: "management-switch", requirement: { _ in "a management switch is to be bought" },
      change: { _, _ in "use ports of an existing management switch (management.switch: existing)"
      },
      apply: { site in
        defer { site.management.buySwitch = false }
        return site.management.buySwitch
      }),
    Relaxation(
      id: "north-south",
      requirement: {
        "\(Format.rate($0.traffic.northSouth ?? .gigabits(0))) must be able to leave to the core"
      },
      change: { _, _ in "lower traffic.north-south, or give the core more ports and uplinks" },
      apply: { site in
        defer { site.traffic.northSouth = nil }
        return site.traffic.northSouth != nil
      }),
  ]

  /// What changes the site itself.
  static let lastResort: [Relaxation] = [
    Relaxation(
      id: "network-cards",
      requirement: { site in
        let models = site.hosts.flatMap(\.nics).filter { $0.attach == .newFabric }
          .compactMap { $0.onboard.isEmpty ? $0.model : "onboard ports " + $0.onboard }
        return "the hosts keep their cards: " + Set(models).sorted().joined(separator: ", ")
      },
      change: { _, _ in
        "take other network cards (leave out model), or add media that these cards accept with"
          + " --catalog FILE"
      },
      apply: { site in
        var had = false
        for group in site.hosts.indices {
          for nic in site.hosts[group].nics.indices
          where site.hosts[group].nics[nic].attach == .newFabric {
            let card = site.hosts[group].nics[nic]
            had = had || card.model != nil || !card.onboard.isEmpty
            site.hosts[group].nics[nic].model = nil
            site.hosts[group].nics[nic].onboard = ""
            site.hosts[group].nics[nic].ports = nil
            site.hosts[group].nics[nic].connector = nil
          }
        }
        return had
      }, helpsBudget: false),
    Relaxation(
      id: "core-uplink", requirement: { _ in "tenant or backup traffic leaves through the core" },
      change: { _, _ in
        "give the core ports (core.ports) that a switch of the catalogue can reach"
      },
      apply: { site in
        defer { site.core = nil }
        return site.core != nil
      }, helpsBudget: false),
    Relaxation(
      id: "tenant-traffic",
      requirement: { _ in "cards on the new fabric carry tenant traffic or backup leaves by it" },
      change: { _, _ in "leave tenants and backup on the existing LAN (attach: existing-lan)" },
      apply: { site in
        var had = site.traffic.backup == .viaCore
        site.traffic.backup = site.traffic.backup == .viaCore ? .none : site.traffic.backup
        for group in site.hosts.indices {
          for nic in site.hosts[group].nics.indices {
            if site.hosts[group].nics[nic].carries.contains(.tenant),
              site.hosts[group].nics[nic].attach == .newFabric
            {
              site.hosts[group].nics[nic].carries.removeAll { $0 == .tenant }
              had = true
            }
          }
        }
        return had
      }, helpsBudget: false),
    Relaxation(
      id: "host-count",
      requirement: { site in
        let worst = Relaxation.fullest(site)
        return "a rack holds up to \(Format.count(worst.hosts, "host")), \(worst.rack) so many"
      },
      change: { site, _ in
        "put fewer hosts into a rack, such as \(Relaxation.fullest(site).rack)"
      },
      apply: { site in
        var had = false
        for group in site.hosts.indices {
          for index in site.hosts[group].placements.indices
          where site.hosts[group].placements[index].count > 1 {
            site.hosts[group].placements[index].count = 1
            had = true
          }
        }
        return had
      }, helpsBudget: false),
  ]
}

extension Room {
  /// Takes a fact off all racks; `false` when none had it.
  fileprivate mutating func forget<Fact>(_ fact: WritableKeyPath<Rack, Fact?>) -> Bool {
    let had = racks.contains { $0[keyPath: fact] != nil }
    for index in racks.indices { racks[index][keyPath: fact] = nil }
    return had
  }
}
