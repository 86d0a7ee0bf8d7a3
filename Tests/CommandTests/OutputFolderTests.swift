import Foundation
import Quantities
import Reports
import Testing

@testable import tenfold

@Suite("The output folder")
struct OutputFolderTests {
  static let files = [
    OutputFile(path: "plan.json", bytes: Array("{}\n".utf8)),
    OutputFile(path: "switches/a.cfg", bytes: Array("!\n".utf8)),
  ]

  /// The finding that a write throws; empty when it succeeds.
  func refusal(of folder: URL) -> String {
    do {
      try OutputFolder.write(to: folder.path) { draft in
        for file in Self.files { draft.add(file.path, file.bytes) }
      }
      return ""
    } catch {
      return (error as? Failure)?.findings.map(\.message).joined() ?? "\(error)"
    }
  }

  func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("It is made with the folders above it, and holds the files and their sums")
  func fresh() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("a/b/out")
      #expect(refusal(of: target) == "")
      #expect(try names(target) == [".tenfold", "plan.json", "switches"])
      #expect(try names(folder.appendingPathComponent("a/b")) == ["out"])
      let list = try String(contentsOf: target.appendingPathComponent(".tenfold"), encoding: .utf8)
      #expect(list.hasSuffix("  plan.json\n" + list.split(separator: "\n")[1] + "\n"))
    }
  }

  @Test("It is replaced when Tenfold wrote it")
  func again() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("out")
      #expect(refusal(of: target) == "")
      #expect(refusal(of: target) == "")
      let found = try names(folder)
      #expect(found == ["out"])
    }
  }

  @Test("When the files cannot all be made, nothing is written")
  func givenUp() throws {
    try withTemporaryFolder { folder in
      let failure = Failure([Finding(rule: "defect", message: "no")], .failed)
      #expect(throws: Failure.self) {
        try OutputFolder.write(to: folder.appendingPathComponent("out").path) { draft in
          for file in Self.files { draft.add(file.path, file.bytes) }
          throw failure
        }
      }
      let left = try names(folder)
      #expect(left == [])
    }
  }

  @Test("An empty folder is taken")
  func empty() throws {
    try withTemporaryFolder { folder in
      let found = refusal(of: folder)
      #expect(found == "")
    }
  }

  @Test("Somebody else's folder is left alone")
  func foreign() throws {
    try withTemporaryFolder { folder in
      try Data("x".utf8).write(to: folder.appendingPathComponent("thesis.txt"))
      #expect(
        refusal(of: folder)
          == "the folder holds files that Tenfold did not write, such as \"thesis.txt\""
      )
      #expect(try names(folder) == ["thesis.txt"])
    }
  }

  @Test("A file that was added or changed since is not lost")
  func changed() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("out")
      #expect(refusal(of: target) == "")
      let added = target.appendingPathComponent("notes.txt")
      try Data("x".utf8).write(to: added)
      #expect(
        refusal(of: target) == "the folder holds \"notes.txt\" that Tenfold did not write")
      try FileManager.default.removeItem(at: added)
      try Data("! secret filled in\n".utf8)
        .write(to: target.appendingPathComponent("switches/a.cfg"))
      #expect(refusal(of: target) == "\"switches/a.cfg\" in it was changed since Tenfold wrote it")
    }
  }

  @Test("A file in its place is left alone, and a place that cannot be written is said")
  func refused() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("out")
      try Data("x".utf8).write(to: target)
      #expect(refusal(of: target) == "it is a file, not a folder")
      #expect(
        refusal(of: target.appendingPathComponent("deeper"))
          == "cannot open the folder \"\(target.path)\" that should hold it: Not a directory")
      #expect(
        refusal(of: URL(fileURLWithPath: "/proc/out")).hasPrefix("cannot make a folder beside it: ")
      )
    }
  }
}
