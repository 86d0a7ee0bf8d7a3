import Glibc
import TenfoldTestSupport
import Testing

@testable import Transport

@Suite("The choice of a way to pack")
struct PackingChoiceTests {
  private static let ways: [PackingWay] = [.plain, .lz4, .zstd(level: 1), .zstd(level: 5)]
  /// Bytes a second that a core packs, and what comes of a byte.
  private static let speeds = [0.0, 600e6, 350e6, 90e6]
  private static let parts = [1.0, 0.45, 0.35, 0.28]

  /// Sends so many bytes over a link; seconds that it takes.
  private static func send(
    _ bytes: Int, over rate: (Double) -> Double, _ choice: inout PackingChoice,
    speeds: [Double] = speeds, parts: [Double] = parts, from start: Double = 0,
    share: Double = 1
  ) -> (seconds: Double, uses: [Int]) {
    let frame = 256 << 10
    // What the kernel holds, still to be carried.
    var (time, queued, uses) = (start, 0.0, Array(repeating: 0, count: ways.count))
    var (left, looked) = (bytes, start)
    var (carried, wasFull) = (0.0, true)
    func pass(_ seconds: Double) {
      let most = min(queued, seconds * rate(time))
      wasFull = wasFull && queued > seconds * rate(time)
      queued -= most
      carried += most
      time += seconds
      guard time - looked >= 0.01 else { return }
      if wasFull { choice.carried(Int(carried), seconds: time - looked, at: time) }
      (looked, carried, wasFull) = (time, 0, true)
    }
    while left > 0 {
      var way = 0
      step: while true {
        switch choice.next(at: time, share: share) {
        case .send(let chosen):
          if chosen > 0 {
            pass(Double(frame) / speeds[chosen])
            choice.packed(
              chosen, frame, into: Int(Double(frame) * parts[chosen]),
              seconds: Double(frame) / speeds[chosen])
          }
          way = chosen
          break step
        case .attempt(let tried):
          pass(Double(frame) / speeds[tried])
          choice.packed(
            tried, frame, into: Int(Double(frame) * parts[tried]),
            seconds: Double(frame) / speeds[tried])
        }
      }
      uses[way] += 1
      queued += Double(frame) * (way == 0 ? 1 : parts[way])
      // The kernel takes two megabytes, then it lets wait.
      while queued > Double(2 << 20) { pass(min(0.001, Double(1 << 20) / rate(time))) }
      if way == 0 { pass(1e-5) }
      left -= frame
    }
    return (time - start + queued / rate(time), uses)
  }

  private static func best(_ rate: Double) -> (way: Int, rate: Double) {
    let all = ways.indices.map { $0 == 0 ? rate : min(speeds[$0], rate / parts[$0]) }
    let most = all.max() ?? 0
    return (all.firstIndex(of: most) ?? 0, most)
  }

  @Test(
    "On every link it gets what the best way gets, but for what it takes to find that out",
    arguments: [5e6, 12.5e6, 40e6, 125e6, 280e6, 500e6, 700e6, 1.25e9, 5e9])
  func every(_ rate: Double) {
    var choice = PackingChoice(Self.ways)
    let bytes = Int(rate * 20)
    let (seconds, uses) = Self.send(bytes, over: { _ in rate }, &choice)
    let best = Self.best(rate)
    #expect(Double(bytes) / seconds > 0.93 * best.rate, "\(uses) \(choice.known)")
    if rate > 700e6 {
      #expect(Double(bytes) / seconds > 0.98 * rate, "\(uses)")
      #expect(uses[1...].allSatisfy { $0 == 0 })
    }
  }

  @Test("What cannot be packed goes as it is")
  func random() {
    var choice = PackingChoice(Self.ways)
    let parts = [1.0, 1, 1, 1]
    let (seconds, uses) = Self.send(
      400 << 20, over: { _ in 20e6 }, &choice, parts: parts)
    #expect(Double(400 << 20) / seconds > 0.98 * 20e6)
    #expect(uses[0] == uses.reduce(0, +))
  }

  @Test("It follows a link that gets slower and faster")
  func changes() {
    var choice = PackingChoice(Self.ways)
    let first = Self.send(2 << 30, over: { _ in 2e9 }, &choice)
    #expect(first.uses[0] == first.uses.reduce(0, +))
    let second = Self.send(1 << 30, over: { _ in 20e6 }, &choice, from: 2)
    // Half a second of it, until it is sure that the link is slow.
    #expect(second.uses[0] < 60)
    let third = Self.send(30 << 30, over: { _ in 2e9 }, &choice, from: 30)
    #expect(Double(30 << 30) / third.seconds > 0.8 * 2e9, "\(third)")
    #expect(choice.current == 0)
  }

  @Test("A fast link that somebody else's work holds up now and then is no slow one")
  func heldUp() {
    let rate = { (time: Double) in time.truncatingRemainder(dividingBy: 0.3) < 0.08 ? 0.1e9 : 2e9 }
    var (choice, plain) = (PackingChoice(Self.ways), PackingChoice([.plain]))
    let (seconds, uses) = Self.send(20 << 30, over: rate, &choice)
    let alone = Self.send(20 << 30, over: rate, &plain).seconds
    #expect(seconds < 1.03 * alone, "\(uses)")
  }

  @Test("Of connections that share processors none packs as if it had one for itself")
  func shared() {
    // A quarter of what two processors carry, with a processor now and then for itself.
    let rate = { (_: Double) in 400e6 }
    var (choice, alone) = (PackingChoice(Self.ways), PackingChoice(Self.ways))
    let (_, uses) = Self.send(4 << 30, over: rate, &choice, share: 0.5)
    #expect(uses[0] == uses.reduce(0, +), "\(uses)")
    #expect(Self.send(4 << 30, over: rate, &alone).uses[1] > 0)
  }

  @Test(
    "Idle processors are read from the kernel's first line",
    arguments: [
      ("cpu  10 20 30 400 500 6 7 8 9 10\ncpu0 1 2 3 4 5\n", 9.0), ("cpu  1 2 3 400 0 1", 4),
      ("cpu0 1 2 3 4 5 6", nil), ("cpu  1 2 3", nil), ("cpu  1 2 3 x 5 6", nil), ("", nil),
    ] as [(String, Double?)])
  func idle(_ text: String, _ seconds: Double?) {
    let found = PackingProcessors.idleSeconds(Array(text.utf8))
    #expect(found.map { $0 * Double(sysconf(Int32(_SC_CLK_TCK))) } == seconds.map { $0 * 100 })
  }

  @Test("What is told break-even is where the fastest way stops to pay")
  func even() throws {
    var choice = PackingChoice(Self.ways)
    _ = Self.send(1 << 30, over: { _ in 50e6 }, &choice)
    let even = try #require(choice.breakEven(1))
    #expect(abs(even / 600e6 - 1) < 0.01)
  }
}

extension PackingChoice {
  /// A frame that had a processor for itself.
  fileprivate mutating func packed(
    _ way: Int, _ bytes: Int, into packed: Int, seconds: Double
  ) {
    self.packed(way, bytes, into: packed, seconds: seconds, processorSeconds: seconds)
  }
}
