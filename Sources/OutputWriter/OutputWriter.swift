import CExchange
import Glibc
import Quantities

/// Writes a whole output folder or nothing.
///
/// All files go to a hidden folder beside the target, are flushed to the disk, and take the target's
/// name in one step; what stood there before stands until then. A folder is replaced only when
/// Tenfold wrote all of it and nothing in it was changed since.
public struct OutputWriter {
  /// A file to write.
  public typealias File = (path: String, bytes: [UInt8])

  /// The folder as the user named it, for messages.
  private let shown: String
  private let parent: FolderHandle
  private let name: String
  /// What stands there now; `nil` when nothing does, no entries when it is empty.
  private var old: OutputMarker?
  private var exists = false

  /// Checks that a folder may be written, before any work is done.
  /// - Throws: `OutputFailure`.
  public init(path: String) throws(OutputFailure) {
    shown = path
    var parts = path[...]
    while parts.count > 1, parts.last == "/" { parts.removeLast() }
    let slash = parts.lastIndex(of: "/")
    let last = slash.map { parts[parts.index(after: $0)...] } ?? parts
    guard !last.isEmpty, last != ".", last != "..", !path.utf8.contains(0) else {
      throw .refused(path, "\"\(path)\" does not name a new folder", "name one, as in -o out")
    }
    name = String(last)
    let above = slash.map { $0 == parts.startIndex ? "/" : String(parts[..<$0]) } ?? "."
    guard let parent = FolderHandle.open(above, followingLinks: true) else {
      throw .machine(path, "cannot open the folder \"\(above)\" that should hold it")
    }
    self.parent = parent
    try look()
  }

  // MARK: What stands there

  private mutating func look() throws(OutputFailure) {
    switch parent.kind(of: name) {
    case nil: throw .machine(shown, "cannot look at it")
    case .absent: return
    case .file: throw .refused(shown, "it is a file, not a folder", Self.otherName)
    case .other: throw .refused(shown, "it is a symbolic link or a device", Self.otherName)
    case .folder: exists = true
    }
    guard let folder = parent.open(name), let names = folder.names() else {
      throw .machine(shown, "cannot read the folder that stands there")
    }
    if names.isEmpty { return }
    guard names.contains(OutputMarker.name) else {
      let example = names.first.map { "\"\($0)\"" } ?? ""
      throw .refused(
        shown, "the folder holds files that Tenfold did not write, such as \(example)",
        Self.otherName)
    }
    guard let bytes = folder.read(OutputMarker.name, limit: 1 << 20) else {
      throw .machine(shown, "cannot read its \"\(OutputMarker.name)\"")
    }
    guard let marker = OutputMarker(bytes) else {
      throw .refused(
        shown, "its \"\(OutputMarker.name)\" is damaged, so nobody can say who wrote the folder",
        Self.otherName)
    }
    try check(folder, against: marker)
    old = marker
  }

  private static let otherName = "name another folder with -o, or move this one away"

  private func check(_ folder: FolderHandle, against marker: OutputMarker) throws(OutputFailure) {
    let hashes = Dictionary(marker.entries.map { ($0.path, $0.hash) }) { first, _ in first }
    // The marker is written last: what last changed before it needs no second look. Clocks of file
    // systems stand still for some milliseconds, so the same moment may be a later one.
    let written = folder.lastChange(of: OutputMarker.name)
    var changed: [String] = []
    var foreign: [String] = []
    var pending: [(path: String, folder: FolderHandle)] = [("", folder)]
    while let (path, folder) = pending.popLast() {
      guard let names = folder.names() else {
        throw .machine(shown, path.isEmpty ? "cannot read it" : "cannot read \"\(path)\" in it")
      }
      for name in names {
        let full = path.isEmpty ? name : path + "/" + name
        if full == OutputMarker.name { continue }
        switch folder.kind(of: name) {
        case .folder:
          let isOurs = marker.entries.contains { $0.path.hasPrefix(full + "/") }
          if isOurs, let inner = folder.open(name) {
            pending.append((full, inner))
          } else {
            foreign.append(full)
          }
        case .file:
          guard let hash = hashes[full] else {
            foreign.append(full)
            continue
          }
          if let written, let last = folder.lastChange(of: name), last < written { continue }
          guard let bytes = folder.read(name, limit: 1 << 28) else {
            throw .machine(shown, "cannot read \"\(full)\" in it")
          }
          if SHA256.hexDigest(bytes) != hash { changed.append(full) }
        case .other: foreign.append(full)
        case .absent: break
        case nil: throw .machine(shown, "cannot look at \"\(full)\" in it")
        }
      }
    }
    if let first = foreign.min() {
      throw .refused(
        shown,
        "the folder holds \(Self.others(foreign, first)) that Tenfold did not write",
        Self.otherName)
    }
    if let first = changed.min() {
      throw .refused(
        shown, "\(Self.others(changed, first)) in it was changed since Tenfold wrote it",
        "keep a copy elsewhere and move the folder away, or name another one with -o")
    }
  }

  private static func others(_ names: [String], _ first: String) -> String {
    names.count == 1 ? "\"\(first)\"" : "\"\(first)\" and \(names.count - 1) more"
  }

  // MARK: Writing

  /// Writes the files and gives them the folder's name.
  /// - Parameters:
  ///   - files: Paths with `/` between their parts; each once, none absolute.
  ///   - hashes: SHA-256 of files whose hash is known already, by path.
  /// - Throws: `OutputFailure`; nothing was replaced then.
  public func write(_ files: [File], hashes: [String: String] = [:]) throws(OutputFailure) {
    try checkPaths(files)
    let temporary = try makeTemporary()
    let marker = OutputMarker(files, hashes: hashes)
    do throws(OutputFailure) {
      try fill(temporary, files + [(OutputMarker.name, marker.bytes)])
      try swap(temporary)
    } catch {
      remove(temporary, marker)
      throw error
    }
    // After the step the temporary name holds what stood there before.
    if exists { remove(temporary, old ?? OutputMarker([])) }
    // The parent is not flushed: after a power failure the old folder or the new one stands there,
    // and either is whole.
  }

  private func checkPaths(_ files: [File]) throws(OutputFailure) {
    var seen: Set<String> = [OutputMarker.name]
    for file in files {
      let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
      let isPlain = parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".."
          && !part.utf8.contains { $0 < 0x20 || $0 == 0x7F }
      }
      guard isPlain, seen.insert(file.path).inserted else {
        throw .refused(
          shown, "\"\(file.path)\" cannot be the name of a file in it",
          "rename the switch or host that the file belongs to")
      }
    }
  }

  private func makeTemporary() throws(OutputFailure) -> String {
    for attempt in 0..<100 {
      let temporary = ".\(name).tenfold-\(getpid())-\(attempt)"
      if mkdirat(parent.descriptor, temporary, 0o777) == 0 { return temporary }
      if errno != EEXIST { break }
    }
    throw .machine(shown, "cannot make a folder beside it")
  }

  private func fill(_ temporary: String, _ files: [File]) throws(OutputFailure) {
    guard let folder = parent.open(temporary) else {
      throw .machine(shown, "cannot open the new folder beside it")
    }
    var made: Set<String> = []
    for file in files {
      for inner in Self.folders(of: file.path) where made.insert(inner).inserted {
        guard mkdirat(folder.descriptor, inner, 0o777) == 0 else {
          throw .machine(shown, "cannot make \"\(inner)\" in it")
        }
      }
    }
    for start in stride(from: 0, to: files.count, by: Flush.batch) {
      try write(files[start..<min(start + Flush.batch, files.count)], in: folder)
    }
  }

  private func write(_ files: ArraySlice<File>, in folder: FolderHandle) throws(OutputFailure) {
    var open: [Int32] = []
    for file in files {
      guard let descriptor = folder.create(file.path, file.bytes) else {
        let failure = OutputFailure.machine(shown, "cannot write \"\(file.path)\" in it")
        for descriptor in open { close(descriptor) }
        throw failure
      }
      open.append(descriptor)
    }
    let names = files.map(\.path) + [""]
    // The folder itself goes with them, so that the names are safe too.
    if let own = dup(of: folder) { open.append(own) }
    for (path, failure) in zip(names, Flush.all(open)) where failure != 0 {
      errno = failure
      throw .machine(shown, "cannot write \"\(path)\" to the disk")
    }
  }

  private func dup(of folder: FolderHandle) -> Int32? {
    let copy = fcntl(folder.descriptor, F_DUPFD_CLOEXEC, 0)
    return copy < 0 ? nil : copy
  }

  private func swap(_ temporary: String) throws(OutputFailure) {
    if exists {
      if tenfold_exchange(parent.descriptor, temporary, name) == 0 { return }
      // An older kernel or file system: two steps, with the way back should the second fail.
      guard errno == ENOSYS || errno == EINVAL else {
        throw .machine(shown, "cannot replace the folder")
      }
      let aside = temporary + "-old"
      guard renameat(parent.descriptor, name, parent.descriptor, aside) == 0 else {
        throw .machine(shown, "cannot replace the folder")
      }
      guard renameat(parent.descriptor, temporary, parent.descriptor, name) == 0 else {
        let failure = OutputFailure.machine(shown, "cannot replace the folder")
        _ = renameat(parent.descriptor, aside, parent.descriptor, name)
        throw failure
      }
      _ = renameat(parent.descriptor, aside, parent.descriptor, temporary)
    } else if renameat(parent.descriptor, temporary, parent.descriptor, name) != 0 {
      throw .machine(shown, "cannot give the new folder its name")
    }
  }

  /// Deletes the files that a marker lists and the folders that they leave empty. A file that came
  /// in between is left alone, and with it the folder, under its hidden name.
  private func remove(_ temporary: String, _ marker: OutputMarker) {
    guard let folder = parent.open(temporary) else { return }
    let paths = marker.entries.map(\.path) + [OutputMarker.name]
    for path in paths { unlinkat(folder.descriptor, path, 0) }
    let folders = Set(paths.flatMap { Self.folders(of: $0) })
    for inner in folders.sorted().reversed() {
      unlinkat(folder.descriptor, inner, AT_REMOVEDIR)
    }
    unlinkat(parent.descriptor, temporary, AT_REMOVEDIR)
  }

  /// Folders on the way to a file, outermost first: `a` and `a/b` for `a/b/c`.
  private static func folders(of path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
  }
}
