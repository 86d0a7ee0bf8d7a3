import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// One requirement that could be given up: the written list behind "what would help".
struct Relaxation: Sendable {
  /// Short name for machines.
  var id: String
  /// Keys of the site file that it speaks of, the most telling first; `[*]` is any item of a list.
  var keys: [String]
  /// What the site requires now, one sentence without full stop.
  var requirement: @Sendable (Diagnosis) -> String
  /// Gives it up wholly; `false` when the site does not have the requirement.
  var drop: @Sendable (inout Site) -> Bool
  /// What somebody could change to that end, the mildest first.
  var changes: @Sendable (Site) -> [Change]
  /// Whether each change allows all that those before it allow.
  var isGraded = false
  /// Whether it may close a budget gap as well as a conflict.
  var helpsBudget = true

  /// A plan that a change makes possible.
  struct Example: Sendable {
    var choice: PlanChoice
    /// Ids of its parts whose price is an estimate, in their order.
    var estimated: [String]
  }

  /// A change of the site file.
  struct Change: Sendable {
    /// One sentence without full stop; told the plan that it makes possible, when there is one.
    var words: @Sendable (Example?) -> String
    var apply: @Sendable (inout Site) -> Void
    /// Whether `words` says something of the plan that it makes possible.
    var namesExample = false
    /// Whether a plan meets the site so changed, as far as this requirement goes.
    var admits: @Sendable (PlanChoice) -> Bool = { _ in true }
    /// Racks in which something is changed, where fewer may suffice.
    var racks: [String] = []
    /// The same change in fewer racks.
    var narrowed: (@Sendable ([String]) -> Change)?
  }
}

extension Relaxation {
  /// A requirement with one change, which gives it up wholly.
  init(
    id: String, keys: [String], requirement: @escaping @Sendable (Site) -> String,
    change: String, drop: @escaping @Sendable (inout Site) -> Bool, helpsBudget: Bool = true
  ) {
    self.init(
      id: id, keys: keys, requirement: { requirement($0.site) }, drop: drop,
      changes: { _ in [Change(words: { _ in change }, apply: { _ = drop(&$0) })] },
      helpsBudget: helpsBudget)
  }

  /// All of them for a site, the mildest first.
  static func all(_ site: Site) -> [Relaxation] {
    buying + design + capacity + room + connection + cards(site) + lastResort
  }

  private static let buying: [Relaxation] = [
    Relaxation(
      id: "test-first", keys: ["requirements.test-first"],
      requirement: { "at least \($0.requirements.testFirst) of each third-party optic are bought" },
      change: "buy none for tests (requirements.test-first: 0)",
      drop: { site in
        defer { site.requirements.testFirst = 0 }
        return site.requirements.testFirst > 0
      }),
    Relaxation(
      id: "spares", keys: ["requirements.spares"],
      requirement: { _ in "spares are bought" },
      change: "buy no spares (requirements.spares: all 0 %)",
      drop: { site in
        let none = SpareRates(optics: .zero, cables: .zero, switches: .zero, nics: .zero)
        defer { site.requirements.spares = none }
        return site.requirements.spares != none
      }),
    Relaxation(
      id: "third-party-optics", keys: ["requirements.third-party-optics"],
      requirement: { _ in "transceivers and cables must be of the switch's maker" },
      change: "allow third-party optics (requirements.third-party-optics: yes)",
      drop: { site in
        defer { site.requirements.thirdPartyOptics = true }
        return !site.requirements.thirdPartyOptics
      }),
    usedParts,
    estimates,
    // Estimates have an entry of their own: the command line can leave them out.
    Relaxation(
      id: "price-kinds", keys: ["prices.kinds"],
      requirement: {
        "prices of these kinds do not count: \(listing(otherKinds($0.site)))"
      },
      drop: countOthers,
      changes: { site in
        let kinds = otherKinds(site)
        return [
          Change(
            words: { _ in "let prices of these kinds count too: \(listing(kinds)) (prices.kinds)" },
            apply: { _ = countOthers(&$0) })
        ]
      }),
    Relaxation(
      id: "direct-order", keys: ["prices.direct-order"],
      requirement: { _ in "parts are bought through a reseller" },
      change: "order directly from the vendor (prices.direct-order: 6 %)",
      drop: { site in
        let rate = Rational.percent(6)
        defer { site.prices.directOrder = max(rate, site.prices.directOrder) }
        return site.prices.directOrder < rate
      }),
    Relaxation(
      id: "existing-cabling", keys: ["room.cabling"],
      requirement: {
        $0.room.existingCabling.isEmpty
          ? "no fixed cabling is in place between the racks"
          : "no fixed cabling is in place but that of room.cabling"
      },
      change: "use OM3 or Cat6A cabling between all racks, where it is in place (room.cabling)",
      drop: { site in
        let racks = site.room.racks
        let geometry = Geometry(room: site.room)
        var added = false
        for (index, a) in racks.enumerated() {
          for b in racks.dropFirst(index + 1) {
            // A run of another medium lies as this one would.
            let known = geometry.existing(a, b)
            let length = known.map(\.length).max() ?? geometry.routed(a, b)
            for medium in [Medium.om3, .cat6a]
            where !known.contains(where: { $0.medium == medium.rawValue }) {
              site.room.existingCabling.append(
                ExistingCabling(
                  medium: medium.rawValue, rackA: a.name, rackB: b.name, length: length))
              added = true
            }
          }
        }
        return added
      }),
  ]

  private static let estimates = Relaxation(
    id: "estimates", keys: ["prices.kinds"],
    requirement: { _ in "parts whose price is only estimated are left out" },
    drop: { $0.prices.count([.estimate]) },
    changes: { _ in
      [
        Change(
          words: { example in
            let parts = example?.estimated ?? []
            let named = parts.prefix(8) + (parts.count > 8 ? ["\(parts.count - 8) more"] : [])
            return "allow estimated prices (prices.kinds with estimate, and no --no-estimates)"
              + (parts.isEmpty
                ? ""
                : ", or give prices with --catalog FILE: a plan is possible that has estimates of"
                  + " \(listing(Array(named)))")
          }, apply: { _ = $0.prices.count([.estimate]) }, namesExample: true)
      ]
    })

  /// Kinds of prices that a site leaves out, but for estimates.
  private static func otherKinds(_ site: Site) -> [String] {
    sourced.map(\.rawValue).filter { !site.prices.kinds.contains($0) }
  }

  private static func countOthers(_ site: inout Site) -> Bool { site.prices.count(sourced) }

  private static let sourced = PriceKind.allCases.filter { $0 != .estimate }

  private static let usedParts = Relaxation(
    id: "used-parts", keys: ["prices.used-parts", "prices.kinds"],
    requirement: {
      $0.site.prices.allowsUsed
        ? "prices of refurbished parts do not count" : "only new parts may be bought"
    },
    drop: allowUsed,
    changes: { site in
      let kinds =
        site.prices.kinds.contains(PriceKind.refurbished.rawValue)
        ? [] : ["prices.kinds with refurbished"]
      let keys = (site.prices.allowsUsed ? [] : ["prices.used-parts: yes"]) + kinds
      return [
        Change(
          words: { _ in "allow used parts (\(keys.joined(separator: ", ")))" },
          apply: { _ = allowUsed(&$0) })
      ]
    })

  private static func allowUsed(_ site: inout Site) -> Bool {
    defer { site.prices.allowsUsed = true }
    return site.prices.count([.refurbished]) || !site.prices.allowsUsed
  }

  private static let design: [Relaxation] = DesignKind.allCases.map { kind in
    Relaxation(
      id: "design-\(kind.rawValue)", keys: ["requirements.designs"],
      requirement: { site in
        let allowed = site.requirements.designs
        let reason = allowed == [.standalonePair] ? StandalonePair.obstacle(site) : nil
        return
          "requirements.designs allows \(allowed.map(\.rawValue).joined(separator: ", ")) and not"
          + " \(kind.rawValue)" + (reason.map { " (of standalone-pair: \($0))" } ?? "")
      },
      change: "allow the design \(kind.rawValue) (requirements.designs)",
      drop: { site in
        guard !site.requirements.designs.contains(kind) else { return false }
        site.requirements.designs = DesignKind.allCases.filter {
          $0 == kind || site.requirements.designs.contains($0)
        }
        return true
      })
  }
}

extension PriceRules {
  /// Lets prices of more kinds count; `false` when all did.
  fileprivate mutating func count(_ more: [PriceKind]) -> Bool {
    let all = Set(kinds + more.map(\.rawValue)).sorted()
    defer { kinds = all }
    return kinds != all
  }
}
