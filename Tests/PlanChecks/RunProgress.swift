import Foundation
import Synchronization

/// How far a long run is, on standard error: in place on a terminal, as a line for each tenth
/// elsewhere; failures at once, so that nobody waits for the end to see them.
final class RunProgress: Sendable {
  private let name: String
  private let total: Int
  private let isTerminal = isatty(2) == 1
  private let done = Mutex(0)

  init(_ name: String, of total: Int) {
    self.name = name
    self.total = total
  }

  /// One more is done.
  func advance(_ failures: [String]) {
    done.withLock { done in
      done += 1
      var text = failures.map { "FAILED \($0)\n" }.joined()
      if isTerminal {
        text = "\r\u{1B}[K" + text + "\(name): \(done) of \(total)" + (done == total ? "\n" : "")
      } else if done == total || done * 10 / total != (done - 1) * 10 / total {
        text += "\(name): \(done) of \(total)\n"
      }
      if !text.isEmpty { FileHandle.standardError.write(Data(text.utf8)) }
    }
  }
}
