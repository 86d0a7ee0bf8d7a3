import Agent
import Evidence
import Fabric
import Glibc
import Quantities
import Transport
import Validation

/// Measures what TCP carries between hosts, and keeps each round in a file, so that a run that was
/// broken off goes on where it stopped.
struct ThroughputRun {
  /// Where measurements are kept.
  var file: String
  var method: Throughput.Method
  /// Most rounds; all when `nil`.
  var rounds: Int?
  /// Whether one way is measured after the other: hosts that share processors need that.
  var isOneByOne = false

  /// Seconds of a round beyond those of its measurement: connections, keys, and taking leave.
  private static let overhead = 1

  /// Measures what is missing in the file.
  /// - Parameters:
  ///   - hosts: Those whose agents answered.
  ///   - own: Credentials of the coordinator.
  ///   - runtime: What asks the agents.
  ///   - isStopped: Asked before each round.
  /// - Returns: All measurements, those of earlier runs too.
  /// - Throws: `Failure` or `Findings` when the file cannot be used.
  func measure(
    _ hosts: [AgentHost], as own: Credentials, _ fabric: Fabric, hash: String, _ printer: Printer,
    on runtime: AgentRuntime = AgentRuntime(), isStopped: () -> Bool = { false }
  ) throws -> Throughput {
    let tournament = Tournament(
      fabric, hosts: Set(hosts.map(\.name.text)), limit: rounds)
    var result = Throughput(plan: hash, method: method, planned: tournament.count)
    var agents: [String: AgentHost] = [:]
    for host in hosts { agents[host.name.text] = host }
    result.rows = try earlier(hash)
    let known = Set(result.rows.map(\.way))
    var left = tournament.rounds.map { round in
      round.filter { !known.contains(Throughput.Way(from: $0.from, to: $0.to)) }
    }.filter { !$0.isEmpty }
    if isOneByOne { left = left.flatMap { round in round.map { [$0] } } }
    try Files.write(
      ThroughputLines.head(result) + result.rows.flatMap(ThroughputLines.line), to: file)
    guard !left.isEmpty else { return result }
    let each = method.warmUp + method.seconds + Self.overhead
    if !printer.options.quiet {
      Terminal.complain(
        "measuring \(left.reduce(0) { $0 + $1.count }) ways in \(left.count) rounds, about"
          + " \(Self.time(left.count * each))"
          + (known.isEmpty ? "\n" : "; \(known.count) are in \(file) already\n"))
    }
    let descriptor = open(file, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure.machine("cannot write", file, errno) }
    defer { close(descriptor) }
    var options = AgentPool.Options()
    options.version = Tenfold.configuration.version
    let matches = left.map { round in
      round.compactMap { match -> LoadMatch? in
        guard let sender = agents[match.sender], let receiver = agents[match.receiver] else {
          return nil
        }
        return LoadMatch(
          sender: LoadMatch.End(host: sender, address: match.from),
          receiver: LoadMatch.End(host: receiver, address: match.to))
      }
    }
    func tell(_ round: Int) {
      guard round < left.count else { return }
      printer.progress.step(
        "measuring round \(round + 1) of \(left.count), about"
          + " \(Self.time((left.count - round) * each)) left")
    }
    tell(0)
    try runtime.measure(
      matches, as: own, options: options, streams: method.streams, warmUp: method.warmUp,
      seconds: method.seconds, isStopped: isStopped
    ) { round, results in
      let rows = zip(matches[round], results).map(Self.row)
      let code = Files.put(rows.flatMap(ThroughputLines.line), descriptor)
      guard code == 0, fsync(descriptor) == 0 else {
        throw Failure.machine("cannot write", file, code == 0 ? errno : code)
      }
      result.rows += rows
      tell(round + 1)
    }
    return result
  }

  private static func row(
    _ match: LoadMatch, _ result: Result<LoadResult, HostFailure>
  ) -> Throughput.Row {
    let outcome: Throughput.Outcome
    switch result {
    case .success(let result):
      outcome =
        result.rate.map { .rate($0, retransmissions: result.retransmissions) }
        ?? .failed("a count that cannot be")
    case .failure(let failure): outcome = .failed(failure.description)
    }
    return Throughput.Row(
      from: match.sender.address, to: match.receiver.address, measured: .now, outcome: outcome)
  }

  /// Rows of the file that brought a rate; none without a file.
  /// - Throws: `Failure` or `Findings` when the file is of something else.
  func earlier(_ hash: String) throws -> [Throughput.Row] {
    guard Files.kind(file) != .nothing else { return [] }
    let bytes = try Files.read(file, limit: EvidenceFolder.limit)
    let known = try ThroughputLines.read(bytes, file: file)
    guard known.plan == hash, known.method == method else {
      throw Failure(
        [
          Finding(
            rule: "throughput-file", position: SourcePosition(file: file),
            message: known.plan == hash
              ? "it was measured with \(known.method.streams) streams and"
                + " \(known.method.warmUp) + \(known.method.seconds) s, not as asked for now"
              : "it was measured for another plan",
            hint: "name a file that does not exist yet")
        ], .usage)
    }
    return known.rows.filter { if case .rate = $0.outcome { true } else { false } }
  }

  /// Seconds as people say them.
  private static func time(_ seconds: Int) -> String {
    seconds < 90 ? "\(seconds) s" : "\((seconds + 59) / 60) min"
  }
}
