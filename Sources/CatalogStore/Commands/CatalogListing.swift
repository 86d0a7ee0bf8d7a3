import CatalogModel
import Quantities

/// What `tenfold catalog list` shows.
public struct CatalogListing: Encodable, Sendable, Hashable {
  /// One part.
  public struct Row: Encodable, Sendable, Hashable {
    public var id: String
    public var kind: String
    public var vendor: String
    public var model: String
    public var sku: String
    public var status: String
    /// The price that counts, such as `200.00 USD refurbished used 2023-04`; empty without one.
    public var price: String
  }

  /// By id.
  public var rows: [Row]

  /// Parts of a kind whose id, maker, model or order number holds each word of `text`, capital
  /// letters aside.
  public init(_ catalog: Catalog, kind: PartKind? = nil, text: String = "") {
    let words = text.lowercased().split(separator: " ").map(String.init)
    rows = catalog.parts.compactMap { part in
      if let kind, PartKind(part) != kind { return nil }
      let all = "\(part.id) \(part.vendor) \(part.model) \(part.sku)".lowercased()
      guard words.allSatisfy({ all.contains($0) }) else { return nil }
      return Row(
        id: part.id.rawValue, kind: PartKind(part).rawValue, vendor: part.vendor,
        model: part.model, sku: part.sku, status: part.status.rawValue,
        price: CatalogListing.best(of: part.id, in: catalog).map(PartPage.priceText) ?? "")
    }
  }

  /// For people.
  public var text: String {
    guard !rows.isEmpty else { return "No part matches.\n" }
    let table = TextTable.lines(
      rows.map { [$0.id, $0.kind, $0.vendor, $0.model, $0.price] }, rightAligned: [])
    return table.joined(separator: "\n") + "\n"
  }

  /// The price that `PriceKind.trust` puts first.
  static func best(of part: PartID, in catalog: Catalog) -> Price? {
    catalog.prices.filter { $0.part == part }.min { left, right in
      if left.kind.trust != right.kind.trust { return left.kind.trust < right.kind.trust }
      if left.asOf != right.asOf {
        guard let a = left.asOf, let b = right.asOf else { return left.asOf != nil }
        return a > b
      }
      return left.amount.minorUnits < right.amount.minorUnits
    }
  }
}
