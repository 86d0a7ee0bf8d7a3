import Glibc
import Testing
import Threads

@Suite("What processors work for a job")
struct ProcessorMeterTests {
  /// Works for so long by the clock of its thread.
  private static func work(_ time: Duration) {
    func taken() -> Duration {
      var now = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
      return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
    }
    let end = taken() + time
    while taken() < end {}
  }

  @Test("What threads work adds up; waiting is no work, nor is what others do")
  func sums() {
    let meter = ProcessorMeter()
    var others = Work()
    _ = others.start { Self.work(.milliseconds(200)) }
    let (_, _) = both(
      { meter.measure { Self.work(.milliseconds(30)) } },
      {
        meter.measure {
          Self.work(.milliseconds(20))
          usleep(100_000)
        }
      })
    others.finish()
    #expect(meter.total >= .milliseconds(50) && meter.total < .milliseconds(80))
  }

  @Test("A part of a part counts once, and so does one that fails")
  func nested() {
    struct Wrong: Error {}
    let meter = ProcessorMeter()
    #expect(throws: Wrong.self) {
      try meter.measure { () throws(Wrong) in
        meter.measure { Self.work(.milliseconds(40)) }
        throw Wrong()
      }
    }
    #expect(meter.total >= .milliseconds(40) && meter.total < .milliseconds(60))
  }

  @Test("It can be asked while threads are at it")
  func meanwhile() {
    let meter = ProcessorMeter()
    meter.measure {
      Self.work(.milliseconds(30))
      #expect(meter.total >= .milliseconds(30))
    }
    let after = meter.total
    Self.work(.milliseconds(5))
    #expect(meter.total == after)
  }
}
