import Quantities
import SiteModel

/// Reads `room` and the short form `racks`.
enum RoomReader {
  static func room(_ top: SectionReader) -> Room {
    let reader = top.open("room", SiteKeys.room)
    let pitch = reader.quantity("row-pitch") ?? 1800
    let width = reader.quantity("rack-width") ?? 600
    let tray = reader.open("tray", SiteKeys.tray)
    let height = tray.quantity("height-above-racks") ?? 300
    let slack = tray.percent("slack") ?? .percent(10)
    _ = tray.integer("patch-panel-pairs")
    let racks = racks(top, reader)
    return Room(
      rowPitch: Length(millimetres: pitch), rackWidth: Length(millimetres: width),
      trayHeight: Length(millimetres: height), slack: slack, racks: racks,
      existingCabling: cabling(reader))
  }

  private static func racks(_ top: SectionReader, _ room: SectionReader) -> [Rack] {
    let log = top.log
    if let short = top.value("racks"), room.value("racks") != nil {
      log.report(
        "given-twice", at: short.position, "racks are given both here and in `room`",
        hint: "keep one of the two")
    }
    guard let value = room.value("racks") ?? top.value("racks") else {
      log.report(
        "missing-key", at: top.position, "the file has no racks",
        hint: "add `racks: 2`, `racks: [r1, r2]`, or `room: { racks: [...] }`")
      return []
    }
    log.note("room.racks", at: value.position)
    let items: [YAMLValue]
    switch value.content {
    case .list(let list) where list.isEmpty:
      log.report(
        "missing-value", at: value.position, "`racks` is an empty list",
        hint: "name at least one rack")
      return []
    case .list: items = top.items(value, most: SiteKeys.mostRacks, of: "racks")
    case .scalar(let text, _) where Rational(decimal: text) != nil:
      let count = top.integer(value, 1...SiteKeys.mostRacks, of: "racks") ?? 0
      top.took("racks", "r1 to r\(count)", because: "the file gives the number of racks alone")
      items = (0..<count).map {
        YAMLValue(content: .scalar("r\($0 + 1)", isQuoted: false), position: value.position)
      }
    case .scalar:
      top.wrong(
        "racks", value, "a number, a list of names, or a list of maps",
        hint: "write `racks: [\(value.text ?? "r1")]`")
      return []
    case .map:
      top.wrong(
        "racks", value, "a number, a list of names, or a list of maps",
        hint: "begin each rack with `-`")
      return []
    }
    return racks(items, top: top, room: room)
  }

  private static func racks(
    _ items: [YAMLValue], top: SectionReader, room: SectionReader
  ) -> [Rack] {
    let log = top.log
    var racks: [Rack] = []
    var rows: [String] = []
    var nextInRow: [String: Int] = [:]
    var seen: [String: SourcePosition] = [:]
    for (index, item) in items.enumerated() {
      guard let name = name(of: item, top: top) else {
        log.note("room.racks[?]", at: item.position)
        continue
      }
      if let first = seen[name.lowercased()] {
        log.report(
          "duplicate-name", at: item.position,
          "rack \(quoted(name)) is defined twice, "
            + "first in line \(first.line)", hint: "give each rack a name of its own")
        continue
      }
      seen[name.lowercased()] = item.position
      let path = "room.racks[\(name)]"
      log.note(path, at: item.position)
      let map: YAMLValue? = if case .map = item.content { item } else { nil }
      let reader = SectionReader(
        SiteKeys.rack, map, path: path, log: log, listPath: "room.racks[]",
        member: name)
      let rowName = reader.name("row") ?? "A"
      if !rows.contains(rowName) { rows.append(rowName) }
      let position: Int
      if reader.value("position") == nil {
        position = nextInRow[rowName] ?? 1
        reader.took("position", "next in the row")
      } else {
        position = reader.integer("position") ?? 1000 + index
      }
      nextInRow[rowName] = position + 1
      racks.append(rack(reader, name: name, rowName: rowName, position: position))
    }
    return placed(racks, rows: rows, room: room)
  }

  /// The racks with the places of their rows.
  private static func placed(_ racks: [Rack], rows: [String], room: SectionReader) -> [Rack] {
    let stated = room.value("rows") == nil ? nil : room.names("rows")
    let order = RowOrder(rows, stated: stated)
    if let stated, let lost = racks.first(where: { !stated.contains($0.rowName) }) {
      room.log.report(
        "unknown-row", at: room.log.place("room.racks[\(lost.name)].row"),
        "rack \(quoted(lost.name)) stands in row \(quoted(lost.rowName)), which `room.rows` does not"
          + " list",
        hint: NearestWord.of(lost.rowName, among: stated).map { "did you mean `\($0)`?" }
          ?? "`rows` lists every row of the room, in the order in which they stand")
    }
    let placed = racks.map { rack in
      var rack = rack
      rack.row = order.place(rack.rowName)
      return rack
    }
    if stated == nil, let words = Room.rowWords(of: placed) {
      room.took("rows", words.order, because: order.basis.reason + ": " + words.distances)
    }
    return placed
  }

  private static func name(of item: YAMLValue, top: SectionReader) -> String? {
    guard case .map(let entries) = item.content else {
      return top.name(item, of: "racks")
    }
    guard let entry = entries.first(where: { $0.key == "name" }) else {
      top.log.report(
        "missing-key", at: item.position, "this rack has no `name`", hint: "add `name: r1`")
      return nil
    }
    return top.name(entry.value, of: "name")
  }

  private static func rack(
    _ reader: SectionReader, name: String, rowName: String, position: Int
  ) -> Rack {
    let units = reader.integer("units") ?? 42
    let freeUnits = reader.integer("free-units")
    return Rack(
      name: name, row: 0, rowName: rowName, position: position, units: units,
      freeUnits: freeUnits,
      freePower: reader.quantity("free-power").map { Power(milliwatts: $0) },
      power: reader.quantity("power").map { Power(milliwatts: $0) },
      feeds: reader.integer("feeds") ?? 1, airflow: reader.choice("airflow"),
      outlet: reader.text("outlet"))
  }

  private static func cabling(_ room: SectionReader) -> [ExistingCabling] {
    (room.items("cabling") ?? []).enumerated().compactMap { index, item in
      let path = "room.cabling[\(index)]"
      room.log.note(path, at: item.position)
      let reader = SectionReader(SiteKeys.cabling, item, path: path, log: room.log)
      let medium = reader.choice("medium")
      let racks = reader.cablingEnds()
      let length = reader.quantity("length")
      guard let medium, let length, let a = racks?.first, let b = racks?.last else { return nil }
      return ExistingCabling(
        medium: medium, rackA: a, rackB: b, length: Length(millimetres: length))
    }
  }
}

extension SectionReader {
  /// The one or two racks of `between`.
  fileprivate func cablingEnds() -> [String]? {
    guard let names = names("between") else { return nil }
    guard (1...2).contains(names.count) else {
      if let value = value("between") {
        wrong("between", value, "two racks", hint: "write `between: [r1, r2]`")
      }
      return nil
    }
    return names
  }
}
