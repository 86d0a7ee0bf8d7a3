import Quantities
import SwitchConfig

/// The dialects that configurations of others are read in.
enum ConfigReaders {
  /// Largest configuration that is read, in bytes.
  private static let limit = 1 << 26

  /// The templates of all dialects.
  /// - Parameter own: folders beside the shipped one.
  /// - Throws: `Failure` for a folder that cannot be read.
  static func templates(_ own: [String]) throws -> Templates {
    try Templates(folders: [try Home.find() + "/templates"] + own)
  }

  /// All readers, or the one of a dialect.
  /// - Throws: `Failure` or `Findings` when templates cannot be read or no dialect has that name.
  static func all(_ templates: Templates, named os: String? = nil) throws -> [SwitchConfigReader] {
    let all = try templates.dialects.compactMap { try templates.reader(for: $0) }
    guard let os else { return all }
    let named = all.filter { $0.os.rawValue == os }
    guard named.isEmpty else { return named }
    throw Failure(
      [
        Finding(
          rule: "usage", message: "there is no dialect \"\(os)\" that can be read",
          hint: "use one of " + all.map(\.os.rawValue).joined(separator: ", "))
      ], .usage)
  }

  /// The bytes of a configuration.
  /// - Throws: `Failure` when the file cannot be read.
  static func text(_ file: String) throws(Failure) -> [UInt8] {
    try Files.read(file, limit: limit)
  }

  /// Reads a text by the dialect that fits it best; a failure where none does.
  static func read(
    _ text: [UInt8], file: String, by readers: [SwitchConfigReader]
  ) -> Result<ReadConfig, Findings> {
    if let config = SwitchConfigReader.read(text, file: file, by: readers) {
      return .success(config)
    }
    return .failure(
      Findings([
        Finding(
          rule: "config-dialect", position: SourcePosition(file: file),
          message: "no line of it is one of a dialect that Tenfold reads",
          hint: "it reads " + readers.map(\.os.rawValue).joined(separator: ", "))
      ]))
  }
}
