import Glibc
import Quantities

/// A folder of keys: its mode is 0700 and that of its files 0600, and whatever is wider, or belongs
/// to somebody else, is refused and not mended: others may have read it by then.
struct PrivateFolder: Sendable {
  let path: String

  /// Opens a folder that exists.
  init(existing path: String) throws(Findings) {
    self.path = path
    var data = stat()
    guard lstat(path, &data) == 0 else { throw PrivateFolder.failure("cannot open", path, errno) }
    guard data.st_mode & S_IFMT == S_IFDIR else {
      throw PrivateFolder.refusal(path, "this is no folder")
    }
    try PrivateFolder.check(data, path, "chmod 700")
  }

  /// Opens a folder, made when it is missing, those above it too.
  init(making path: String) throws(Findings) {
    try PrivateFolder.makeFolders(path)
    try self.init(existing: path)
  }

  func contains(_ name: String) -> Bool {
    var data = stat()
    return lstat("\(path)/\(name)", &data) == 0
  }

  /// The content of a private file.
  /// - Parameter limit: Most bytes that it may have.
  func read(_ name: String, limit: Int = 1 << 16) throws(Findings) -> [UInt8] {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw PrivateFolder.failure("cannot open", file, errno) }
    defer { close(descriptor) }
    return try PrivateFolder.content(of: descriptor, file, limit)
  }

  static func content(
    of descriptor: Int32, _ file: String, _ limit: Int
  ) throws(Findings) -> [UInt8] {
    var data = stat()
    guard fstat(descriptor, &data) == 0 else { throw failure("cannot read", file, errno) }
    guard data.st_mode & S_IFMT == S_IFREG else { throw refusal(file, "this is no plain file") }
    try check(data, file, "chmod 600")
    guard data.st_size <= limit else { throw refusal(file, "more than \(limit) bytes") }
    var bytes = [UInt8](repeating: 0, count: max(0, Int(data.st_size)))
    var filled = 0
    while filled < bytes.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure("cannot read", file, errno) }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }

  /// Writes a private file, under a name of its own first, so that it is whole or as before.
  func write(_ name: String, _ bytes: [UInt8]) throws(Findings) {
    let file = "\(path)/\(name)"
    let draft = file + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw PrivateFolder.failure("cannot write", file, errno) }
    var code = PrivateFolder.put(bytes, descriptor)
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(draft, file) != 0 { code = errno }
    guard code == 0 else {
      unlink(draft)
      throw PrivateFolder.failure("cannot write", file, code)
    }
    try syncFolder()
  }

  /// Writes bytes and waits until they are on the disk; the system's error number, 0 when they are.
  static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let done = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if done < 0, errno == EINTR { continue }
      guard done > 0 else { return errno == 0 ? EIO : errno }
      rest = rest.dropFirst(done)
    }
    return fsync(descriptor) == 0 ? 0 : errno
  }

  /// Keeps other processes that lock it waiting, until what is returned is given to `unlock`.
  func lock() throws(Findings) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PrivateFolder.failure("cannot open", path, errno) }
    while flock(descriptor, LOCK_EX) != 0 {
      let code = errno
      guard code == EINTR else {
        close(descriptor)
        throw PrivateFolder.failure("cannot lock", path, code)
      }
    }
    return descriptor
  }

  static func unlock(_ descriptor: Int32) { close(descriptor) }

  /// Makes new names in the folder last.
  func syncFolder() throws(Findings) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PrivateFolder.failure("cannot open", path, errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw PrivateFolder.failure("cannot write", path, errno) }
  }

  private static func check(
    _ data: stat, _ path: String, _ cure: String
  ) throws(Findings) {
    guard data.st_mode & 0o077 == 0 else {
      throw refusal(
        path, "others may read this: its mode is \(String(data.st_mode & 0o777, radix: 8))",
        hint: "if nobody did, \(cure) \(path); else remove it and enrol anew")
    }
    guard data.st_uid == geteuid() || data.st_uid == 0 else {
      throw refusal(path, "this belongs to user \(data.st_uid)")
    }
  }

  private static func makeFolders(_ path: String) throws(Findings) {
    var data = stat()
    guard !path.isEmpty, lstat(path, &data) != 0 else { return }
    if let slash = path.lastIndex(of: "/") { try makeFolders(String(path[..<slash])) }
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw failure("cannot make the folder", path, errno)
    }
  }

  static func failure(_ doing: String, _ path: String, _ code: Int32) -> Findings {
    refusal(path, "\(doing): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")")
  }

  static func refusal(_ path: String, _ message: String, hint: String = "") -> Findings {
    Findings([
      Finding(
        rule: "agent-keys", position: SourcePosition(file: path), message: message, hint: hint)
    ])
  }
}
