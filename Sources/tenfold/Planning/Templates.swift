import CatalogModel
import Quantities
import SwitchConfig

/// Folders of templates, the shipped one first: one folder a dialect in each.
struct Templates {
  var folders: [String]

  /// Dialects for which some folder holds a template, ascending.
  func dialects() throws(Failure) -> [SwitchOS] {
    var names: Set<String> = []
    for folder in folders {
      for name in try Files.names(in: folder)
      where Files.kind("\(folder)/\(name)/switch.mustache") != .nothing {
        names.insert(name)
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { SwitchOS(rawValue: $0) }
  }

  /// A renderer for the dialects given; others are not even read.
  func renderer(for systems: [SwitchOS]) throws -> SwitchConfigRenderer {
    var layers: [[TemplateFile]] = []
    for folder in folders {
      var layer: [TemplateFile] = []
      for system in systems where Files.isFolder("\(folder)/\(system.rawValue)") {
        for name in try Files.names(in: "\(folder)/\(system.rawValue)")
        where name.hasSuffix(".mustache") || name == "facts.tsv" {
          let path = "\(system.rawValue)/\(name)"
          let bytes = try Files.read("\(folder)/\(path)", limit: 1 << 22)
          layer.append(
            TemplateFile(
              path: path, displayPath: "\(folder)/\(path)",
              text: String(decoding: bytes, as: UTF8.self)))
        }
      }
      layers.append(layer)
    }
    return SwitchConfigRenderer(templates: try TemplateSet(layers: layers, only: systems))
  }
}
