import Evidence
import Foundation
import JSONText
import Quantities
import TenfoldTestSupport
import Testing

@testable import Migration
@testable import tenfold

@Suite("What was measured, for predictions")
struct MeasuredLinkTests {
  private static func drain(atOnce: Int, isPacked: Bool = false, isLAN: Bool = false)
    -> GuestDrain.Result
  {
    func round(_ pages: Int, _ milliseconds: Int) -> MigrationRound {
      MigrationRound(
        pages: pages, carried: pages, bytes: pages * 4112, time: .milliseconds(milliseconds),
        written: 0)
    }
    let reports = [1, 2, 3].map { number in
      // A hundred thousand pages a second, and 5 ms of each pass.
      MigrationReport(
        outcome: .moved,
        rounds: [round(100_000 * number, 1005 * number - 5 * (number - 1)), round(1000, 15)],
        total: .milliseconds(1005 * number + 100), setUp: .milliseconds(40),
        blackOut: .milliseconds(17), comparison: .milliseconds(10 * number), excuse: "",
        throttle: 0, tracking: nil, isPostCopy: false,
        processorTime: .milliseconds(300 * number), targetProcessorTime: .milliseconds(200 * number)
      )
    }
    return GuestDrain.Result(
      plan: "0123", from: "hv-r1-01", to: "hv-r2-01", ways: 1,
      shape: DrainShape(atOnce: atOnce, streams: 2),
      reports: reports.map { .success($0) }, seconds: 7,
      predicted: isLAN ? nil : DrainPrediction(total: 5, migrations: []),
      blackOut: .milliseconds(300), isPacked: isPacked)
  }

  @Test("What validate migration writes is what predict reads")
  func back() throws {
    let result = Self.drain(atOnce: 1)
    let costs = try #require(result.fitted)
    #expect(abs(costs.bytesPerSecond / (100_000 * 4112) - 1) < 0.01, "\(costs)")
    #expect(abs(costs.perPass - 0.005) < 0.001 && costs.processorSecondsPerGigabyte > 0)
    let bytes = try JSONWriter.bytes(DrainReport(result))
    let link = try MeasuredLinkJSON.link(from: bytes, file: "link.json")
    #expect(link.plan == "0123" && link.from == "hv-r1-01" && link.to == "hv-r2-01")
    #expect(link.constants == MeasuredLink.Constants(costs))
    let read = link.constants.costs
    #expect(abs(read.bytesPerSecond / costs.bytesPerSecond - 1) < 1e-6)
    #expect(abs(read.setUp - costs.setUp) < 1e-6 && abs(read.blackOut - costs.blackOut) < 1e-6)
    #expect(abs(read.comparePerPage - costs.comparePerPage) < 1e-11)
    #expect(DrainText.text(result).contains("fitted: 3.3 Gbps of memory, 40 ms before it"))
  }

  @Test("Several at once carry together what each had beside the others")
  func several() throws {
    let (one, three) = (
      try #require(Self.drain(atOnce: 1).fitted), try #require(Self.drain(atOnce: 8).fitted)
    )
    #expect(abs(three.bytesPerSecond / one.bytesPerSecond - 3) < 1e-9)
    // An empty page takes as long as it did.
    #expect(
      abs(
        three.bytesPerZeroPage / three.bytesPerSecond / (one.bytesPerZeroPage / one.bytesPerSecond)
          - 1)
        < 1e-9)
    let bytes = try JSONWriter.bytes(DrainReport(Self.drain(atOnce: 3)))
    #expect(try MeasuredLinkJSON.link(from: bytes, file: "m").atOnce == 3)
    // No more go at once than there are.
    #expect(DrainReport(Self.drain(atOnce: 8)).atOnce == 3)
  }

  @Test("The last guests, beside which fewer went, settle no constants")
  func last() throws {
    // As if the third of three had the whole link.
    var result = Self.drain(atOnce: 2)
    guard case .success(var third) = result.reports[2] else { return }
    for place in third.rounds.indices { third.rounds[place].time /= 2 }
    result.reports[2] = .success(third)
    let (one, two) = (try #require(Self.drain(atOnce: 1).fitted), try #require(result.fitted))
    #expect(abs(two.bytesPerSecond / one.bytesPerSecond - 2) < 0.02)
  }

  @Test("A drain takes as long as its fullest place, each guest taking the first that is free")
  func places() {
    let times = [4, 1, 1, 1, 5].map { Duration.seconds($0) }
    #expect(GuestDrain.Result.seconds(times, atOnce: 1) == 12)
    #expect(GuestDrain.Result.seconds(times, atOnce: 2) == 8)
    #expect(GuestDrain.Result.seconds(times, atOnce: 9) == 5)
    #expect(GuestDrain.Result.seconds([], atOnce: 4) == 0)
  }

  @Test("Packed bytes and the LAN settle no constants; a file without them is refused")
  func none() throws {
    for result in [Self.drain(atOnce: 1, isLAN: true), Self.drain(atOnce: 1, isPacked: true)] {
      #expect(result.fitted == nil && !DrainText.text(result).contains("fitted"))
      let bytes = try JSONWriter.bytes(DrainReport(result))
      #expect(throws: Findings.self) {
        try MeasuredLinkJSON.link(from: bytes, file: "link.json")
      }
    }
  }

  @Test("The largest and the smallest numbers that a file may hold are predicted with")
  func extremes() throws {
    let text = try String(
      decoding: JSONWriter.bytes(DrainReport(Self.drain(atOnce: 1))), as: UTF8.self)
    let start = try #require(text.range(of: "\"fitted\""))
    for value in ["1", "0", "1125899906842624"] {
      // Each number behind a name of a constant in turn.
      var rest = text[start.upperBound...]
      while let name = rest.range(of: "\": ") ?? rest.range(of: "\":"),
        let end = rest[name.upperBound...].firstIndex(where: { !$0.isNumber })
      {
        let digits = name.upperBound..<end
        rest = rest[end...]
        guard !digits.isEmpty else { break }
        let changed = text.replacingCharacters(in: digits, with: value)
        guard
          let link = try? MeasuredLinkJSON.link(from: Array(changed.utf8), file: "link.json")
        else { continue }
        let predicted = MigrationModel.predict(
          pages: 1 << 30, zeroPages: 1 << 29,
          Workload(pages: 1 << 20, writesPerSecond: 1e4, pattern: .uniform),
          link.constants.costs, MigrationMachine.Settings())
        #expect(predicted.total >= 0)
      }
    }
  }

  @Test("Damaged files are read within their limits or refused at their line")
  func damaged() throws {
    let whole = try JSONWriter.bytes(DrainReport(Self.drain(atOnce: 1)))
    var random = SplitMix64(seed: 4)
    var refused = 0
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0..<(1 + random.next() % 3) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      do throws(Findings) {
        let link = try MeasuredLinkJSON.link(from: bytes, file: "link.json")
        let costs = link.constants.costs
        #expect(costs.bytesPerSecond > 0 && costs.bytesPerSecond.isFinite && costs.setUp >= 0)
        let predicted = MigrationModel.predict(
          pages: 4 << 20, zeroPages: 2 << 20,
          Workload(pages: 1 << 20, writesPerSecond: 1e4, pattern: .uniform), costs,
          MigrationMachine.Settings())
        #expect(predicted.total >= 0)
      } catch {
        refused += 1
        #expect(error.all.count == 1 && error.all[0].position?.line ?? 0 > 0)
      }
    }
    #expect(refused > 100)
  }
}
