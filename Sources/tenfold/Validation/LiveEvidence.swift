import Agent
import Evidence
import Fabric
import Quantities
import Threads
import Validation

/// Evidence that agents bring while one waits.
struct LiveEvidence {
  /// One entry a host that brought evidence, in the order of the list.
  let hosts: [HostEvidence]
  /// Hosts without evidence, and clocks that are off.
  let notes: [AgentNote]
  /// Agents that answered, in the order of the list.
  let agents: [AgentHost]
  /// With which they were asked.
  let own: Credentials

  /// What to ask, and whom.
  struct Request {
    /// `all`, or a file (`AgentHosts`).
    var hosts: String
    /// Folder of keys; `.tenfold` beside the plan's folder when `nil`.
    var keys: String?
    var port = AgentAddress.port
    /// Whether hosts probe one another.
    var probes = true
    /// Least seconds between both samples of counters.
    var interval = 10
    /// Agents at once.
    var concurrency = 64
    /// Addresses beyond the core, which networks of storage must not reach; gateways of the plan are
    /// tried anyway.
    var core: [IPv4Address] = []
  }

  /// Asks the agents of hosts. Ends, whatever they do; a host that brings nothing is a note.
  /// - Parameter plan: The plan's path, as the user gave it.
  /// - Throws: `Failure` or `Findings` when the list or the keys cannot be used.
  static func collect(
    _ request: Request, fabric: Fabric, hash: String, plan: String
  ) throws -> LiveEvidence {
    let keys = try PlanKeys(fabric, hash: hash, at: plan, keys: request.keys)
    let hosts = try AgentHosts.read(request.hosts, in: keys.names, port: request.port)
    let own = try keys.authority().credentials(for: .coordinator, at: .now)
    let table = ProbeTable(lines: KitTable.lines(fabric, hash: hash, core: request.core))
    var options = AgentPool.Options()
    options.concurrency = request.concurrency
    options.version = Tenfold.configuration.version
    let results = try AgentRuntime().collect(from: hosts, as: own, options: options) { host in
      CollectRequest(
        probes: request.probes, interval: request.interval,
        networks: request.probes ? table.networks(of: host.name) : [],
        crossings: request.probes ? table.crossings : [],
        services: request.probes ? table.services(of: host.name) : [])
    }
    return LiveEvidence(results, own)
  }

  private init(_ results: [HostResult], _ own: Credentials) {
    self.own = own
    agents = results.filter { (try? $0.outcome.get()) != nil }.map(\.host)
    hosts = concurrentMap(results) { try? HostEvidence($0.outcome.get()) }.compactMap { $0 }
    notes = results.compactMap(AgentNote.init)
  }
}
