import Fabric
import Quantities
import TenfoldTestSupport

/// What tables of one switch are to say.
struct SwitchSketch {
  struct Port {
    var name: String
    var lag: Int?
    /// Rate of its link; `nil` without one.
    var rate: DataRate?
    var isShut: Bool
    /// As the platform counts it.
    var mtu: Int
    var errors: UInt64
    var lossless: [Int]
    var isBlocked: Bool
    var membership: Membership
  }
  struct Lag {
    var number: Int
    var isBlocked: Bool
    var membership: Membership
    var isPeerLink: Bool
  }
  var device: String
  var ports: [Port]
  var lags: [Lag]
  var vlans: [VLANIntent]
}

/// Writes tables of a switch in one of the forms that platforms have, whatever its own is: readers go
/// by the form. It shares nothing with them.
struct SwitchRenderer {
  let sketch: SwitchSketch
  var random: SplitMix64

  init(_ sketch: SwitchSketch, _ random: SplitMix64) {
    (self.sketch, self.random) = (sketch, random)
  }

  /// A session with all tables that somebody asked for.
  mutating func text(_ sight: TableSight) -> String {
    var parts: [String] = []
    func add(_ command: String, _ text: String) {
      parts.append("\(sketch.device)#\(command)\n\(text)\n")
    }
    if sight.hasStates {
      add("show interfaces status", status())
      add("show interfaces", details(first: true))
      add("show interfaces", details(first: false))
    }
    if sight.hasVLANs { add("show vlan", vlans()) }
    if sight.hasFlowControl { add("show interface priority-flow-control", flowControl()) }
    if sight.hasSpanningTree { add("show spanning-tree", spanningTree()) }
    let text = parts.joined(separator: "\n")
    return random.chance(20) ? text.replacing("\n", with: "\r\n") : text
  }

  /// `TenGigabitEthernet 0/1` as `Te 0/1`, `Ethernet1` as `Et1`; names of a number alone stay.
  func short(_ name: String) -> String {
    let word = name.prefix { !$0.isNumber }
    let letters = word.filter { $0.isLetter || $0 == "-" }
    guard letters.count > 3, !letters.contains("-") else { return name }
    return letters.prefix(1).uppercased() + letters.dropFirst().prefix(1)
      + (word.hasSuffix(" ") ? " " : "")
      + name.dropFirst(word.count)
  }

  static func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
  }

  private static func gigabits(_ rate: DataRate) -> String { "\(rate.wholeGigabits)G" }

  // MARK: States

  private mutating func status() -> String {
    switch random.int(0...4) {
    case 0:
      return rows(
        ["Port", "Name", "Status", "Vlan", "Duplex", "Speed", "Type"], [11, 8, 13, 9, 7, 7, 9]
      ) {
        [
          short($0.name), "", $0.rate != nil ? "connected" : $0.isShut ? "disabled" : "notconnect",
          "trunk", "full", $0.rate.map(Self.gigabits) ?? "auto", "10GBASE-SR",
        ]
      }
    case 1:
      return rows(
        ["Port", "Description", "Status", "Speed", "Duplex", "Vlan"], [21, 13, 7, 13, 7, 6]
      ) {
        [
          short($0.name), "", $0.rate != nil ? "Up" : "Down",
          "\(($0.rate ?? .gigabits(10)).wholeGigabits)000 Mbit", $0.rate != nil ? "Full" : "Auto",
          "--",
        ]
      }
    case 2:
      return ruled(
        ["Interface", "Lanes", "Speed", "MTU", "Oper", "Admin", "Asym PFC"], right: true
      ) {
        [
          $0.name, "1", Self.gigabits($0.rate ?? .gigabits(10)), "\($0.mtu)",
          $0.rate != nil ? "up" : "down", $0.isShut ? "down" : "up", "N/A",
        ]
      }
    case 3:
      let table = ruled(
        ["Port", "Name", "State", "Mode", "Status", "Type"], right: false
      ) {
        [
          $0.name, "", $0.rate != nil ? "Up" : "Down", "Auto",
          $0.rate.map { Self.gigabits($0) + " Full" } ?? "", "10GBase-SR",
        ]
      }
      // The first line of the head stands above the columns that it belongs to.
      let head = table.split(separator: "\n")[0]
      var above = Array(repeating: Character(" "), count: head.count + 10)
      for (word, column) in [("Link", "State"), ("Physical", "Mode"), ("Physical", "Status")] {
        guard let range = head.firstRange(of: column) else { continue }
        let start = head.distance(from: head.startIndex, to: range.lowerBound)
        for (place, letter) in word.enumerated() where start + place < above.count {
          above[start + place] = letter
        }
      }
      return String(above) + "\n" + table
    default:
      let rule = String(repeating: "-", count: 81)
      let table = rows(
        ["Port", "Description", "Status", "Speed", "Duplex", "Mode", "Vlan"],
        [16, 16, 9, 9, 9, 5, 5]
      ) {
        [
          short($0.name), "x y", $0.rate != nil ? "up" : "down",
          $0.rate.map(Self.gigabits) ?? "--", "full", "T", "1",
        ]
      }
      let lines = table.split(separator: "\n", maxSplits: 1)
      return "\(rule)\n\(lines[0])\n\(rule)\n\(lines.count > 1 ? lines[1] : "")"
    }
  }

  private func rows(
    _ names: [String], _ widths: [Int], _ cells: (SwitchSketch.Port) -> [String]
  ) -> String {
    // Long names make the first column wider, as on a switch.
    let first = max(widths[0], (sketch.ports.map { short($0.name).count }.max() ?? 0) + 1)
    let all = [first] + widths.dropFirst()
    let lines = [names] + sketch.ports.map(cells)
    return lines.map { zip($0, all).map { Self.pad($0, $1) }.joined() }.joined(separator: "\n")
      + "\n"
  }

  private func ruled(
    _ names: [String], right: Bool, _ cells: (SwitchSketch.Port) -> [String]
  ) -> String {
    Self.ruled(names, sketch.ports.map(cells), right: right)
  }

  static func ruled(_ names: [String], _ rows: [[String]], right: Bool = false) -> String {
    let widths = names.indices.map { place in
      ([names] + rows).map { $0[place].count }.max().map { max($0, 6) } ?? 6
    }
    let lines = [names, widths.map { String(repeating: "-", count: $0) }] + rows
    return lines.map { line in
      zip(line, widths).map { pad($0, $1, right: right) }.joined(separator: "  ")
    }.joined(separator: "\n") + "\n"
  }

  /// Blocks with MTU and counters: before and after somebody waited.
  private mutating func details(first: Bool) -> String {
    let form = random.int(0...2)
    let old: UInt64 = 3
    return sketch.ports.map { port in
      let errors = first ? old : old + port.errors
      let name = port.name
      switch form {
      case 0:
        let state =
          port.rate != nil
          ? "is up, line protocol is up (connected)"
          : port.isShut
            ? "is administratively down, line protocol is down (disabled)"
            : "is down, line protocol is down (notconnect)"
        return """
          \(name) \(state)
            Hardware is Ethernet, address is aac1.ab23.bb13 (bia aac1.ab23.bb13)
            Ethernet MTU \(port.mtu) bytes, BW 10000000 kbit
            Full-duplex, \(port.rate?.wholeGigabits ?? 10)Gb/s, auto negotiation: off
               \(errors) input errors, \(errors) CRC, 0 alignment, 0 symbol, 0 input discards
               12 output errors, 0 collisions
          """
      case 1:
        let state =
          port.rate != nil
          ? "is up" : "is down (\(port.isShut ? "Administratively down" : "Link not connected"))"
        return """
          \(name) \(state)
          admin state is \(port.isShut ? "down" : "up"), Dedicated Interface
            MTU \(port.mtu) bytes, BW 10000000 Kbit, DLY 10 usec
            full-duplex, \(port.rate?.wholeGigabits ?? 10) Gb/s
            RX
              0 runts  0 giants  \(errors) CRC  0 no buffer
              \(errors) input error  0 short frame  0 overrun   0 underrun  0 ignored
          """
      default:
        return """
          \(name) is up, line protocol is \(port.rate != nil ? "up" : "down")
          MTU \(port.mtu) bytes, IP MTU \(port.mtu - 18) bytes
          LineSpeed \(port.rate?.wholeGigabits ?? 10)000 Mbit
          Input Statistics:
               \(errors) CRC, 0 overrun, 2986469 discarded
          Output Statistics:
               0 throttles, 0 discarded, 0 collisions, 0 wreddrops
          """
      }
    }.joined(separator: "\n") + "\n"
  }
}
