import ArgumentParser
import Fabric

/// What synthetic guests are like, and how they move.
struct SyntheticGuestOptions: ParsableArguments {
  /// Most connections over a pair of ports.
  static let mostStreams = 16

  @Option(
    help: ArgumentHelp(
      "Guests; 4 if left out, four times --at-once with --tune.",
      valueName: "count"))
  var guests: Int?

  @Option(help: ArgumentHelp("Memory of a guest.", valueName: "MiB"))
  var memory = 1024

  @Option(help: ArgumentHelp("What a guest writes to in a second.", valueName: "MiB"))
  var written = 20

  @Option(help: ArgumentHelp("Part of its memory that it writes to at all.", valueName: "percent"))
  var workingSet = 25

  @Option(help: WritePattern.help)
  var pattern = WritePattern.uniform

  @Option(help: ArgumentHelp("Part of its memory that holds nothing.", valueName: "percent"))
  var empty = 10

  @Option(help: ArgumentHelp("Migrations at once.", valueName: "count"))
  var atOnce = LiveMigration.count

  @Option(help: ArgumentHelp("Connections over each pair of ports.", valueName: "count"))
  var streams = 2

  @Option(help: ArgumentHelp("How long a guest may stand still.", valueName: "ms"))
  var blackOut = 300

  @Flag(
    help: "Over the LAN by which agents are reached, as it was before, and not over planned ports.")
  var lan = false

  @Flag(help: "Let bytes go packed where that is faster.")
  var packed = false

  @Flag(help: "Let adapters write memory by RDMA where both hosts have one.")
  var rdma = false

  @Flag(help: "Encrypt memory on its way (TLS 1.3); not with --rdma.")
  var encrypt = false

  @Flag(help: "Let a guest that writes too fast run at the other host before its memory is there.")
  var postCopy = false

  /// - Parameter isTuned: Whether it is to be found how many at once are best.
  func count(isTuned: Bool = false) -> Int {
    guests ?? (isTuned ? 4 * atOnce : 4)
  }

  func check() throws {
    try ValidationError.check(guests, 1...1000, "--guests")
    try ValidationError.check(memory, 1...16_777_216, "--memory")
    try ValidationError.check(written, 0...1_000_000, "--written")
    try ValidationError.check(workingSet, 0...100, "--working-set")
    try ValidationError.check(empty, 0...100, "--empty")
    try ValidationError.check(atOnce, 1...64, "--at-once")
    try ValidationError.check(streams, 1...Self.mostStreams, "--streams")
    try ValidationError.check(blackOut, 1...3_600_000, "--black-out")
    if encrypt, rdma {
      throw ValidationError("--encrypt and --rdma: nobody encrypts what an adapter writes.")
    }
  }
}
