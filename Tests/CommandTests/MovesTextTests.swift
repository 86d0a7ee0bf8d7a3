import Evidence
import Fabric
import Quantities
import TenfoldTestSupport
import Testing

@testable import tenfold

@Suite("Measured migrations of real guests")
struct MovesTextTests {
  private static func run(
    _ option: String, _ atOnce: Int, _ milliseconds: Int?, moved: [Bool] = [true, true],
    to target: String = "HV-R2-01"
  ) -> String {
    let guests = moved.enumerated().map { number, isMoved in
      """
      {"name": "vm\(number)", "memory": 5000000000, "milliseconds": 4000,
       "outcome": "\(isMoved ? "moved" : "failed")", "why": "\(isMoved ? "" : "no access")",
       "blackOut": "0.\(number)"}
      """
    }
    return """
      {"option": "\(option)", "atOnce": \(atOnce), "from": "HV-R1-01", "to": "\(target)",
       "milliseconds": \(milliseconds.map(String.init) ?? "null"),
       "guests": [\(guests.joined(separator: ","))], "ports": []}
      """
  }

  private static func moves(_ runs: [String]) throws -> MeasuredMoves {
    let text = """
      {"tenfold-moves": 1, "collector": "c", "plan": "", "host": "HV-R1-01",
       "collected": "2026-11-27T01:02:03Z", "runs": [\(runs.joined(separator: ","))]}
      """
    return try MovesJSON.moves(from: Array(text.utf8), file: "m")
  }

  @Test("Runs are rows; the fastest that moved all is named, and what did not move says why")
  func text() throws {
    let moves = try Self.moves([
      Self.run("TCPIP", 1, 20_000), Self.run("Compression", 2, 8000),
      Self.run("SMB", 2, 4000, moved: [true, false]), Self.run("SMB", 4, 8000),
    ])
    let text = MovesText.text(moves) { _ in 4 }
    #expect(text.contains("fastest from HV-R1-01 to HV-R2-01: Compression, 2 at once\n"), "\(text)")
    #expect(text.contains("1 guest did not move: vm1: no access"), "\(text)")
    // 10 GB in 8 s are 10 Gbps.
    #expect(text.contains("8.0 s    4.0 s  10.0    4.0 s  0.0, 0.1"), "\(text)")
    let report = MovesReport(moves) { _ in nil }
    #expect(!report.good && report.runs.map(\.good) == [true, true, false, true])
    #expect(
      MovesText.text(try Self.moves([Self.run("SMB", 1, nil, moved: [])])) { _ in nil }
        .contains("fastest") == false)
  }

  @Test("By the plan a run takes what its ports need for the memory")
  func planned() throws {
    let path = "examples/starter-pair/expected/plan.json"
    let index = FabricIndex(
      try FabricJSON.fabric(from: try Repository.bytes(path), file: path))
    let known = try Self.moves([Self.run("SMB", 1, 9000)]).runs[0]
    // Two ports of 10 Gbps carry 9.9 Gbps of payload each, with jumbo frames.
    let seconds = try #require(known.planned(index))
    #expect(abs(seconds - 10e9 * 8 / (2 * 9.9e9)) < 0.1, "\(seconds)")
    #expect(try Self.moves([Self.run("SMB", 1, 9000, to: "nobody")]).runs[0].planned(index) == nil)
  }
}
