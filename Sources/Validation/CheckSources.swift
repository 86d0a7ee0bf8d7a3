/// Where each check reads what it judges, by system: what stands here is all that a source can know.
/// A check that is unknown though its sources are in the evidence is a defect.
extension CheckID {
  /// What is read on a Linux host; empty where the host is not asked.
  public var linuxSources: String {
    switch self {
    case .evidence, .evidencePlan: "the head of the file"
    case .nicPresent, .address, .mtuHost: "ip address"
    case .linkUp: "ip address (LOWER_UP)"
    case .linkSpeed: "sysfs speed, ethtool"
    case .linkErrors, .linkDrops: "ip -s address and ethtool -S, twice"
    case .nicPCIe: "sysfs current_link_speed, current_link_width"
    case .lldpSeen: "lldpcli"
    case .lldpPlan: "lldpcli, or else address tables of the switches"
    case .vlanID: "ip -d address; bridge vlan; Open vSwitch"
    case .teamMode, .teamMembers: "ip -d address, /proc/net/bonding, teamdctl; Open vSwitch"
    case .managementReach: "TCP connections by name"
    case .powerOS: "scaling_governor of each processor"
    case .rssOn, .rssQueues: "ethtool -l, -x; sysfs queues"
    case .interruptSpread: "ethtool -S, twice"
    case .rssNUMA: "interrupts of the card and processors of its node in sysfs"
    case .offload: "ethtool -k"
    case .flowControl: "ethtool -a"
    case .dcbWilling, .etsBandwidth: "dcb ets"
    case .pfcPriority: "dcb pfc"
    case .appPriority: "dcb app, or the VLAN's egress map"
    case .rdmaOn: "rdma link"
    case .rdmaTechnology: "gid types in sysfs"
    case .pfcQuiet: "ethtool -S and dcb pfc, twice"
    case .driverInbox, .smbMultichannel, .smbLimit, .migrationOption, .migrationCount,
      .migrationNetwork, .migrationSignIn:
      ""
    case .switchConfig, .switchLink, .switchMTU, .switchVLAN, .switchPFC, .switchErrors,
      .switchTree, .switchLoop:
      ""
    case .pathReach, .pathMTU, .pathLoss: "ping -M do, from each address to each other"
    case .pathRate: "TCP between agents, each pair in turn (--throughput)"
    case .vlanIsolated: "ping to the core, ip route"
    case .hostsAlike: "all of the above, and ethtool -i, -g"
    }
  }

  /// What is read on a Windows host; empty where Windows does not tell.
  public var windowsSources: String {
    switch self {
    case .evidence, .evidencePlan: "the head of the file"
    case .nicPresent, .linkUp, .linkSpeed: "Get-NetAdapter"
    case .linkErrors, .linkDrops: "Get-NetAdapterStatistics, twice"
    case .nicPCIe: "Get-NetAdapterHardwareInfo"
    case .lldpSeen: ""
    case .lldpPlan: "address tables of the switches"
    case .address: "Get-NetIPAddress"
    case .vlanID:
      "Get-NetAdapter, Get-NetLbfoTeamNic, Get-VMNetworkAdapterVlan, Get-VMNetworkAdapterIsolation"
    case .mtuHost: "Get-NetIPInterface, Get-NetAdapter"
    case .teamMode, .teamMembers: "Get-NetLbfoTeam, Get-VMSwitchTeam"
    case .managementReach: "TCP connections by name"
    case .powerOS: "powercfg"
    case .rssOn, .rssQueues, .rssNUMA: "Get-NetAdapterRss"
    case .interruptSpread: ""
    case .offload: "Get-NetAdapterLso, Get-NetAdapterChecksumOffload"
    case .flowControl: "Get-NetAdapterAdvancedProperty"
    case .dcbWilling: "Get-NetQosDcbxSetting"
    case .pfcPriority: "Get-NetQosFlowControl, Get-NetAdapterQos"
    case .etsBandwidth: "Get-NetQosTrafficClass"
    case .appPriority: "Get-NetQosPolicy"
    case .rdmaOn: "Get-NetAdapterRdma"
    case .rdmaTechnology: "Get-NetAdapterAdvancedProperty"
    case .driverInbox: "Get-NetAdapter"
    case .pfcQuiet: ""
    case .smbMultichannel: "Get-SmbMultichannelConnection"
    case .smbLimit: "Get-SmbBandwidthLimit"
    case .migrationOption: "Get-VMHost"
    case .migrationSignIn: "Get-VMHost, Win32_DeviceGuard"
    case .migrationCount: "Get-VMHost, Get-Cluster"
    case .migrationNetwork: "Get-VMHost, Get-VMMigrationNetwork"
    case .switchConfig, .switchLink, .switchMTU, .switchVLAN, .switchPFC, .switchErrors,
      .switchTree, .switchLoop:
      ""
    case .pathReach, .pathMTU, .pathLoss: "ping -f, from each address to each other"
    case .pathRate: ""
    case .vlanIsolated: "ping to the core, Get-NetRoute"
    case .hostsAlike: "all of the above"
    }
  }

  /// When nobody can tell though somebody looked; what the system does not tell at all is said by an
  /// empty source.
  public var unknownWhen: String {
    switch self {
    case .evidence: "nobody collected anything on the host"
    case .evidencePlan: "never: skipped where the collector knew no plan"
    case .nicPresent, .linkUp, .address, .mtuHost: "the list of interfaces cannot be read"
    case .linkSpeed: "the driver does not say it"
    case .linkErrors, .linkDrops: "only one sample is there"
    case .nicPCIe: "never: skipped where the slot is not told, as for virtual functions"
    case .lldpSeen: "lldpd does not run; skipped on Windows"
    case .lldpPlan:
      "neither a neighbour nor a switch tells, or the neighbour names a MAC or a local number alone"
    case .vlanID: "the tool does not say what the interface adds"
    case .teamMode, .teamMembers: "the list of interfaces cannot be read"
    case .managementReach: "the collector had no means to connect, or was told not to"
    case .powerOS: "no processor has a governor: the BIOS or a hypervisor rules"
    case .rssOn, .rssQueues, .rssNUMA: "the driver does not say it; skipped under virtual switches"
    case .interruptSpread:
      "never: skipped where the driver does not count by queue, and without load"
    case .offload, .flowControl: "the driver does not say it"
    case .dcbWilling, .pfcPriority, .etsBandwidth, .appPriority:
      "the driver has no DCB; skipped on ports that are not lossless by plan"
    case .rdmaOn, .rdmaTechnology: "the collector may not ask; skipped where no RDMA is planned"
    case .driverInbox: "Windows does not say who made it; skipped where no RDMA is planned"
    case .pfcQuiet: "never: skipped where the driver counts no pauses, and without load"
    case .smbMultichannel: "the collector may not ask; skipped when no session was open"
    case .smbLimit, .migrationOption, .migrationCount, .migrationNetwork, .migrationSignIn:
      "the collector may not ask; skipped on Linux, and without a network of live migration"
    case .switchConfig: "never: skipped without a running configuration"
    case .switchLink: "never: skipped without a table of ports (show interfaces status)"
    case .switchMTU: "never: skipped where no table says it (show interfaces)"
    case .switchVLAN: "never: skipped without a table of VLANs (show vlan)"
    case .switchPFC: "never: skipped without a table (show interface priority-flow-control)"
    case .switchErrors: "never: skipped with less than two tables of counters (show interfaces)"
    case .switchTree: "never: skipped without a table (show spanning-tree)"
    case .switchLoop: "never: skipped without a table of neighbours (show lldp neighbors)"
    case .pathReach, .pathMTU, .pathLoss: "one of the two did not probe"
    case .pathRate: "a measurement failed or was not made; skipped when none was asked for"
    case .vlanIsolated: "never: skipped where no address of the core was named"
    case .hostsAlike: "never: skipped for a group of one"
    }
  }
}
