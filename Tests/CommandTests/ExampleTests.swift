import Foundation
import TenfoldTestSupport
import Testing

/// Every example against its `expected/`: the files of the folder, and in `output.txt` what the
/// terminal showed and the exit code.
///
/// `TENFOLD_UPDATE=1 swift test --filter ExampleTests` writes `expected/` anew.
@Suite("Examples")
struct ExampleTests {
  static let names =
    (try? FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appendingPathComponent("examples").path
    )
    .filter { !$0.hasPrefix(".") }.sorted()) ?? []

  @Test("The README shows what the medium example prints")
  func readme() throws {
    let readme = try #require(Repository.text("README.md"))
    let printed = try #require(Repository.text("examples/medium/expected/output.txt"))
    for line in printed.split(separator: "\n") where !line.hasPrefix("exit code") {
      #expect(readme.contains(line), "\(line)")
    }
  }

  @Test("An example comes out as its expected folder holds it", arguments: names)
  func example(name: String) throws {
    try withTemporaryFolder { folder in
      let out = folder.appendingPathComponent("out")
      let run = try Binary.run(
        ["plan", "examples/\(name)/site.yaml", "-o", out.path, "--date", "2026-11-23"])
      let shown = (run.output + run.errors).replacingOccurrences(of: out.path, with: "out")
      var found = ["output.txt": Data((shown + "exit code \(run.status)\n").utf8)]
      if FileManager.default.fileExists(atPath: out.path) {
        found.merge(try PlanTests.content(of: out)) { first, _ in first }
      }
      let expected = Repository.root.appendingPathComponent("examples/\(name)/expected")
      if Repository.updates { try Self.write(found, to: expected) }
      let known = try PlanTests.content(of: expected)
      #expect(found.keys.sorted() == known.keys.sorted())
      for file in found.keys.sorted() where found[file] != known[file] {
        let difference = Diff.text(
          expected: String(decoding: known[file] ?? Data(), as: UTF8.self),
          found: String(decoding: found[file] ?? Data(), as: UTF8.self))
        Issue.record(
          """
          examples/\(name)/expected/\(file) differs (- expected, + found)
          \(difference ?? "")
          if the new text is right: TENFOLD_UPDATE=1 swift test --filter ExampleTests
          """)
      }
    }
  }

  private static func write(_ files: [String: Data], to folder: URL) throws {
    try? FileManager.default.removeItem(at: folder)
    for (name, data) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: file)
    }
  }
}
