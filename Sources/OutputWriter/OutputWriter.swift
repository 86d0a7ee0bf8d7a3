import Glibc
import Quantities
import Threads

/// Writes a whole output folder or nothing.
///
/// All files go to a hidden folder beside the target, are flushed to the disk, and take the target's
/// name in one step; what stood there before stands until then. A folder is replaced only when
/// Tenfold wrote all of it and nothing in it was changed since.
public struct OutputWriter: Sendable {
  /// A file to write.
  public typealias File = (path: String, bytes: [UInt8])

  /// The folder as the user named it, for messages.
  let shown: String
  let parent: FolderHandle
  let name: String
  /// What stands there now; `nil` when nothing does, no entries when it is empty.
  private(set) var old: OutputMarker?
  private(set) var exists = false

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

  /// The same folder, with what stands there now.
  /// - Throws: `OutputFailure` when it is no longer ours to replace.
  func lookingAgain() throws(OutputFailure) -> OutputWriter {
    var writer = self
    (writer.old, writer.exists) = (nil, false)
    try writer.look()
    return writer
  }

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
    // The marker was touched last: what changed before that moment needs no second look. The clock
    // of the file system is coarse, so that the same moment may be a later one.
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

  /// Starts a new folder that is to take the target's place.
  /// - Throws: `OutputFailure`.
  public func draft() throws(OutputFailure) -> OutputDraft { try OutputDraft(self) }

  /// Writes the files and gives them the folder's name.
  /// - Parameter files: Paths with `/` between their parts; each once, none absolute.
  /// - Throws: `OutputFailure`; nothing was replaced then.
  public func write(_ files: [File]) throws(OutputFailure) {
    let draft = try draft()
    for file in files { draft.add(file.path, file.bytes) }
    try draft.publish()
  }

  /// Deletes the files that a marker lists and the folders that they leave empty. A file that came
  /// in between is left alone, and with it the folder, under its hidden name.
  func remove(_ temporary: String, _ marker: OutputMarker) {
    guard let folder = parent.open(temporary) else { return }
    let paths = marker.entries.map(\.path) + [OutputMarker.name]
    // Several at once, since some file systems wait for the disk with each.
    _ = concurrentMap(paths) { unlinkat(folder.descriptor, $0, 0) }
    let folders = Set(paths.flatMap { Self.folders(of: $0) })
    for inner in folders.sorted().reversed() {
      unlinkat(folder.descriptor, inner, AT_REMOVEDIR)
    }
    unlinkat(parent.descriptor, temporary, AT_REMOVEDIR)
  }

  /// Folders on the way to a file, outermost first: `a` and `a/b` for `a/b/c`.
  static func folders(of path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
  }
}
