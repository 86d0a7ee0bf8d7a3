import Quantities

/// What an OS6 configuration says, in the words of OS6.
struct OS6Model {
  /// How a port or LAG belongs to VLANs.
  enum Mode { case access, trunk, general }
  struct Switchport {
    var mode = Mode.access
    /// Whether any line set the mode or a VLAN.
    var isWritten = false
    var access = 1
    /// `nil` when the list is not written: a trunk carries all VLANs then.
    var allowed: [Int]?
    var native = 1
    var pvid = 1
    var generalTagged: [Int] = []
    /// VLAN 1 until it is removed.
    var generalUntagged: [Int] = [1]
  }
  struct Port {
    var name: InterfaceName
    var line: Int
    var description = ""
    var shut = false
    var switchport = Switchport()
    var portFast = false
    var lag: Int?
    var lacp = false
    var pfc = false
    /// Ascending.
    var noDrop: [Int] = []
    var foreignRole = false
  }
  struct PortChannel {
    var line: Int
    var description = ""
    var shut = false
    var switchport = Switchport()
  }
  struct LinkDependency {
    var line: Int
    var up = false
    var dependsOn: [InterfaceName] = []
    var members: [InterfaceName] = []
  }

  var hostname: String?
  /// In the order of their first block.
  var ports: [Port] = []
  var portPlaces: [InterfaceName: Int] = [:]
  var portChannels: [Int: PortChannel] = [:]
  /// Name by VLAN.
  var vlans: [Int: String] = [:]
  var managementLine = 0
  var address: IPv4Address?
  var length = 0
  var gateway: IPv4Address?
  var users: [OS9Model.User] = []
  var ntp: [IPv4Address] = []
  var ntpClient = false
  var syslog: [IPv4Address] = []
  /// Whole ports that are split, in the order of the text.
  var splits: [InterfaceName] = []
  var spanningTreeOff = false
  /// Mode other than RSTP.
  var otherSpanningTree: (line: Int, name: String)?
  var bridgePriority: Int?
  var bpduProtection = false
  var jumboMTU: Int?
  /// Queue of each priority; the default is fact OS6-4.
  var queueOfPriority = [1, 0, 0, 1, 2, 2, 3, 3]
  /// Group of each queue 0 to 6.
  var groupOfQueue = Array(repeating: 0, count: 7)
  var weights: [Int] = []
  /// Whether any line of the traffic policy is written.
  var hasPolicy = false
  var links: [Int: LinkDependency] = [:]
  var telnetOff = false
  var telnetLine = 0
  var webOff = false
  var secureWebOff = false
  var sshOn = false
  var unknown: [UnknownLine] = []
}
