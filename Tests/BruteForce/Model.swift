import CatalogModel
import Quantities
import SiteModel

/// The data of one question, with parts named by their index in the catalogue.
final class Model {
  let site: Site
  let catalog: Catalog
  let parts: [Part]
  let dialects: [SwitchOS]
  let pairDialects: [SwitchOS]
  /// P of M1 by part; `nil` for parts that cannot be bought.
  let price: [Int64?]
  /// Spare rate of M1.5 by part.
  let spareRate: [Rational]
  /// Whether the part is an optic or a cable: what links are made of.
  let isMedium: [Bool]
  let indexOf: [PartID: Int]
  /// Solutions already worked out (M3), so that the same question is answered once.
  var solutionCache: [SolutionQuestion: [LinkSolution]] = [:]

  /// Whether every complete choice is made by itself.
  var visitsAll = false
  /// Steps that may still be taken; below zero the answer is worth nothing.
  var stepsLeft = Int.max

  /// Counts a step; `false` if there were too many.
  func mayStep() -> Bool {
    stepsLeft -= 1
    return stepsLeft >= 0
  }

  var rules: Requirements { site.requirements }

  init(site: Site, catalog: Catalog, dialects: [SwitchOS], pairDialects: [SwitchOS]) {
    // Sets of parts are kept in the bits of one word.
    precondition(catalog.parts.count <= 64, "the enumerator is for small catalogues")
    self.site = site
    self.catalog = catalog
    self.dialects = dialects
    self.pairDialects = pairDialects
    parts = catalog.parts
    price = parts.map { unitPrice(of: $0, site: site, catalog: catalog) }
    spareRate = parts.map { Model.spareRate(of: $0, rates: site.requirements.spares) }
    isMedium = parts.map { $0.asOptic != nil || $0.asCable != nil }
    var index: [PartID: Int] = [:]
    for (offset, part) in parts.enumerated() { index[part.id] = offset }
    indexOf = index
  }

  private static func spareRate(of part: Part, rates: SpareRates) -> Rational {
    switch part.spec {
    case .optic: rates.optics
    case .cable: rates.cables
    case .networkSwitch, .module: rates.switches
    case .nic: rates.nics
    case .accessory: .zero
    }
  }

  /// Whether the text names the part: its id, model, the model's last word, or SKU, letters' case
  /// ignored.
  func names(_ text: String, _ part: Part) -> Bool {
    let wanted = text.lowercased()
    let lastWord = part.model.split(separator: " ").last.map { String($0) } ?? ""
    return [part.id.rawValue, part.model, lastWord, part.sku].contains {
      !$0.isEmpty && $0.lowercased() == wanted
    }
  }

  /// Whether the list is empty or names the part.
  func allows(_ list: [String], _ part: Part) -> Bool {
    list.isEmpty || list.contains { names($0, part) }
  }
}

/// A number of units of one part, by its index.
struct Use: Hashable {
  var part: Int
  var count: Int
}

/// The uses with equal parts added up, sorted by part.
func summed(_ uses: [Use]) -> [Use] {
  var total: [Int: Int] = [:]
  for use in uses { total[use.part, default: 0] += use.count }
  return total.sorted { $0.key < $1.key }.map { Use(part: $0.key, count: $0.value) }
}

/// A number in a key: three digits.
func threeDigits(_ number: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
}

/// Whether one key stands before another: element by element, each by its UTF-8 bytes.
func keyPrecedes(_ left: [String], _ right: [String]) -> Bool {
  for (a, b) in zip(left, right) where a != b { return a.utf8.lexicographicallyPrecedes(b.utf8) }
  return left.count < right.count
}
