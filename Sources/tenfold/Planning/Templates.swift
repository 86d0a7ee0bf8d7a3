import CatalogModel
import HostConfig
import Quantities
import SwitchConfig
import TemplateText
import Threads

/// The templates of all dialects, each read once when it is asked for: one folder a dialect in each
/// of several folders, the shipped one first.
struct Templates: Sendable {
  /// Dialects for which some folder holds a template, ascending.
  let dialects: [SwitchOS]
  private let folders: [String]
  /// What is wrong with a dialect matters only to those who use it.
  private let sets = Memo<SwitchOS, Result<Dialect, any Error>>()

  private let hosts = Memo<String, Result<HostTemplates, any Error>>()

  private struct Dialect {
    var renderer: SwitchConfigRenderer
    /// `nil` for a dialect without a grammar.
    var reader: SwitchConfigReader?
  }

  /// Looks at the folders.
  /// - Parameter dialects: those of the folders, where they are known already.
  /// - Throws: `Failure` for a folder that cannot be read.
  init(folders: [String], dialects known: [SwitchOS]? = nil) throws(Failure) {
    dialects = if let known { known } else { try Dialects.names(in: folders) }
    self.folders = folders
  }

  /// Reads dialects that will be asked for.
  func prepare(_ wanted: [SwitchOS]) {
    for os in wanted where dialects.contains(os) { _ = set(os) }
  }

  private func set(_ os: SwitchOS) -> Result<Dialect, any Error> {
    sets.value(os) { Result { try Templates.dialect(os, in: folders) } }
  }

  /// The renderer of a dialect; one that knows no dialect when there are no templates for it.
  /// - Throws: `Failure` or `Findings` for templates that cannot be read.
  func renderer(for os: SwitchOS) throws -> SwitchConfigRenderer {
    guard dialects.contains(os) else {
      return SwitchConfigRenderer(templates: try TemplateSet(layers: []))
    }
    return try set(os).get().renderer
  }

  /// The reader of a dialect; `nil` when there is no grammar for it.
  /// - Throws: `Failure` or `Findings` for a grammar that cannot be read.
  func reader(for os: SwitchOS) throws -> SwitchConfigReader? {
    dialects.contains(os) ? try set(os).get().reader : nil
  }

  /// The templates of hosts.
  /// - Throws: `Failure` or `Findings` for templates that cannot be read.
  func ofHosts() throws -> HostTemplates {
    try hosts.value("hosts") {
      Result { try HostTemplates(layers: try folders.map(Templates.hostLayer)) }
    }.get()
  }

  /// The files of `hosts/` of a folder; none where it has no such folder.
  private static func hostLayer(_ folder: String) throws -> [TemplateFile] {
    guard Files.isFolder("\(folder)/hosts") else { return [] }
    var paths: [String] = []
    if Files.kind("\(folder)/hosts/systems.txt") != .nothing { paths.append("systems.txt") }
    for kind in HostTemplates.kinds where Files.isFolder("\(folder)/hosts/\(kind)") {
      paths += try Files.names(in: "\(folder)/hosts/\(kind)").map { "\(kind)/\($0)" }
    }
    return try paths.map { path in
      let place = "\(folder)/hosts/\(path)"
      return TemplateFile(
        path: path, displayPath: place,
        text: String(decoding: try Files.read(place, limit: 1 << 22), as: UTF8.self))
    }
  }

  /// Files of a dialect beside its templates.
  private static let others = ["facts.tsv", "grammar.txt", "traits.txt"]

  private static func dialect(_ os: SwitchOS, in folders: [String]) throws -> Dialect {
    var layers: [[TemplateFile]] = []
    for folder in folders where Files.isFolder("\(folder)/\(os.rawValue)") {
      var layer: [TemplateFile] = []
      for name in try Files.names(in: "\(folder)/\(os.rawValue)")
      where name.hasSuffix(".mustache") || Self.others.contains(name) {
        let path = "\(os.rawValue)/\(name)"
        let bytes = try Files.read("\(folder)/\(path)", limit: 1 << 22)
        layer.append(
          TemplateFile(
            path: path, displayPath: "\(folder)/\(path)",
            text: String(decoding: bytes, as: UTF8.self)))
      }
      layers.append(layer)
    }
    let set = try TemplateSet(layers: layers, only: [os])
    return Dialect(renderer: SwitchConfigRenderer(templates: set), reader: try set.reader(os))
  }
}
