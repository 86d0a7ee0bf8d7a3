import Glibc
import Quantities

/// What the process learns from the machine around it: environment, clock, terminal, own path.
///
/// Everything outside this folder gets these as values, so that the same input gives the same
/// bytes wherever it runs.
enum System {
  /// A variable of the environment; `nil` when it is not set or empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The day by the machine's clock and time zone.
  static func today() -> CalendarDate? {
    var now = time(nil)
    var fields = tm()
    guard localtime_r(&now, &fields) != nil else { return nil }
    return CalendarDate(
      year: Int(fields.tm_year) + 1900, month: Int(fields.tm_mon) + 1, day: Int(fields.tm_mday))
  }

  /// The moment by the machine's clock.
  static func now() -> Timestamp? { Timestamp(seconds: Int64(time(nil))) }

  /// Whether a file descriptor is a terminal.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// A path with every symbolic link followed; `nil` when it does not exist.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The real path of the running program.
  static var executable: String? {
    realPath("/proc/self/exe") ?? CommandLine.arguments.first.flatMap(realPath)
  }

  /// Whether the process has the rights of root.
  static var isRoot: Bool { geteuid() == 0 }

  /// Lets the process have as many files and connections as it is allowed (getrlimit(2)): the limit that
  /// holds at first is for programs that use select(2).
  static func allowAllDescriptors() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// What the last call to the system complained about, such as `Permission denied`.
  static func message(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
