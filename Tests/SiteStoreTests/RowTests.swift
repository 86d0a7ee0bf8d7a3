import Quantities
import SiteModel
import SiteStore
import Testing

/// Where rows stand.
@Suite("Rows")
struct RowTests {
  private func read(_ rows: [String], stated: String = "") throws(Findings) -> Site {
    let racks = rows.enumerated().map { "{ name: r\($0.offset), row: \($0.element) }" }
    let text = """
      tenfold: 1
      hosts: 4
      room:
        racks: [ \(racks.joined(separator: ", ")) ]
        \(stated)

      """
    return try SiteReader.read(
      bytes: Array(text.utf8), file: "site.yaml",
      today: CalendarDate(year: 2026, month: 11, day: 23)!)
  }

  @Test(
    "Letters and numbers say where a row stands, other names their order in the file",
    arguments: [
      (["C", "A", "B"], [2, 0, 1]), (["A", "B", "D"], [0, 1, 3]), (["b", "d"], [0, 2]),
      (["2", "10", "3"], [0, 8, 1]), (["row-4", "row-2"], [2, 0]), (["r09", "r10"], [0, 1]),
      // A letter twice, letters and numbers, numbers behind different words, numbers far apart.
      (["A", "b", "a"], [0, 1, 2]), (["B", "1", "A"], [0, 1, 2]), (["x2", "y1"], [0, 1]),
      (["2001", "101"], [0, 1]), (["south", "north"], [0, 1]),
      (["99999999999999999999", "1"], [0, 1]),
    ])
  func places(_ rows: [String], _ places: [Int]) throws {
    #expect(try read(rows).room.racks.map(\.row) == places)
  }

  @Test("The file may list the rows in order, those without racks included")
  func stated() throws {
    let site = try read(["C", "A"], stated: "rows: [C, hall, corridor, A]")
    #expect(site.room.racks.map(\.row) == [0, 3])
    #expect(!site.defaults.contains { $0.key == "room.rows" })
  }

  @Test("The order that was taken and the distances are among the defaults")
  func shown() throws {
    let taken = try #require(try read(["D", "A", "B"]).defaults.first { $0.key == "room.rows" })
    #expect(taken.value == "A, B, D")
    #expect(taken.reason.contains("alphabet"))
    #expect(
      taken.reason.contains("B lies 1 row pitch from A, D lies 3 row pitches from A"))
    let single = try read(["D", "D"])
    #expect(!single.defaults.contains { $0.key == "room.rows" })
  }

  @Test("A row that the list leaves out is an error at its rack")
  func missing() throws {
    let findings = #expect(throws: Findings.self) {
      try read(["A", "B"], stated: "rows: [A, C]")
    }
    let finding = try #require(findings?.all.first)
    #expect(finding.rule == "unknown-row" && finding.position?.line == 4)
    #expect(finding.message.contains("row `B`"))
  }
}
