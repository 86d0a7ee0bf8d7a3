import Glibc
import Quantities

/// The two streams that a command speaks through.
enum Terminal {
  /// Writes to standard output. A reader that went away (`| head`) is no error; a full disk is.
  static func print(_ text: String) throws(Failure) {
    let code = Files.put(Array(text.utf8), STDOUT_FILENO)
    if code != 0, code != EPIPE { throw .machine("cannot write", "standard output", code) }
  }

  /// Writes to standard error; nobody is told when that fails.
  static func complain(_ text: String) { _ = Files.put(Array(text.utf8), STDERR_FILENO) }

  /// Lets a write to a closed pipe fail instead of ending the process halfway.
  static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }
}

/// A line that tells what is going on, on a terminal only.
struct Progress {
  /// Whether the line is shown.
  var isShown: Bool

  /// Replaces the line.
  func step(_ text: String) {
    if isShown { Terminal.complain("\r\u{1B}[K\(text) ...") }
  }

  /// Takes the line away.
  func end() {
    if isShown { Terminal.complain("\r\u{1B}[K") }
  }
}
