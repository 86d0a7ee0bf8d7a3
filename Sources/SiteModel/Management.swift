import Quantities

/// The out-of-band management network.
public struct Management: Hashable, Sendable, Codable {
  /// Rack of the switch that management cables go to.
  public var rack: String
  /// Buy a small switch for it; otherwise ports of an existing one are used.
  public var buySwitch: Bool
  /// Free ports of the existing management switch; `nil` when not stated.
  public var freePorts: Int?
  public var subnet: IPv4Subnet
  /// Its gateway; `nil` when management is not routed.
  public var gateway: IPv4Address?
  /// First host number in `subnet` for switches.
  public var firstAddress: Int
  public var ntp: [IPv4Address]
  public var syslog: [IPv4Address]
  /// VLAN for management on switches without an out-of-band port.
  public var vlan: VLANID
  /// Makes a description.
  public init(
    rack: String, buySwitch: Bool, freePorts: Int?, subnet: IPv4Subnet, gateway: IPv4Address?,
    firstAddress: Int, ntp: [IPv4Address], syslog: [IPv4Address], vlan: VLANID
  ) {
    self.rack = rack
    self.buySwitch = buySwitch
    self.freePorts = freePorts
    self.subnet = subnet
    self.gateway = gateway
    self.firstAddress = firstAddress
    self.ntp = ntp
    self.syslog = syslog
    self.vlan = vlan
  }
}

/// VLANs and subnets of the storage-class traffic.
public struct Addressing: Hashable, Sendable, Codable {
  /// One class of traffic: a VLAN and a subnet on each fabric.
  public struct Entry: Hashable, Sendable, Codable {
    public var traffic: TrafficClass
    public var vlanA: VLANID
    public var vlanB: VLANID
    public var subnetA: IPv4Subnet
    public var subnetB: IPv4Subnet
    /// Makes an entry.
    public init(
      traffic: TrafficClass, vlanA: VLANID, vlanB: VLANID, subnetA: IPv4Subnet,
      subnetB: IPv4Subnet
    ) {
      self.traffic = traffic
      self.vlanA = vlanA
      self.vlanB = vlanB
      self.subnetA = subnetA
      self.subnetB = subnetB
    }
  }
  /// One entry for each of csv, live migration, storage and backup that the site carries, in the
  /// order of `TrafficClass`. What leaves through the core, and hosts without SMB Multichannel, have
  /// the VLAN and subnet of A on both fabrics; those of B are used where other hosts are left.
  public var entries: [Entry]
  /// Unused VLAN of links that carry no other.
  public var nativeVLAN: VLANID
  /// Payload MTU in bytes of those subnets (9000 leaves room for every header).
  public var mtu: Int
  /// Makes a plan.
  public init(entries: [Entry], nativeVLAN: VLANID, mtu: Int) {
    self.entries = entries
    self.nativeVLAN = nativeVLAN
    self.mtu = mtu
  }
}
