import Glibc
import Quantities

/// An open folder. Names are resolved from it, so that nobody can slip another folder under a path
/// while it is in use, and symbolic links are never followed below it.
final class FolderHandle: Sendable {
  let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  /// Opens a folder by path; `nil` with `errno` set.
  static func open(_ path: String, followingLinks: Bool) -> FolderHandle? {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followingLinks ? 0 : O_NOFOLLOW)
    let descriptor = Glibc.open(path, flags)
    return descriptor < 0 ? nil : FolderHandle(descriptor)
  }

  /// Opens a folder inside; `nil` with `errno` set.
  func open(_ name: String) -> FolderHandle? {
    let inner = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    return inner < 0 ? nil : FolderHandle(inner)
  }

  /// What a name inside stands for.
  enum Kind {
    case absent
    case folder
    case file
    /// A symbolic link, socket, pipe or device.
    case other
  }

  /// `nil` with `errno` set when it cannot be told.
  func kind(of name: String) -> Kind? {
    guard let status = status(of: name) else { return errno == ENOENT ? .absent : nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .other
    }
  }

  /// Names inside, sorted by bytes; `nil` with `errno` set.
  func names() -> [String]? {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { return nil }
    return names.sorted { $0.precedesInBytes($1) }
  }

  /// When a name inside or what it stands for last changed in any way, a moment that no program can
  /// set back; `nil` with `errno` set.
  func lastChange(of name: String) -> (seconds: Int, nanoseconds: Int)? {
    status(of: name).map { ($0.st_ctim.tv_sec, $0.st_ctim.tv_nsec) }
  }

  /// What the system tells of a name inside, not of what a link leads to; `nil` with `errno` set.
  private func status(of name: String) -> stat? {
    var status = stat()
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }

  /// Makes now the last change of a file, as far as that can be done; its content stays.
  func touch(_ name: String) {
    _ = utimensat(descriptor, name, nil, AT_SYMLINK_NOFOLLOW)
  }

  /// Content of a regular file of at most `limit` bytes; `nil` with `errno` set.
  func read(_ name: String, limit: Int) -> [UInt8]? {
    let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      errno = EFBIG
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(file, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  /// Makes a new file and leaves it open, to be flushed; `nil` with `errno` set.
  func create(_ path: String, _ bytes: [UInt8]) -> Int32? {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let file = openat(descriptor, path, flags, 0o666)
    guard file >= 0 else { return nil }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(file, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(file)
        errno = code
        return nil
      }
      done += count
    }
    return file
  }
}
