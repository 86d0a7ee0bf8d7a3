import Quantities

/// Reads which priorities the ports of a switch pause now: `show interface priority-flow-control` of
/// NX-OS, `show pfc priority` of SONiC, `show dcb priority-flow-control` of Onyx.
enum FlowControlReader {
  private enum Layout {
    /// Port, mode, and `On (8)` with the priorities as bits.
    case bits(port: Int, state: Int)
    /// Port and its priorities.
    case list(port: Int, priorities: Int)
    /// Port and whether those of the whole switch hold for it.
    case common(port: Int, state: Int)
  }

  /// The entries of a text, in its order.
  static func entries(
    _ lines: [ArraySlice<UInt8>], _ names: SwitchPortNames
  ) -> [SwitchFlowControl] {
    var entries: [SwitchFlowControl] = []
    var common = NamedLines(lines, enabled)
    TableScan(lines, head: layout).rows { layout, cells, line in
      switch layout {
      case .bits(let port, let state):
        guard let place = names.place(cells[port]),
          let own = bits(cells[state])
        else { return }
        entries.append(SwitchFlowControl(place: place, priorities: own))
      case .list(let port, let priorities):
        guard let place = names.place(cells[port]),
          let own = list(cells[priorities].split(separator: ","))
        else { return }
        entries.append(SwitchFlowControl(place: place, priorities: own))
      case .common(let port, let state):
        guard let place = names.place(cells[port]),
          let all = common.last(before: line)
        else { return }
        switch cells[state].lowercased() {
        case "enabled": entries.append(SwitchFlowControl(place: place, priorities: all))
        case "disabled": entries.append(SwitchFlowControl(place: place, priorities: []))
        default: break
        }
      }
    }
    return entries
  }

  private static func layout(_ columns: TableColumns) -> Layout? {
    if let port = columns.column("port"), let state = columns.column("oper(vl bmap)") {
      return .bits(port: port, state: state)
    }
    if let port = columns.column("interface"),
      let priorities = columns.column("lossless priorities")
    {
      return .list(port: port, priorities: priorities)
    }
    if let port = columns.column("interface"), let state = columns.column("pfc oper") {
      return .common(port: port, state: state)
    }
    return nil
  }

  /// `Off`, or `On (8)`. Whether the number is written to base ten or sixteen is not told, so one
  /// that the two read unlike is not understood.
  private static func bits(_ text: String) -> [PriorityCodePoint]? {
    let words = text.split { $0 == " " || $0 == "(" || $0 == ")" }.map { $0.lowercased() }
    switch words.first {
    case "off": return []
    case "on":
      guard words.count > 1, let map = UInt8(words[1], radix: 16) else { return nil }
      if let other = UInt16(words[1]), other != UInt16(map) { return nil }
      return (0...7).filter { map & (1 << UInt8($0)) != 0 }.compactMap { PriorityCodePoint($0) }
    default: return nil
    }
  }

  /// `nil` when one is no priority.
  private static func list(_ words: [Substring]) -> [PriorityCodePoint]? {
    let numbers = words.map { Int($0.filter { $0 != " " }).flatMap { PriorityCodePoint($0) } }
    guard !numbers.contains(nil) else { return nil }
    return numbers.compactMap { $0 }.sorted()
  }

  /// `Priority Enabled List: 3 4`.
  private static func enabled(_ line: ArraySlice<UInt8>) -> [PriorityCodePoint]? {
    guard line.count <= TableWords.longestLine else { return nil }
    let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1)
    guard parts.count == 2,
      TableColumns.words(parts[0]).map({ $0.text.lowercased() })
        == ["priority", "enabled", "list"]
    else { return nil }
    return list(TableColumns.words(parts[1]).map { Substring($0.text) })
  }
}
