import CatalogModel
import Quantities

/// A catalogue as bytes, in two pieces: what plans need, and what only `catalog show` and `explain`
/// ask for.
enum CatalogCodec {
  /// Parts without facts and sources, prices, rules, rates.
  static func planning(_ catalog: Catalog) -> [UInt8] {
    var writer = BlobWriter()
    writer.array(catalog.parts) { $0.part($1) }
    writer.array(catalog.prices) { $0.price($1) }
    writer.array(catalog.compatibility) { $0.rule($1) }
    writer.array(catalog.exchangeRates) { $0.exchangeRate($1) }
    return writer.finish()
  }

  /// Facts and sources of the parts in their order, all sources, references.
  static func details(_ catalog: Catalog) -> [UInt8] {
    var writer = BlobWriter()
    writer.array(catalog.sources) { $0.source($1) }
    writer.array(catalog.parts) { writer, part in
      writer.array(part.facts) { $0.fact($1) }
      writer.array(part.sources) { $0.source($1) }
    }
    writer.references(catalog.references)
    return writer.finish()
  }

  /// Reads `planning` back.
  static func catalog(planning bytes: [UInt8]) throws(BlobReader.Damaged) -> Catalog {
    var reader = try BlobReader(bytes)
    let parts = try reader.array { reader throws(BlobReader.Damaged) in try reader.part() }
    let prices = try reader.array { reader throws(BlobReader.Damaged) in try reader.price() }
    let rules = try reader.array { reader throws(BlobReader.Damaged) in try reader.rule() }
    let rates = try reader.array { reader throws(BlobReader.Damaged) in try reader.exchangeRate() }
    guard reader.isAtEnd else { throw BlobReader.Damaged() }
    // Sorted when it was written: the initializer's sort finds nothing to do.
    return Catalog(parts: parts, prices: prices, compatibility: rules, exchangeRates: rates)
  }

  /// Adds `details` to the catalogue that they were taken from.
  static func add(
    details bytes: [UInt8], to catalog: inout Catalog
  ) throws(BlobReader.Damaged) {
    var reader = try BlobReader(bytes)
    catalog.sources = try reader.array { reader throws(BlobReader.Damaged) in
      try reader.source()
    }
    let details = try reader.array { reader throws(BlobReader.Damaged) in
      (
        try reader.array { reader throws(BlobReader.Damaged) in try reader.fact() },
        try reader.array { reader throws(BlobReader.Damaged) in try reader.source() }
      )
    }
    catalog.references = try reader.references()
    guard reader.isAtEnd, details.count == catalog.parts.count else { throw BlobReader.Damaged() }
    for (index, detail) in details.enumerated() {
      catalog.parts[index].facts = detail.0
      catalog.parts[index].sources = detail.1
    }
  }

  /// The catalogue without what `details` holds.
  static func withoutDetails(_ catalog: Catalog) -> Catalog {
    var bare = catalog
    bare.sources = []
    bare.references = References()
    for index in bare.parts.indices {
      bare.parts[index].facts = []
      bare.parts[index].sources = []
    }
    return bare
  }
}
