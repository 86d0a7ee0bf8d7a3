import CatalogModel
import PriceModel
import Quantities

/// Loads the parts catalogue from its files.
public enum CatalogStore {
  /// Loads catalogue files and directories of such files.
  ///
  /// - Parameters:
  ///   - shipped: paths of the catalogue that comes with the product.
  ///   - overlays: paths that the user named, in order; parts in them override shipped parts with
  ///     the same id, prices in them are added. Each path is a layer of its own, so a later one
  ///     overrides an earlier one.
  /// - Returns: the catalogue with an estimate for every part that has no usable sourced price and
  ///   can be estimated; leave out prices of kind `estimate` to plan without them.
  /// - Throws: `Findings` with every problem of every file.
  public static func load(
    shipped: [String], overlays: [String] = []
  ) throws(Findings) -> Catalog {
    withEstimates(
      try CatalogReader.read(layers: try layers(shipped: shipped, overlays: overlays)))
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
