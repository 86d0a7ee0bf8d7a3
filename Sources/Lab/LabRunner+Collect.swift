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
          "\(LabRunner.probesAtOnce)", "-o", "/run/evidence.json",
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
  public static let probesAtOnce = 4

  /// What every switch learned, as lines `MAC VLAN PORT`.
  public func tables() throws(LabFailure) -> [(name: String, text: String)] {
    let numbers = try run(
      LabStep(
        .switches,
        [
          "ovs-vsctl", "--format=csv", "--no-headings", "--columns=name,ofport", "list",
          "interface",
        ]))
    var learned: [String: [String]] = [:]
    for bridge in plan.bridges where bridge.name != plan.core?.bridge {
      let ports = try run(LabStep(.switches, ["ovs-vsctl", "list-ifaces", bridge.name]))
      let own = Set(ports.split(separator: "\n").map(String.init))
      let table = try run(LabStep(.switches, ["ovs-appctl", "fdb/show", bridge.name]))
      learned.merge(LabTable.entries(table, numbers: numbers, ports: own)) { $0 + $1 }
    }
    return plan.switches.map { device in
      var text = "\(device.name)# show mac address-table\n"
      for port in device.ports {
        for entry in learned[port.interface] ?? [] { text += "\(entry) \(port.name)\n" }
      }
      return (device.name, text)
    }
  }
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

/// Tables of addresses of Open vSwitch.
enum LabTable {
  /// Lines `MAC VLAN` by interface.
  /// - Parameters:
  ///   - table: what `ovs-appctl fdb/show` prints: number of the port, VLAN, MAC, age.
  ///   - numbers: lines `NAME,NUMBER`, of all bridges together.
  ///   - ports: interfaces of the bridge.
  static func entries(
    _ table: String, numbers: String, ports: Set<String>
  ) -> [String: [String]] {
    var names: [String: String] = [:]
    for line in numbers.split(separator: "\n") {
      let parts = line.split(separator: ",")
      guard parts.count == 2 else { continue }
      let name = parts[0].filter { $0 != "\"" }
      if ports.contains(name) { names[String(parts[1])] = name }
    }
    var entries: [String: [String]] = [:]
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 4, let name = names[String(words[0])] else { continue }
      entries[name, default: []].append("\(words[2]) \(words[1])")
    }
    return entries
  }
}

extension Array {
  /// The elements in their order, so many at a time.
  fileprivate func batches(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
