import ArgumentParser
import Lab
import Quantities
import Validation

struct LabDemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Build a plan, validate it, break it, show what is found, and take it away.",
    discussion: """
      Ends with 0 when the plan as built is green and every fault is found: one cause a fault, and \
      no other. Whatever happens, the lab is gone afterwards.

      Example:
        tenfold lab demo out --break crossed-cables --break host-mtu+lossy-link
      """)
  @OptionGroup var source: LabSource
  @Option(
    name: .customLong("break"),
    help: ArgumentHelp(
      "A fault to make, or several at once with + between them; may be repeated. none for none.",
      valueName: "fault"))
  var faults: [String] = ["crossed-cables"]
  @Flag(help: "Leave out the faults that this plan has no place for.")
  var wherePossible = false
  @Option(help: "Chooses among places; the same seed makes the same faults.")
  var seed: UInt64 = 1
  @Option(
    help: ArgumentHelp(
      "Keep the evidence in this folder, and the plan of the lab.", valueName: "folder"),
    completion: .directory)
  var keep: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      try Failure.ofLab {
        let plan = try source.labPlan()
        let cases = try cases(plan)
        try LabRunner.checkMachine()
        var isGood = false
        try LabHold.during(plan.name) {
          isGood = try LabDemo(plan, keep: keep, printer).run(cases)
        }
        if !isGood { throw ExitCode(Status.failed.rawValue) }
      }
    }
  }

  /// The faults of each case, at their places.
  private func cases(_ plan: LabPlan) throws(Failure) -> [[LabChange]] {
    var cases: [[LabChange]] = []
    for (place, text) in faults.enumerated() where text != "none" {
      var changes: [LabChange] = []
      for (number, name) in text.split(separator: "+").enumerated() {
        let fault = try LabBreakCommand.fault(String(name))
        let seed = seed &+ UInt64(place) &+ UInt64(number) &* 1_000_003
        do throws(Failure) {
          changes.append(try Self.change(fault, apartFrom: changes, seed, plan))
        } catch {
          guard wherePossible else { throw error }
        }
      }
      if !changes.isEmpty { cases.append(changes) }
    }
    return cases
  }

  /// Places that are tried for one of several faults.
  private static let tries: UInt64 = 40

  /// A fault at no host that has another one already, as far as the plan has such a place: a cable that
  /// is out shows nothing else, and a host that is silent tells of no cable.
  private static func change(
    _ fault: LabFault, apartFrom others: [LabChange], _ seed: UInt64, _ plan: LabPlan
  ) throws(Failure) -> LabChange {
    // Some name the port of the switch alone.
    func hosts(_ change: LabChange) -> Set<String> {
      let said = " \(change.words.joined(separator: " ")) \(change.said) "
      return Set(
        plan.hosts.filter { host in
          let places = host.ports.flatMap { port in
            [port.link.cable, "\(port.link.a.node) \(port.link.a.port)"]
          }
          return ([host.name] + places).contains { said.contains(" \($0) ") }
        }.map(\.name))
    }
    let taken = Set(others.flatMap(hosts))
    for attempt in 0..<tries {
      let change = try LabBreakCommand.change(
        fault, LabPlace(""), seed &+ attempt &* 7_919, plan)
      if taken.isDisjoint(with: hosts(change)) { return change }
    }
    return try LabBreakCommand.change(fault, LabPlace(""), seed, plan)
  }
}

/// A lab from its beginning to its end.
struct LabDemo {
  private let runner: LabRunner
  private let keep: String?
  private let printer: Printer

  init(_ plan: LabPlan, keep: String?, _ printer: Printer) {
    runner = LabRunner(plan, progress: printer.labProgress)
    self.keep = keep.map(Files.withoutTrailingSlash)
    self.printer = printer
  }

  /// Whether all went as it should.
  func run(_ cases: [[LabChange]]) throws -> Bool {
    let start = ContinuousClock.now
    try runner.up { try LabKeys.write(runner) }
    // Above all else the lab goes away again.
    defer { try? LabRunner.down(runner.folder) }
    if let keep {
      try Files.makeFolders(keep)
      try Files.write(
        try Files.read(runner.folder.planPath, limit: 1 << 28), to: "\(keep)/plan.json")
    }
    for limit in runner.plan.limits { printer.labProgress(limit) }
    let isUp = ContinuousClock.now
    let built = try look("built")
    try say("as built:\n" + ValidationText.text(built))
    try say("up in \(seconds(isUp - start)), looked at in \(seconds(.now - isUp))\n")
    printer.complain(built.findings)
    var report = LabReport.Demo(built: built, broken: [])
    for (number, changes) in cases.enumerated() {
      let start = ContinuousClock.now
      for change in changes {
        try say("\nbreaking it: \(change.said)\n")
        try runner.apply(change)
      }
      // LLDP speaks every few seconds: cables that were moved are seen then.
      try runner.pause(seconds: LabPlan.lldpInterval + 1)
      let name = changes.map(\.fault.rawValue).joined(separator: "+")
      // Slow links show in measurements alone, and those take a minute.
      let broken = try look(
        "\(number + 1)-\(name)", measures: changes.contains { $0.fault == .slowLink })
      printer.complain(broken.findings)
      let judged = LabReport.Demo.Broken(changes, broken)
      _ = try runner.mend()
      try runner.settle()
      try say(
        ValidationText.summary(broken) + "\n\(judged.verdict), \(seconds(.now - start))\n")
      report.broken.append(judged)
    }
    if printer.options.json { try printer.json(report) }
    return built.verdict == .green && report.broken.allSatisfy(\.isFound)
  }

  private func seconds(_ time: Duration) -> String { "\(time.components.seconds) s" }

  /// With `--json` there is one result, at the end.
  private func say(_ text: String) throws(Failure) {
    if !printer.options.json { try printer.say(text) }
  }

  private func look(_ name: String, measures: Bool = false) throws -> ValidationResult {
    let target = "\(keep ?? runner.folder.path)/evidence-\(name)"
    try Files.makeFolders(target)
    printer.labProgress("collecting evidence on \(runner.plan.hosts.count) hosts")
    let collector = try LabCollector(runner, usesAgents: true, progress: printer.labProgress)
    let notes = try collector.collect(to: target).notes
    if measures { try collector.measure(to: target, printer) }
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
