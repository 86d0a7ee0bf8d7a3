import Quantities

/// Three ways to want something.
public enum Demand: String, Hashable, Sendable, Codable, CaseIterable {
  case required
  case preferred
  case none
}

/// Where backup traffic goes.
public enum BackupPath: String, Hashable, Sendable, Codable, CaseIterable {
  case none
  case eastWest = "east-west"
  case viaCore = "via-core"
}

/// Where the hosts' and guests' gateways are.
public enum GatewayPlace: String, Hashable, Sendable, Codable, CaseIterable {
  case core
  case none
}

/// What the network carries.
public struct Traffic: Hashable, Sendable, Codable {
  /// SMB Direct; `required` makes lossless Ethernet a hard requirement where the cards need it.
  public var rdma: Demand
  public var csv: Bool
  public var liveMigration: Bool
  public var storage: Bool
  public var backup: BackupPath
  /// VLAN ids of tenants, ascending; they may leave through the core.
  public var tenantVLANs: [VLANID]
  public var gateways: GatewayPlace
  /// Rate that must be able to leave to the core after the loss of one spine node; `nil` when not
  /// stated.
  public var northSouth: DataRate?
  /// Makes a description.
  public init(
    rdma: Demand, csv: Bool, liveMigration: Bool, storage: Bool, backup: BackupPath,
    tenantVLANs: [VLANID], gateways: GatewayPlace, northSouth: DataRate? = nil
  ) {
    self.rdma = rdma
    self.csv = csv
    self.liveMigration = liveMigration
    self.storage = storage
    self.backup = backup
    self.tenantVLANs = tenantVLANs
    self.gateways = gateways
    self.northSouth = northSouth
  }
}
