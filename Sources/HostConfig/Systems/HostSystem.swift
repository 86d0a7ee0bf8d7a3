/// An operating system, as far as its releases differ.
enum HostSystem: Hashable, Sendable {
  case windows(WindowsSystem)
  case linux(LinuxSystem)
  /// Of switches: only playbooks ask for these.
  case network(NetworkSystem)
}

/// An operating system of switches, as Ansible knows it.
struct NetworkSystem: Hashable, Sendable {
  /// Value of `ansible_network_os`.
  var networkOS: String
  /// The module that takes a configuration as text.
  var module: String
}

/// A release of Windows Server.
struct WindowsSystem: Hashable, Sendable {
  /// What joins ports under a virtual switch.
  enum GuestTeam: String, Hashable, Sendable {
    /// Switch Embedded Teaming.
    case embedded
    /// A team of NIC Teaming (LBFO) under the switch.
    case nicTeaming = "nic-teaming"
  }
  /// As people call it.
  var name: String
  /// The build number by which a host shows its release.
  var build: Int
  var guestTeam: GuestTeam
  /// Whether virtual ports of the host can do RDMA; without it a port under a team or a virtual
  /// switch has none.
  var hasVirtualRDMA: Bool
  /// Whether a cluster has a limit of its own for migrations at a time.
  var hasClusterLimit: Bool
}

/// A distribution of Linux.
struct LinuxSystem: Hashable, Sendable {
  /// How a distribution writes its network down.
  enum Format: String, Hashable, Sendable, CaseIterable {
    case netplan
    case networkd
    case ifupdown2
    case nmcli
  }
  /// As people call it.
  var name: String
  /// In the order of `Format`.
  var formats: [Format]
}
