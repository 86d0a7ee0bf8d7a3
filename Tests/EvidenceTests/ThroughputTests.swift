import Quantities
import Testing

@testable import Evidence

@Suite("Files of measurements")
struct ThroughputTests {
  private static func moment() throws -> Timestamp {
    try #require(Timestamp("2026-11-27T01:02:03Z"))
  }
  private static func sample() throws -> Throughput {
    let moment = try moment()
    return Throughput(
      plan: "abc", method: Throughput.Method(streams: 4, warmUp: 1, seconds: 3), planned: 3,
      rows: [
        Throughput.Row(
          from: IPv4Address(bits: 1), to: IPv4Address(bits: 2),
          measured: moment,
          outcome: .rate(DataRate(bitsPerSecond: 9_400_000_000), retransmissions: 7)),
        Throughput.Row(
          from: IPv4Address(bits: 2), to: IPv4Address(bits: 1),
          measured: moment,
          outcome: .failed("hv01: unreachable (\"no\nroute\")")),
      ])
  }

  private static func bytes() throws -> [UInt8] {
    let sample = try sample()
    return ThroughputLines.head(sample) + sample.rows.flatMap(ThroughputLines.line)
  }

  @Test("They are read back as they were written, a row a line")
  func roundTrip() throws {
    let (sample, bytes) = (try Self.sample(), try Self.bytes())
    #expect(try ThroughputLines.read(bytes, file: "m") == sample)
    #expect(bytes.count { $0 == 10 } == 3)
  }

  @Test("A file that was cut off anywhere is read up to the last whole line")
  func cut() throws {
    let (sample, bytes) = (try Self.sample(), try Self.bytes())
    let head = ThroughputLines.head(sample).count
    for length in 0..<bytes.count {
      let cut = Array(bytes.prefix(length))
      guard length >= head else {
        #expect(throws: Findings.self) { try ThroughputLines.read(cut, file: "m") }
        continue
      }
      let read = try ThroughputLines.read(cut, file: "m")
      #expect(read.rows == Array(sample.rows.prefix(cut.count { $0 == 10 } - 1)))
    }
  }

  @Test("What is none is refused at its line")
  func wrong() throws {
    let head = String(decoding: ThroughputLines.head(try Self.sample()), as: UTF8.self)
    for (text, line) in [
      ("{\"tenfold-throughput\":2}\n", 1), ("x\n", 1), (head + "{}\n", 2),
      (head + "{\"from\":\"10.0.0.1\",\"to\":\"x\",\"measured\":\"2026-11-27T00:00:00Z\"}\n", 2),
    ] {
      let findings = #expect(throws: Findings.self) {
        try ThroughputLines.read(Array(text.utf8), file: "m")
      }
      #expect(findings?.all.first?.position?.line == line)
    }
  }

  @Test("Damaged files crash nothing")
  func damaged() throws {
    var state: UInt64 = 9
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    let whole = try Self.bytes()
    var refused = 0
    for _ in 0..<5000 {
      var bytes = whole
      for _ in 0...(next() % 4) {
        bytes[Int(next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: next())
      }
      if (try? ThroughputLines.read(bytes, file: "m")) == nil { refused += 1 }
    }
    #expect(refused > 1000)
  }
}
