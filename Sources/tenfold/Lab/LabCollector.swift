import Agent
import Evidence
import Fabric
import JSONText
import Lab
import Quantities
import Validation

/// Collects evidence in a lab: through the agents of its hosts, or as if somebody went to each of them
/// with a stick.
struct LabCollector {
  private let runner: LabRunner
  private let fabric: Fabric
  private let hash: String
  private let usesAgents: Bool
  private let progress: LabRunner.Progress

  /// - Parameter usesAgents: whether agents are asked, where the lab has them.
  init(_ runner: LabRunner, usesAgents: Bool, progress: @escaping LabRunner.Progress) throws {
    self.runner = runner
    self.progress = progress
    (fabric, hash) = try Pipeline.hashedFabric(at: runner.folder.planPath)
    self.usesAgents = usesAgents && !runner.plan.agent.isEmpty
  }

  /// Writes HOST.json for each host that has evidence, and SWITCH.txt for each switch.
  /// - Returns: how many hosts have evidence, and what should be known beside it, such as why one has
  ///   none.
  func collect(to target: String) throws -> (hosts: Int, notes: [AgentNote]) {
    let lines = KitTable.lines(
      fabric, hash: hash, core: [runner.plan.core?.address].compactMap { $0 })
    var (files, notes) = try look(runner.plan.hosts.map { ($0.name, lines) })
    for _ in 0..<SecondLook.looks {
      let again = SecondLook(files)
      let tables = again.hosts.map { (host: $0, lines: again.lines($0, of: lines)) }
      guard !tables.isEmpty else { break }
      progress("some packets were lost: looking again on \(tables.count) hosts")
      files = again.merged(files, with: try look(tables, isCalm: true).files)
    }
    for file in files {
      try Files.write(try JSONWriter.bytes(file), to: "\(target)/\(file.host).json")
    }
    for (name, text) in try runner.tables() {
      try Files.write(Array(text.utf8), to: "\(target)/\(name).txt")
    }
    return (files.count, notes)
  }

  /// Looks once at some hosts.
  /// - Parameters:
  ///   - tables: hosts, and the lines of the plan's table for each.
  ///   - isCalm: whether few agents are asked at once, and probe little.
  private func look(
    _ tables: [(host: String, lines: [String])], isCalm: Bool = false
  ) throws -> (files: [EvidenceFile], notes: [AgentNote]) {
    usesAgents ? try ask(tables, isCalm) : (try visit(tables), [])
  }

  private func visit(_ tables: [(host: String, lines: [String])]) throws -> [EvidenceFile] {
    let scripts = try tables.map { table in
      (host: table.host, script: try KitScript.collector(.linux, table: table.lines).bytes)
    }
    return try runner.collect(scripts).map { host, bytes in
      try EvidenceJSON.file(from: bytes, file: "\(host).json")
    }
  }

  private func ask(
    _ tables: [(host: String, lines: [String])], _ isCalm: Bool
  ) throws -> (files: [EvidenceFile], notes: [AgentNote]) {
    let own = try credentials()
    var requests: [HostName: CollectRequest] = [:]
    let hosts = try tables.compactMap { host, lines -> AgentHost? in
      guard let agent = try agent(of: host) else { return nil }
      let table = ProbeTable(lines: lines)
      // Names of the LAN beside it mean nothing here.
      requests[agent.name] = CollectRequest(
        interval: 1, jobs: isCalm ? 2 : runner.probesAtOnce,
        networks: table.networks(of: agent.name), crossings: table.crossings)
      return agent
    }
    var options = AgentPool.Options()
    options.concurrency = isCalm ? 4 : LabRunner.collectorsAtOnce
    options.version = Tenfold.configuration.version
    let asked = requests
    let request: @Sendable (AgentHost) -> CollectRequest = { asked[$0.name] ?? CollectRequest() }
    let results = try withRuntime { runtime in
      try runtime.collect(
        from: hosts, as: own, options: options, isStopped: { LabRunner.isStopAsked }, request)
    }
    return (results.compactMap { try? $0.outcome.get() }, results.compactMap(AgentNote.init))
  }

  /// Measures what TCP carries, so that each port sends to two others and receives from them, and
  /// writes it to `measured.jsonl`. All hosts share the machine, so one way is measured at a time.
  func measure(to target: String, _ printer: Printer) throws {
    let hosts = try runner.plan.hosts.compactMap { try agent(of: $0.name) }
    let run = ThroughputRun(
      file: "\(target)/measured.jsonl",
      method: Throughput.Method(streams: 1, warmUp: 0, seconds: 1), rounds: 4, isOneByOne: true)
    let own = try credentials()
    _ = try withRuntime { runtime in
      try run.measure(
        hosts, as: own, fabric, hash: hash, printer, on: runtime,
        isStopped: { LabRunner.isStopAsked })
    }
  }

  /// The agent of a host; `nil` for one that is not in the lab.
  private func agent(of host: String) throws -> AgentHost? {
    guard let name = HostName(host), let text = runner.plan.agentAddress(host) else { return nil }
    return AgentHost(name: name, address: try AgentHosts.address(text))
  }

  private func credentials() throws -> Credentials {
    try PlanKeys(fabric, hash: hash, at: runner.folder.planPath, keys: runner.folder.keysPath)
      .authority().credentials(for: .coordinator, at: .now)
  }

  /// Something that asks agents in the LAN of the lab.
  private func withRuntime<Value>(_ body: (AgentRuntime) throws -> Value) throws -> Value {
    // What runs in the LAN must not hold it open once the lab goes.
    let runtime = try runner.inLAN { AgentRuntime() }
    defer { runtime.end() }
    do { return try body(runtime) } catch is CancellationError {
      throw LabFailure(.stopped, "stopped")
    }
  }
}
