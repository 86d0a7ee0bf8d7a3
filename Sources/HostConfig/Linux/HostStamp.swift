import TemplateText

/// A rendered text in which stand-ins take the place of what is a host's own; filled in for each
/// host, so that the template runs once a group.
struct HostStamp {
  private static let nameStandIn = "\u{2}"
  private static let addressStart: UInt8 = 3
  private static let addressEnd: UInt8 = 4
  private let lines: [ConfigLine]

  init(_ lines: [ConfigLine]) { self.lines = lines }

  /// Stands for the host's name.
  static let name = nameStandIn

  /// Stands for the host's address in a network.
  static func address(_ network: Int) -> String { "\u{3}\(network)\u{4}" }

  /// The lines of one host.
  func lines(of host: HostPlan) -> [ConfigLine] {
    lines.map { line in
      guard line.text.utf8.contains(where: { $0 == 2 || $0 == Self.addressStart }) else {
        return line
      }
      var filled = line
      filled.text = Self.fill(line.text, host)
      return filled
    }
  }

  private static func fill(_ text: String, _ host: HostPlan) -> String {
    var result: [UInt8] = []
    var number: Int?
    for byte in text.utf8 {
      switch byte {
      case 2: result += host.name.utf8
      case addressStart: number = 0
      case addressEnd:
        if let place = number, host.addresses.indices.contains(place) {
          result += host.addresses[place].description.utf8
        }
        number = nil
      default:
        if let digits = number {
          number = digits * 10 + Int(byte) - 48
        } else {
          result.append(byte)
        }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
