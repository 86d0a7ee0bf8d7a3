/// Faults that people make when they build a network, by the words of this check.
public enum Fault: String, CaseIterable, Sendable {
  case crossedCables = "crossed-cables"
  case missingCable = "missing-cable"
  case neighboursPort = "neighbours-port"
  case fabricsSwapped = "fabrics-swapped"
  case hostMTU = "host-mtu"
  case memberMTU = "member-mtu"
  case switchPortMTU = "switch-port-mtu"
  case uplinkMTU = "uplink-mtu"
  case hostVLAN = "host-vlan"
  case switchPortVLAN = "switch-port-vlan"
  case uplinkVLAN = "uplink-vlan"
  case untagged
  case leak
  case wrongAddress = "wrong-address"
  case duplicateAddress = "duplicate-address"
  case wrongMask = "wrong-mask"
  case portShut = "port-shut"
  case slowLink = "slow-link"
  case damagedFrames = "damaged-frames"
  case lossyLink = "lossy-link"
  case powerPlan = "power-plan"
  case driver
  case firmware
  case ring
  case pfc
  case ets
  case willing
  case flowControl = "flow-control"
  case rdmaOff = "rdma-off"
  case rssOff = "rss-off"
  case fewQueues = "few-queues"
  case offloadOff = "offload-off"
  case slowSlot = "slow-slot"
  case memberMissing = "member-missing"
  case lldpOff = "lldp-off"
  case deafLink = "deaf-link"
  case hostOff = "host-off"
  case switchOff = "switch-off"
  case storageRoute = "storage-route"
  case otherPlan = "other-plan"
  case lanLost = "lan-lost"
  case crossedUplinks = "crossed-uplinks"
  case uplinkDown = "uplink-down"
  case uplinkSlow = "uplink-slow"
  case uplinkErrors = "uplink-errors"
  case blockedUplink = "blocked-uplink"
  case switchPFC = "switch-pfc"
  case extraVLAN = "extra-vlan"
  case loop
  case driverInbox = "driver-inbox"
  case pauseStorm = "pause-storm"
  case oneQueue = "one-queue"
  case migrationOption = "migration-option"
  case migrationCount = "migration-count"
  case migrationNetwork = "migration-network"
  case migrationSignIn = "migration-sign-in"
  case smbLimit = "smb-limit"
  case smbLink = "smb-link"

  /// Whether tables of switches alone show it.
  var needsTables: Bool {
    switch self {
    case .uplinkDown, .uplinkSlow, .uplinkErrors, .blockedUplink, .switchPFC, .extraVLAN, .loop:
      true
    default: false
    }
  }
}

/// What a planted fault must be found as.
public struct Planted: Sendable {
  public var fault: Fault
  /// Hosts whose state the fault changed.
  public var hosts: [String]
  /// Rules that may speak of it.
  public var rules: [String]
  /// Words of which the subject or the message of the finding must hold every one.
  public var words: [String]
  /// Switches that the fault touches, or that lead to what it touches.
  public var devices: Set<String> = []
}
