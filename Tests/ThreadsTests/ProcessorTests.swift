import Foundation
import Synchronization
import Testing
import Threads

@Suite("Threads that stay on some processors")
struct ProcessorTests {
  /// Processors on which this thread may run, as the kernel lists them.
  private static var allowed: String {
    let status = (try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") } ?? ""
    return line.split(separator: "\t").last.map(String.init) ?? ""
  }

  @Test("A thread stays where it is told, and so do those that it starts")
  func stays() throws {
    // The first of those that there are, whoever limits them.
    let before = Self.allowed
    let first = try #require(Int(before.prefix { $0.isNumber }))
    let seen = Mutex<[String]>([])
    @Sendable func see(_ text: String) { seen.withLock { $0.append(text) } }
    var work = Work()
    let isStarted = work.start {
      #expect(!stay(onProcessors: [8000]) && !stay(onProcessors: []))
      see(Self.allowed)
      #expect(stay(onProcessors: [first, 8000]))
      see(Self.allowed)
      var more = Work()
      _ = more.start { see(Self.allowed) }
      more.finish()
    }
    work.finish()
    #expect(isStarted && seen.withLock { $0 } == [before, "\(first)", "\(first)"])
    // Whoever started it is where he was.
    #expect(Self.allowed == before)
  }
}
