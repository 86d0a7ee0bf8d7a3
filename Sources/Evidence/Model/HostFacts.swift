import Quantities

/// The family of a host's system.
public enum HostSystem: String, Hashable, Sendable, Codable, CaseIterable {
  case linux
  case windows
}

/// What the evidence of one host says, in no system's words.
public struct HostFacts: Hashable, Sendable {
  /// As the collector was told, or the host's own name.
  public var host: String
  public var system: HostSystem
  /// Name and release of the system, such as `Debian GNU/Linux 12 (bookworm)`.
  public var release: Reading<String>
  /// All interfaces, in the order of the host; unknown when nobody listed them.
  public var interfaces: Reading<[InterfaceFacts]>
  /// Whether Open vSwitch joins its ports: commands of `ip` do not reach what it made.
  public var hasOpenVSwitch = false
  /// What keeps processors from running at full clock, or does not.
  public var power: Reading<PowerFacts>
  /// Routes of IPv4, in the order of the host.
  public var routes: Reading<[RouteFacts]>
  /// How the host moves guests.
  public var migration: MigrationFacts
  /// Connections of SMB Multichannel that were open; only Windows has them.
  public var smbConnections: Reading<[SMBConnection]>

  /// Makes facts of which nothing is known yet.
  public init(host: String, system: HostSystem) {
    self.host = host
    self.system = system
    release = .notCollected
    interfaces = .notCollected
    power = .notCollected
    routes = .notCollected
    migration = MigrationFacts()
    smbConnections = .notCollected
  }
}

/// The power policy of a system.
public enum PowerFacts: Hashable, Sendable {
  /// `scaling_governor` of each processor that has one, in the order of processors.
  case governors([String])
  /// GUID of the active scheme, lower case.
  case scheme(String)
}

/// A route of IPv4.
public struct RouteFacts: Hashable, Sendable {
  /// `0.0.0.0/0` for the default route.
  public var destination: IPv4Subnet
  /// `nil` for a network that is reached without one.
  public var gateway: IPv4Address?
  /// Interface that it leaves by.
  public var interface: String
  /// Makes a route.
  public init(destination: IPv4Subnet, gateway: IPv4Address?, interface: String) {
    self.destination = destination
    self.gateway = gateway
    self.interface = interface
  }
}

/// How a host moves guests, as far as its system says it.
public struct MigrationFacts: Hashable, Sendable {
  /// The transports that systems offer.
  public enum Option: String, Hashable, Sendable, Codable, CaseIterable {
    case tcp
    case compression
    case smb
  }
  public var option: Reading<Option> = .notCollected
  /// Migrations at once that the host allows.
  public var hostLimit: Reading<Int> = .notCollected
  /// The same of its cluster, which wins.
  public var clusterLimit: Reading<Int> = .notCollected
  /// Subnets that migrations may use, in the order of the host.
  public var networks: Reading<[IPv4Subnet]> = .notCollected
  /// Bytes a second that migrations over SMB may take; `nil` for no limit. Only Windows has one.
  public var smbLimit: Reading<Int64?> = .notCollected
  /// How hosts prove who they are, in the system's own word, such as `Kerberos`.
  public var authentication: Reading<String> = .notCollected
  /// Whether Credential Guard of Windows runs, which keeps CredSSP from signing in elsewhere.
  public var hasCredentialGuard: Reading<Bool> = .notCollected
  /// Makes facts of which nothing is known yet.
  public init() {}
}

/// A connection of SMB Multichannel.
public struct SMBConnection: Hashable, Sendable {
  public var server: String
  public var client: IPv4Address?
  public var isSelected: Bool
  public var hasFailed: Bool
  public var isRSSCapable: Bool
  public var isRDMACapable: Bool
  /// Makes a connection.
  public init(
    server: String, client: IPv4Address?, isSelected: Bool, hasFailed: Bool, isRSSCapable: Bool,
    isRDMACapable: Bool
  ) {
    self.server = server
    self.client = client
    self.isSelected = isSelected
    self.hasFailed = hasFailed
    self.isRSSCapable = isRSSCapable
    self.isRDMACapable = isRDMACapable
  }
}
