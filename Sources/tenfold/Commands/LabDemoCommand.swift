import ArgumentParser
import Lab
import Quantities
import Validation

struct LabDemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Build a plan, validate it, break it, show what is found, and take it away.",
    discussion: """
      Ends with 0 when the plan as built is green and every fault is found, as the only cause. \
      Whatever happens, the lab is gone afterwards.

      Example:
        tenfold lab demo out --break crossed-cables --break host-mtu
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
    try runner.up { try LabKeys.write(runner) }
    // Above all else the lab goes away again.
    defer { try? LabRunner.down(runner.folder) }
    for limit in runner.plan.limits { printer.labProgress(limit) }
    let built = try look("built")
    try say("as built:\n" + ValidationText.text(built))
    printer.complain(built.findings)
    var report = LabReport.Demo(built: built, broken: [])
    for change in changes {
      try say("\nbreaking it: \(change.said)\n")
      try runner.apply(change)
      // LLDP speaks every few seconds: cables that were moved are seen then.
      try runner.pause(seconds: 7)
      let broken = try look(change.fault.rawValue)
      printer.complain(broken.findings)
      let others = broken.findings.count { !change.isToldBy($0) }
      let isFound = broken.findings.contains { change.isToldBy($0) }
      let beside = others == 0 ? "" : ", beside \(others) that are not about it"
      try say(
        ValidationText.summary(broken) + (isFound ? "\nfound" : "\nNOT found") + beside + "\n")
      report.broken.append(
        LabReport.Demo.Broken(
          fault: change.fault, done: change.said, isFound: isFound && others == 0, result: broken))
      _ = try runner.mend()
      try runner.settle()
    }
    if printer.options.json { try printer.json(report) }
    return built.verdict == .green && report.broken.allSatisfy(\.isFound)
  }

  /// With `--json` there is one result, at the end.
  private func say(_ text: String) throws(Failure) {
    if !printer.options.json { try printer.say(text) }
  }

  private func look(_ name: String) throws -> ValidationResult {
    let target = "\(runner.folder.path)/evidence-" + name.filter { $0 != " " }
    try Files.makeFolders(target)
    printer.labProgress("collecting evidence on \(runner.plan.hosts.count) hosts")
    let collector = try LabCollector(runner, usesAgents: true, progress: printer.labProgress)
    let notes = try collector.collect(to: target).notes
    printer.labProgress("validating")
    return try LabValidation.validate(runner, target, notes: notes)
  }
}

extension LabChange {
  /// Whether a finding speaks of the fault: it holds all words that name its place.
  func isToldBy(_ finding: Finding) -> Bool {
    let text = (finding.subject + [finding.message]).joined(separator: " ")
    return words.allSatisfy { text.contains($0) }
  }
}
