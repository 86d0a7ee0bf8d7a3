import ArgumentParser
import Lab
import Quantities

struct LabBreakCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "break", abstract: "Make a fault in a lab.",
    discussion: """
      `tenfold lab list` names the faults; `tenfold lab mend` undoes them.

      Example:
        tenfold lab break crossed-cables --at hv-r1-01
      """)

  @Argument(help: "The fault, such as crossed-cables.")
  var fault: String
  @Option(
    help: ArgumentHelp(
      "Where: a host, a switch, or one of them and a port, such as hv-r1-01:nic1-p1.",
      valueName: "place"))
  var at = ""
  @Option(help: "Chooses among places; the same seed makes the same fault.")
  var seed: UInt64?
  @OptionGroup var choice: LabChoice
  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      try Failure.ofLab {
        let fault = try Self.fault(fault)
        let runner = try choice.runner(printer)
        let change = try Self.change(fault, LabPlace(at), seed, runner.plan)
        try runner.apply(change)
        try printer.tell(LabReport.Done(done: [change.said]), change.said + "\n")
      }
    }
  }

  /// The fault with a name.
  static func fault(_ name: String) throws(Failure) -> LabFault {
    if let fault = LabFault(rawValue: name) { return fault }
    let all = LabFault.allCases.map(\.rawValue)
    throw LabChoice.refuse(
      "there is no fault \"\(name)\"",
      NearestName.nearest(to: name, among: all).map { "did you mean \($0)?" }
        ?? "use one of " + all.joined(separator: ", "))
  }

  static func change(
    _ fault: LabFault, _ place: LabPlace, _ seed: UInt64?, _ plan: LabPlan
  ) throws(Failure) -> LabChange {
    var random = LabRandom(seed: seed ?? UInt64.random(in: 0...UInt64.max))
    guard let change = plan.change(fault, at: place, &random) else {
      throw LabChoice.refuse(
        "this lab has no place for \(fault.rawValue)"
          + (place.node.isEmpty ? "" : " at \(place.node)"),
        "\(fault.meaning): the plan must have such a thing")
    }
    return change
  }
}

struct LabMendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mend", abstract: "Undo all faults of a lab.",
    discussion: """
      Example:
        tenfold lab mend
      """)
  @OptionGroup var choice: LabChoice
  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      try Failure.ofLab {
        let runner = try choice.runner(printer)
        let mended = try runner.mend()
        try runner.settle()
        try printer.tell(
          LabReport.Done(done: mended),
          mended.isEmpty ? "nothing is broken\n" : mended.map { "undone: \($0)\n" }.joined())
      }
    }
  }
}

struct LabCollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Collect the evidence of a lab.",
    discussion: """
      Writes HOST.json for each host and SWITCH.txt for each switch, for `tenfold validate`. The \
      plan to compare with is the lab's own, which lacks the hosts that were not built: \
      `tenfold lab list` says where it is.

      Example:
        tenfold lab collect -o evidence
      """)
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder to write.", valueName: "folder"), completion: .directory)
  var target: String
  @OptionGroup var agents: LabAgents
  @OptionGroup var choice: LabChoice
  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      try Failure.ofLab {
        let runner = try choice.runner(printer)
        try Files.makeFolders(target)
        let collector = try LabCollector(
          runner, usesAgents: !agents.withoutAgents, progress: printer.labProgress)
        let (hosts, notes) = try collector.collect(to: Files.withoutTrailingSlash(target))
        printer.complain(notes.map(\.finding))
        let said = "wrote the evidence of \(hosts) hosts to \(target)"
        try printer.tell(LabReport.Done(done: [said]), said + "\n")
      }
    }
  }
}
