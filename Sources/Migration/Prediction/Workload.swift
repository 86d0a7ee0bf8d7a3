import Glibc

/// How a guest writes to its memory.
public struct Workload: Hashable, Sendable {
  /// Which pages it writes to.
  public enum Pattern: Hashable, Sendable {
    /// Any, each as often as every other.
    case uniform
    /// A part of the writes, from 0 to 1, goes to a part of the pages; the rest to any.
    case hotSpot(writes: Double, pages: Double)
    /// One after the other, from the start again at the end.
    case sequential
    /// Any, for `on` seconds at the whole rate, then for `off` seconds not at all.
    case burst(on: Double, off: Double)
  }

  /// Pages that it writes to at all.
  public var pages: Int
  /// Writes a second, each to one page.
  public var writesPerSecond: Double
  public var pattern: Pattern

  /// Makes a workload.
  public init(pages: Int, writesPerSecond: Double, pattern: Pattern) {
    self.pages = pages
    self.writesPerSecond = writesPerSecond
    self.pattern = pattern
  }

  /// Pages that are written to at least once from one moment to another, as expected.
  ///
  /// Of N pages that are written to at random, n writes leave N e^(-n/N) alone (the classical occupancy
  /// problem; W. Feller, "An Introduction to Probability Theory", volume 1, chapter IV).
  /// - Parameters:
  ///   - start: Seconds since the guest began.
  ///   - time: Seconds from then on.
  ///   - speed: Part of its rate that it is let run at, from 0 to 1.
  public func written(from start: Double, for time: Double, speed: Double = 1) -> Double {
    guard pages > 0, time > 0, writesPerSecond > 0, speed > 0 else { return 0 }
    let all = Double(pages)
    let writes = writesPerSecond * speed * time
    func hit(_ writes: Double, of pages: Double) -> Double {
      pages > 0 ? -pages * expm1(-writes / pages) : 0
    }
    switch pattern {
    case .uniform: return hit(writes, of: all)
    case .hotSpot(let part, let hot):
      let (few, rest) = (all * hot, all - all * hot)
      let spread = writes * (1 - part)
      // Writes to any page fall on hot ones too.
      return hit(writes * part + spread * hot, of: few) + hit(spread * (1 - hot), of: rest)
    case .sequential: return min(all, writes)
    case .burst(let on, let off):
      return hit(writesPerSecond * speed * Self.active(start, time, on, off), of: all)
    }
  }

  /// Seconds of a span in which a guest of bursts writes.
  private static func active(_ start: Double, _ time: Double, _ on: Double, _ off: Double) -> Double
  {
    guard on > 0 else { return 0 }
    guard off > 0 else { return time }
    let period = on + off
    func until(_ moment: Double) -> Double {
      let whole = (moment / period).rounded(.down)
      return whole * on + min(moment - whole * period, on)
    }
    return until(start + time) - until(start)
  }
}
