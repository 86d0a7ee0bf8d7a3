import Evidence
import Fabric
import Quantities

/// What to type, in the words of the system that is wrong.
enum Remedy {
  /// Whose words: what Open vSwitch made, `ip` does not change.
  enum Means {
    case linux
    case openVSwitch
    case windows

    init(_ facts: HostFacts) {
      self = facts.system == .windows ? .windows : facts.hasOpenVSwitch ? .openVSwitch : .linux
    }
  }

  /// Bytes of an Ethernet header, which `*JumboPacket` counts beside the payload
  /// (`host-validation`, section 2d).
  private static let ethernetHeader = 14

  /// - Parameter isPort: whether it is a port of a card, which belongs to the system in any case.
  static func mtu(_ interface: String, _ mtu: Int, isPort: Bool, _ system: Means) -> String {
    switch system {
    // ovs-vswitchd.conf.db(5), table Interface.
    case .openVSwitch where !isPort: "ovs-vsctl set interface \(interface) mtu_request=\(mtu)"
    case .linux, .openVSwitch:
      "ip link set dev \(interface) mtu \(mtu), and the same where it is configured"
    case .windows:
      "Set-NetAdapterAdvancedProperty -Name '\(interface)' -RegistryKeyword '*JumboPacket'"
        + " -RegistryValue \(mtu + ethernetHeader)"
    }
  }

  /// - Parameter interface: the one that has the network's address; `nil` for none.
  static func vlan(
    _ network: PlannedNetwork, _ port: String, interface: String?, _ system: Means
  ) -> String {
    switch system {
    case .openVSwitch:
      network.isTagged
        ? "ovs-vsctl set port \(interface ?? port) tag=\(network.vlan.id.number)"
        : "ovs-vsctl clear port \(interface ?? port) tag"
    case .linux:
      "ip link add link \(port) name \(port).\(network.vlan.id.number) type vlan id"
        + " \(network.vlan.id.number), and the address on it"
    case .windows:
      "Set-NetAdapter -Name '\(port)' -VlanID \(network.vlan.id.number), or"
        + " Set-VMNetworkAdapterVlan -ManagementOS -Access -VlanId \(network.vlan.id.number) for a"
        + " virtual port"
    }
  }

  static func address(_ network: PlannedNetwork, _ system: Means) -> String {
    let own = "\(network.address)/\(network.prefix.prefixLength)"
    return switch system {
    case .linux, .openVSwitch:
      "ip address add \(own) dev the interface of VLAN \(network.vlan.id.number)"
    case .windows:
      "New-NetIPAddress -IPAddress \(network.address) -PrefixLength"
        + " \(network.prefix.prefixLength) on the interface of VLAN \(network.vlan.id.number)"
    }
  }

  /// Only Windows has these.
  static func migration(_ check: CheckID, _ expected: String) -> String {
    switch check {
    case .migrationOption: "Set-VMHost -VirtualMachineMigrationPerformanceOption SMB"
    case .migrationCount:
      "Set-VMHost -MaximumVirtualMachineMigrations \(LiveMigration.count), and in a cluster"
        + " (Get-Cluster).MaximumParallelMigrations = \(LiveMigration.count)"
    case .migrationNetwork:
      "Set-VMHost -UseAnyNetworkForMigration $false, and Add-VMMigrationNetwork for \(expected)"
    case .migrationSignIn:
      "Set-VMHost -VirtualMachineMigrationAuthenticationType Kerberos, with constrained delegation"
    case .smbLimit:
      Int64(expected.prefix { $0.isNumber }).map {
        "Set-SmbBandwidthLimit -Category LiveMigration -BytesPerSecond \($0)"
      } ?? "Remove-SmbBandwidthLimit -Category LiveMigration"
    default: ""
    }
  }

  static func power(_ system: Means) -> String {
    switch system {
    case .linux, .openVSwitch: "tuned-adm profile throughput-performance"
    case .windows: "powercfg /setactive \(SettingChecks.performanceScheme)"
    }
  }

  /// - Parameter bond: name of the team that is there; `nil` for none.
  static func team(_ ports: [String], bond: String?, _ system: Means) -> String {
    switch (system, bond) {
    // ovs-vsctl(8).
    case (.openVSwitch, let bond?):
      ports.map { "ovs-vsctl add-bond-iface \(bond) \($0)" }.joined(separator: "; ")
    case (.openVSwitch, nil):
      "ovs-vsctl add-bond with the bridge, a name and all ports of the team"
    default: "join the port to its team, in the VLANs of the others"
    }
  }

  static func setting(_ check: CheckID, _ port: String, _ means: Means) -> String {
    // Ports of cards belong to the system in any case.
    let system: HostSystem = means == .windows ? .windows : .linux
    return switch (check, system) {
    case (.rssOn, .windows): "Enable-NetAdapterRss -Name '\(port)'"
    case (.rssQueues, .windows):
      "Set-NetAdapterRss -Name '\(port)' -NumberOfReceiveQueues \(SettingChecks.enoughQueues)"
    case (.rssQueues, .linux):
      "ethtool -L \(port) combined \(SettingChecks.enoughQueues)"
    case (.rssNUMA, .windows): "Set-NetAdapterRss -Name '\(port)' -Profile NUMAStatic"
    case (.rssNUMA, .linux): "irq-affinity.sh in the folder of the host group"
    case (.offload, .linux): "ethtool -K \(port) rx on tx on tso on"
    case (.offload, .windows):
      "Enable-NetAdapterLso -Name '\(port)'; Enable-NetAdapterChecksumOffload -Name '\(port)'"
    case (.flowControl, .linux): "ethtool -A \(port) rx off tx off"
    case (.flowControl, .windows):
      "Set-NetAdapterAdvancedProperty -Name '\(port)' -RegistryKeyword '*FlowControl'"
        + " -RegistryValue 0"
    case (.dcbWilling, .windows): "Set-NetQosDcbxSetting -Willing $false -Confirm:$false"
    case (.dcbWilling, .linux), (.pfcPriority, .linux), (.etsBandwidth, .linux),
      (.appPriority, .linux):
      "dcb.sh in the folder of the host group"
    case (.pfcPriority, .windows), (.etsBandwidth, .windows), (.appPriority, .windows):
      "apply.ps1 in the folder of the host group"
    case (.driverInbox, .windows): "install the driver of the card's maker on \(port)"
    case (.pfcQuiet, _): "look at PFC on both ends of \(port), and at what slows the receiver down"
    case (.rdmaOn, .windows): "Enable-NetAdapterRdma -Name '\(port)'"
    default: ""
    }
  }
}
