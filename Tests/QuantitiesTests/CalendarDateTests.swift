import Quantities
import Testing

@Suite struct CalendarDateTests {
  @Test(
    "Dates are read as precisely as they are known", arguments: ["2026", "2026-09", "2026-09-13"])
  func precision(text: String) {
    #expect(CalendarDate(iso: text)?.iso == text)
  }

  @Test(
    "What is no date is refused",
    arguments: [
      "", "26", "2026-9", "2026-13", "2026-00", "2026-02-30", "2025-02-29", "2026-09-13-01",
      "2026/09", "1899", "3000", "２０２６",
    ])
  func refused(text: String) {
    #expect(CalendarDate(iso: text) == nil)
  }

  @Test("Leap years follow the Gregorian rule")
  func leap() {
    #expect(CalendarDate(iso: "2024-02-29") != nil)
    #expect(CalendarDate(iso: "2000-02-29") != nil)
    #expect(CalendarDate(iso: "2100-02-29") == nil)
  }

  @Test("Unknown months and days count as the earliest, so a price never looks fresher than it is")
  func ages() throws {
    let today = try #require(CalendarDate(iso: "2026-11-23"))
    func months(_ text: String) throws -> Int {
      try #require(CalendarDate(iso: text)).months(to: today)
    }
    #expect(try months("2026") == 10)
    #expect(try months("2026-11") == 0)
    #expect(try months("2026-10-24") == 0)
    #expect(try months("2026-10-23") == 1)
    #expect(try months("2024-11-24") == 23)
    #expect(try months("2027-01-01") == -2)
  }

  @Test("A less precise date sorts before a more precise one of the same month")
  func order() throws {
    let texts = ["2025-12-31", "2026", "2026-09", "2026-09-01", "2026-10"]
    let dates = texts.compactMap { CalendarDate(iso: $0) }
    #expect(dates.sorted().map(\.iso) == texts)
  }
}
