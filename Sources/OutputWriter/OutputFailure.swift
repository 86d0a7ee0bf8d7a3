import Glibc
import Quantities

/// Why an output folder was not written. The old one stands as it was.
public struct OutputFailure: Error, Hashable, Sendable {
  /// What happened, where, and what to do.
  public var finding: Finding
  /// Exit code of the command: 2 when the folder is not Tenfold's to replace, 3 when the machine
  /// refused.
  public var exitCode: Int32

  /// The folder is not ours to write.
  static func refused(_ folder: String, _ message: String, _ hint: String) -> OutputFailure {
    OutputFailure(
      finding: Finding(
        rule: "output-folder", position: SourcePosition(file: folder), message: message,
        hint: hint), exitCode: 2)
  }

  /// A call of the operating system failed; reads `errno` at once.
  /// - Parameter doing: What was being done, as in `cannot write "report.md"`.
  static func machine(_ folder: String, _ doing: String) -> OutputFailure {
    let code = errno
    let hint =
      switch code {
      case EACCES, EPERM, EROFS: "check the permissions, or name another folder with -o"
      case ENOSPC, EDQUOT: "make room, or name a folder on another disk with -o"
      case ENOENT: "make the folder that should hold it first"
      case EBUSY, EXDEV: "name a folder below this one: a mount point cannot be replaced"
      case ENAMETOOLONG: "name a shorter folder with -o"
      default: "nothing was replaced; what stood there before still stands"
      }
    return OutputFailure(
      finding: Finding(
        rule: "output-folder", position: SourcePosition(file: folder),
        message: "\(doing): \(String(cString: strerror(code)))", hint: hint), exitCode: 3)
  }
}
