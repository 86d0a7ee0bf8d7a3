import Quantities

/// What an LLDP neighbour says of itself (IEEE 802.1AB, clause 8): every identifier it carries.
public struct Neighbour: Hashable, Sendable {
  /// A name and the kind that its sender gave it.
  public struct Identifier: Hashable, Sendable {
    /// The kinds of chassis and port identifiers.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      case mac
      case interfaceName = "ifname"
      case interfaceAlias = "ifalias"
      case local
      case address = "ip"
      case other
    }
    public var kind: Kind
    public var text: String
    /// Makes an identifier.
    public init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }
  public var chassis: Identifier
  /// Empty without a system name.
  public var systemName: String
  /// Management addresses, as said.
  public var addresses: [IPv4Address]
  public var port: Identifier
  /// Empty without a port description.
  public var portDescription: String
  /// Largest frame in bytes that the neighbour's port takes, header and FCS included (IEEE 802.3
  /// maximum frame size TLV); `nil` when not said.
  public var maximumFrame: Int?
  /// VLAN of untagged frames; `nil` when not said.
  public var portVLAN: VLANID?
  /// Named VLANs of the port, ascending.
  public var vlans: [VLANID]
  /// Makes a neighbour.
  public init(
    chassis: Identifier, systemName: String = "", addresses: [IPv4Address] = [], port: Identifier,
    portDescription: String = "", maximumFrame: Int? = nil, portVLAN: VLANID? = nil,
    vlans: [VLANID] = []
  ) {
    self.chassis = chassis
    self.systemName = systemName
    self.addresses = addresses
    self.port = port
    self.portDescription = portDescription
    self.maximumFrame = maximumFrame
    self.portVLAN = portVLAN
    self.vlans = vlans
  }
}
