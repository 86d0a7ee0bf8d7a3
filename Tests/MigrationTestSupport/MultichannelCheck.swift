import Glibc
import Migration
import Quantities
import Synchronization
import TenfoldTestSupport
import Threads
import Transport

/// What several links carry together, and what becomes of a transfer when one of them is cut.
public enum MultichannelCheck {
  /// A transfer of memory over the links of a pair.
  struct Transfer {
    /// Seconds until all had landed.
    var seconds: Double
    /// Bytes that had landed, every 20 ms.
    var landed: [Int]
    /// Whether what landed is what was sent, each byte once.
    var isWhole: Bool
    /// Sample at which a link was cut.
    var cut: Int?
    /// Sample at which it was mended.
    var mended: Int?
  }

  /// What happens to a link while memory goes over it.
  struct Cut {
    /// Seconds after the start.
    var after: Double
    var link: LinkCut
    /// Seconds until it is mended; `nil` where it stays cut until the transfer has ended.
    var mendedAfter: Double?
  }

  /// - Parameters:
  ///   - ways: Links of the pair that are used.
  ///   - cut: What happens to one of them.
  static func transfer(
    _ pair: HostPair, over ways: [GuestMove.Way], bytes: Int, streams: Int, cut: Cut? = nil
  ) -> Transfer? {
    let size = max(1, bytes / 4096)
    guard let from = GuestMemory(pages: size), let to = GuestMemory(pages: size) else { return nil }
    from.fill(pages: size, seed: 7)
    let secret = TransferSecret()
    let receiver = HostPair.within(pair.target) {
      try? TransferReceiver(secret, into: to.transfer, on: ways.map(\.other))
    }
    guard let receiver = receiver ?? nil else { return nil }
    let isOver = Atomic(false)
    var work = Work()
    guard work.start({ _ = receiver.run { isOver.load(ordering: .relaxed) } }) else { return nil }
    let paths = zip(ways, receiver.ports).flatMap { way, port in
      Array(
        repeating: TransferPath(own: way.own, other: way.other, port: port), count: streams)
    }
    let landed = Mutex<(samples: [Int], cut: Int?, mended: Int?)>(([], nil, nil))
    let isDone = Atomic(false)
    var sampling = Work()
    _ = sampling.start {
      let start = ContinuousClock.now
      while !isDone.load(ordering: .relaxed) {
        let count = receiver.totals.carried
        landed.withLock { $0.samples.append(count) }
        let time = (ContinuousClock.now - start) / .seconds(1)
        let (isCut, isMended) = landed.withLock { ($0.cut != nil, $0.mended != nil) }
        if let cut, !isCut, time > cut.after {
          landed.withLock { $0.cut = $0.samples.count }
          _ = cut.link.make(pair)
        }
        if let cut, let mendedAfter = cut.mendedAfter, !isMended, time > cut.after + mendedAfter {
          landed.withLock { $0.mended = $0.samples.count }
          _ = cut.link.mend(pair)
        }
        usleep(20_000)
      }
    }
    let seconds = HostPair.within(pair.source) { () -> Double? in
      let start = ContinuousClock.now
      let transport = LaneTransport(secret, of: from.transfer, over: paths, within: .seconds(120))
      transport.send([Extent(offset: 0, count: from.count)])
      guard (try? transport.flush()) != nil else {
        transport.cancel()
        return nil
      }
      let time = (ContinuousClock.now - start) / .seconds(1)
      try? transport.finish()
      return time
    }
    isDone.store(true, ordering: .relaxed)
    isOver.store(true, ordering: .relaxed)
    sampling.finish()
    work.finish()
    guard let seconds = seconds ?? nil else { return nil }
    let isWhole = from.hashes() == to.hashes() && receiver.totals.carried == from.count
    return landed.withLock { landed in
      Transfer(
        seconds: seconds, landed: landed.samples, isWhole: isWhole, cut: landed.cut,
        mended: landed.mended)
    }
  }

  /// Bytes a second over some links, the median of three.
  public static func rate(
    _ pair: HostPair, links: [Int], bytes: Int, streams: Int = 2
  ) -> Double? {
    let ways = links.map { pair.ways[$0] }
    var times: [Double] = []
    for _ in 0..<3 {
      guard let one = transfer(pair, over: ways, bytes: bytes, streams: streams), one.isWhole
      else { return nil }
      times.append(one.seconds)
    }
    return Double(bytes) / times.sorted()[1]
  }

  /// Cuts the second link at a random moment, again and again.
  /// - Parameter rate: Bytes a second that the first link carries alone.
  /// - Returns: cases in which a byte was lost or came twice, or the rate of the first link was not there
  ///   again within a second; `nil` where nothing can be measured.
  public static func cuts(
    _ pair: HostPair, rate: Double, bytes: Int, interface: String, seed: UInt64, count: Int
  ) -> Int? {
    var random = SplitMix64(seed: seed)
    var (failures, slowest) = (0, 0)
    for number in 0..<count {
      let whole = Double(bytes) / rate / 2
      let after = whole * (0.05 + 0.8 * Double(random.next() % 1_000_000) / 1e6)
      // Every other time nobody is told: no carrier is lost, nothing comes any more.
      let link = LinkCut(interface: interface, isSilent: number % 2 == 1)
      guard
        let one = transfer(
          pair, over: pair.ways, bytes: bytes, streams: 2, cut: Cut(after: after, link: link))
      else {
        failures += 1
        print("  cut \(number) after \(Int(after * 1000)) ms: it did not end")
        continue
      }
      let pause = one.cut.flatMap { waited(one.landed, from: $0, rate: rate) } ?? 0
      slowest = max(slowest, pause)
      if one.cut == nil || !one.isWhole || pause > 1000 {
        failures += 1
        print(
          "  cut \(number) after \(Int(after * 1000)) ms: \(one.isWhole ? "" : "NOT whole, ")"
            + (one.cut == nil ? "NOT cut, " : "") + "\(pause) ms until the other link was full")
      }
      guard link.mend(pair) else { return nil }
      usleep(150_000)
    }
    print("  slowest: \(slowest) ms until the other link was full")
    return failures
  }

  /// Cuts the second link and mends it at random moments, while one long transfer lasts each time.
  /// - Parameters:
  ///   - rate: Bytes a second that both links carry together.
  /// - Returns: cases in which a byte was lost or came twice, or the rate of both links was not there again
  ///   within ``mostBack`` of the mending; `nil` where nothing can be measured.
  public static func returns(
    _ pair: HostPair, rate: Double, interface: String, seed: UInt64, count: Int
  ) -> Int? {
    var random = SplitMix64(seed: seed)
    var (failures, slowest) = (0, 0)
    for number in 0..<count {
      let cutFor = 0.2 + 2 * Double(random.next() % 1_000_000) / 1e6
      let cut = Cut(
        after: 0.5, link: LinkCut(interface: interface, isSilent: number % 2 == 1),
        mendedAfter: cutFor)
      let bytes = Int(rate * (0.5 + cutFor / 2 + Double(mostBack) / 1000 + 1))
      guard let one = transfer(pair, over: pair.ways, bytes: bytes, streams: 2, cut: cut),
        let mended = one.mended
      else {
        failures += 1
        print("  return \(number): it did not end, or ended before the link was mended")
        _ = cut.link.mend(pair)
        continue
      }
      let pause = waited(one.landed, from: mended, rate: rate)
      slowest = max(slowest, pause)
      if !one.isWhole || pause > mostBack {
        failures += 1
        print(
          "  return \(number) after \(Int(cutFor * 1000)) ms: \(one.isWhole ? "" : "NOT whole, ")"
            + "\(pause) ms until both links were full")
      }
    }
    print("  slowest: \(slowest) ms from a link mended until both were full")
    return failures
  }

  /// Milliseconds within which a mended link is used again: its connection is tried for 2 s, and again
  /// after 0.1 s.
  static let mostBack = 3000

  /// Milliseconds from a sample on until 200 ms carry nine tenths of a rate, or all has landed.
  private static func waited(_ landed: [Int], from start: Int, rate: Double) -> Int {
    let window = 10
    let end = landed.firstIndex(of: landed.last ?? 0) ?? landed.count
    var place = start
    while place < end, place + window < landed.count {
      let bytes = landed[place + window] - landed[place]
      if Double(bytes) >= rate * 0.9 * 0.02 * Double(window) { break }
      place += 1
    }
    return max(0, place - start) * 20
  }
}

/// A link that carries nothing any more.
struct LinkCut {
  var interface: String
  /// Whether both ends keep their carrier: something between them is broken.
  var isSilent: Bool

  func make(_ pair: HostPair) -> Bool {
    guard isSilent else { return set(pair, "down") }
    let rules =
      "add table netdev cut; add chain netdev cut frames"
      + " { type filter hook ingress device \"\(interface)\" priority 0; policy drop; }"
    return [pair.source, pair.target].allSatisfy { nft($0, rules) }
  }

  func mend(_ pair: HostPair) -> Bool {
    guard isSilent else { return set(pair, "up") }
    return [pair.source, pair.target].allSatisfy { nft($0, "delete table netdev cut") }
  }

  private func set(_ pair: HostPair, _ state: String) -> Bool {
    HostPair.run(["ip", "-n", pair.source, "link", "set", "dev", interface, state])
  }

  private func nft(_ namespace: String, _ rules: String) -> Bool {
    HostPair.run(["ip", "netns", "exec", namespace, "nft", rules])
  }
}

extension HostPair {
  /// Runs a program; whether it ended well.
  static func run(_ words: [String]) -> Bool {
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    guard posix_spawnp(&process, words[0], nil, nil, &arguments, environ) == 0 else { return false }
    var status: Int32 = 0
    return waitpid(process, &status, 0) == process && status == 0
  }
}
