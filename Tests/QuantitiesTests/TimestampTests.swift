import Quantities
import Testing

@Suite struct TimestampTests {
  @Test(
    "Moments are written as they are read",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_709_164_799, "2024-02-28T23:59:59Z"), (1_795_741_323, "2026-11-27T01:02:03Z"),
      (4_107_542_400, "2100-03-01T00:00:00Z"), (32_503_679_999, "2999-12-31T23:59:59Z"),
    ] as [(Int64, String)])
  func both(seconds: Int64, text: String) throws {
    #expect(Timestamp(text)?.seconds == seconds)
    #expect(try #require(Timestamp(seconds: seconds)).description == text)
  }

  @Test("A fraction of a second is dropped")
  func fraction() {
    #expect(Timestamp("2026-11-27T01:02:03.999999Z")?.description == "2026-11-27T01:02:03Z")
  }

  @Test("A leap second is the first of the next minute")
  func leapSecond() {
    #expect(Timestamp("2016-12-31T23:59:60Z")?.description == "2017-01-01T00:00:00Z")
  }

  @Test(
    "What is no moment is refused",
    arguments: [
      "", "2026-11-27", "2026-11-27 01:02:03Z", "2026-11-27T01:02:03", "2026-11-27T01:02:03+01:00",
      "2026-11-27T24:00:00Z", "2026-11-27T01:60:00Z", "2026-11-27T01:02:61Z",
      "2026-02-30T00:00:00Z",
      "2026-11-27T01:02:03.Z", "2026-11-27T01:02:03.5xZ", "2026-11-27T0a:02:03Z",
      "1969-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "2026-11-27T01:02:٠٣Z",
    ])
  func refused(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("Moments outside 1970 to 2999 are none")
  func range() {
    #expect(Timestamp(seconds: -1) == nil)
    #expect(Timestamp(seconds: 32_503_680_000) == nil)
    #expect(Timestamp(seconds: .max) == nil)
  }

  @Test("Days of ten centuries are read back")
  func days() throws {
    for day in stride(from: Int64(0), to: 376_000, by: 11) {
      let moment = try #require(Timestamp(seconds: day * 86_400 + 43_201))
      guard Timestamp(moment.description) == moment else {
        Issue.record("\(moment)")
        return
      }
    }
  }

  @Test("Earlier moments come first")
  func order() throws {
    let early = try #require(Timestamp("2026-11-27T01:02:03Z"))
    let late = try #require(Timestamp("2026-11-27T01:02:04Z"))
    #expect(early < late)
  }
}
