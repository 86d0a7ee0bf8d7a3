import CatalogModel

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

  /// Reads a full port name of a platform; `nil` when it is not one.
  ///
  /// OS6 numbers 10G and 40G ports apart. In slot 0 the 40G ports follow the 48 10G ports
  /// (N4064F); in an expansion slot 40G port `p` lies where its lanes `4(p-1)+1`... would
  /// (facts `OS6-13`, `OS9-101`).
  public init?(_ name: String, os: SwitchOS) {
    let bytes = Array(name.utf8)
    switch os {
    case .os9:
      guard let blank = bytes.firstIndex(of: 32),
        PortRank.os9Kinds.contains(where: { bytes[..<blank].elementsEqual($0.utf8) }),
        let numbers = PortRank.numbers(bytes[(blank + 1)...]), (2...3).contains(numbers.count)
      else { return nil }
      self.init(
        unit: numbers[0], slot: 0, port: numbers[1], lane: numbers.count == 3 ? numbers[2] : 0)
    case .os6:
      guard bytes.count > 2,
        let kind = PortRank.os6Kinds.first(where: { bytes[..<2].elementsEqual($0.utf8) }),
        let numbers = PortRank.numbers(bytes[2...]), numbers.count == 3
      else { return nil }
      var port = numbers[2]
      if kind == "Fo" {
        let first = (port - 1).multipliedReportingOverflow(by: 4)
        guard !first.overflow, first.partialValue < 1_000_000 else { return nil }
        port = first.partialValue + (numbers[1] == 0 ? 49 : 1)
      }
      self.init(unit: numbers[0], slot: numbers[1], port: port, lane: 0)
    default: return nil
    }
  }

  private init(unit: Int, slot: Int, port: Int, lane: Int) {
    self.unit = unit
    self.slot = slot
    self.port = port
    self.lane = lane
  }

  /// Kinds of physical data ports in OS9 names.
  public static let os9Kinds = [
    "GigabitEthernet", "TenGigabitEthernet", "twentyFiveGigE", "fortyGigE", "fiftyGigE",
    "hundredGigE",
  ]
  /// Kinds of physical data ports in OS6 names.
  public static let os6Kinds = ["Gi", "Te", "Fo"]

  /// Decimal numbers parted by `/`, each below a million and without leading zeros.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int]? {
    var numbers: [Int] = []
    var value: Int?
    for byte in bytes {
      switch byte {
      case 48...57:
        if value == 0 { return nil }
        let next = (value ?? 0) * 10 + Int(byte - 48)
        guard next < 1_000_000 else { return nil }
        value = next
      case 47:
        guard let done = value else { return nil }
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
