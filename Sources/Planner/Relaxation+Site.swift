import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension Relaxation {
  /// What the room states.
  static let room: [Relaxation] = [
    rackLimit(
      id: "rack-units", key: "free-units", \.freeUnits, most: 60,
      steps: [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 30, 40, 60], of: { "\($0)" },
      requirement: "free rack units: ",
      change: { limit, racks in
        "make \(Format.count(limit, "rack unit")) free in \(racks) (free-units)"
      }),
    rackLimit(
      id: "rack-power", key: "free-power", \.freePower,
      most: Power(milliwatts: 100_000_000),
      steps: [
        50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 600, 700, 800, 1000, 1250, 1500, 2000,
        3000, 5000, 10_000, 100_000,
      ].map { Power(milliwatts: $0 * 1000) }, of: { Format.power($0) },
      requirement: "free power on each feed: ",
      change: { limit, racks in
        "provide \(Format.power(limit)) on each feed in \(racks) (free-power)"
      }),
    Relaxation(
      id: "airflow", keys: ["room.racks[*].airflow"],
      requirement: { _ in "racks state a direction of air" },
      change: "leave the direction of air open (airflow), where fans and supplies can be turned",
      drop: { $0.room.forget(\.airflow) }, helpsBudget: false),
    Relaxation(
      id: "outlets", keys: ["room.racks[*].outlet"],
      requirement: { _ in "racks state the outlets of their power strips" },
      change: "provide other outlets, or find cords that fit (outlet)",
      drop: { $0.room.forget(\.outlet) }, helpsBudget: false),
    managementPorts, managementRack,
    Relaxation(
      id: "management-switch", keys: ["management.buy-switch"],
      requirement: { _ in "a management switch is to be bought" },
      change: "use ports of an existing management switch (management.buy-switch: no)",
      drop: { site in
        defer { site.management.buySwitch = false }
        return site.management.buySwitch
      }),
  ]

  private static let managementRack = Relaxation(
    id: "management-rack", keys: ["management.rack"],
    requirement: { diagnosis in
      let site = diagnosis.site
      let rack = site.management.rack
      let farthest = managementReach(site, from: rack).max { $0.run < $1.run }
      return "management cables go to rack \(rack)"
        + (farthest.map { ", from \($0.rack) \(Format.length($0.run))" } ?? "")
        + (diagnosis.longestCord.map { "; the longest cord on sale has \(Format.length($0))" } ?? "")
    },
    drop: { site in
      guard let best = nearestToManage(site), best != site.management.rack else { return false }
      site.management.rack = best
      return true
    },
    changes: { site in
      [nearestToManage(site)].compactMap { $0 }.map { rack in
        Change(
          words: { _ in "have the management switch in rack \(rack) (management.rack)" },
          apply: { $0.management.rack = rack })
      }
    }, helpsBudget: false)

  /// How far each rack with hosts is from one that holds the management switch.
  private static func managementReach(
    _ site: Site, from name: String
  ) -> [(rack: String, run: Length)] {
    guard let centre = site.room.racks.first(where: { $0.name == name }) else { return [] }
    let geometry = Geometry(room: site.room)
    return site.room.racks.filter { rack in
      site.hosts.contains { $0.placements.contains { $0.rack == rack.name && $0.count > 0 } }
    }.map { ($0.name, geometry.routed($0, centre)) }
  }

  /// The rack with the shortest longest run to the others, the first in the file on a tie.
  private static func nearestToManage(_ site: Site) -> String? {
    func longest(_ name: String) -> Length {
      managementReach(site, from: name).map(\.run).max() ?? Length(millimetres: 0)
    }
    return site.room.racks.map { (name: $0.name, run: longest($0.name)) }
      .min { $0.run < $1.run }?.name
  }

  private static let managementPorts = Relaxation(
    id: "management-ports", keys: ["management.free-ports"],
    requirement: {
      "the management switch has \(Format.count($0.site.management.freePorts ?? 0, "free port"))"
    },
    drop: { site in
      defer { site.management.freePorts = nil }
      return site.management.freePorts != nil && !site.management.buySwitch
    },
    changes: { site in
      let now = site.management.freePorts ?? 0
      // Two ToRs a rack, and the two in the centre.
      let most = max(now, 2 * site.room.racks.count + 2)
      return (now..<most).map { ports in
        Change(
          words: { _ in
            "provide \(ports + 1) free ports of the management switch (management.free-ports:"
              + " \(ports + 1)), or buy a small switch (management.buy-switch: yes)"
          }, apply: { $0.management.freePorts = ports + 1 })
      }
    }, isGraded: true, helpsBudget: false)

  /// A limit that racks state; a change raises it in those racks where it must be.
  private static func rackLimit<Value: Comparable & Sendable>(
    id: String, key: String, _ limit: WritableKeyPath<Rack, Value?> & Sendable, most: Value,
    steps: [Value], of text: @escaping @Sendable (Value) -> String, requirement: String,
    change: @escaping @Sendable (Value, String) -> String
  ) -> Relaxation {
    Relaxation(
      id: id, keys: ["room.racks[*].\(key)"],
      requirement: { diagnosis in
        requirement
          + diagnosis.site.room.racks.compactMap { rack in
            rack[keyPath: limit].map { "\(rack.name) has \(text($0))" }
          }.joined(separator: ", ")
      },
      // Raised and not forgotten: a rack that states no limit takes switches of unknown size.
      drop: { $0.room.raise(limit, to: most) },
      changes: { site in
        steps.compactMap { step in
          let low = site.room.racks.filter { rack in
            rack[keyPath: limit].map { $0 < step } ?? false
          }.map(\.name)
          return low.isEmpty ? nil : raising(limit, to: step, in: low, change)
        }
      }, isGraded: true, helpsBudget: false)
  }

  private static func raising<Value: Comparable & Sendable>(
    _ limit: WritableKeyPath<Rack, Value?> & Sendable, to step: Value, in racks: [String],
    _ words: @escaping @Sendable (Value, String) -> String
  ) -> Change {
    Change(
      words: { _ in words(step, Relaxation.listing(racks)) },
      apply: { _ = $0.room.raise(limit, to: step, in: racks) },
      racks: racks,
      narrowed: { raising(limit, to: step, in: $0, words) })
  }

  /// `a`, `a and b`, `a, b and c`.
  static func listing(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Room {
  /// Takes a fact off all racks; `false` when none had it.
  fileprivate mutating func forget<Fact>(_ fact: WritableKeyPath<Rack, Fact?>) -> Bool {
    let had = racks.contains { $0[keyPath: fact] != nil }
    for index in racks.indices { racks[index][keyPath: fact] = nil }
    return had
  }

  /// Raises a limit of racks that state a lower one; `false` when none did.
  fileprivate mutating func raise<Value: Comparable>(
    _ limit: WritableKeyPath<Rack, Value?>, to least: Value, in names: [String]? = nil
  ) -> Bool {
    var had = false
    for index in racks.indices {
      guard names?.contains(racks[index].name) ?? true, let now = racks[index][keyPath: limit],
        now < least
      else { continue }
      racks[index][keyPath: limit] = least
      had = true
    }
    return had
  }
}

extension Diagnosis {
  /// Length of the longest twisted-pair cord that has a price; `nil` when none has.
  fileprivate var longestCord: Length? {
    let prices = PriceBook(site: site, catalog: catalog)
    return catalog.parts.indices.compactMap { index in
      guard prices.chosen[index] != nil, let cable = catalog.parts[index].asCable,
        cable.family == .twistedPair
      else { return nil }
      return cable.length
    }.max()
  }
}
