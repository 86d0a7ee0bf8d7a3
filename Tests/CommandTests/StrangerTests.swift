import Foundation
import TenfoldTestSupport
import Testing

/// Configurations that Tenfold did not write: whole and in part, typed and copied, with what lies
/// outside its scope. Each `NAME.cfg` in `Strangers/` stands beside what the command says of it.
@Suite("Configurations of strangers")
struct StrangerTests {
  static let folder = "Tests/CommandTests/Strangers"
  static let names =
    (try? FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appendingPathComponent(folder).path
    )
    .filter { $0.hasSuffix(".cfg") }.map { String($0.dropLast(4)) }.sorted()) ?? []

  @Test("A stranger's configuration is read as it is meant", arguments: names)
  func read(name: String) throws {
    let run = try Binary.run(["config", "read", "\(Self.folder)/\(name).cfg"])
    let difference = try Repository.difference(
      of: run.output + run.errors + "exit code \(run.status)\n", from: "\(Self.folder)/\(name).txt",
      refresh: "StrangerTests")
    #expect(difference == nil)
  }

  @Test("A text of no dialect, a file that is not there and a dialect that is not are refused")
  func refused() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("x.txt")
      try Data("Dear all,\nthe lift is broken.\n".utf8).write(to: file)
      let foreign = try Binary.run(["config", "read", file.path])
      #expect(foreign.status == 2)
      #expect(foreign.errors.contains("no line of it is one of a dialect that Tenfold reads"))
      let missing = try Binary.run(["config", "read", folder.path + "/none"])
      #expect(missing.status == 3)
      let dialect = try Binary.run(["config", "read", file.path, "--os", "vms"])
      #expect(dialect.status == 2)
      #expect(
        dialect.errors.contains(
          "use one of eos, netgear, nxos, onyx, os10, os6, os9, routeros, sonic"))
    }
  }

  @Test("As JSON it holds the intent and the lines that are not understood")
  func json() throws {
    let run = try Binary.run(["config", "read", "\(Self.folder)/os9-session.cfg", "--json"])
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    #expect(list.count == 1 && list[0]["dialect"] as? String == "os9")
    let intent = try #require(list[0]["intent"] as? [String: Any])
    #expect(intent["hostname"] as? String == "core-2" && intent["management"] == nil)
  }
}
