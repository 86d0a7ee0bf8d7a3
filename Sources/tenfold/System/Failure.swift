import Quantities

/// How a run ends; the numbers are part of what scripts may rely on.
enum Status: Int32 {
  case done = 0
  /// The design or the check failed, with findings.
  case failed = 1
  /// Wrong input or usage.
  case usage = 2
  /// The machine refused: permission, no file, no space.
  case machine = 3
}

/// Findings that end a run, and how.
struct Failure: Error {
  var findings: [Finding]
  var status: Status

  init(_ findings: [Finding], _ status: Status) {
    self.findings = findings
    self.status = status
  }

  /// The machine refused to do something.
  /// - Parameters:
  ///   - doing: What was tried, such as `cannot read`.
  ///   - path: The file or folder, as the user named it.
  ///   - code: The system's error number.
  static func machine(_ doing: String, _ path: String, _ code: Int32, hint: String = "") -> Failure
  {
    Failure(
      [
        Finding(
          rule: "machine", position: SourcePosition(file: path),
          message: "\(doing): \(System.message(code))", hint: hint)
      ], .machine)
  }
}
