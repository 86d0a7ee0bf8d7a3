import Quantities
import SiteModel

/// What a VLAN is for, and with that whether it may leave.
public enum VLANPurpose: String, Hashable, Sendable, Codable, CaseIterable {
  case csv
  case liveMigration = "live-migration"
  case storage
  case backup
  case tenant
  /// Management of switches without an out-of-band port.
  case management
  /// The unused untagged VLAN of trunks.
  case native
}

extension VLANPurpose {
  /// Which network a port with RDMA keeps where its system gives it one VLAN alone (Windows Server
  /// 2012 R2: no RDMA on virtual ports): one that others than the hosts of a cluster are in comes
  /// first, since the traffic of a cluster can share it.
  public static func kept(_ purposes: [VLANPurpose]) -> Int? {
    let order: [VLANPurpose] = [.storage, .csv, .liveMigration, .backup]
    return purposes.indices.min { left, right in
      (order.firstIndex(of: purposes[left]) ?? order.count)
        < (order.firstIndex(of: purposes[right]) ?? order.count)
    }
  }
}

/// A VLAN of the plan.
public struct VLAN: Hashable, Sendable, Codable {
  public var id: VLANID
  /// Letters, digits and hyphens, at most 32.
  public var name: String
  public var purpose: VLANPurpose
  /// Fabric it lives on; `nil` for both.
  public var side: FabricSide?
  /// Whether it is allowed on the uplink to the core.
  public var mayLeave: Bool
  /// Whether it carries RDMA and so needs lossless treatment on every hop.
  public var lossless: Bool
  /// Payload (layer 3) MTU of its endpoints in bytes.
  public var mtu: Int
  /// Makes a VLAN.
  public init(
    id: VLANID, name: String, purpose: VLANPurpose, side: FabricSide?, mayLeave: Bool,
    lossless: Bool, mtu: Int
  ) {
    self.id = id
    self.name = name
    self.purpose = purpose
    self.side = side
    self.mayLeave = mayLeave
    self.lossless = lossless
    self.mtu = mtu
  }
}

/// An address of a host port in a subnet.
public struct AddressAssignment: Hashable, Sendable, Codable {
  /// The host.
  public var node: String
  /// The physical port that carries it.
  public var port: String
  public var address: IPv4Address
  /// Makes an assignment.
  public init(node: String, port: String, address: IPv4Address) {
    self.node = node
    self.port = port
    self.address = address
  }
}

/// An IP subnet of the plan.
public struct Subnet: Hashable, Sendable, Codable {
  public var vlan: VLANID
  public var prefix: IPv4Subnet
  /// `nil` when the subnet is not routed, as storage-class subnets never are.
  public var gateway: IPv4Address?
  /// Ascending by address.
  public var assignments: [AddressAssignment]
  /// Makes a subnet.
  public init(
    vlan: VLANID, prefix: IPv4Subnet, gateway: IPv4Address?, assignments: [AddressAssignment]
  ) {
    self.vlan = vlan
    self.prefix = prefix
    self.gateway = gateway
    self.assignments = assignments
  }
}
