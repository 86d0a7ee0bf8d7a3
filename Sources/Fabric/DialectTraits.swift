import CatalogModel
import Quantities

/// A value beside the number of the fact it rests on (`templates/DIALECT/facts.tsv`).
public struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
  public var value: Value
  /// Fact id, such as `OS9-18`.
  public var fact: String
  /// Makes a sourced value.
  public init(_ value: Value, _ fact: String) {
    self.value = value
    self.fact = fact
  }
}

/// Where a platform keeps its link MTU.
public enum MTUScope: String, Hashable, Sendable {
  /// Each port and LAG has its own.
  case port
  /// One for the whole switch: intents carry it on every port and LAG.
  case system
}

/// What a platform can be told about traffic classes.
public struct QoSTraits: Hashable, Sendable {
  /// Ids a traffic group may have; `consecutive` ones must start at the lower bound.
  public var groups: Sourced<ClosedRange<Int>>
  /// Whether the ids used must be without gaps from the lower bound.
  public var consecutive: Bool
  /// Most lossless priorities.
  public var maxLossless: Sourced<Int>
  /// Queue of each priority 0 to 7 where it is fixed: priorities of one queue belong to one group.
  /// `nil` when the text maps priorities to queues itself.
  public var queueOfPriority: Sourced<[Int]>?
  /// Whether a lossless group may hold only one priority.
  public var losslessAlone: Bool
  /// Name of the policy in standard plans; empty when the platform does not name policies.
  public var policyName: String
}

/// Ports that go down when uplinks are lost.
public struct UplinkTrackingTraits: Hashable, Sendable {
  /// Ids of groups.
  public var groups: Sourced<ClosedRange<Int>>
  /// Whether a group can be kept without acting.
  public var canBeOff: Sourced<Bool>
}

/// Two switches acting as one.
public struct PairTraits: Hashable, Sendable {
  public var kind: MultiChassis
  public var domains: Sourced<ClosedRange<Int>>
  public var priorities: Sourced<ClosedRange<Int>>
  public var delayRestore: Sourced<ClosedRange<Int>>
  /// Most members of the peer link.
  public var maxPeerLinkMembers: Sourced<Int>
}

/// What the text of a switch operating system can hold: the limits that every intent for it obeys
/// (`check`) and the defaults that a text leaves out.
///
/// Where a limit differs between models or releases the narrowest one stands here.
public struct DialectTraits: Hashable, Sendable {
  public var os: SwitchOS
  /// Link MTU in bytes as the platform counts it: whole frame with header and FCS.
  public var linkMTU: Sourced<ClosedRange<Int>>
  /// Link MTU of a port that nobody configured.
  public var defaultMTU: Sourced<Int>
  /// Bytes of a tagged frame beside its layer-3 payload: header 14, tag 4, FCS 4.
  public var frameOverhead: Sourced<Int>
  public var mtuScope: Sourced<MTUScope>
  public var lagNumbers: Sourced<ClosedRange<Int>>
  public var maxLAGMembers: Sourced<Int>
  /// `nil` when no text for a pair is emitted.
  public var pair: PairTraits?
  /// `nil` when the platform has no such thing.
  public var uplinkTracking: UplinkTrackingTraits?
  /// `nil` when the platform has no lossless Ethernet.
  public var qos: QoSTraits?
  /// Name of the out-of-band interface of unit 0 (or the only one).
  public var managementInterface: Sourced<String>
  /// Whether BPDU guard is one switch for all edge ports.
  public var bpduGuardIsGlobal: Sourced<Bool>
  /// Whether an enabled port that is in no LAG always belongs to some VLAN.
  public var enabledPortNeedsVLAN: Sourced<Bool>
  /// Bridge priority of a switch that nobody configured.
  public var defaultBridgePriority: Sourced<Int>
  public var hostname: NameRule
  public var description: NameRule
  public var vlanName: NameRule
  public var userName: NameRule

  /// The traits of an operating system; `nil` for one that no built-in text exists for.
  public static func of(_ os: SwitchOS) -> DialectTraits? {
    switch os {
    case .os9: .os9
    case .os6: .os6
    default: nil
    }
  }

  /// Largest layer-3 payload of a tagged frame through a port with this link MTU.
  public func payload(linkMTU: Int) -> Int { max(0, linkMTU - frameOverhead.value) }

  /// Ethernet policy of Microsoft's host network requirements for 10 GbE (fact `DCB-1`): 50 % for
  /// the lossless priority, 2 % for the heartbeat's group, 48 % for the rest; 5 and 6 share the
  /// heartbeat's group on every platform since OS9 cannot part them from 7 (fact `OS9-124`).
  ///
  /// `nil` when the platform has no lossless Ethernet or when the priority is neither 3 nor 4.
  public func standardQoS(lossless: PriorityCodePoint) -> QoSIntent? {
    guard let qos, lossless.number == 3 || lossless.number == 4 else { return nil }
    func group(_ id: Int, _ share: Int, _ lossless: Bool, _ numbers: [Int]) -> TrafficGroup {
      TrafficGroup(
        id: id, bandwidth: share, lossless: lossless,
        priorities: numbers.compactMap { PriorityCodePoint($0) })
    }
    return QoSIntent(
      policy: qos.policyName,
      groups: [
        group(0, 48, false, (0...4).filter { $0 != lossless.number }),
        group(1, 50, true, [lossless.number]),
        group(2, 2, false, [5, 6, 7]),
      ])
  }
}

extension DialectTraits {
  /// Dell OS9 (FTOS 9) on S4810, S4820T, Z9000, S4048-ON.
  public static let os9 = DialectTraits(
    os: .os9,
    linkMTU: Sourced(594...9216, "OS9-18"),
    defaultMTU: Sourced(1554, "OS9-117"),
    frameOverhead: Sourced(22, "OS9-18"),
    mtuScope: Sourced(.port, "OS9-117"),
    lagNumbers: Sourced(1...128, "OS9-15"),
    maxLAGMembers: Sourced(16, "OS9-15"),
    pair: PairTraits(
      kind: .vlt, domains: Sourced(1...1000, "OS9-103"), priorities: Sourced(1...65535, "OS9-105"),
      delayRestore: Sourced(1...1200, "OS9-108"), maxPeerLinkMembers: Sourced(8, "OS9-110")),
    uplinkTracking: UplinkTrackingTraits(
      groups: Sourced(1...16, "OS9-1"), canBeOff: Sourced(true, "OS9-1h")),
    qos: QoSTraits(
      groups: Sourced(0...7, "OS9-121"), consecutive: false, maxLossless: Sourced(2, "OS9-123"),
      queueOfPriority: Sourced([0, 0, 0, 1, 2, 3, 3, 3], "OS9-124"), losslessAlone: false,
      policyName: "SMB"),
    managementInterface: Sourced("ManagementEthernet 0/0", "OS9-17"),
    bpduGuardIsGlobal: Sourced(false, "OS9-2"),
    enabledPortNeedsVLAN: Sourced(false, "OS9-10"),
    defaultBridgePriority: Sourced(32768, "OS9-8"),
    hostname: NameRule(.host, maxLength: 32, fact: "OS9-5"),
    description: NameRule(.text, maxLength: 64, fact: "OS9-4"),
    vlanName: NameRule(.word, maxLength: 32, fact: "OS9-4"),
    userName: NameRule(.word, maxLength: 32, fact: "OS9-12"))

  /// Dell OS6 on PowerConnect 8100 and Networking N4000.
  ///
  /// No text is emitted for a pair: the command that switches the feature on and the path of its
  /// keepalive stand in no source (`docs/caveats-os6.md`).
  public static let os6 = DialectTraits(
    os: .os6,
    linkMTU: Sourced(1518...9216, "OS6-11"),
    defaultMTU: Sourced(1518, "OS6-16"),
    frameOverhead: Sourced(22, "OS6-16"),
    mtuScope: Sourced(.system, "OS6-11"),
    lagNumbers: Sourced(1...72, "OS6-10"),
    maxLAGMembers: Sourced(8, "OS6-10"),
    pair: nil,
    uplinkTracking: UplinkTrackingTraits(
      groups: Sourced(1...16, "OS6-1a"), canBeOff: Sourced(false, "OS6-1")),
    qos: QoSTraits(
      groups: Sourced(0...2, "OS6-4c"), consecutive: true, maxLossless: Sourced(2, "OS6-3a"),
      queueOfPriority: nil, losslessAlone: true, policyName: ""),
    managementInterface: Sourced("out-of-band", "OS6-12"),
    bpduGuardIsGlobal: Sourced(true, "OS6-2"),
    enabledPortNeedsVLAN: Sourced(true, "OS6-8"),
    defaultBridgePriority: Sourced(32768, "OS6-2a"),
    hostname: NameRule(.host, maxLength: 32, fact: "OS6-15"),
    description: NameRule(.text, maxLength: 64, fact: "OS6-14"),
    vlanName: NameRule(.word, maxLength: 32, fact: "OS6-9a"),
    userName: NameRule(.word, maxLength: 20, fact: "OS6-7"))
}

/// Length and letters of a name in a configuration. The limits are Tenfold's own, narrower than
/// any seen in the manuals, so that a name is good on every release.
public struct NameRule: Hashable, Sendable {
  /// Which letters a name may have.
  public enum Alphabet: String, Hashable, Sendable {
    /// A letter, then letters, digits and hyphens.
    case host
    /// Letters, digits, hyphens and underscores; the first is a letter or digit.
    case word
    /// Words of letters, digits and `-_.:/()+,@=` parted by single blanks; may be empty.
    case text
  }
  public var alphabet: Alphabet
  /// In characters, all of them ASCII.
  public var maxLength: Int
  /// Fact that shows the line's form.
  public var fact: String
  /// Makes a rule.
  public init(_ alphabet: Alphabet, maxLength: Int, fact: String) {
    self.alphabet = alphabet
    self.maxLength = maxLength
    self.fact = fact
  }

  /// Whether a name obeys the rule.
  public func accepts(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard bytes.count <= maxLength else { return false }
    guard let first = bytes.first, let last = bytes.last else { return alphabet == .text }
    switch alphabet {
    case .host:
      return NameRule.isLetter(first) && last != 45
        && bytes.allSatisfy { NameRule.isLetter($0) || NameRule.isDigit($0) || $0 == 45 }
    case .word:
      return (NameRule.isLetter(first) || NameRule.isDigit(first))
        && bytes.allSatisfy {
          NameRule.isLetter($0) || NameRule.isDigit($0) || $0 == 45 || $0 == 95
        }
    case .text:
      var blank = true
      for byte in bytes {
        if byte == 32 {
          if blank { return false }
          blank = true
          continue
        }
        guard NameRule.isLetter(byte) || NameRule.isDigit(byte) || NameRule.marks.contains(byte)
        else { return false }
        blank = false
      }
      return !blank
    }
  }

  /// The nearest name that obeys the rule: other characters become hyphens, the end is cut.
  public func fitted(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 where bytes.count < maxLength {
      let good =
        NameRule.isLetter(byte) || NameRule.isDigit(byte) || byte == 45
        || (alphabet == .word && byte == 95)
        || (alphabet == .text && (NameRule.marks.contains(byte) || byte == 32))
      if byte == 32, alphabet == .text, bytes.last == 32 || bytes.isEmpty { continue }
      bytes.append(good ? byte : 45)
    }
    if let first = bytes.first {
      let good =
        alphabet == .text || NameRule.isLetter(first)
        || (alphabet == .word && NameRule.isDigit(first))
      if !good { bytes = Array((Array("x".utf8) + bytes).prefix(maxLength)) }
    }
    let end: UInt8 = alphabet == .text ? 32 : 45
    while alphabet != .word, bytes.last == end { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let marks: [UInt8] = Array("-_.:/()+,@=".utf8)
  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
