import ArgumentParser
import Fabric
import Quantities
import Validation

struct KitCommand: ParsableCommand {
  /// The systems that have a collector.
  enum System: String, ExpressibleByArgument, CaseIterable {
    case linux, windows
  }

  static let configuration = CommandConfiguration(
    commandName: "kit",
    abstract: "Write a script that collects evidence on hosts where nothing may be installed.",
    discussion: """
      One script for all hosts of a plan: a POSIX shell script, or one of Windows PowerShell. It \
      changes nothing, knows the addresses of the plan, probes the other hosts with packets of \
      every size class, and writes one file a host for `tenfold validate --evidence`.

      Example:
        tenfold kit linux out -o kit
        tenfold kit windows out -o kit-windows --core 10.0.0.1
      """)

  @Argument(help: "The system of the hosts.")
  var system: System

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder to write.", valueName: "folder"), completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "An address beyond the core, which networks of storage must not reach; may be repeated. "
        + "Gateways of the plan are tried anyway.", valueName: "address"))
  var core: [String] = []

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let addresses = try core.map { text throws(Failure) in
        guard let address = IPv4Address(text) else {
          throw Failure(
            [Finding(rule: "usage", message: "\"\(text)\" is no IPv4 address")], .usage)
        }
        return address
      }
      let (fabric, hash) = try Pipeline.hashedFabric(at: plan)
      let script = try KitScript(
        system, table: KitTable.lines(fabric, hash: hash, core: addresses))
      try OutputFolder.write(to: folder) { $0.add(script.name, script.bytes) }
      try printer.say(script.advice(folder))
    }
  }
}
