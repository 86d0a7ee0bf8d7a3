import Quantities

/// What an OS9 configuration says, in the words of OS9.
struct OS9Model {
  /// A physical port block.
  struct Port {
    var name: InterfaceName
    var line: Int
    var description = ""
    var mtu: Int?
    var enabled = false
    var hybrid = false
    var switchport = false
    var edge = false
    var guarded = false
    var dcbMap: String?
    /// DCBX role other than manual.
    var foreignRole = false
    /// LACP membership.
    var lag: Int?
  }
  struct PortChannel {
    var line: Int
    var description = ""
    var mtu: Int?
    var enabled = false
    var hybrid = false
    var switchport = false
    var pairLAG: Int?
    /// Static members.
    var members: [InterfaceName] = []
  }
  struct VLAN {
    var line: Int
    var name = ""
    var description = ""
    var hasAddress = false
    var memberships: [Member] = []
  }
  /// A line `tagged` or `untagged` of a VLAN.
  struct Member {
    var line: Int
    var tagged: Bool
    var interface: InterfaceName
  }
  struct Management {
    var line: Int
    var address: IPv4Address?
    var length = 0
    var enabled = false
  }
  struct Pair {
    var line: Int
    var domain: Int
    var peerLAG: Int?
    var backup: IPv4Address?
    var priority: Int?
    var systemMAC: String?
    var unit: Int?
    var delayRestore: Int?
  }
  struct Map {
    var line: Int
    var name: String
    var groups: [Group] = []
    /// Group of each priority; empty when not written.
    var groupOfPriority: [Int] = []
  }
  struct Group {
    var id: Int
    var bandwidth: Int
    var lossless: Bool
  }
  struct UplinkGroup {
    var line: Int
    var enabled = true
    var upstream: [InterfaceName] = []
    var downstream: [InterfaceName] = []
  }
  struct User {
    var name: String
    var privilege: Int?
  }

  var hostname: String?
  /// In the order of their first block.
  var ports: [Port] = []
  /// Place of each in `ports`.
  var portPlaces: [InterfaceName: Int] = [:]
  var portChannels: [Int: PortChannel] = [:]
  var vlans: [Int: VLAN] = [:]
  var management: [InterfaceName: Management] = [:]
  var gateway: IPv4Address?
  var users: [User] = []
  var ntp: [IPv4Address] = []
  var syslog: [IPv4Address] = []
  /// Unit and port, in the order of the text.
  var splits: [(unit: Int, port: Int)] = []
  /// Line of `protocol spanning-tree rstp`; 0 when it is missing.
  var rstpLine = 0
  var rstpEnabled = false
  var bridgePriority: Int?
  /// Line and name of another spanning-tree protocol.
  var otherSpanningTree: (line: Int, name: String)?
  var pair: Pair?
  var dcbEnabled = false
  var trustsPriority = false
  var maps: [Map] = []
  var uplinkGroups: [Int: UplinkGroup] = [:]
  var lldpEnabled = false
  var telnetOff = false
  var telnetLine = 0
  var sshOn = false
  var defaultVLANDisabled = false
  var defaultVLAN = 1
  var unknown: [UnknownLine] = []
}
