import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension Relaxation {
  /// What the network must be able to do, and of which switches.
  static let capacity: [Relaxation] = [
    oversubscription, afterFailure,
    models(
      "spine-models", "the central switches", \.spineModels,
      named: {
        "allow other central switches (requirements.spine-models)" + such($0?.choice.centre.variant)
      }
    ),
    models(
      "tor-models", "the ToR switches", \.torModels,
      named: { example in
        "allow other ToR switches (requirements.tor-models)"
          + such(example?.choice.racks.lazy.compactMap(\.tor).first)
      }),
    freePorts,
    supplies("spine", "central switches", \.spinePowerSupplies),
    supplies("tor", "ToR switches", \.torPowerSupplies),
    Relaxation(
      id: "unknowns", keys: ["requirements.unknowns"],
      requirement: { _ in "a plan may not rest on unconfirmed facts" },
      change: "allow unconfirmed facts, to be confirmed first (requirements.unknowns: allow)",
      drop: { site in
        defer { site.requirements.allowsUnknown = true }
        return !site.requirements.allowsUnknown
      }),
    Relaxation(
      id: "configurations", keys: ["requirements.configurations"],
      requirement: { _ in "every switch must have a configuration that Tenfold can write" },
      change: "allow switches whose configuration you write yourself"
        + " (requirements.configurations: optional)",
      drop: { site in
        defer { site.requirements.allowsUnconfigured = true }
        return !site.requirements.allowsUnconfigured
      }),
    Relaxation(
      id: "rdma", keys: ["traffic.rdma"],
      requirement: { diagnosis in
        let problem = try? PlanProblem(
          site: diagnosis.site, catalog: diagnosis.catalog, options: diagnosis.options,
          wantsRDMA: true)
        return "SMB Direct (RDMA) is \(diagnosis.site.traffic.rdma.rawValue)"
          + (problem?.cardsWithoutRDMA.map { " (\($0))" } ?? "")
      },
      drop: { site in
        defer { site.traffic.rdma = .none }
        return site.traffic.rdma != .none
      },
      changes: { _ in
        [
          Change(
            words: { _ in "do without RDMA (traffic.rdma: none)" },
            apply: { $0.traffic.rdma = .none })
        ]
      }),
  ]

  /// Ratios that people write, ascending up to the most that a site file may say.
  static let ratios: [Rational] =
    [Rational(3, over: 2), Rational(5, over: 2)].compactMap { $0 }
    + [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 50, 64, 80, 100].map { Rational($0) }

  private static let oversubscription = Relaxation(
    id: "oversubscription",
    keys: ["requirements.oversubscription", "requirements.after-any-failure"],
    requirement: { diagnosis in
      let asked = diagnosis.site.requirements
      return "oversubscription is at most \(Format.ratio(asked.oversubscription))"
        + ", \(Format.ratio(asked.oversubscriptionAfterFailure)) after a failure"
    },
    drop: { site in
      let most = Rational(100)
      defer {
        site.requirements.oversubscription = most
        site.requirements.oversubscriptionAfterFailure = most
      }
      return site.requirements.oversubscription < most
    },
    changes: { site in
      let asked = site.requirements
      return ratios.sorted().filter { $0 > asked.oversubscription }.map { now in
        let doubled = min(now.multiplied(by: Rational(2)) ?? now, Rational(100))
        let after = max(asked.oversubscriptionAfterFailure, doubled)
        return Change(
          words: { _ in
            "allow an oversubscription of \(Format.ratio(now)) (requirements.oversubscription), and"
              + " \(Format.ratio(after)) after a failure (requirements.after-any-failure)"
          },
          apply: { site in
            site.requirements.oversubscription = now
            site.requirements.oversubscriptionAfterFailure = after
          }, admits: { $0.now <= now && $0.after <= after })
      }
    }, isGraded: true)

  private static let afterFailure = Relaxation(
    id: "after-any-failure", keys: ["requirements.after-any-failure"],
    requirement: {
      "oversubscription after a failure is at most "
        + Format.ratio($0.site.requirements.oversubscriptionAfterFailure)
    },
    drop: { site in
      let most = Rational(100)
      defer { site.requirements.oversubscriptionAfterFailure = most }
      return site.requirements.oversubscriptionAfterFailure < most
    },
    changes: { site in
      ratios.sorted().filter { $0 > site.requirements.oversubscriptionAfterFailure }.map { after in
        Change(
          words: { _ in
            "allow \(Format.ratio(after)) after a failure (requirements.after-any-failure)"
          },
          apply: { $0.requirements.oversubscriptionAfterFailure = after },
          admits: { $0.after <= after })
      }
    }, isGraded: true)

  private static let freePorts = Relaxation(
    id: "free-ports", keys: ["requirements.free-ports"],
    requirement: {
      "each switch keeps \(Format.count($0.site.requirements.freePorts, "port")) free"
    },
    drop: { site in
      defer { site.requirements.freePorts = 0 }
      return site.requirements.freePorts > 0
    },
    changes: { site in
      (0..<max(0, site.requirements.freePorts)).reversed().map { count in
        Change(
          words: { _ in
            "keep \(count == 0 ? "no ports" : Format.count(count, "port")) free"
              + " (requirements.free-ports: \(count))"
          }, apply: { $0.requirements.freePorts = count })
      }
    }, isGraded: true)

  private static func models(
    _ key: String, _ switches: String,
    _ list: WritableKeyPath<Requirements, [String]> & Sendable,
    named: @escaping @Sendable (Example?) -> String
  ) -> Relaxation {
    Relaxation(
      id: key, keys: ["requirements.\(key)"],
      requirement: {
        "\(switches) must be \($0.site.requirements[keyPath: list].joined(separator: " or "))"
      },
      drop: { site in
        defer { site.requirements[keyPath: list] = [] }
        return !site.requirements[keyPath: list].isEmpty
      },
      changes: { _ in
        [Change(words: named, apply: { $0.requirements[keyPath: list] = [] }, namesExample: true)]
      })
  }

  private static func such(_ variant: SwitchVariant?) -> String {
    variant.map { ", such as \($0.key)" } ?? ""
  }

  private static func supplies(
    _ key: String, _ switches: String, _ count: WritableKeyPath<Requirements, Int> & Sendable
  ) -> Relaxation {
    Relaxation(
      id: "power-supplies-\(key)", keys: ["requirements.power-supplies.\(key)"],
      requirement: { diagnosis in
        let wanted = diagnosis.site.requirements[keyPath: count]
        return "\(switches) have \(Format.count(wanted, "power supply", "power supplies"))"
          + (diagnosis.missingSupplies(wanted, isCentral: key == "spine").map { " (\($0))" } ?? "")
      },
      drop: { site in
        defer { site.requirements[keyPath: count] = 1 }
        return site.requirements[keyPath: count] > 1
      },
      changes: { _ in
        [
          Change(
            words: { _ in
              "take switches with the supplies they ship with (requirements.power-supplies.\(key):"
                + " 1), or add further supplies and their prices with --catalog FILE"
            }, apply: { $0.requirements[keyPath: count] = 1 })
        ]
      })
  }
}

extension Diagnosis {
  /// Which switches lack a further power supply that can be bought, in words; `nil` when there are
  /// none, or when some switch has it.
  func missingSupplies(_ wanted: Int, isCentral: Bool) -> String? {
    let prices = PriceBook(site: site, catalog: catalog)
    let asked = site.requirements
    let names = isCentral ? asked.spineModels : asked.torModels
    var missing: [String] = []
    for (index, part) in catalog.parts.enumerated() where prices.chosen[index] != nil {
      guard let spec = part.asSwitch,
        names.isEmpty || names.contains(where: { PlanProblem.isMeant(part, by: $0) }),
        asked.allowsUnconfigured || options.writes(spec, PlanOptions.Needs(pair: isCentral))
      else { continue }
      let included = spec.powerSupplies.included ?? 1
      guard wanted > included else { return nil }
      let further = spec.powerSupplies.part.flatMap { id in
        catalog.parts.firstIndex { $0.id == id }
      }
      let isPossible =
        wanted <= spec.powerSupplies.bays ?? included
        && further.map { prices.chosen[$0] != nil } ?? false
      if isPossible { return nil }
      missing.append("\(part.vendor) \(part.model)")
    }
    guard !missing.isEmpty else { return nil }
    let shown = missing.prefix(3).joined(separator: ", ")
    let rest = missing.count > 3 ? " and \(missing.count - 3) more" : ""
    return "no further supply of \(shown)\(rest) has a price"
  }
}
