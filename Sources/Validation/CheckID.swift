import Quantities

/// The checks, by the names that reports use.
public enum CheckID: String, Hashable, Sendable, Codable, CaseIterable {
  case evidence
  case evidencePlan = "evidence.plan"
  case nicPresent = "nic.present"
  case linkUp = "link.up"
  case linkSpeed = "link.speed"
  case linkErrors = "link.errors"
  case linkDrops = "link.drops"
  case nicPCIe = "nic.pcie"
  case lldpSeen = "lldp.seen"
  case lldpPlan = "lldp.plan"
  case address
  case vlanID = "vlan.id"
  case mtuHost = "mtu.host"
  case teamMode = "team.mode"
  case teamMembers = "team.members"
  case managementReach = "mgmt.reach"
  case powerOS = "power.os"
  case rssOn = "rss.on"
  case rssQueues = "rss.queues"
  case rssNUMA = "rss.numa"
  case interruptSpread = "irq.spread"
  case offload
  case flowControl = "flow.8023x"
  case dcbWilling = "dcb.willing"
  case pfcPriority = "pfc.prio"
  case etsBandwidth = "ets.bw"
  case appPriority = "app.prio"
  case rdmaOn = "rdma.on"
  case rdmaTechnology = "rdma.tech"
  case driverInbox = "nic.driver.inbox"
  case pfcQuiet = "pfc.quiet"
  case smbMultichannel = "smb.multichannel"
  case smbLimit = "smb.limit"
  case migrationOption = "lm.option"
  case migrationCount = "lm.count"
  case migrationNetwork = "lm.network"
  case migrationSignIn = "lm.auth"
  case switchConfig = "switch.config"
  case switchLink = "switch.link"
  case switchMTU = "switch.mtu"
  case switchVLAN = "switch.vlan"
  case switchPFC = "switch.pfc"
  case switchErrors = "switch.errors"
  case switchTree = "switch.tree"
  case switchLoop = "switch.loop"
  case pathReach = "path.reach"
  case pathMTU = "mtu.path"
  case pathLoss = "path.loss"
  case pathRate = "path.rate"
  case vlanIsolated = "vlan.isolated"
  case hostsAlike = "hosts.alike"

  /// What it proves, as one sentence without a full stop.
  public var claim: String {
    switch self {
    case .evidence: "there is evidence of every host"
    case .evidencePlan: "the evidence was collected for this plan"
    case .nicPresent: "every planned port is there"
    case .linkUp: "every planned port has a link"
    case .linkSpeed: "every link runs at its planned rate"
    case .linkErrors: "no frame was damaged while the collector watched"
    case .linkDrops: "no frame was dropped while the collector watched"
    case .nicPCIe: "the slot of a card can feed its port"
    case .lldpSeen: "every planned port sees one LLDP neighbour"
    case .lldpPlan: "every planned port is plugged in where the plan has it"
    case .address: "every network has its planned address and prefix"
    case .vlanID: "every network is in its planned VLAN"
    case .mtuHost: "every interface of a network carries its planned MTU"
    case .teamMode: "teams are of the kind that the switches expect"
    case .teamMembers: "all members of a team are there and carry traffic"
    case .managementReach: "every host reaches what it needs over the existing LAN"
    case .powerOS: "the system lets the processors run at full clock"
    case .rssOn: "receive work is spread over processors"
    case .rssQueues: "there are enough receive queues"
    case .rssNUMA: "receive queues are served near the card"
    case .interruptSpread: "no receive queue takes most of the load"
    case .offload: "the card takes over checksums and segmentation"
    case .flowControl: "802.3x flow control is off where priority flow control is on"
    case .dcbWilling: "the host applies its own settings of DCB"
    case .pfcPriority: "the lossless priorities are the planned ones"
    case .etsBandwidth: "the lossless class has at least its planned share"
    case .appPriority: "RDMA is marked with the lossless priority"
    case .rdmaOn: "RDMA is on where the plan wants it"
    case .rdmaTechnology: "all ports of a network speak the same RDMA protocol"
    case .driverInbox: "ports with RDMA run the driver of their maker"
    case .pfcQuiet: "lossless ports are not held by pauses"
    case .smbMultichannel: "open sessions of SMB use every planned network"
    case .smbLimit: "live migration leaves SMB its planned share for storage"
    case .migrationOption: "live migration goes by the planned transport"
    case .migrationCount: "as many guests migrate at once as planned"
    case .migrationNetwork: "live migration takes the planned networks alone"
    case .migrationSignIn: "live migration can sign in at the other host"
    case .switchConfig: "the switches are configured as planned"
    case .switchLink: "every planned port of a switch has a link at its planned rate"
    case .switchMTU: "every planned port of a switch carries its planned size"
    case .switchVLAN: "every planned port of a switch is in its planned VLANs"
    case .switchPFC: "ports of switches pause the planned priorities and no others"
    case .switchErrors: "no port of a switch counted a damaged frame between two tables"
    case .switchTree: "spanning tree blocks no planned link"
    case .switchLoop: "no cable joins switches beside the planned ones"
    case .pathReach: "every host answers every other in each network"
    case .pathMTU: "packets of the planned size pass between all hosts, unfragmented"
    case .pathLoss: "no probe was lost on a path that works"
    case .pathRate: "TCP carries between hosts what the links on the way allow"
    case .vlanIsolated: "networks of storage cannot reach the core"
    case .hostsAlike: "hosts of one group are alike"
    }
  }

  /// How much a failure matters.
  public var severity: Severity {
    switch self {
    case .driverInbox, .pfcQuiet, .smbLimit, .migrationOption, .migrationCount, .linkDrops,
      .nicPCIe, .lldpSeen, .rssOn, .rssQueues, .rssNUMA, .interruptSpread, .offload, .pathLoss,
      .pathRate, .hostsAlike, .evidencePlan:
      .warning
    default: .error
    }
  }
}
