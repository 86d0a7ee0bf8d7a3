import CSpawn
import Glibc

/// One run of `/bin/sh` over a script that stands on its standard input, in a session of its own, so
/// that it ends with all that it started.
struct ShellRun: ~Copyable {
  /// How it ended.
  enum End: Hashable {
    case exited(Int)
    case signalled(Int)
    case tooSlow, tooLong, cancelled
  }

  private let process: pid_t
  private let output: Int32
  private let errors: Int32

  /// Starts a run. The environment is fixed; nothing of the agent's own is in it.
  /// - Parameter folder: For its temporary files.
  init(
    _ script: [UInt8], arguments: [String], folder: String
  ) throws(CollectFailure) {
    let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "TMPDIR=\(folder)"]
    var started = tenfold_process()
    let code = ShellRun.withStrings(["/bin/sh", "-s", "--"] + arguments) { words in
      ShellRun.withStrings(environment) { environment in
        tenfold_spawn_script(script, script.count, words, environment, &started)
      }
    }
    guard code == 0 else { throw CollectFailure("cannot start the collector: error \(code)") }
    (process, output, errors) = (started.process, started.output, started.errors)
  }

  deinit {
    close(output)
    close(errors)
  }

  private static func withStrings<Value>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }

  /// Waits for the end, and ends it at the deadline.
  /// - Parameter limit: Most bytes of output.
  mutating func finish(
    within deadline: Duration, limit: Int, isCancelled: () -> Bool
  ) -> (end: End, output: [UInt8], errors: [UInt8]) {
    let start = ContinuousClock.now
    var (said, complaints): ([UInt8], [UInt8]) = ([], [])
    var why: End?
    var isOpen = true
    while isOpen, why == nil {
      var waiting = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      ]
      poll(&waiting, 2, 100)
      isOpen = ShellRun.drain(output, into: &said, keeping: limit + 1)
      _ = ShellRun.drain(errors, into: &complaints, keeping: 1 << 16)
      if said.count > limit { why = .tooLong }
      if isCancelled() { why = .cancelled }
      if ContinuousClock.now - start > deadline { why = .tooSlow }
    }
    _ = ShellRun.drain(errors, into: &complaints, keeping: 1 << 16)
    // Its output is closed when it is about to end; what outlives it would have kept it open.
    endSession(gently: why != nil)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = Int(status & 0x7F)
    let end = why ?? (signal == 0 ? .exited(Int(status >> 8 & 0xFF)) : .signalled(signal))
    return (end, said, complaints)
  }

  /// Takes what there is, a megabyte at a time, and keeps `most` bytes of it; `false` once the other
  /// end is closed.
  private static func drain(
    _ descriptor: Int32, into bytes: inout [UInt8], keeping most: Int
  ) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<16 {
      let got = read(descriptor, &chunk, chunk.count)
      if got > 0 {
        bytes += chunk.prefix(min(got, max(0, most - bytes.count)))
      } else if got == 0 {
        return false
      } else if errno != EINTR {
        return errno == EAGAIN
      }
    }
    return true
  }

  /// Ends every process of the run's session. `timeout` makes process groups of its own, so signals
  /// to one group would not reach all; the session's number stays taken until its leader is waited
  /// for, so it cannot be that of strangers.
  private func endSession(gently: Bool) {
    if gently {
      // The script removes its temporary files.
      for process in SessionProcesses.all(of: process) { kill(process, SIGTERM) }
      usleep(300_000)
    } else {
      for _ in 0..<20 where !hasEnded { usleep(50_000) }
    }
    for _ in 0..<20 {
      let left = SessionProcesses.all(of: process)
      guard !left.isEmpty else { return }
      for process in left { kill(process, SIGKILL) }
      usleep(20_000)
    }
  }

  /// Whether the shell has ended, left to be waited for.
  private var hasEnded: Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0
      && info.si_signo == SIGCHLD
  }
}

/// Finds the processes of a session in `/proc` (proc(5): field 6 of `stat`).
enum SessionProcesses {
  /// All that have not ended.
  static func all(of session: pid_t) -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let process = pid_t(name), belongs(process, to: session) else { continue }
      found.append(process)
    }
    return found
  }

  private static func belongs(_ process: pid_t, to session: pid_t) -> Bool {
    let descriptor = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let got = read(descriptor, &bytes, bytes.count)
    guard got > 0 else { return false }
    // The name, in brackets, may hold anything, brackets too.
    let text = bytes.prefix(got)
    guard let end = text.lastIndex(of: UInt8(ascii: ")")) else { return false }
    let fields = text[(end + 1)...].split(separator: 32)
    // State, parent, process group, session.
    guard fields.count > 3, fields[0] != [UInt8(ascii: "Z")][...] else { return false }
    return pid_t(String(decoding: fields[3], as: UTF8.self)) == session
  }
}
