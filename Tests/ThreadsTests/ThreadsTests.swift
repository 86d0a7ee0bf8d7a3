import Synchronization
import Testing
import Threads

@Suite struct ThreadsTests {
  private struct Odd: Error, Equatable { var number: Int }

  @Test("Results stand in the order of the elements", arguments: [0, 1, 2, 3, 100, 1000])
  func order(count: Int) {
    let squares = concurrentMap(Array(0..<count)) { $0 * $0 }
    #expect(squares == (0..<count).map { $0 * $0 })
  }

  @Test("Every element is looked at once")
  func once() {
    let seen = Mutex([Int](repeating: 0, count: 500))
    _ = concurrentMap(Array(0..<500)) { number in seen.withLock { $0[number] += 1 } }
    #expect(seen.withLock { $0 } == [Int](repeating: 1, count: 500))
  }

  @Test("Of several errors the first element's is thrown")
  func errors() {
    #expect(throws: Odd(number: 3)) {
      try concurrentMap(Array(0..<100)) { number throws(Odd) in
        if number > 2, number % 2 == 1 { throw Odd(number: number) }
        return number
      }
    }
  }

  @Test("A map within a map gives the same as one after the other")
  func nested() {
    let sums = concurrentMap(Array(1...20)) { outer in
      concurrentMap(Array(1...20)) { $0 * outer }.reduce(0, +)
    }
    #expect(sums == (1...20).map { $0 * 210 })
  }

  @Test("Both computations give their results, or the first one's error")
  func pairs() throws {
    let (word, number) = both({ "one" }, { 2 })
    #expect(word == "one" && number == 2)
    #expect(throws: Odd(number: 1)) {
      _ = try both({ throw Odd(number: 1) }, { throw Odd(number: 2) }) as (Int, Int)
    }
    #expect(throws: Odd(number: 2)) { _ = try both({ 1 }, { throw Odd(number: 2) }) as (Int, Int) }
  }
}
