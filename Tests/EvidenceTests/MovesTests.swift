import Quantities
import TenfoldTestSupport
import Testing

@testable import Evidence

@Suite("Files of measured migrations")
struct MovesTests {
  private static let text = """
    {"tenfold-moves": 1, "collector": "tenfold-move-windows 1", "plan": "", "host": "HV1",
     "collected": "2026-11-27T01:02:03Z", "runs": [
      {"option": "SMB", "atOnce": 2, "from": "HV1", "to": "HV2", "milliseconds": 12345,
       "guests": [
        {"name": "vm [1]", "memory": 4294967296, "milliseconds": 6000, "outcome": "moved", "why": "",
         "blackOut": "0.5"},
        {"name": "vm 2", "memory": 8589934592, "milliseconds": null, "outcome": "failed",
         "why": "no access", "blackOut": null}],
       "ports": [{"name": "nic1-p1", "sent": 13000000000, "received": 5}]}]}
    """

  private static func moves(_ text: String) throws -> MeasuredMoves {
    try MovesJSON.moves(from: Array(text.utf8), file: "m.json")
  }

  @Test("What the script writes is read, and what was not measured is nothing")
  func read() throws {
    let moves = try Self.moves(Self.text)
    let run = try #require(moves.runs.first)
    #expect(
      moves.host == "HV1" && moves.plan.isEmpty && moves.collected.description.contains("2026"))
    #expect(run.option == "SMB" && run.atOnce == 2 && run.from == "HV1" && run.to == "HV2")
    #expect(run.milliseconds == 12345 && !run.isGood)
    #expect(run.guests.map(\.isMoved) == [true, false])
    #expect(run.guests.map(\.milliseconds) == [6000, nil])
    #expect(run.guests.map(\.blackOut) == ["0.5", nil])
    #expect(run.guests[1].why == "no access")
    #expect(run.ports == [MeasuredMoves.Port(name: "nic1-p1", sent: 13_000_000_000, received: 5)])
  }

  @Test("As Windows PowerShell writes files, with a byte order mark or in UTF-16, it is read too")
  func encodings() throws {
    let plain = try Self.moves(Self.text)
    let marked = try MovesJSON.moves(from: [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), file: "m")
    let wide = Self.text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(marked == plain)
    #expect(try MovesJSON.moves(from: [0xFF, 0xFE] + wide, file: "m") == plain)
  }

  @Test(
    "What is no such file is refused at its place",
    arguments: [
      ("\"tenfold-moves\": 1", "\"tenfold-moves\": 2", "format"),
      ("\"moved\"", "\"maybe\"", "outcome"), ("12345", "-1", "milliseconds"),
      ("\"atOnce\": 2", "\"atOnce\": \"2\"", "atOnce"), ("2026-11-27", "2026-13-27", "moment"),
      ("\"ports\": [", "\"ports\": {", "expected"), ("4294967296", "1e99", "memory"),
    ])
  func wrong(_ found: String, _ other: String, _ word: String) throws {
    let text = Self.text.replacing(found, with: other)
    let findings = #expect(throws: Findings.self) { try Self.moves(text) }
    let finding = try #require(findings?.all.first)
    #expect(finding.rule == "moves-file" && finding.position?.line ?? 0 > 0)
    #expect(finding.message.contains(word), "\(finding.message)")
  }

  @Test("Damaged files are read or refused, never more")
  func damaged() {
    var random = SplitMix64(seed: 9)
    let whole = Array(Self.text.utf8)
    var refused = 0
    for _ in 0..<5000 {
      var bytes = whole
      for _ in 0..<(1 + random.next() % 3) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      if random.next() % 4 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
      if (try? MovesJSON.moves(from: bytes, file: "m")) == nil { refused += 1 }
    }
    #expect(refused > 1000 && refused < 5000)
  }
}
