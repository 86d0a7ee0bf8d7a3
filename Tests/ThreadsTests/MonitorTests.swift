import Testing
import Threads

@Suite("A value that threads wait for")
struct MonitorTests {
  @Test("Whoever waits sees what another thread makes of it")
  func wakes() {
    let monitor = Monitor(0)
    var work = Work()
    let isStarted = work.start {
      for _ in 0..<1000 { monitor.change { $0 += 1 } }
    }
    #expect(isStarted)
    let seen = monitor.wait(for: .seconds(60)) { $0 == 1000 ? $0 : nil }
    work.finish()
    #expect(seen == 1000)
  }

  @Test("Nobody waits longer than he wants to")
  func limit() {
    let monitor = Monitor(false)
    let start = ContinuousClock.now
    let seen: Bool? = monitor.wait(for: .milliseconds(30)) { $0 ? true : nil }
    #expect(seen == nil && ContinuousClock.now - start >= .milliseconds(30))
  }

  @Test("What one makes of it when he waits, another who waits sees")
  func chain() {
    let monitor = Monitor(1)
    var work = Work()
    let isStarted = work.start {
      _ = monitor.wait(for: .seconds(60)) { value -> Bool? in
        guard value == 2 else { return nil }
        value = 3
        return true
      }
    }
    #expect(isStarted)
    monitor.change { $0 = 2 }
    let seen = monitor.wait(for: .seconds(60)) { $0 == 3 ? $0 : nil }
    work.finish()
    #expect(seen == 3)
  }
}
