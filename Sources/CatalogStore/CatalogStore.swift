import CatalogModel
import PriceModel
import Quantities

/// Loads the parts catalogue from its files.
public enum CatalogStore {
  /// Rule of the findings about files that the machine does not give out.
  public static let unreadable = "catalog-unreadable"

  /// How much of the catalogue to load.
  public enum Detail: Sendable {
    /// Parts, prices, rules and rates, for lists. `facts` and `sources` of the parts, `references`
    /// and `sources` of the catalogue are empty: a plan made from it knows no longest cable.
    case planning
    /// Everything.
    case full
  }

  /// Loads catalogue files and directories of such files.
  ///
  /// - Parameters:
  ///   - shipped: paths of the catalogue that comes with the product.
  ///   - overlays: paths that the user named, in order; parts in them override shipped parts with
  ///     the same id, prices in them are added. Each path is a layer of its own, so a later one
  ///     overrides an earlier one.
  ///   - cacheDirectory: where a cache of the read catalogue may be kept; `nil` for none. It is made
  ///     when missing; if that cannot be, the files are read each time.
  ///   - detail: what to load.
  /// - Returns: the catalogue with an estimate for every part that has no usable sourced price and
  ///   can be estimated; leave out prices of kind `estimate` to plan without them.
  /// - Throws: `Findings` with every problem of every file.
  public static func load(
    shipped: [String], overlays: [String] = [], cacheDirectory: String? = nil,
    detail: Detail = .full
  ) throws(Findings) -> Catalog {
    let layers = try layers(shipped: shipped, overlays: overlays)
    guard let cacheDirectory else { return try read(layers, detail: detail) }
    let cache = CatalogCache(directory: cacheDirectory)
    let key = CatalogCache.key(of: layers)
    if let catalog = cache.catalog(key, detail: detail) { return catalog }
    let catalog = try read(layers, detail: .full)
    FileBytes.makeDirectory(cacheDirectory)
    cache.store(catalog, key)
    return detail == .full ? catalog : CatalogCodec.withoutDetails(catalog)
  }

  private static func read(
    _ layers: [[CatalogReader.File]], detail: Detail
  ) throws(Findings) -> Catalog {
    let catalog = withEstimates(try CatalogReader.read(layers: layers))
    return detail == .full ? catalog : CatalogCodec.withoutDetails(catalog)
  }

  /// The catalogue with the estimates of `PriceEstimator` added.
  static func withEstimates(_ catalog: Catalog) -> Catalog {
    Catalog(
      parts: catalog.parts, prices: catalog.prices + PriceEstimator.report(on: catalog).estimates,
      compatibility: catalog.compatibility, exchangeRates: catalog.exchangeRates,
      references: catalog.references, sources: catalog.sources)
  }

  /// The bytes of all files, layer by layer.
  static func layers(
    shipped: [String], overlays: [String]
  ) throws(Findings) -> [[CatalogReader.File]] {
    var problems: [Finding] = []
    var layers: [[CatalogReader.File]] = []
    for paths in [shipped] + overlays.map({ [$0] }) {
      var files: [CatalogReader.File] = []
      for path in paths {
        do throws(Findings) {
          for file in try FileBytes.paths(at: path) {
            files.append(CatalogReader.File(name: file, bytes: try FileBytes.read(file)))
          }
        } catch {
          problems += error.all
        }
      }
      layers.append(files)
    }
    guard problems.isEmpty else { throw Findings(problems) }
    return layers
  }
}
