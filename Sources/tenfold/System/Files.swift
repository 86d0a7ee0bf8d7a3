import Glibc
import Quantities

/// Reading and writing of files; every failure names the path and what was tried.
enum Files {
  /// What stands at a path.
  enum Kind { case nothing, folder, file, other }

  static func kind(_ path: String) -> Kind {
    var data = stat()
    guard lstat(path, &data) == 0 else { return .nothing }
    switch data.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .other
    }
  }

  /// Whether a folder stands at a path, links followed.
  static func isFolder(_ path: String) -> Bool {
    var data = stat()
    return stat(path, &data) == 0 && data.st_mode & S_IFMT == S_IFDIR
  }

  /// The content of a file, at most `limit` bytes of it and one more, so that the caller can tell
  /// that it is too long without anybody reading a disk full.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .machine("cannot open", path, errno) }
    defer { close(descriptor) }
    var data = stat()
    let size = fstat(descriptor, &data) == 0 ? Int(clamping: data.st_size) : 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(max(size, 0), limit) + 1)
    while bytes.count <= limit {
      let wanted = min(1 << 16, limit + 1 - bytes.count)
      let chunk = try chunk(of: descriptor, wanted, path)
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return bytes
  }

  private static func chunk(
    of descriptor: Int32, _ wanted: Int, _ path: String
  ) throws(Failure) -> [UInt8] {
    var code: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      var got = -1
      repeat {
        got = Glibc.read(descriptor, buffer.baseAddress, wanted)
      } while got < 0 && errno == EINTR
      if got < 0 { code = errno }
      count = max(got, 0)
    }
    if code != 0 { throw .machine("cannot read", path, code) }
    return chunk
  }

  /// Writes all bytes to a descriptor; the system's error number, 0 when all went well.
  static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        let rest = buffer.baseAddress.map { $0 + start }
        let sent = Glibc.write(descriptor, rest, buffer.count - start)
        if sent < 0 {
          if errno == EINTR { continue }
          return errno
        }
        start += sent
      }
      return 0
    }
  }

  /// Writes a file under a name of its own first, so that the target is whole or as before.
  static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let draft = path + ".new"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .machine("cannot write", path, errno) }
    var code = put(bytes, descriptor)
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(draft, path) != 0 { code = errno }
    guard code == 0 else {
      unlink(draft)
      throw .machine("cannot write", path, code)
    }
  }

  /// Makes a folder and those above it that are missing.
  static func makeFolders(_ path: String) throws(Failure) {
    guard !path.isEmpty, !isFolder(path) else { return }
    try makeFolders(parent(path))
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw .machine("cannot make the folder", path, errno)
    }
  }

  /// Names in a folder, sorted by their bytes; `.` and `..` are left out.
  static func names(in path: String) throws(Failure) -> [String] {
    guard let folder = opendir(path) else { throw .machine("cannot list", path, errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.precedesInBytes($1) }
  }

  /// The path without its last name: `.` for a bare name, empty for the root.
  static func parent(_ path: String) -> String {
    let trimmed = withoutTrailingSlash(path)
    guard let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return trimmed.isEmpty ? "" : "."
    }
    return slash == trimmed.startIndex
      ? (trimmed == "/" ? "" : "/") : withoutTrailingSlash(String(trimmed[..<slash]))
  }

  /// The last name of a path.
  static func name(_ path: String) -> String {
    let trimmed = withoutTrailingSlash(path)
    guard let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")) else { return trimmed }
    return String(trimmed[trimmed.utf8.index(after: slash)...])
  }

  static func withoutTrailingSlash(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
