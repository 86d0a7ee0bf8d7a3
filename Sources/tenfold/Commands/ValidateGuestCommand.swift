import ArgumentParser
import Migration
import Quantities

struct ValidateGuestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guest",
    abstract: "Move a real guest of QEMU to another QEMU, and say what it took.",
    discussion: """
      Speaks to the monitors of both (QMP), and to nothing else: the guest goes from host to host as \
      their QEMUs settle it, and when this command ends early they go on. The one that takes the guest \
      must have been started like the other, with -incoming defer. Monitors of other hosts are reached \
      by sockets that ssh forwards: ssh -N -L /tmp/b.qmp:/run/b.qmp hv-r2-01.

      Ends with 1 when the guest did not move, or stood still for longer than --black-out.

      Example:
        tenfold validate guest --from /run/a.qmp --to /tmp/b.qmp --address 10.20.1.12 --channels 4
      """)

  /// What carries the memory.
  enum Way: String, CaseIterable, ExpressibleByArgument { case tcp, rdma }

  @Option(
    help: ArgumentHelp("Monitor of the QEMU that has the guest.", valueName: "socket"),
    completion: .file())
  var from: String

  @Option(
    help: ArgumentHelp("Monitor of the QEMU that takes it.", valueName: "socket"),
    completion: .file())
  var to: String

  @Option(
    help: ArgumentHelp(
      "Where the taking QEMU is to wait: an IPv4 address of its host.",
      valueName: "address"),
    transform: { word in
      guard let address = IPv4Address(word) else {
        throw ValidationError("\(word) is no IPv4 address.")
      }
      return address
    })
  var address: IPv4Address

  @Option(help: ArgumentHelp("Its port; by itself one that its system chooses.", valueName: "port"))
  var port = 0

  @Option(help: ArgumentHelp("What carries the memory: tcp or rdma.", valueName: "way"))
  var way = Way.tcp

  @Option(
    help: ArgumentHelp("Connections (multifd); one without it by itself.", valueName: "count"))
  var channels = 1

  @Option(
    help: ArgumentHelp("How connections of --channels pack: none, zlib or zstd.", valueName: "way"))
  var packing = QEMUSettings.Packing.none

  @Option(help: ArgumentHelp("How long the guest may stand still.", valueName: "ms"))
  var blackOut = 300

  @Option(help: ArgumentHelp("Most that is sent in a second.", valueName: "MB"))
  var most: Int?

  @Flag(help: "Let a guest that writes too fast be slowed down (auto-converge).")
  var slowDown = false

  @Option(help: ArgumentHelp("Time after which it is cancelled.", valueName: "seconds"))
  var within = 3600

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try ValidationError.check(port, 0...65535, "--port")
    try ValidationError.check(channels, 1...255, "--channels")
    try ValidationError.check(blackOut, 1...2_000_000, "--black-out")
    try ValidationError.check(within, 1...1_000_000, "--within")
    try ValidationError.check(most, 1...1_000_000, "--most")
    if way == .rdma, port == 0 { throw ValidationError("--way rdma needs a --port.") }
    if way == .rdma, channels > 1 { throw ValidationError("--channels is for --way tcp.") }
    if packing != .none, channels == 1 {
      throw ValidationError("--packing is for --channels 2 and more.")
    }
  }

  private var settings: QEMUSettings {
    let tcp: QEMUSettings.Way = channels > 1 ? .multifd(channels: channels) : .tcp
    var settings = QEMUSettings(way == .rdma ? .rdma : tcp)
    settings.packing = packing
    settings.blackOut = .milliseconds(blackOut)
    settings.bytesPerSecond = most.map { $0 * 1_000_000 }
    settings.slowsDown = slowDown
    settings.limit = .seconds(within)
    return settings
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let report = try moved(printer)
      let isGood =
        report.outcome == .moved && (report.blackOut ?? .zero) <= .milliseconds(blackOut)
      if output.json {
        try printer.json(RealGuestReport(report, isGood: isGood))
      } else {
        try printer.say(RealGuestText.text(report, limit: blackOut))
      }
      if !isGood { throw ExitCode(Status.failed.rawValue) }
    }
  }

  private func moved(_ printer: Printer) throws -> QEMUReport {
    defer { printer.progress.end() }
    do throws(QMPFailure) {
      return try QEMUMigration(from: from, to: to, at: address, port: port, settings).run {
        sent, left in
        printer.progress.step(
          "\(sent / 1_000_000) MB sent" + (left.map { ", \($0 / 1_000_000) MB to go" } ?? ""))
      }
    } catch {
      throw Failure(
        [
          Finding(
            rule: "qemu", message: error.description,
            hint: "the guest is where it was; --help says how both are to be started")
        ], .failed)
    }
  }
}

extension QEMUSettings.Packing: ExpressibleByArgument {}
