import Glibc
import Quantities
import Threads

extension LabRunner {
  /// Runs collectors of `tenfold kit linux` in hosts, as if somebody went there with a stick; hosts
  /// that are off are left out.
  /// - Parameter scripts: hosts, and the bytes of the collector with a table of the plan in it.
  /// - Returns: what each wrote.
  public func collect(
    _ scripts: [(host: String, script: [UInt8])]
  ) throws -> [(host: String, evidence: [UInt8])] {
    // Within a host `/run` is another one, so scripts and results stand where it sees them.
    let silent = Set(try folder.state().broken.map(\.silent))
    var found: [(host: String, evidence: [UInt8])] = []
    for batch in scripts.filter({ !silent.contains($0.host) }).batches(
      of: LabRunner.collectorsAtOnce)
    {
      let processes = try batch.map { host, script throws(LabFailure) in
        let words = [
          "sh", "/run/collect.sh", "--host", host, "--interval", "1", "--jobs",
          "\(probesAtOnce)", "-o", "/run/evidence.json",
        ]
        try LabFolder.write(script, to: "\(folder.runPath(.host(host)))/collect.sh")
        return (host, try Collector(self.words(.host(host), words)))
      }
      for (host, process) in processes {
        try process.wait()
        let made = "\(folder.runPath(.host(host)))/evidence.json"
        found.append((host, try LabFolder.read(made)))
        unlink(made)
      }
    }
    return found
  }

  /// Collectors at once: more, and the virtual switches lose packets by themselves on a small
  /// machine.
  public static let collectorsAtOnce = 16
  /// Probes at once of one collector.
  public var probesAtOnce: Int { plan.hosts.count <= 6 ? 8 : 4 }
}

/// A collector that runs in one host.
private struct Collector {
  private let process: pid_t
  private let words: [String]

  init(_ words: [String]) throws(LabFailure) {
    self.words = words
    process = try ChildProcess.start(words)
  }

  func wait() throws(LabFailure) {
    let status = try ChildProcess.wait(for: process, words, isStoppable: true)
    guard status == 0 else {
      throw LabFailure(
        .machine, "the collector ended with status \(status): \(words.joined(separator: " "))")
    }
  }
}

extension Array {
  /// The elements in their order, so many at a time.
  fileprivate func batches(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
