import Lab
import Quantities
import Validation

/// What commands of labs print with `--json`.
enum LabReport {
  /// A lab that is up.
  struct Up: Encodable {
    var name: String
    var plan: String
    var hosts: [String]
    var switches: [String]
    /// Checks that it can show.
    var checks: [String]
    var limits: [String]

    init(_ plan: LabPlan) {
      name = plan.name.description
      self.plan = LabFolder(plan.name).planPath
      hosts = plan.hosts.map(\.name)
      switches = plan.switches.map(\.name)
      checks = LabValidation.checks(plan).map(\.rawValue).sorted { $0.precedesInBytes($1) }
      limits = plan.limits
    }
  }

  /// What was done to labs or in one.
  struct Done: Encodable {
    var done: [String]
  }

  /// A lab of this machine.
  struct Listed: Encodable {
    var name: String
    var isUp: Bool
    var hosts: Int
    var plan: String
    var broken: [String]

    init(_ folder: LabFolder) {
      let state = try? folder.state()
      name = folder.name.description
      isUp = state?.isUp ?? false
      hosts = state?.hosts ?? 0
      plan = folder.planPath
      broken = state?.broken.map(\.said) ?? []
    }
  }

  /// All labs, and the faults there are with what they mean.
  struct List: Encodable {
    var labs = LabFolder.all.map { Listed($0) }
    var faults = Dictionary(
      LabFault.allCases.map { ($0.rawValue, $0.meaning) }, uniquingKeysWith: { first, _ in first })
  }

  /// A demonstration.
  struct Demo: Encodable {
    /// Faults that were made at once, and what came of it.
    struct Broken: Encodable {
      var faults: [LabFault]
      var done: [String]
      /// Whether each fault has one finding, and there is no other.
      var isFound: Bool
      /// The same in words.
      var verdict: String
      var result: ValidationResult

      init(_ changes: [LabChange], _ result: ValidationResult) {
        faults = changes.map(\.fault)
        done = changes.map(\.said)
        self.result = result
        let missed = changes.filter { change in !result.findings.contains { change.isToldBy($0) } }
        let strange = result.findings.count { finding in
          !changes.contains { $0.isToldBy(finding) }
        }
        var words: [String] = []
        if !missed.isEmpty {
          words.append("NOT found: " + missed.map(\.fault.rawValue).joined(separator: ", "))
        }
        if strange > 0 { words.append("\(strange) findings that are NOT about it") }
        if result.findings.count > changes.count {
          words.append("\(result.findings.count) findings for \(changes.count) faults: TOO many")
        }
        isFound = words.isEmpty
        verdict = isFound ? "found" : words.joined(separator: "; ")
      }
    }
    var built: ValidationResult
    var broken: [Broken]
  }
}

extension Printer {
  /// A result as JSON if that was asked for, else as text.
  func tell(_ report: @autoclosure () -> some Encodable, _ text: @autoclosure () -> String)
    throws(Failure)
  {
    if options.json { try json(report()) } else { try say(text()) }
  }
}
