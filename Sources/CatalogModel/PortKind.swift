/// A kind of data port of a switch operating system: how its names are made, and where such a port
/// stands among the others.
public struct PortKind: Hashable, Sendable, Codable {
  /// What a number of a port's name counts.
  public enum Field: String, Hashable, Sendable, Codable, CaseIterable {
    /// Stack unit.
    case unit
    /// Slot of the switch, or its expansion module.
    case slot
    /// Number of the port.
    case port
    /// Lane of a split port, from 1; a whole port has none.
    case lane
  }
  /// What stands before the numbers, with its blank where it has one.
  public var prefix: String
  /// The numbers, parted by `/`; a lane may be missing.
  public var fields: [Field]
  /// How many numbers of other ports it takes up: 4 where a 40G port lies where its lanes would.
  public var stride: Int
  /// Numbers of slot 0 that lie before its first one.
  public var slot0After: Int
  /// Into how many lanes of 10 Gbps a port of this kind can be split; 0 for none.
  public var lanes: Int
  /// What stands before a lane; `nil` for `/`.
  public var laneMark: String?
  /// Fact that shows such a name.
  public var fact: String

  /// Makes a kind.
  public init(
    prefix: String, fields: [Field], stride: Int = 1, slot0After: Int = 0, lanes: Int = 0,
    laneMark: String? = nil, fact: String
  ) {
    self.prefix = prefix
    self.fields = fields
    self.stride = stride
    self.slot0After = slot0After
    self.lanes = lanes
    self.laneMark = laneMark
    self.fact = fact
  }
}

/// Place of a port on its switch, read from its name: ports sort by it in the order of the device,
/// lanes where their whole port was.
public struct PortRank: Hashable, Sendable, Comparable {
  /// Stack unit.
  public var unit: Int
  /// Slot on platforms that have one; 0 elsewhere.
  public var slot: Int
  /// Number within, in lanes where the platform counts 40G ports apart from 10G ones.
  public var port: Int
  /// Lane from 1; 0 for a whole port.
  public var lane: Int

  public static func < (left: PortRank, right: PortRank) -> Bool {
    (left.unit, left.slot, left.port, left.lane) < (right.unit, right.slot, right.port, right.lane)
  }

  /// Reads a full port name; `nil` when it is none of these kinds.
  public init?(_ name: String, kinds: [PortKind]) {
    guard let (rank, _) = PortRank.read(name, kinds) else { return nil }
    self = rank
  }

  /// The kind that a full port name is of; `nil` when it is none of these.
  public static func kind(of name: String, among kinds: [PortKind]) -> PortKind? {
    read(name, kinds)?.kind
  }

  private static func read(_ name: String, _ kinds: [PortKind]) -> (rank: PortRank, kind: PortKind)?
  {
    let bytes = Array(name.utf8)
    for kind in kinds where bytes.starts(with: kind.prefix.utf8) {
      let mark = kind.laneMark?.utf8.first
      guard let numbers = numbers(bytes[kind.prefix.utf8.count...], laneMark: mark),
        // A name of all numbers has the mark before the last, a shorter one has none.
        mark == nil || (numbers.count == kind.fields.count) == bytes.contains(mark ?? 0),
        let rank = PortRank(numbers, kind)
      else { continue }
      return (rank, kind)
    }
    return nil
  }

  private init?(_ numbers: [Int], _ kind: PortKind) {
    let least = kind.fields.last == .lane ? kind.fields.count - 1 : kind.fields.count
    guard (least...kind.fields.count).contains(numbers.count) else { return nil }
    (unit, slot, port, lane) = (0, 0, 0, 0)
    for (field, number) in zip(kind.fields, numbers) {
      switch field {
      case .unit: unit = number
      case .slot: slot = number
      case .port: port = number
      case .lane: lane = number
      }
    }
    guard kind.stride > 1 else { return }
    let first = (port - 1).multipliedReportingOverflow(by: kind.stride)
    guard !first.overflow, first.partialValue < 1_000_000 else { return nil }
    port = first.partialValue + 1 + (slot == 0 ? kind.slot0After : 0)
  }

  /// Decimal numbers parted by `/`, the last one by the mark of lanes where there is one, each below
  /// a million and without leading zeros.
  private static func numbers(_ bytes: ArraySlice<UInt8>, laneMark: UInt8?) -> [Int]? {
    var numbers: [Int] = []
    var value: Int?
    var isLane = false
    for byte in bytes {
      switch byte {
      case 48...57:
        if value == 0 { return nil }
        let next = (value ?? 0) * 10 + Int(byte - 48)
        guard next < 1_000_000 else { return nil }
        value = next
      case 47, laneMark:
        guard let done = value, !isLane else { return nil }
        isLane = byte == laneMark
        numbers.append(done)
        value = nil
      default: return nil
      }
    }
    guard let last = value else { return nil }
    numbers.append(last)
    return numbers
  }
}
