import Glibc

/// A process that takes a lab down when the one that holds it is gone, however that ended.
public struct LabGuardian: Sendable {
  private let descriptor: Int32

  /// Starts it: this program again, with words after which it reads its standard input to the end.
  /// - Parameter words: words of the command that waits and takes the lab down.
  public init(_ program: String, _ words: [String]) throws(LabFailure) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw LabFailure(.machine, "cannot make a pipe") }
    // Nobody but this process may hold the writing end: it is its death that counts.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer {
      close(null)
      close(ends[0])
    }
    descriptor = ends[1]
    _ = try ChildProcess.start([program] + words, input: ends[0], output: null)
  }

  /// Tells it that nobody needs it any more.
  public func dismiss() {
    _ = write(descriptor, "x", 1)
    close(descriptor)
  }

  /// The guardian's own part: waits for the end of standard input.
  /// - Returns: whether the holder died without a word.
  public static func wait() -> Bool {
    var byte: UInt8 = 0
    while true {
      let got = read(0, &byte, 1)
      if got > 0 { return false }
      if got == 0 { return true }
      if errno != EINTR { return true }
    }
  }
}
