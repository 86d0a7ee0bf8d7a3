import Glibc
import Quantities
import Testing
import Threads

@testable import OutputWriter

/// A folder of its own for one test, removed at the end.
private final class Scratch {
  let path: String
  init() throws {
    var template = Array("/tmp/tenfold-output-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    path = String(cString: made)
  }
  deinit { _ = run("/bin/rm", "-rf", path) }

  var out: String { path + "/out" }

  func names(_ inner: String = "") -> [String] {
    FolderHandle.open(path + inner, followingLinks: false)?.names() ?? []
  }
  func text(_ name: String) -> String? {
    FolderHandle.open(path, followingLinks: false)?.read(name, limit: 1 << 20)
      .map { String(decoding: $0, as: UTF8.self) }
  }
  func put(_ name: String, _ text: String) {
    unlink(path + "/" + name)
    let file = FolderHandle.open(path, followingLinks: false)?.create(name, Array(text.utf8))
    #expect(file.map { close($0) } == 0)
  }
}

private func run(_ words: String...) -> Int32 {
  var child = pid_t()
  var arguments = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  guard posix_spawn(&child, words[0], nil, nil, &arguments, environ) == 0 else { return -1 }
  var status: Int32 = 0
  waitpid(child, &status, 0)
  return status
}

@Suite("Output writer")
struct OutputWriterTests {
  let first: [OutputWriter.File] = [
    ("report.md", Array("one\n".utf8)), ("switches/a.cfg", Array("a\n".utf8)),
    ("hosts/x/y.txt", []),
  ]
  let second: [OutputWriter.File] = [
    ("report.md", Array("two\n".utf8)), ("core-change.md", Array("core\n".utf8)),
  ]

  private func failure(_ body: () throws -> Void) -> OutputFailure? {
    do {
      try body()
      Issue.record("it was written")
      return nil
    } catch {
      return error as? OutputFailure
    }
  }

  @Test("A new folder holds the files and the marker, and nothing is left beside it")
  func new() throws {
    let scratch = try Scratch()
    try OutputWriter(path: scratch.out).write(first)
    #expect(scratch.names() == ["out"])
    #expect(scratch.names("/out") == [".tenfold", "hosts", "report.md", "switches"])
    #expect(scratch.text("out/switches/a.cfg") == "a\n")
    #expect(scratch.text("out/hosts/x/y.txt") == "")
  }

  @Test("A folder that Tenfold wrote is replaced as a whole; a slash at the end does not matter")
  func replace() throws {
    let scratch = try Scratch()
    try OutputWriter(path: scratch.out).write(first)
    try OutputWriter(path: scratch.out + "/").write(second)
    #expect(scratch.names() == ["out"])
    #expect(scratch.names("/out") == [".tenfold", "core-change.md", "report.md"])
    #expect(scratch.text("out/report.md") == "two\n")
  }

  @Test("An empty folder is filled")
  func empty() throws {
    let scratch = try Scratch()
    mkdir(scratch.out, 0o777)
    try OutputWriter(path: scratch.out).write(first)
    #expect(scratch.names("/out").contains("report.md"))
    #expect(scratch.names() == ["out"])
  }

  @Test("A folder with somebody else's files is refused and stays as it is")
  func foreign() throws {
    let scratch = try Scratch()
    mkdir(scratch.out, 0o777)
    scratch.put("out/thesis.txt", "dear")
    let failure = failure { try OutputWriter(path: scratch.out).write(first) }
    #expect(failure?.exitCode == 2)
    #expect(
      failure?.finding.message
        == "the folder holds files that Tenfold did not write, such as \"thesis.txt\"")
    #expect(failure?.finding.hint == "name another folder with -o, or move this one away")
    #expect(failure?.finding.position == SourcePosition(file: scratch.out))
    #expect(scratch.names("/out") == ["thesis.txt"])
  }

  @Test("A file, folder or link that was added to Tenfold's folder is not lost")
  func added() throws {
    let scratch = try Scratch()
    try OutputWriter(path: scratch.out).write(first)
    scratch.put("out/switches/notes.txt", "mine")
    mkdir(scratch.out + "/photos", 0o777)
    symlink("/etc", scratch.out + "/link")
    let failure = failure { try OutputWriter(path: scratch.out).write(second) }
    #expect(failure?.exitCode == 2)
    #expect(
      failure?.finding.message == "the folder holds \"link\" and 2 more that Tenfold did not write")
    #expect(scratch.text("out/switches/notes.txt") == "mine")
    #expect(scratch.text("out/report.md") == "one\n")
  }

  @Test("A file that was changed, such as a configuration with its secrets, is not lost")
  func changed() throws {
    let scratch = try Scratch()
    try OutputWriter(path: scratch.out).write(first)
    scratch.put("out/switches/a.cfg", "a secret\n")
    let failure = failure { try OutputWriter(path: scratch.out).write(second) }
    #expect(
      failure?.finding.message == "\"switches/a.cfg\" in it was changed since Tenfold wrote it")
    #expect(scratch.text("out/switches/a.cfg") == "a secret\n")
    #expect(scratch.names() == ["out"])
  }

  @Test("A file that was changed in the moment in which it was written is not lost")
  func changedAtOnce() throws {
    for _ in 1...40 {
      let scratch = try Scratch()
      try OutputWriter(path: scratch.out).write(first)
      scratch.put("out/switches/a.cfg", "a secret\n")
      let failure = failure { try OutputWriter(path: scratch.out).write(second) }
      #expect(failure != nil)
    }
  }

  @Test("A file that was deleted from Tenfold's folder does not matter")
  func deleted() throws {
    let scratch = try Scratch()
    try OutputWriter(path: scratch.out).write(first)
    unlink(scratch.out + "/report.md")
    try OutputWriter(path: scratch.out).write(second)
    #expect(scratch.text("out/report.md") == "two\n")
  }

  @Test(
    "A damaged marker is refused",
    arguments: ["", "zz  a\n", "tenfold", String(repeating: "0", count: 64) + " a\n"])
  func damaged(marker: String) throws {
    let scratch = try Scratch()
    mkdir(scratch.out, 0o777)
    scratch.put("out/.tenfold", marker)
    let failure = failure { try OutputWriter(path: scratch.out).write(first) }
    #expect(failure?.exitCode == 2)
    #expect(failure?.finding.message.contains("is damaged") == true)
  }

  @Test("A marker that is a link or huge is not followed")
  func hostileMarker() throws {
    let scratch = try Scratch()
    mkdir(scratch.out, 0o777)
    symlink("/dev/zero", scratch.out + "/.tenfold")
    #expect(failure { try OutputWriter(path: scratch.out).write(first) }?.exitCode == 3)
    unlink(scratch.out + "/.tenfold")
    scratch.put("out/.tenfold", String(repeating: "x", count: 1 << 20 + 1))
    #expect(failure { try OutputWriter(path: scratch.out).write(first) }?.exitCode == 3)
  }

  @Test("A file, a link and a device in its place are refused")
  func otherThings() throws {
    let scratch = try Scratch()
    scratch.put("out", "file")
    #expect(
      failure { _ = try OutputWriter(path: scratch.out) }?.finding.message
        == "it is a file, not a folder")
    unlink(scratch.out)
    mkdir(scratch.path + "/real", 0o777)
    symlink("real", scratch.out)
    #expect(
      failure { _ = try OutputWriter(path: scratch.out) }?.finding.message
        == "it is a symbolic link or a device")
    #expect(failure { _ = try OutputWriter(path: "/dev/full") }?.exitCode == 2)
  }

  @Test(
    "Names that are no new folder are refused",
    arguments: ["", ".", "..", "/", "//", "x/..", "a\0b"])
  func noNames(path: String) {
    #expect(failure { _ = try OutputWriter(path: path) }?.exitCode == 2)
  }

  @Test("A missing parent is said, with what was being done")
  func noParent() throws {
    let scratch = try Scratch()
    let failure = failure { _ = try OutputWriter(path: scratch.path + "/no/out") }
    #expect(failure?.exitCode == 3)
    #expect(
      failure?.finding.message
        == "cannot open the folder \"\(scratch.path)/no\" that should hold it: No such file or directory"
    )
    #expect(failure?.finding.hint == "make the folder that should hold it first")
  }

  @Test(
    "File names that lead elsewhere are refused",
    arguments: ["../x", "/x", "a//b", "a/./b", "", "a\nb", ".tenfold", "report.md"])
  func unsafeNames(path: String) throws {
    let scratch = try Scratch()
    let files = first + [(path, [])]
    #expect(failure { try OutputWriter(path: scratch.out).write(files) }?.exitCode == 2)
    #expect(scratch.names() == [])
  }

  @Test("A name that is too long fails before anything is replaced")
  func longName() throws {
    let scratch = try Scratch()
    try OutputWriter(path: scratch.out).write(first)
    let long = String(repeating: "n", count: 300)
    let failure = failure { try OutputWriter(path: scratch.out).write([(long, [1])]) }
    #expect(failure?.exitCode == 3)
    #expect(failure?.finding.message == "cannot write \"\(long)\" in it: File name too long")
    #expect(scratch.text("out/report.md") == "one\n")
    #expect(scratch.names() == ["out"])
  }

  @Test(
    "A folder that cannot be written to is said",
    .enabled(if: getuid() != 0, "root may write anywhere"))
  func noPermission() throws {
    let scratch = try Scratch()
    chmod(scratch.path, 0o555)
    defer { chmod(scratch.path, 0o755) }
    let failure = failure { try OutputWriter(path: scratch.out).write(first) }
    #expect(failure?.exitCode == 3)
    #expect(failure?.finding.message == "cannot make a folder beside it: Permission denied")
  }

  @Test(
    "A full disk leaves the old folder as it was",
    .enabled(if: SmallDisk.canBeMade, "no small disk can be mounted here"))
  func fullDisk() throws {
    let scratch = try Scratch()
    let disk = scratch.path + "/disk"
    mkdir(disk, 0o777)
    try #require(SmallDisk.mount(at: disk))
    defer { umount2(disk, Int32(MNT_DETACH)) }
    try OutputWriter(path: disk + "/out").write(first)
    let large: [OutputWriter.File] = [
      ("a.txt", [1]), ("deep/b.bin", [UInt8](repeating: 7, count: 200_000)),
    ]
    let failure = failure { try OutputWriter(path: disk + "/out").write(large) }
    #expect(failure?.exitCode == 3)
    #expect(
      failure?.finding.message == "cannot write \"deep/b.bin\" in it: No space left on device")
    #expect(failure?.finding.hint == "make room, or name a folder on another disk with -o")
    #expect(scratch.names("/disk") == ["out"])
    #expect(scratch.text("disk/out/report.md") == "one\n")
  }

  @Test(
    "A mount point cannot be replaced, and says so",
    .enabled(if: SmallDisk.canBeMade, "no disk can be mounted here"))
  func mountPoint() throws {
    let scratch = try Scratch()
    mkdir(scratch.out, 0o777)
    try #require(SmallDisk.mount(at: scratch.out))
    defer { umount2(scratch.out, Int32(MNT_DETACH)) }
    let failure = failure { try OutputWriter(path: scratch.out).write(first) }
    #expect(failure?.exitCode == 3)
    #expect(
      failure?.finding.hint == "name a folder below this one: a mount point cannot be replaced")
    #expect(scratch.names() == ["out"])
  }

  @Test("Several hundred files are written whole")
  func many() throws {
    let scratch = try Scratch()
    let files: [OutputWriter.File] = (0..<300).map { ("hosts/h\($0)/a.ps1", [UInt8($0 % 256)]) }
    try OutputWriter(path: scratch.out).write(files)
    try OutputWriter(path: scratch.out).write(files)
    #expect(scratch.names("/out/hosts").count == 300)
    #expect(scratch.names() == ["out"])
  }

  @Test("Files may come from many threads; the marker has each once, with its hash")
  func manyThreads() throws {
    let scratch = try Scratch()
    let draft = try OutputWriter(path: scratch.out).draft()
    let names = (0..<100).map { "hosts/h\($0)" }
    _ = concurrentMap(names) { draft.add($0, Array($0.utf8)) }
    try draft.publish()
    #expect(Set(scratch.names("/out/hosts")) == Set((0..<100).map { "h\($0)" }))
    let marker = try #require(scratch.text("out/.tenfold").flatMap { OutputMarker(Array($0.utf8)) })
    #expect(marker.entries.map(\.path) == names.sorted())
    #expect(marker.entries.allSatisfy { $0.hash == SHA256.hexDigest(Array($0.path.utf8)) })
  }

  @Test("A draft that is given up leaves nothing, and the target as it was")
  func discarded() throws {
    let scratch = try Scratch()
    try OutputWriter(path: scratch.out).write(first)
    let draft = try OutputWriter(path: scratch.out).draft()
    for file in second { draft.add(file.path, file.bytes) }
    #expect(scratch.names().count == 2)
    draft.discard()
    #expect(scratch.names() == ["out"])
    #expect(scratch.text("out/report.md") == "one\n")
  }

  @Test("What is changed in the target while files are made is not lost")
  func changedMeanwhile() throws {
    let scratch = try Scratch()
    try OutputWriter(path: scratch.out).write(first)
    let draft = try OutputWriter(path: scratch.out).draft()
    for file in second { draft.add(file.path, file.bytes) }
    scratch.put("out/switches/a.cfg", "a secret\n")
    #expect(failure { try draft.publish() }?.exitCode == 2)
    #expect(scratch.names() == ["out"])
    #expect(scratch.text("out/switches/a.cfg") == "a secret\n")
  }

  @Test("Of several files that fail the first by name is told")
  func firstFailure() throws {
    let scratch = try Scratch()
    let draft = try OutputWriter(path: scratch.out).draft()
    for name in ["c", "b//b", "a", "a/../b"] { draft.add(name, []) }
    let failure = failure { try draft.publish() }
    #expect(failure?.finding.message == "\"a/../b\" cannot be the name of a file in it")
    #expect(scratch.names() == [])
  }

  @Test("A marker is read back as it was written")
  func marker() {
    let marker = OutputMarker(
      first.map { OutputMarker.Entry(path: $0.path, hash: SHA256.hexDigest($0.bytes)) })
    #expect(OutputMarker(marker.bytes) == marker)
    #expect(marker.entries.map(\.path) == ["hosts/x/y.txt", "report.md", "switches/a.cfg"])
  }
}

/// A disk of 64 KiB, which only root can make.
private enum SmallDisk {
  static func mount(at path: String) -> Bool {
    Glibc.mount("tmpfs", path, "tmpfs", 0, "size=64k") == 0
  }

  static let canBeMade: Bool = {
    guard getuid() == 0, let scratch = try? Scratch(), mount(at: scratch.path) else { return false }
    umount2(scratch.path, Int32(MNT_DETACH))
    return true
  }()
}
