import ArgumentParser
import Lab
import Quantities
import Validation

struct LabDemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Build a plan, validate it, break it, show what is found, and take it away.",
    discussion: """
      Ends with 0 when the plan as built is green and every fault is found. Whatever happens, the \
      lab is gone afterwards.
      """)
  @OptionGroup var source: LabSource
  @Option(
    name: .customLong("break"),
    help: ArgumentHelp("A fault to make; may be repeated.", valueName: "fault"))
  var faults: [String] = ["crossed-cables"]
  @Option(help: "Chooses among places; the same seed makes the same faults.")
  var seed: UInt64 = 1
  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      try Failure.ofLab {
        let faults = try faults.map { name throws(Failure) in try LabBreakCommand.fault(name) }
        let plan = try source.labPlan()
        let changes = try faults.enumerated().map { place, fault throws(Failure) in
          try LabBreakCommand.change(fault, LabPlace(""), seed &+ UInt64(place), plan)
        }
        try LabRunner.checkMachine()
        var isGood = false
        try LabHold.during(plan.name) {
          isGood = try LabDemo(plan, printer).run(changes)
        }
        if !isGood { throw ExitCode(Status.failed.rawValue) }
      }
    }
  }
}

/// A lab from its beginning to its end.
struct LabDemo {
  private let runner: LabRunner
  private let printer: Printer

  init(_ plan: LabPlan, _ printer: Printer) {
    runner = LabRunner(plan, progress: printer.labProgress)
    self.printer = printer
  }

  /// Whether all went as it should.
  func run(_ changes: [LabChange]) throws -> Bool {
    try runner.up()
    // Above all else the lab goes away again.
    defer { try? LabRunner.down(runner.folder) }
    for limit in runner.plan.limits { printer.labProgress(limit) }
    let built = try look("built")
    try printer.say("as built:\n" + ValidationText.text(built))
    printer.complain(built.findings)
    var isGood = built.verdict == .green
    for change in changes {
      try printer.say("\nbreaking it: \(change.said)\n")
      try runner.apply(change)
      try wait(change.fault)
      let broken = try look(change.fault.rawValue)
      printer.complain(broken.findings)
      try printer.say(ValidationText.summary(broken) + "\n")
      let isFound = broken.findings.contains { change.isToldBy($0) }
      try printer.say(isFound ? "found\n" : "NOT found\n")
      isGood = isGood && isFound
      _ = try runner.mend()
      try runner.settle()
    }
    return isGood
  }

  private func look(_ name: String) throws -> ValidationResult {
    let target = "\(runner.folder.path)/evidence-\(name)"
    try Files.makeFolders(target)
    printer.labProgress("collecting evidence on \(runner.plan.hosts.count) hosts")
    try LabValidation.collect(runner, to: target)
    printer.labProgress("validating")
    return try LabValidation.validate(runner, target)
  }

  /// LLDP speaks every few seconds: cables that were moved are seen then.
  private func wait(_ fault: LabFault) throws {
    try runner.pause(seconds: 7)
  }
}

extension LabChange {
  /// Whether a finding speaks of the fault: it holds all words that name its place.
  func isToldBy(_ finding: Finding) -> Bool {
    let text = (finding.subject + [finding.message]).joined(separator: " ")
    return words.allSatisfy { text.contains($0) }
  }
}
