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

      For Windows a second one, move.ps1, moves guests of Hyper-V to another host and back by each \
      performance option, and writes a file for `tenfold validate moves`. It asks before it begins.

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

  @Option(
    help: ArgumentHelp(
      "A service that every host must reach over the existing LAN, such as a domain controller; "
        + "may be repeated. The other hosts are tried anyway.", valueName: "name:port"))
  var reach: [String] = []

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let addresses = try Addresses.read(core)
      let services = try reach.map(Self.service)
      let (fabric, hash) = try Pipeline.hashedFabric(at: plan)
      let scripts = try KitScript.all(
        system, table: KitTable.lines(fabric, hash: hash, core: addresses, services: services))
      try OutputFolder.write(to: folder) { output in
        for script in scripts { output.add(script.name, script.bytes) }
      }
      try printer.say(KitScript.advice(system, folder))
    }
  }

  /// Letters, digits, dots and hyphens before the last colon: the name goes into a script.
  private static func service(_ text: String) throws(Failure) -> (name: String, port: Int) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let port = Int(parts[1]), (1...65_535).contains(port),
      (1...253).contains(parts[0].utf8.count),
      parts[0].utf8.allSatisfy({
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
          || $0 == 46
      }), !parts[0].hasPrefix("-")
    else {
      throw Failure(
        [
          Finding(
            rule: "usage", message: "\"\(text)\" is no service",
            hint: "a name or an address, a colon and a TCP port, such as dc1.example.net:389")
        ], .usage)
    }
    return (String(parts[0]), port)
  }
}
