extension LabPlan {
  /// A part of bringing a lab up; parts come one after the other.
  public struct Stage: Sendable {
    /// What it does, such as `cables`.
    public var name: String
    /// Lists of steps that do not depend on each other.
    public var lists: [[LabStep]]
  }

  /// All that makes the lab, after its namespaces.
  public var stages: [Stage] {
    [
      Stage(name: "settings", lists: nodes.map(LabPlan.settingSteps)),
      Stage(name: "cables", lists: [cableSteps]),
      Stage(name: "switches", lists: [switchSteps]),
      Stage(name: "hosts", lists: hosts.map(steps)),
      Stage(name: "LLDP of switches", lists: switches.map(lldpSteps)),
      Stage(name: "the LAN beside it", lists: [lanSteps]),
    ]
      + (agent.isEmpty ? [] : [Stage(name: "agents", lists: hosts.map { agentSteps($0) })])
      + [Stage(name: "waiting for LACP, spanning tree and LLDP", lists: [waitSteps])]
  }

  /// What the lab does not build, one sentence each without a full stop.
  public var limits: [String] {
    var limits = [
      "rates, cards, drivers, offloads, queues, PCI Express, RDMA and lossless Ethernet are not shown:"
        + " virtual interfaces have none of them"
    ]
    if bridges.contains(where: { $0.switches.count > 1 }) {
      limits.append("the two switches of a pair are one, so the peer link forwards nothing")
    }
    if hosts.contains(where: { $0.bases.contains { $0.form == .tied } }) {
      limits.append(
        "teams whose ports are in different VLANs are built without a team: each network is tied to"
          + " its port")
    }
    if core != nil { limits.append("the core is a stand-in that takes every VLAN") }
    return limits
  }

  /// Whether what hosts say of their teams can be compared with the plan.
  public var showsTeams: Bool {
    !hosts.contains { $0.bases.contains { $0.form == .tied } }
  }
}
