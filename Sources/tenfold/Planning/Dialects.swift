import CatalogModel
import Quantities
import SwitchConfig

/// The dialects that several folders hold, with what their texts can hold: all that planning needs
/// to know of templates.
struct Dialects: Sendable {
  /// Those for which some folder holds a template, ascending.
  var names: [SwitchOS]
  /// Of those with a `traits.txt`; that of a later folder takes the place of an earlier one's.
  var traits: [DialectTraits]

  /// Looks through the folders.
  /// - Throws: `Failure` for a folder that cannot be read, `Findings` for traits that cannot be
  ///   understood.
  init(in folders: [String]) throws {
    names = try Self.names(in: folders)
    traits = try names.compactMap { os in
      let paths = folders.map { "\($0)/\(os.rawValue)/traits.txt" }
      guard let path = paths.last(where: { Files.kind($0) != .nothing }) else { return nil }
      let bytes = try Files.read(path, limit: 1 << 20)
      return try TraitsText.traits(os, String(decoding: bytes, as: UTF8.self), file: path)
    }
  }

  /// Dialects for which some folder holds a template, ascending.
  /// - Throws: `Failure` for a folder that cannot be read.
  static func names(in folders: [String]) throws(Failure) -> [SwitchOS] {
    var names: Set<String> = []
    for folder in folders {
      for name in try Files.names(in: folder)
      where Files.kind("\(folder)/\(name)/switch.mustache") != .nothing {
        names.insert(name)
      }
    }
    return names.sorted { $0.precedesInBytes($1) }.map { SwitchOS(rawValue: $0) }
  }
}
