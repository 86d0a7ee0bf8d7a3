import CLab
import Glibc

/// Runs programs, without a shell between.
enum ChildProcess {
  /// How a program ended.
  struct Result {
    /// Exit status; 128 and the signal for one that was ended.
    var status: Int32
    /// The first part of what it wrote to both outputs.
    var text: String
  }

  /// Most bytes of output that are kept.
  private static let longest = 4 << 20

  /// Whether somebody asked this process to end.
  static var isStopAsked: Bool { tenfold_lab_noted_signal() != 0 }

  /// Runs a program to its end.
  /// - Parameters:
  ///   - isStoppable: whether a request to end this process ends the program too.
  /// - Throws: `LabFailure` when it cannot be started, or was stopped.
  static func run(
    _ words: [String], input: String = "", isStoppable: Bool = true
  ) throws(LabFailure) -> Result {
    let (out, back) = (try scratch(), try scratch(input))
    defer {
      close(out)
      close(back)
    }
    let process = try start(words, input: back, output: out)
    let status = try wait(for: process, words, isStoppable: isStoppable)
    return Result(status: status, text: text(of: out))
  }

  /// Starts a program that runs on by itself.
  static func start(_ words: [String]) throws(LabFailure) -> pid_t {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(null) }
    return try start(words, input: null, output: null)
  }

  /// Starts a program with its own process group: an interrupt from the keyboard is for us alone.
  static func start(
    _ words: [String], input: Int32, output: Int32
  ) throws(LabFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, words[0], &actions, &attributes, &arguments, environ)
    guard code == 0 else {
      throw LabFailure(.machine, "cannot run \(words[0]): \(String(cString: strerror(code)))")
    }
    return process
  }

  static func wait(
    for process: pid_t, _ words: [String], isStoppable: Bool
  ) throws(LabFailure) -> Int32 {
    var status: Int32 = 0
    var pause: UInt32 = 500
    var patience = 200
    var wasStopped = false
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR {
        throw LabFailure(.machine, "lost sight of \(words[0])")
      }
      if isStoppable, isStopAsked {
        // First a word, then force.
        kill(-process, patience > 0 && !wasStopped ? SIGTERM : patience > 0 ? 0 : SIGKILL)
        wasStopped = true
        patience -= 1
      }
      usleep(pause)
      pause = min(20_000, pause * 2)
    }
    if wasStopped { throw LabFailure(.stopped, "stopped") }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// A file without a name: pipes would fill, or be held open by daemons.
  private static func scratch(_ content: String = "") throws(LabFailure) -> Int32 {
    var name = Array("/tmp/tenfold-lab.XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw LabFailure(.machine, "cannot make a file in /tmp: \(String(cString: strerror(errno)))")
    }
    unlink(name)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let bytes = Array(content.utf8)
    guard bytes.isEmpty || write(descriptor, bytes, bytes.count) == bytes.count else {
      close(descriptor)
      throw LabFailure(.machine, "cannot write to /tmp")
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private static func text(of descriptor: Int32) -> String {
    let size = min(Int(lseek(descriptor, 0, SEEK_END)), longest)
    guard size > 0 else { return "" }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
