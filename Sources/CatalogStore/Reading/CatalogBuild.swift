import CatalogModel
import Quantities

/// Gathers the files of one run, resolves what they mention, and makes the catalogue.
struct CatalogBuild {
  private var sources: [Placed<FactSource>] = []
  private var parts: [Placed<Part>] = []
  private var prices: [Placed<Price>] = []
  private var rules: [Placed<CompatibilityRule>] = []
  private var rates: [Placed<ReferenceRate>] = []
  private var references = References()
  private var mentions: [Mention] = []

  mutating func add(_ section: SectionReader) {
    sources += section.sources
    parts += section.parts
    prices += section.prices
    rules += section.rules
    rates += section.rates
    mentions += section.partMentions
    references.standards += section.standards.map(\.value)
    references.cableRules += section.cableRules.map(\.value)
    references.prices += section.referencePrices.map(\.value)
    references.compatibility += section.notes.map(\.value)
  }

  /// Sources that a file of `layer` may name without defining them: those of earlier layers.
  func sourceURLs(upTo layer: Int) -> [String: FactSource] {
    var known: [String: FactSource] = [:]
    for source in sources where source.layer < layer { known[source.value.id] = source.value }
    return known
  }

  /// The catalogue, when `check` has found nothing.
  var catalog: Catalog {
    var byID: [PartID: Placed<Part>] = [:]
    for part in parts where part.layer >= byID[part.value.id]?.layer ?? 0 {
      byID[part.value.id] = part
    }
    var bySource: [String: FactSource] = [:]
    for source in sources { bySource[source.value.id] = source.value }
    let lastLayer = rules.map(\.layer).max() ?? 0
    let ordered = stride(from: lastLayer, through: 0, by: -1).flatMap { layer in
      rules.filter { $0.layer == layer }.map(\.value)
    }
    // The initializer sorts parts and sources, so the order of the dictionaries does not show.
    return Catalog(
      parts: byID.values.map(\.value), prices: prices.map(\.value), compatibility: ordered,
      exchangeRates: rates.map(\.value), references: references,
      sources: Array(bySource.values))
  }

  /// Finds what only all files together can show.
  func check(_ diagnostics: Diagnostics) {
    checkSources(diagnostics)
    checkPartIDs(diagnostics)
    checkMentions(diagnostics)
    checkModules(diagnostics)
    checkSubParts(diagnostics)
  }

  private func checkSources(_ diagnostics: Diagnostics) {
    var first: [String: Placed<FactSource>] = [:]
    for source in sources {
      guard let earlier = first[source.value.id] else {
        first[source.value.id] = source
        continue
      }
      guard earlier.value != source.value else { continue }
      diagnostics.add(
        Finding(
          rule: "catalog-twice", position: source.position,
          message: "source \"\(source.value.id)\" is defined with another address or date",
          hint: "it is first defined at \(text(earlier.position)); choose another id"))
    }
  }

  private func checkPartIDs(_ diagnostics: Diagnostics) {
    var first: [PartID: Placed<Part>] = [:]
    for part in parts {
      guard let earlier = first[part.value.id], earlier.layer == part.layer else {
        first[part.value.id] = part
        continue
      }
      diagnostics.add(
        Finding(
          rule: "catalog-twice", position: part.position,
          message: "part \"\(part.value.id)\" is defined twice",
          hint: "it is first defined at \(text(earlier.position)); "
            + "a file given with --catalog may override a shipped part, but no file of its own rank"
        ))
    }
  }

  private func checkMentions(_ diagnostics: Diagnostics) {
    let known = Set(parts.map(\.value.id.rawValue))
    let names = known.sorted { $0.precedesInBytes($1) }
    for mention in mentions where !known.contains(mention.id) {
      if diagnostics.isFull { return }
      let near = diagnostics.wantsHints ? Nearest.match(mention.id, among: names) : nil
      diagnostics.add(
        Finding(
          rule: "catalog-part-unknown", position: mention.position,
          message: "\(mention.attribute) names \"\(mention.id)\", which is no part",
          hint: near.map { "did you mean \"\($0)\"?" }
            ?? "define the part, or remove what names it"))
    }
  }

  private func checkModules(_ diagnostics: Diagnostics) {
    var byID: [PartID: Part] = [:]
    for part in parts { byID[part.value.id] = part.value }
    for part in parts {
      for module in part.value.asSwitch?.modules ?? [] {
        guard let found = byID[module], found.asModule == nil else { continue }
        diagnostics.add(
          Finding(
            rule: "catalog-contradiction", position: part.position,
            message: "\"\(module)\" is listed as a module of \"\(part.value.id)\" but is none",
            hint: "list <module> parts only"))
      }
    }
  }

  /// A power supply must be an accessory of that kind, and nothing may require itself.
  private func checkSubParts(_ diagnostics: Diagnostics) {
    var byID: [PartID: Part] = [:]
    for part in parts { byID[part.value.id] = part.value }
    for part in parts {
      if let supply = part.value.asSwitch?.powerSupplies.part, let found = byID[supply],
        found.asAccessory?.kind != .powerSupply
      {
        diagnostics.add(
          Finding(
            rule: "catalog-contradiction", position: part.position,
            message: "\"\(supply)\" is named as power supply of \"\(part.value.id)\" but is none",
            hint: "name an <accessory kind=\"power-supply\">"))
      }
      let required = part.value.asSwitch?.requires ?? part.value.asModule?.requires ?? []
      for need in required where need.part == part.value.id || byID[need.part]?.asSwitch != nil {
        diagnostics.add(
          Finding(
            rule: "catalog-contradiction", position: part.position,
            message: "\"\(part.value.id)\" requires \"\(need.part)\", a switch",
            hint: "require accessories, optics or cables"))
      }
    }
  }

  private func text(_ position: SourcePosition) -> String { "\(position.file):\(position.line)" }
}
