import Evidence
import Fabric
import Quantities

/// What to type, in the words of the system or switch that is wrong.
enum Remedy {
  /// Bytes of an Ethernet header, which `*JumboPacket` counts beside the payload
  /// (`host-validation`, section 2d).
  private static let ethernetHeader = 14

  static func mtu(_ interface: String, _ mtu: Int, _ system: HostSystem) -> String {
    switch system {
    case .linux: "ip link set dev \(interface) mtu \(mtu), and the same where it is configured"
    case .windows:
      "Set-NetAdapterAdvancedProperty -Name '\(interface)' -RegistryKeyword '*JumboPacket'"
        + " -RegistryValue \(mtu + ethernetHeader)"
    }
  }

  static func vlan(_ network: PlannedNetwork, _ port: String, _ system: HostSystem) -> String {
    switch system {
    case .linux:
      "ip link add link \(port) name \(port).\(network.vlan.id.number) type vlan id"
        + " \(network.vlan.id.number), and the address on it"
    case .windows:
      "Set-NetAdapter -Name '\(port)' -VlanID \(network.vlan.id.number), or"
        + " Set-VMNetworkAdapterVlan -ManagementOS -Access -VlanId \(network.vlan.id.number) for a"
        + " virtual port"
    }
  }

  static func address(_ network: PlannedNetwork, _ system: HostSystem) -> String {
    let own = "\(network.address)/\(network.prefix.prefixLength)"
    return switch system {
    case .linux: "ip address add \(own) dev the interface of VLAN \(network.vlan.id.number)"
    case .windows:
      "New-NetIPAddress -IPAddress \(network.address) -PrefixLength"
        + " \(network.prefix.prefixLength) on the interface of VLAN \(network.vlan.id.number)"
    }
  }

  static func power(_ system: HostSystem) -> String {
    switch system {
    case .linux: "tuned-adm profile throughput-performance"
    case .windows: "powercfg /setactive \(SettingChecks.performanceScheme)"
    }
  }

  static func setting(_ check: CheckID, _ port: String, _ system: HostSystem) -> String {
    switch (check, system) {
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
    case (.rdmaOn, .windows): "Enable-NetAdapterRdma -Name '\(port)'"
    default: ""
    }
  }
}
