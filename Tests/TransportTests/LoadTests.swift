import Glibc
import Quantities
import Synchronization
import Testing
import Threads

@testable import Transport

@Suite("Measurements of what TCP carries")
struct LoadTests {
  private static let loopback = IPv4Address(bits: 0x7F00_0001)

  private static func test(
    streams: Int = 1, warmUp: Int = 0, seconds: Int = 1
  ) -> LoadTest {
    LoadTest(streams: streams, warmUp: warmUp, seconds: seconds)
  }

  /// Both ends at once; what the sender is left with.
  private static func run(
    _ test: LoadTest, sender: LoadTest? = nil, cut: Duration? = nil
  ) throws -> Result<LoadResult, LoadFailure> {
    let listener = try LoadListener(test, on: loopback)
    let port = listener.port
    let start = ContinuousClock.now
    let isCut = { @Sendable in cut.map { ContinuousClock.now - start > $0 } ?? false }
    let result = Mutex<Result<LoadResult, LoadFailure>?>(nil)
    var work = Work()
    let isStarted = work.start {
      let own: Result<LoadResult, LoadFailure>
      do throws(LoadFailure) {
        own = .success(
          try LoadSender.run(
            sender ?? test, from: loopback, to: loopback, port: port, isCancelled: { false }))
      } catch {
        own = .failure(error)
      }
      result.withLock { $0 = own }
    }
    #expect(isStarted)
    listener.run(isCancelled: isCut)
    work.finish()
    return try #require(result.withLock { $0 })
  }

  @Test("What arrives in the receiver's window is counted, over all streams", arguments: [1, 3])
  func counts(streams: Int) throws {
    let result = try Self.run(Self.test(streams: streams)).get()
    #expect(result.microseconds == 1_000_000)
    // A loopback that carries less than 100 Mbps is none.
    #expect((try #require(result.rate)).bitsPerSecond > 100_000_000)
  }

  @Test("Small messages go there and back, and what they took is told by rank")
  func delays() throws {
    var test = Self.test(warmUp: 1)
    (test.kind, test.priority) = (.delay, 3)
    let result = try Self.run(test).get()
    let delays = try #require(result.delays)
    // A message a millisecond, and what it takes.
    #expect((100...1000).contains(delays.count) && result.bytes == Int64(delays.count) * 64)
    #expect(delays.median > 0 && delays.median <= delays.p99)
    #expect(delays.p99 <= delays.p999 && delays.p999 <= delays.longest)
    let known = Delays((1...1000).reversed().map { Int64($0) })
    #expect(known == Delays(count: 1000, median: 500, p99: 990, p999: 999, longest: 1000))
    #expect(Delays([7]) == Delays(count: 1, median: 7, p99: 7, p999: 7, longest: 7))
    #expect(Delays([]) == nil)
  }

  @Test("Nothing of the warm-up counts")
  func warmUp() throws {
    let start = ContinuousClock.now
    let result = try Self.run(Self.test(warmUp: 1)).get()
    #expect(ContinuousClock.now - start >= .seconds(2))
    #expect(result.microseconds == 1_000_000)
  }

  @Test("A sender sends nothing to somebody who does not know the secret")
  func strangerReceives() throws {
    var own = Self.test()
    own.meeting = .seconds(1)
    let other = Self.test()
    let failure = #expect(throws: LoadFailure.self) { try Self.run(own, sender: other).get() }
    #expect(failure?.description.contains("nobody at 127.0.0.1 waits") == true)
  }

  @Test("A stranger takes nobody's place")
  func strangerSends() throws {
    let test = Self.test()
    let listener = try LoadListener(test, on: Self.loopback)
    let port = listener.port
    let result = Mutex<LoadResult?>(nil)
    let wasRefused = Mutex(false)
    var work = Work()
    let isStarted = work.start {
      guard let stranger = try? TCPSocket() else { return }
      try? stranger.connect(to: Self.loopback, port: port, within: .seconds(5))
      stranger.limitWaits(100)
      _ = stranger.read(TransferSecret.proofLength, within: .seconds(1))
      _ = stranger.write([UInt8](repeating: 0x30, count: 64), within: .seconds(1))
      // It is closed, without a report.
      let answer = stranger.read(1, within: .seconds(3))
      wasRefused.withLock { $0 = answer == nil }
      let counted = try? LoadSender.run(
        test, from: Self.loopback, to: Self.loopback, port: port, isCancelled: { false })
      result.withLock { $0 = counted }
    }
    #expect(isStarted)
    listener.run(isCancelled: { false })
    work.finish()
    #expect(wasRefused.withLock { $0 })
    #expect(result.withLock { $0 } != nil)
  }

  @Test("Strangers who say nothing keep nobody waiting")
  func idleStrangers() throws {
    let test = Self.test()
    let listener = try LoadListener(test, on: Self.loopback)
    let port = listener.port
    let result = Mutex<LoadResult?>(nil)
    var work = Work()
    let isStarted = work.start {
      var idle = Strangers()
      for _ in 0..<12 { idle.add(to: Self.loopback, port: port) }
      let counted = try? LoadSender.run(
        test, from: Self.loopback, to: Self.loopback, port: port, isCancelled: { false })
      result.withLock { $0 = counted }
      idle.leave()
    }
    #expect(isStarted)
    listener.run(isCancelled: { false })
    work.finish()
    #expect(result.withLock { $0 } != nil)
  }

  @Test("Nobody waits for ever: for a sender that does not come, or a receiver that goes")
  func deadlines() throws {
    var alone = Self.test()
    alone.meeting = .milliseconds(500)
    let listener = try LoadListener(alone, on: Self.loopback)
    let start = ContinuousClock.now
    listener.run(isCancelled: { false })
    #expect(ContinuousClock.now - start < .seconds(10))

    let failure = #expect(throws: LoadFailure.self) {
      try Self.run(Self.test(seconds: 30), cut: .milliseconds(700)).get()
    }
    #expect(failure?.description == "0 of 1 connections were counted to the end")
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test("An address that is not of this machine is refused, with the system's word")
  func foreignAddress() throws {
    let test = Self.test()
    let foreign = IPv4Address(bits: 0xC000_0201)
    let failure = #expect(throws: LoadFailure.self) {
      _ = try LoadListener(test, on: foreign)
    }
    #expect(failure?.description.contains("192.0.2.1: Cannot assign") == true)
  }

  @Test("Rates are exact, and out of range is nil")
  func rates() {
    func rate(_ bytes: Int64, _ microseconds: Int64) -> Int64? {
      LoadResult(bytes: bytes, microseconds: microseconds, retransmissions: 0).rate?.bitsPerSecond
    }
    #expect(rate(1_250_000_000, 1_000_000) == 10_000_000_000)
    #expect(rate(1, 3) == 2_666_666)
    #expect(rate(.max, 1) == nil)
    // What a lying agent may say: within the limits of a message, and too large for a rate.
    #expect(rate(1 << 50, 600) == nil)
    #expect(rate(5, 0) == nil)
    #expect(rate(-1, 5) == nil)
  }

  @Test("A report is read back, and nothing else is one")
  func reports() {
    let report = LoadReport(bytes: 0x0102_0304_0506_0708, microseconds: 3_000_000)
    #expect(LoadReport(report.bytes) == report)
    #expect(report.bytes.prefix(8) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(LoadReport([UInt8](repeating: 0xFF, count: 16)) == nil)
    #expect(LoadReport([UInt8](repeating: 0, count: 16)) == nil)
    #expect(LoadReport([1]) == nil)
  }

  @Test("A secret is thirty-two digits, and new each time")
  func secrets() {
    let secret = TransferSecret().text
    #expect(secret.utf8.count == 32 && secret != TransferSecret().text)
    #expect(TransferSecret(secret)?.text == secret)
    for wrong in ["", "0", String(repeating: "g", count: 32), secret.uppercased() + "A"] {
      #expect(TransferSecret(wrong) == nil)
    }
  }
}

/// Connections of somebody who says nothing.
private struct Strangers {
  private final class One {
    let socket: TCPSocket
    init(_ socket: consuming TCPSocket) { self.socket = socket }
  }
  private var all: [One] = []

  mutating func add(to address: IPv4Address, port: Int) {
    guard let socket = try? TCPSocket() else { return }
    guard (try? socket.connect(to: address, port: port, within: .seconds(5))) != nil else { return }
    all.append(One(socket))
  }

  mutating func leave() { all = [] }
}
