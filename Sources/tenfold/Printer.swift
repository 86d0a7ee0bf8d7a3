import ArgumentParser
import CatalogStore
import JSONText
import Quantities

/// Prints findings and results as the options ask.
struct Printer {
  let options: OutputOptions

  init(_ options: OutputOptions) { self.options = options }

  /// Shown while something takes long, when somebody looks.
  var progress: Progress { Progress(isShown: !options.quiet && System.isTerminal(2)) }

  /// Findings on standard error; warnings and notes are left out when quiet.
  func complain(_ findings: [Finding]) {
    let shown = options.quiet ? findings.filter { $0.severity == .error } : findings
    Terminal.complain(FindingPrinter(usesColor: options.usesColor(on: 2)).text(shown))
  }

  /// A result on standard output, unless quiet.
  func say(_ text: @autoclosure () -> String) throws(Failure) {
    if !options.quiet { try Terminal.print(text()) }
  }

  /// A result as JSON on standard output.
  func json(_ value: some Encodable) throws(Failure) {
    let bytes: [UInt8]
    do { bytes = try JSONWriter.bytes(value) } catch {
      throw Failure([Finding(rule: "json", message: "cannot write JSON: \(error)")], .machine)
    }
    try Terminal.print(String(decoding: bytes, as: UTF8.self))
  }

  /// Does the work of a command; a failure is printed, as JSON too if asked for, and becomes the
  /// exit code.
  func run(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let failure as Failure {
      try report(failure)
    } catch let findings as Findings {
      let isRefused = findings.all.contains { $0.rule == CatalogStore.unreadable }
      try report(Failure(findings.all, isRefused ? .machine : .usage))
    }
  }

  private func report(_ failure: Failure) throws {
    progress.end()
    complain(failure.findings)
    if options.json { try json(FailureReport(failure)) }
    throw ExitCode(failure.status.rawValue)
  }
}

/// A failure as `--json` shows it.
private struct FailureReport: Encodable {
  var status: String
  var findings: [Finding]

  init(_ failure: Failure) {
    status =
      switch failure.status {
      case .done: "done"
      case .failed: "failed"
      case .usage: "wrong-input"
      case .machine: "machine-refused"
      }
    findings = failure.findings
  }
}
