import ArgumentParser
import Evidence
import Quantities
import Transport

/// How throughput is measured and judged.
struct ThroughputOptions: ParsableArguments {
  @Option(
    name: .customLong("throughput"),
    help: ArgumentHelp(
      "With --hosts: measure what TCP carries between every two hosts, and keep it in this file; "
        + "what is in it already is not measured again.",
      valueName: "file.jsonl"), completion: .file(extensions: ["jsonl"]))
  var file: String?

  @Option(
    help: ArgumentHelp(
      "Connections of each measurement at once, 1 to 16.", valueName: "count"))
  var streams = 4

  @Option(
    help: ArgumentHelp(
      "Seconds that each measurement counts, 1 to 60, after one of warm-up.", valueName: "count"))
  var seconds = 3

  @Option(
    help: ArgumentHelp(
      "Measure in this many rounds at most; one has every host send or receive once.",
      valueName: "count"))
  var rounds: Int?

  @Option(
    help: ArgumentHelp(
      "What every measurement must reach, in Mbps; nine tenths of what the links allow if left out.",
      valueName: "Mbps"))
  var leastRate: Int?

  func validate() throws {
    try ValidationError.check(streams, 1...LoadTest.mostStreams, "--streams")
    try ValidationError.check(seconds, 1...LoadTest.longest, "--seconds")
    try ValidationError.check(rounds, 1...1_000_000, "--rounds")
    try ValidationError.check(leastRate, 1...1_000_000, "--least-rate")
  }

  /// `nil` when nothing is to be measured.
  var run: ThroughputRun? {
    file.map {
      ThroughputRun(
        file: $0, method: Throughput.Method(streams: streams, warmUp: 1, seconds: seconds),
        rounds: rounds)
    }
  }

  /// What every way must carry, where the user says it.
  var least: DataRate? {
    leastRate.map { DataRate(bitsPerSecond: Int64($0) * 1_000_000) }
  }
}
