import Quantities

/// Reads tables with one row a port: `show interfaces status` and its like. The head tells which
/// column is which; a row whose state is in no known word is left out.
enum PortStatusReader {
  /// Which column says what.
  private struct Layout {
    var port: Int
    var link: Int
    var speed: Int
    var mtu: Int?
    var admin: Int?
  }

  /// Words for a port that has a link.
  private static let up: Set<String> = ["up", "connected"]
  /// Words for a port that somebody shut down.
  private static let shut: Set<String> = ["disabled", "admin-down"]
  /// Words for a port without a link, whole or as NX-OS cuts them.
  private static let down: Set<String> = [
    "down", "notconnect", "notconnec", "notconnected", "inactive", "errdisabled", "err-disabled",
    "err-disabl", "xcvrabsen", "xcvrabsent", "sfpabsent", "linknotup",
  ]

  /// The entries of a text, in its order.
  static func states(_ lines: [ArraySlice<UInt8>], _ names: SwitchPortNames) -> [SwitchPortState] {
    var states: [SwitchPortState] = []
    TableScan(lines, head: layout).rows { layout, cells, _ in
      guard let place = names.place(cells[layout.port]),
        let state = state(place, layout, cells)
      else { return }
      states.append(state)
    }
    return states
  }

  private static func layout(_ columns: TableColumns) -> Layout? {
    guard let port = columns.column("port", "interface"),
      // What FASTPATH calls the state of flow control ends with the same word.
      let link = columns.column("link state", "oper", "state", "status"),
      let speed = columns.column("speed", "physical status"), link != speed, port < link
    else { return nil }
    return Layout(
      port: port, link: link, speed: speed, mtu: columns.column("mtu"),
      admin: columns.column("admin"))
  }

  private static func state(
    _ place: String, _ layout: Layout, _ cells: [String]
  ) -> SwitchPortState? {
    var state = SwitchPortState(place: place)
    let word = cells[layout.link].lowercased()
    if up.contains(word) {
      state.hasLink = true
      state.rate = rate(cells[layout.speed])
    } else if shut.contains(word) {
      (state.hasLink, state.isShut) = (false, true)
    } else if down.contains(word) {
      state.hasLink = false
    } else {
      return nil
    }
    if let admin = layout.admin.map({ cells[$0].lowercased() }) {
      state.isShut = admin == "down" ? true : admin == "up" ? false : state.isShut
    }
    state.mtu = layout.mtu.flatMap { Int(cells[$0]) }
    return state
  }

  /// `10G`, `a-10G`, `10000`, `10000 Mbit`, `1000M`, `10G Full`; a number alone is in megabits a
  /// second.
  static func rate(_ text: String) -> DataRate? {
    guard var word = text.split(separator: " ").first?.lowercased() else { return nil }
    if word.hasPrefix("a-") { word = String(word.dropFirst(2)) }
    let digits = word.prefix { $0.isNumber }
    guard let number = Int64(digits), number > 0, number <= 1_000_000 else { return nil }
    switch word.dropFirst(digits.count) {
    case "g", "gbps", "gb/s": return DataRate(bitsPerSecond: number * 1_000_000_000)
    case "", "m", "mbps", "mb/s": return DataRate(bitsPerSecond: number * 1_000_000)
    default: return nil
    }
  }
}
