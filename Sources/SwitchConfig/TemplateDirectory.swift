import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads template directories from disk. Foundation is left out: its start-up takes longer than
/// reading all templates.
public enum TemplateDirectory {
  /// Larger files are no templates.
  public static let maxFileSize = 1 << 20

  /// All `DIALECT/NAME.mustache` and `DIALECT/facts.tsv` of a directory, ascending by path.
  ///
  /// - Parameter only: folders to read; `nil` for all.
  /// - Throws: `Findings` for a directory or file that cannot be read, or is larger than
  ///   `maxFileSize`.
  public static func read(_ directory: String, only: [String]? = nil) throws(Findings)
    -> [TemplateFile]
  {
    var files: [TemplateFile] = []
    let folders = try names(of: directory).filter { only?.contains($0) ?? true }
    for folder in folders {
      // A file beside the folders, such as a README, is no dialect.
      guard isDirectory("\(directory)/\(folder)") else { continue }
      for name in try names(of: "\(directory)/\(folder)")
      where name.hasSuffix(".mustache") || name == "facts.tsv" {
        let path = "\(directory)/\(folder)/\(name)"
        files.append(
          TemplateFile(path: "\(folder)/\(name)", displayPath: path, text: try text(of: path)))
      }
    }
    return files
  }

  private static func fail(_ path: String, _ message: String) -> Findings {
    Findings([
      Finding(rule: "template-file", position: SourcePosition(file: path), message: message)
    ])
  }

  private static func isDirectory(_ path: String) -> Bool {
    guard let handle = opendir(path) else { return false }
    closedir(handle)
    return true
  }

  /// Names in a directory but hidden ones, ascending.
  private static func names(of directory: String) throws(Findings) -> [String] {
    guard let handle = opendir(directory) else {
      throw fail(directory, "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func text(of path: String) throws(Findings) -> String {
    guard let file = fopen(path, "rb") else {
      throw fail(path, "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
      if bytes.count > maxFileSize { throw fail(path, "is larger than \(maxFileSize) bytes") }
    }
    if ferror(file) != 0 { throw fail(path, "cannot be read") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
