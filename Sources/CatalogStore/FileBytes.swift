import Glibc
import Quantities

/// Reads files and directories through the C library.
enum FileBytes {
  /// The catalogue files that `path` stands for: itself, or the `*.xml` of a directory by name.
  /// - Throws: `Findings` when the path cannot be read or holds no catalogue.
  static func paths(at path: String) throws(Findings) -> [String] {
    var info = stat()
    guard stat(path, &info) == 0 else { throw unreadable(path) }
    guard info.st_mode & S_IFMT == S_IFDIR else { return [path] }
    guard let directory = opendir(path) else { throw unreadable(path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".xml"), !name.hasPrefix(".") { names.append(name) }
    }
    guard !names.isEmpty else {
      throw Findings([
        CatalogFinding.make(
          "catalog-file", file: path, place: nil, "the directory holds no catalogue file",
          hint: "catalogue files end in .xml")
      ])
    }
    let separator = path.hasSuffix("/") ? "" : "/"
    return names.sorted { $0.precedesInBytes($1) }.map { path + separator + $0 }
  }

  /// The bytes of a file, at most one more than the reader accepts.
  /// - Throws: `Findings` when the file cannot be read.
  static func read(_ path: String) throws(Findings) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw Findings([
        CatalogFinding.make(
          "catalog-file", file: path, place: nil, "this is no ordinary file",
          hint: "name an XML file, or a directory of them")
      ])
    }
    // One byte above the limit is enough for the reader to see that the file is too large.
    let most = PrologGuard.maxBytes + 1
    let size = max(0, min(Int(info.st_size), most))
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got < 0, errno == EINTR { continue }
        if got <= 0 {
          failed = got < 0
          break
        }
        count += got
      }
    }
    if failed { throw unreadable(path) }
    return bytes
  }

  /// Makes a directory and those above it; says nothing when it cannot.
  static func makeDirectory(_ path: String) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      mkdir(String(path[..<end]), 0o755)
    }
  }

  private static func unreadable(_ path: String) -> Findings {
    let reason = strerror(errno).map { String(cString: $0) } ?? "unknown reason"
    return Findings([
      CatalogFinding.make(
        CatalogStore.unreadable, file: path, place: nil, "the file cannot be read: \(reason)",
        hint: "check the path and its permissions")
    ])
  }
}
