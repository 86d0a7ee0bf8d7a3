import TenfoldTestSupport
import Testing

@testable import Forecast

@Suite("Guests over the hosts of a cluster")
struct GuestPoolTests {
  @Test("Guests go where most places are free, each to the first of equal ones")
  func levelled() {
    #expect(GuestPool.levelled(3, over: [5, 5]) == [2, 1])
    #expect(GuestPool.levelled(4, over: [1, 6, 3]) == [0, 4, 0])
    #expect(GuestPool.levelled(10, over: [1, 6, 3]) == [1, 6, 3])
    #expect(GuestPool.levelled(0, over: [1, 2]) == [0, 0])
    #expect(GuestPool.levelled(2, over: []) == [])
  }

  @Test("As if each were placed by itself, whatever is free")
  func oneByOne() {
    for seed in UInt64(0)..<500 {
      var random = SplitMix64(seed: seed)
      let free = (0..<(1 + random.next() % 9)).map { _ in Int(random.next() % 12) }
      let guests = Int(random.next() % UInt64(free.reduce(0, +) + 1))
      var left = free
      for _ in 0..<guests {
        let most = left.indices.max { (left[$0], $1) < (left[$1], $0) } ?? 0
        left[most] -= 1
      }
      #expect(GuestPool.levelled(guests, over: free) == zip(free, left).map { $0 - $1 }, "\(seed)")
    }
  }
}
