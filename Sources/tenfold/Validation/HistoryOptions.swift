import ArgumentParser
import Fabric
import Quantities
import Validation
import ValidationHistory

/// Where runs are kept.
struct HistoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file that keeps all runs.",
      discussion: "By default $XDG_STATE_HOME/tenfold/history.sqlite, or ~/.local/state.",
      valueName: "file"),
    completion: .file(extensions: ["sqlite"]))
  var history: String?

  @Flag(help: "Do not write the run down.")
  var noHistory = false

  /// Reads the history.
  /// - Throws: `Failure` when there is none, or it cannot be read.
  func read<Value>(
    _ body: (ValidationHistory) throws(HistoryError) -> Value
  ) throws(Failure) -> Value {
    guard let path = history ?? Home.history else { throw Self.nowhere }
    guard Files.kind(path) != .nothing else {
      throw Failure(
        [
          Finding(
            rule: "history", position: SourcePosition(file: path),
            message: "nothing was validated yet", hint: "tenfold validate PLAN --evidence FOLDER")
        ], .usage)
    }
    do throws(HistoryError) { return try body(ValidationHistory(path: path)) } catch {
      throw Self.failure(error)
    }
  }

  /// Writes a run down. A place that nobody named may be out of reach: that is told and no more.
  func add(
    _ result: ValidationResult, of fabric: Fabric, plan: String, evidence: String,
    _ printer: Printer
  ) throws(Failure) {
    guard !noHistory, let path = history ?? Home.history, let now = System.now() else { return }
    do throws(Failure) {
      try Files.makeFolders(Files.parent(path))
      let run = ValidationRun(
        result, plan: plan, planName: fabric.site.name, time: now, evidence: evidence)
      do throws(HistoryError) { try ValidationHistory(path: path).add(run) } catch {
        throw Self.failure(error)
      }
    } catch {
      guard history == nil else { throw error }
      printer.complain(
        error.findings.map { finding in
          var finding = finding
          finding.severity = .warning
          finding.hint = "--history FILE names another place, --no-history does without"
          return finding
        })
    }
  }

  private static func failure(_ error: HistoryError) -> Failure {
    Failure(
      [
        Finding(
          rule: "history", position: SourcePosition(file: error.path), message: error.message)
      ], .machine)
  }

  private static var nowhere: Failure {
    Failure(
      [
        Finding(
          rule: "history", message: "the machine names no place for the history",
          hint: "set HOME, or name a file with --history")
      ], .machine)
  }
}
