import CatalogModel
import Quantities
import SwitchConfig

/// The templates of all dialects, read once: one folder a dialect in each of several folders, the
/// shipped one first.
struct Templates: Sendable {
  /// Dialects for which some folder holds a template, ascending.
  let dialects: [SwitchOS]
  /// What is wrong with a dialect matters only to those who use it.
  private let renderers: [SwitchOS: Result<SwitchConfigRenderer, any Error>]

  /// Reads the folders.
  /// - Throws: `Failure` for a folder that cannot be read.
  init(folders: [String]) throws(Failure) {
    var names: Set<String> = []
    for folder in folders {
      for name in try Files.names(in: folder)
      where Files.kind("\(folder)/\(name)/switch.mustache") != .nothing {
        names.insert(name)
      }
    }
    dialects = names.sorted { $0.precedesInBytes($1) }
      .map { SwitchOS(rawValue: $0) }
    renderers = Dictionary(
      uniqueKeysWithValues: dialects.map { os in
        (os, Result { try Templates.renderer(for: os, in: folders) })
      })
  }

  /// The renderer of a dialect; one that knows no dialect when there are no templates for it.
  /// - Throws: `Failure` or `Findings` for templates that cannot be read.
  func renderer(for os: SwitchOS) throws -> SwitchConfigRenderer {
    try renderers[os]?.get() ?? SwitchConfigRenderer(templates: try TemplateSet(layers: []))
  }

  private static func renderer(
    for os: SwitchOS, in folders: [String]
  ) throws -> SwitchConfigRenderer {
    var layers: [[TemplateFile]] = []
    for folder in folders where Files.isFolder("\(folder)/\(os.rawValue)") {
      var layer: [TemplateFile] = []
      for name in try Files.names(in: "\(folder)/\(os.rawValue)")
      where name.hasSuffix(".mustache") || name == "facts.tsv" {
        let path = "\(os.rawValue)/\(name)"
        let bytes = try Files.read("\(folder)/\(path)", limit: 1 << 22)
        layer.append(
          TemplateFile(
            path: path, displayPath: "\(folder)/\(path)",
            text: String(decoding: bytes, as: UTF8.self)))
      }
      layers.append(layer)
    }
    return SwitchConfigRenderer(templates: try TemplateSet(layers: layers, only: [os]))
  }
}
