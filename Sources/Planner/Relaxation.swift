import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// One requirement that could be given up: the written list behind "what would help".
struct Relaxation: Sendable {
  /// Short name for machines.
  var id: String
  /// What the site requires now, one sentence without full stop.
  var requirement: @Sendable (Site) -> String
  /// The change, one sentence without full stop; told the plan that it makes possible.
  var change: @Sendable (Site, PlanChoice?) -> String
  /// Makes the change; `false` when the site does not have the requirement.
  var apply: @Sendable (inout Site) -> Bool
  /// Whether it may close a budget gap as well as a conflict.
  var helpsBudget = true
  /// Whether `change` says something of the plan that it makes possible.
  var namesExample = false
}

extension Relaxation {
  /// All of them, the mildest first.
  static let all: [Relaxation] =
    buying + design + capacity + room + lastResort

  private static let buying: [Relaxation] = [
    Relaxation(
      id: "test-first",
      requirement: { "at least \($0.requirements.testFirst) of each third-party optic are bought" },
      change: { _, _ in "set requirements.test-first to 0" },
      apply: { site in
        defer { site.requirements.testFirst = 0 }
        return site.requirements.testFirst > 0
      }),
    Relaxation(
      id: "spares", requirement: { _ in "spares are bought" },
      change: { _, _ in "buy no spares (requirements.spares: all 0 %)" },
      apply: { site in
        let none = SpareRates(optics: .zero, cables: .zero, switches: .zero, nics: .zero)
        defer { site.requirements.spares = none }
        return site.requirements.spares != none
      }),
    Relaxation(
      id: "third-party-optics",
      requirement: { _ in "transceivers and cables must be of the switch's maker" },
      change: { _, _ in "allow third-party optics (requirements.third-party-optics: true)" },
      apply: { site in
        defer { site.requirements.thirdPartyOptics = true }
        return !site.requirements.thirdPartyOptics
      }),
    Relaxation(
      id: "used-parts", requirement: { _ in "only new parts may be bought" },
      change: { _, _ in "allow used parts (prices.used: true, with kind refurbished)" },
      apply: { site in
        let kinds = Set(site.prices.kinds + [PriceKind.refurbished.rawValue]).sorted()
        defer {
          site.prices.allowsUsed = true
          site.prices.kinds = kinds
        }
        return !site.prices.allowsUsed || site.prices.kinds != kinds
      }),
    Relaxation(
      id: "estimates", requirement: { _ in "parts whose price is only estimated are left out" },
      change: { _, _ in "allow estimated prices (prices.kinds with estimate, no --no-estimates)" },
      apply: { site in
        let kinds = Set(site.prices.kinds + [PriceKind.estimate.rawValue]).sorted()
        defer { site.prices.kinds = kinds }
        return site.prices.kinds != kinds
      }),
    Relaxation(
      id: "price-kinds",
      requirement: {
        "only prices of these kinds count: \($0.prices.kinds.joined(separator: ", "))"
      },
      change: { _, _ in "let prices of every kind count (prices.kinds)" },
      apply: { site in
        let kinds = PriceKind.allCases.map(\.rawValue).sorted()
        defer { site.prices.kinds = kinds }
        return site.prices.kinds != kinds
      }),
    Relaxation(
      id: "direct-order", requirement: { _ in "parts are bought through a reseller" },
      change: { _, _ in "order directly from the vendor (prices.direct-order: 6 %)" },
      apply: { site in
        let rate = Rational.percent(6)
        defer { site.prices.directOrder = max(rate, site.prices.directOrder) }
        return site.prices.directOrder < rate
      }),
    Relaxation(
      id: "existing-cabling",
      requirement: { _ in "no fixed cabling is in place between the racks" },
      change: { _, _ in
        "use OM3 or Cat6A cabling that is already in place (room.existing-cabling)"
      },
      apply: { site in
        let racks = site.room.racks
        let geometry = Geometry(room: site.room)
        var added = false
        for (index, a) in racks.enumerated() {
          for b in racks.dropFirst(index + 1) {
            for medium in [Medium.om3, .cat6a]
            where !geometry.existing(a, b).contains(where: { $0.medium == medium.rawValue }) {
              site.room.existingCabling.append(
                ExistingCabling(
                  medium: medium.rawValue, rackA: a.name, rackB: b.name,
                  length: geometry.routed(a, b)))
              added = true
            }
          }
        }
        return added
      }),
  ]

  private static let design: [Relaxation] = DesignKind.allCases.map { kind in
    Relaxation(
      id: "design-\(kind.rawValue)",
      requirement: { site in
        let allowed = site.requirements.designs
        let reason = allowed == [.standalonePair] ? StandalonePair.obstacle(site) : nil
        return
          "requirements.designs allows \(allowed.map(\.rawValue).joined(separator: ", ")) and not"
          + " \(kind.rawValue)" + (reason.map { " (of standalone-pair: \($0))" } ?? "")
      },
      change: { _, _ in "allow the design \(kind.rawValue) (requirements.designs)" },
      apply: { site in
        guard !site.requirements.designs.contains(kind) else { return false }
        site.requirements.designs = DesignKind.allCases.filter {
          $0 == kind || site.requirements.designs.contains($0)
        }
        return true
      })
  }

  private static let capacity: [Relaxation] = [
    Relaxation(
      id: "oversubscription",
      requirement: {
        "oversubscription is at most \(Format.ratio($0.requirements.oversubscription))"
          + ", \(Format.ratio($0.requirements.oversubscriptionAfterFailure)) after a failure"
      },
      change: { _, choice in
        guard let choice else { return "allow a higher oversubscription" }
        return "allow an oversubscription of \(Format.ratio(choice.now)) "
          + "(\(Format.ratio(choice.after)) after a failure)"
      },
      apply: { site in
        let open = Rational(1_000_000)
        defer {
          site.requirements.oversubscription = open
          site.requirements.oversubscriptionAfterFailure = open
        }
        return site.requirements.oversubscription < open
      }, namesExample: true),
    Relaxation(
      id: "after-any-failure",
      requirement: {
        "oversubscription after a failure is at most "
          + Format.ratio($0.requirements.oversubscriptionAfterFailure)
      },
      change: { _, choice in
        guard let choice else { return "allow a higher oversubscription after a failure" }
        return "allow \(Format.ratio(choice.after)) after a failure "
          + "(requirements.after-any-failure)"
      },
      apply: { site in
        let open = Rational(1_000_000)
        defer { site.requirements.oversubscriptionAfterFailure = open }
        return site.requirements.oversubscriptionAfterFailure < open
      }, namesExample: true),
    Relaxation(
      id: "spine-models",
      requirement: {
        "the central switches must be \($0.requirements.spineModels.joined(separator: " or "))"
      },
      change: { _, choice in
        "allow other central switches (requirements.spine-models)"
          + (choice.map { ", such as \($0.centre.variant.key)" } ?? "")
      },
      apply: { site in
        defer { site.requirements.spineModels = [] }
        return !site.requirements.spineModels.isEmpty
      }, namesExample: true),
    Relaxation(
      id: "tor-models",
      requirement: {
        "the ToR switches must be \($0.requirements.torModels.joined(separator: " or "))"
      },
      change: { _, choice in
        "allow other ToR switches (requirements.tor-models)"
          + (choice?.racks.first?.tor.map { ", such as \($0.key)" } ?? "")
      },
      apply: { site in
        defer { site.requirements.torModels = [] }
        return !site.requirements.torModels.isEmpty
      }, namesExample: true),
    Relaxation(
      id: "free-ports",
      requirement: { "each switch keeps \($0.requirements.freePorts) ports free" },
      change: { _, _ in "keep no ports free (requirements.free-ports: 0)" },
      apply: { site in
        defer { site.requirements.freePorts = 0 }
        return site.requirements.freePorts > 0
      }),
    Relaxation(
      id: "power-supplies",
      requirement: {
        "central switches have \($0.requirements.spinePowerSupplies) power supplies and ToRs "
          + "\($0.requirements.torPowerSupplies)"
      },
      change: { _, _ in
        "take switches with the supplies they ship with (requirements.power-supplies)"
      },
      apply: { site in
        defer {
          site.requirements.spinePowerSupplies = 1
          site.requirements.torPowerSupplies = 1
        }
        return site.requirements.spinePowerSupplies > 1 || site.requirements.torPowerSupplies > 1
      }),
    Relaxation(
      id: "unknowns", requirement: { _ in "a plan may not rest on unconfirmed facts" },
      change: { _, _ in
        "allow unconfirmed facts, to be confirmed first (requirements.unknowns: allow)"
      },
      apply: { site in
        defer { site.requirements.allowsUnknown = true }
        return !site.requirements.allowsUnknown
      }),
    Relaxation(
      id: "configurations",
      requirement: { _ in "every switch must have a configuration that Tenfold can write" },
      change: { _, _ in
        "allow switches whose configuration you write yourself (requirements.configurations: optional)"
      },
      apply: { site in
        defer { site.requirements.allowsUnconfigured = true }
        return !site.requirements.allowsUnconfigured
      }),
    Relaxation(
      id: "rdma", requirement: { _ in "SMB Direct (RDMA) is required" },
      change: { _, _ in "do without RDMA (traffic.rdma: none)" },
      apply: { site in
        defer { site.traffic.rdma = .none }
        return site.traffic.rdma == .required
      }),
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
