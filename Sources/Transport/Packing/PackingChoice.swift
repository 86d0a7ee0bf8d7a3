/// Which way of packing carries most over a connection, of what was measured of the link and of each way:
/// one that makes of each byte a part r, c bytes a second, carries min(c, R / r) over a link of R, and
/// bytes as they are R. So packing pays on links slower than c, and on no others.
///
/// A value without a clock: times are seconds since whenever.
struct PackingChoice: Sendable {
  /// What is known of a way.
  struct Known: Hashable, Sendable {
    /// Bytes that come of one.
    var part: Double
    /// Bytes a second that went in, from a frame's begin to its end.
    var seen: Double
    /// The same for a second of a processor.
    var ofProcessor: Double

    /// Bytes a second that go in. A frame may have had a processor for itself by chance: what other
    /// connections leave of it when all of them pack is what counts.
    /// - Parameter share: Processors that there are for each connection.
    func bytesPerSecond(_ share: Double) -> Double { min(seen, most(share)) }

    /// No more than that, however it went before.
    func most(_ share: Double) -> Double { ofProcessor * min(share, 1) }

    /// An eighth of the way to what was measured now.
    func smoothed(_ new: Known) -> Known {
      Known(
        part: part + (new.part - part) / 8, seen: seen + (new.seen - seen) / 8,
        ofProcessor: ofProcessor + (new.ofProcessor - ofProcessor) / 8)
    }
  }

  /// What is to be done with the next frame.
  enum Step: Hashable {
    /// Send it this way.
    case send(Int)
    /// Pack it this way, tell what came of it, and ask again.
    case attempt(Int)
  }

  /// Seconds until it is seen whether what lost would win now, each time twice as long.
  private struct Pause {
    private var seconds = 0.25
    var end = 0.0
    mutating func begin(at time: Double) {
      end = time + seconds
      seconds = min(seconds * 2, 8)
    }
  }

  /// Gains below it are none.
  private static let gain = 1.05
  /// Of packing that is worth nothing.
  private static let noPart = 0.98
  /// Seconds for which bytes go as they are to see what the link carries.
  private static let look = 0.04

  let ways: [PackingWay]
  private(set) var known: [Known?]
  /// Seconds for which a link is taken to carry what it was seen to carry: what carries less for a moment
  /// was held up, by a processor with other work or by other traffic.
  private static let memory = 0.4

  /// Bytes a second of the link, as it was seen at its limit; `nil` before.
  private(set) var linkRate: Double?
  private var smoothRate: Double?
  private var lastPeak = 0.0
  private(set) var current = 0
  private var trials = Pause()
  private var looks = Pause()
  private var lookEnd: Double?

  /// - Parameter ways: The first is to send bytes as they are, then the fastest first.
  init(_ ways: [PackingWay]) {
    self.ways = ways
    known = Array(repeating: nil, count: ways.count)
  }

  /// What to do with a frame.
  /// - Parameter share: Processors that there are for each connection.
  mutating func next(at time: Double, share: Double) -> Step {
    guard ways.count > 1, let rate = linkRate else { return .send(0) }
    if let end = lookEnd {
      if time < end { return .send(0) }
      lookEnd = nil
    }
    if time >= trials.end {
      // The one in use is measured with each frame, and one for which there are no processors needs not
      // be.
      for place in ways.indices
      where place != current && known[place].map({ $0.most(share) >= rate }) ?? true {
        known[place] = nil
      }
      trials.begin(at: time)
    }
    for place in 1..<ways.count {
      guard let one = known[place] else { return .attempt(place) }
      // Slower ones are slower than the link too.
      if one.bytesPerSecond(share) < rate { break }
    }
    choose(rate, share, at: time)
    if current != 0, time >= looks.end {
      // Where the processor is the limit nobody sees what the link would carry.
      looks.begin(at: time)
      lookEnd = time + Self.look
      return .send(0)
    }
    return .send(current)
  }

  private mutating func choose(_ rate: Double, _ share: Double, at time: Double) {
    var (best, most) = (0, rate * Self.gain)
    for place in 1..<ways.count {
      guard let one = known[place], one.part < Self.noPart else { continue }
      let carried = min(one.bytesPerSecond(share), rate / max(one.part, 0.001))
      let bytes = carried * (place == current ? Self.gain : 1)
      if bytes > most { (best, most) = (place, bytes) }
    }
    if current == 0, best != 0 { looks.begin(at: time) }
    current = best
  }

  /// A frame was packed.
  /// - Parameters:
  ///   - seconds: From its begin to its end.
  ///   - processorSeconds: What it took of a processor.
  mutating func packed(
    _ way: Int, _ bytes: Int, into packed: Int, seconds: Double, processorSeconds: Double
  ) {
    guard known.indices.contains(way), bytes > 0, seconds > 0 else { return }
    let new = Known(
      part: Double(packed) / Double(bytes), seen: Double(bytes) / seconds,
      ofProcessor: Double(bytes) / max(processorSeconds, seconds / 1000))
    known[way] = known[way]?.smoothed(new) ?? new
  }

  /// The link carried so many bytes in a time in which more waited for it all along.
  mutating func carried(_ bytes: Int, seconds: Double, at time: Double) {
    guard seconds > 0 else { return }
    let rate = Double(bytes) / seconds
    let smooth = smoothRate.map { $0 + (rate - $0) / 4 } ?? rate
    smoothRate = smooth
    if smooth >= linkRate ?? 0 || time - lastPeak > Self.memory {
      (linkRate, lastPeak) = (smooth, time)
    }
    // It is at its limit as it is: nothing needs to be seen.
    if current != 0, lookEnd == nil, looks.end - time < Self.look { looks.begin(at: time) }
  }

  /// Bytes that come of one now.
  var part: Double { current == 0 ? 1 : known[current]?.part ?? 1 }

  /// Bytes a second of a link below which packing pays: what the fastest way packs that gains anything.
  func breakEven(_ share: Double) -> Double? {
    known.compactMap { $0 }.filter { $0.part < Self.noPart }.map { $0.bytesPerSecond(share) }.max()
  }
}
