import CatalogModel
import Quantities

/// Finds a part by what somebody typed.
public enum PartLookup {
  /// The part with an id; else the only one with an order number or model of that name; else the
  /// only one whose model ends in that word, as site files may name it. Capital letters aside.
  /// - Throws: `Findings` with one finding that names near or possible parts.
  public static func part(_ name: String, in catalog: Catalog) throws(Findings) -> Part {
    if let part = catalog.part(PartID(name)) { return part }
    let wanted = name.lowercased()
    let exact = catalog.parts.filter {
      $0.id.rawValue == wanted || $0.sku.lowercased() == wanted
        || $0.model.lowercased() == wanted
        || "\($0.vendor) \($0.model)".lowercased() == wanted
    }
    let matches =
      exact.isEmpty
      ? catalog.parts.filter { $0.model.lowercased().hasSuffix(" " + wanted) } : exact
    if matches.count == 1, let match = matches.first { return match }
    let hint: String
    if matches.isEmpty {
      let near = Nearest.match(wanted, among: catalog.parts.map(\.id.rawValue))
      hint =
        near.map { "did you mean \"\($0)\"?" }
        ?? "`tenfold catalog list WORD` searches the catalogue"
    } else {
      hint = "name one of: " + matches.prefix(10).map(\.id.rawValue).joined(separator: ", ")
    }
    throw Findings([
      Finding(
        rule: "catalog-part-unknown",
        message: matches.isEmpty
          ? "no part is called \"\(name)\"" : "\(matches.count) parts are called \"\(name)\"",
        hint: hint)
    ])
  }
}
