import Glibc
import Quantities
import Reports

/// Writes a folder of files as a whole or not at all.
///
/// The files go to a hidden folder beside the target, which is then renamed into place. A folder
/// that stands there already is replaced only when Tenfold wrote it and nobody has changed it
/// since: its file `.tenfold` holds the SHA-256 of every other file, in the form of `sha256sum`.
enum OutputFolder {
  /// Name of the list of files.
  static let listName = ".tenfold"

  /// Refuses a target that is not ours to replace.
  static func check(_ target: String) throws(Failure) {
    switch Files.kind(target) {
    case .nothing: return
    case .file: throw refusal(target, "a file stands where the output folder is to be")
    case .other:
      throw refusal(target, "what stands where the output folder is to be is no folder")
    case .folder: break
    }
    let found = try Files.tree(target)
    if found.isEmpty { return }
    guard found.contains(listName) else {
      throw refusal(
        target, "the folder holds files that Tenfold did not write, such as \(found[0])")
    }
    let list = try Files.read(target + "/" + listName, limit: 1 << 20)
    let sums = sums(String(decoding: list, as: UTF8.self))
    for path in found where path != listName {
      guard let sum = sums[path] else {
        throw refusal(target, "the folder holds \(path), which Tenfold did not write")
      }
      let bytes = try Files.read(target + "/" + path, limit: 1 << 28)
      if SHA256.hexDigest(bytes) != sum {
        throw refusal(target, "\(path) was changed after Tenfold wrote it")
      }
    }
  }

  /// Writes the files; the target is as before when anything fails.
  static func write(_ files: [OutputFile], to target: String) throws(Failure) {
    try check(target)
    let target = Files.withoutTrailingSlash(target)
    let parent = Files.parent(target)
    try Files.makeFolders(parent)
    let place = parent == "/" ? "" : parent
    let fresh = "\(place)/.\(Files.name(target)).tenfold-\(getpid())"
    do throws(Failure) {
      try Files.makeFolder(fresh)
      for file in files {
        let path = fresh + "/" + file.path
        try Files.makeFolders(Files.parent(path))
        try Files.write(file.bytes, to: path)
      }
      try Files.write(Array(list(files).utf8), to: fresh + "/" + listName)
      try swap(fresh, with: target)
    } catch {
      Files.removeTree(fresh)
      throw error
    }
  }

  /// Puts the new folder in the target's place and removes what stood there.
  private static func swap(_ fresh: String, with target: String) throws(Failure) {
    if Files.kind(target) == .nothing {
      guard rename(fresh, target) == 0 else {
        throw .machine("cannot rename the finished folder to", target, errno)
      }
      return
    }
    let old = fresh + ".old"
    guard rename(target, old) == 0 else {
      throw .machine("cannot move the earlier output away", target, errno)
    }
    guard rename(fresh, target) == 0 else {
      let code = errno
      rename(old, target)
      throw .machine("cannot rename the finished folder to", target, code)
    }
    Files.removeTree(old)
  }

  /// The lines of `sha256sum`, by path.
  private static func list(_ files: [OutputFile]) -> String {
    files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      .map { SHA256.hexDigest($0.bytes) + "  " + $0.path + "\n" }.joined()
  }

  private static func sums(_ text: String) -> [String: String] {
    var sums: [String: String] = [:]
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.count > 66 {
      let line = Substring(line)
      sums[String(line.dropFirst(66))] = String(line.prefix(64))
    }
    return sums
  }

  private static func refusal(_ target: String, _ message: String) -> Failure {
    Failure(
      [
        Finding(
          rule: "output-folder", position: SourcePosition(file: target), message: message,
          hint: "name another folder with -o, or move this one away")
      ], .usage)
  }
}
