import Agent
import Lab
import Quantities

/// Keys for the agents of a lab, from the authority of the lab's own plan.
enum LabKeys {
  /// Writes them where the hosts of the lab look for them, and beside them those of a plan that
  /// nobody has, for the fault of that name.
  static func write(_ runner: LabRunner) throws {
    guard !runner.plan.agent.isEmpty else { return }
    let folder = runner.folder
    let (fabric, hash) = try Pipeline.hashedFabric(at: folder.planPath)
    let keys = try PlanKeys(fabric, hash: hash, at: folder.planPath, keys: folder.keysPath)
    let own = try keys.authority()
    let stranger = PlanHash(SHA256.hexDigest(Array("not \(hash)".utf8)))
    let others = try stranger.map { try Authority(for: $0, at: .now) }
    for host in runner.plan.hosts {
      guard let name = HostName(host.name) else { continue }
      try AgentFolder.write(
        folder.agentKeysPath(host.name), try own.credentials(for: .agent(name), at: .now))
      if let others {
        try AgentFolder.write(
          folder.agentKeysPath(host.name, ofAnotherPlan: true),
          try others.credentials(for: .agent(name), at: .now))
      }
    }
  }
}
