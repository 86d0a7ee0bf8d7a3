import Glibc
import Migration
import Quantities
import Synchronization
import Threads
import Transport

/// What packing makes of the memory of a real guest, beside sending it as it is.
public enum PackingCheck {
  /// Sends the content of an image so often, without the pages that hold nothing.
  /// - Returns: bytes of content a second, and the bytes that went over the link; `nil` where it did not
  ///   arrive as it was sent.
  static func transfer(
    _ pair: HostPair, _ memory: GuestMemory, ways: [PackingWay], streams: Int, times: Int
  ) -> (rate: Double, sent: Int)? {
    guard let way = pair.ways.first, let landed = GuestMemory(pages: memory.pages) else {
      return nil
    }
    let secret = TransferSecret()
    let receiver = HostPair.within(pair.target) {
      try? TransferReceiver(secret, into: landed.transfer, on: [way.other])
    }
    guard let receiver = receiver ?? nil, let port = receiver.ports.first else { return nil }
    let isOver = Atomic(false)
    var work = Work()
    guard work.start({ _ = receiver.run { isOver.load(ordering: .relaxed) } }) else { return nil }
    let path = TransferPath(own: way.own, other: way.other, port: port)
    let content = memory.content
    let result = HostPair.within(pair.source) { () -> (Double, Int)? in
      let transport = LaneTransport(
        secret, of: memory.transfer, over: Array(repeating: path, count: streams), ways: ways,
        sharesPages: true, within: .seconds(300))
      defer { transport.cancel() }
      let start = ContinuousClock.now
      for _ in 0..<times {
        transport.send(content)
        guard (try? transport.flush()) != nil else { return nil }
      }
      let time = (ContinuousClock.now - start) / .seconds(1)
      return (Double(Extent.count(content) * times) / time, transport.networkBytes)
    }
    isOver.store(true, ordering: .relaxed)
    work.finish()
    guard let result = result ?? nil, landed.hashes() == memory.hashes() else { return nil }
    return result
  }

  /// Sends it in both ways, again and again in turns.
  /// - Returns: the median of how many times the rate of plain bytes packed ones have.
  public static func gain(
    _ pair: HostPair, _ image: MemoryImage, streams: Int, times: Int, turns: Int
  ) -> Double? {
    guard let memory = GuestMemory(pages: image.pages), image.load(into: memory) else { return nil }
    var gains: [Double] = []
    for turn in 0..<turns {
      // Neither is always the first.
      let both = [[PackingWay.plain], PackingWay.available]
      let order = turn % 2 == 0 ? both : both.reversed()
      var rates: [Bool: (rate: Double, sent: Int)] = [:]
      for ways in order {
        rates[ways.count > 1] = transfer(
          pair, memory, ways: ways, streams: streams, times: times)
      }
      guard let plain = rates[false], let packed = rates[true] else { return nil }
      gains.append(packed.rate / plain.rate)
      print(
        "    \(megabits(plain.rate)) Mbps as they are, \(megabits(packed.rate)) Mbps packed,"
          + " \(packed.sent / 1_000_000) of \(plain.sent / 1_000_000) MB")
    }
    return gains.sorted()[gains.count / 2]
  }

  private static func megabits(_ rate: Double) -> Int { Int(rate * 8 / 1e6) }
}

extension GuestMemory {
  /// Runs of pages that hold something.
  var content: [Extent] {
    let zero = GuestMemory(pages: 1)?.hashes().first
    var runs: [Extent] = []
    for (page, hash) in hashes().enumerated() where hash != zero {
      if let last = runs.last, last.offset + last.count == page * pageSize, last.count < 4 << 20 {
        runs[runs.count - 1].count += pageSize
      } else {
        runs.append(Extent(offset: page * pageSize, count: pageSize))
      }
    }
    return runs
  }
}

extension Extent {
  fileprivate static func count(_ extents: [Extent]) -> Int {
    extents.reduce(0) { $0 + $1.count }
  }
}
