import CatalogModel
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
  /// - Throws: `Findings` with every problem of every file.
  public static func load(
    shipped: [String], overlays: [String] = []
  ) throws(Findings) -> Catalog {
    try CatalogReader.read(layers: try layers(shipped: shipped, overlays: overlays))
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
