import Quantities
import SiteModel

/// Reads `requirements`.
enum RequirementsReader {
  static func requirements(_ top: SectionReader) -> Requirements {
    let reader = top.open("requirements", SiteKeys.requirements)
    let ratio = reader.ratio("oversubscription") ?? Rational(4)
    let after: Rational
    if reader.value("after-any-failure") == nil {
      let doubled = ratio.multiplied(by: Rational(2)) ?? ratio
      after = min(doubled, Rational(100))
      reader.took("after-any-failure", Format.ratio(after))
    } else {
      after = reader.ratio("after-any-failure") ?? Rational(8)
    }
    let designs = reader.choices("designs") ?? []
    let supplies = reader.open("power-supplies", SiteKeys.powerSupplies)
    return Requirements(
      oversubscription: ratio, oversubscriptionAfterFailure: after,
      designs: DesignKind.allCases.filter { designs.contains($0.rawValue) },
      spares: spares(reader.open("spares", SiteKeys.spares)),
      thirdPartyOptics: reader.flag("third-party-optics") ?? true,
      testFirst: reader.integer("test-first") ?? 2,
      spinePowerSupplies: supplies.integer("spine") ?? 1,
      torPowerSupplies: supplies.integer("tor") ?? 1,
      spineModels: reader.texts("spine-models") ?? [], torModels: reader.texts("tor-models") ?? [],
      spineRacks: reader.names("spine-racks") ?? [],
      allowsUnconfigured: reader.choice("configurations") == "optional",
      allowsUnknown: reader.choice("unknowns") != "refuse",
      freePorts: reader.integer("free-ports") ?? 0)
  }

  private static func spares(_ reader: SectionReader) -> SpareRates {
    SpareRates(
      optics: reader.percent("optics") ?? .zero, cables: reader.percent("cables") ?? .zero,
      switches: reader.percent("switches") ?? .zero, nics: reader.percent("nics") ?? .zero)
  }
}
