import Quantities
import SiteModel

/// A card as the file gives it.
struct CardDraft {
  var nic: HostNIC
  /// `nil` when the file leaves it to the reader.
  var carries: [TrafficClass]?
  /// Path of the card.
  var path: String
}

/// A host group before the traffic of its cards is settled.
struct HostDraft {
  var name: String
  var placements: [HostGroup.Placement]
  var memory: ByteCount?
  var os: String
  var cards: [CardDraft]
  var position: SourcePosition
  var reader: SectionReader

  /// Whether a card of a Windows Server 2012 R2 host carries both guests and storage-class traffic.
  func mixesTenants(hasTenants: Bool) -> Bool {
    os == HostRules.windows2012R2
      && cards.contains { card in
        guard card.nic.attach == .newFabric else { return false }
        guard let carries = card.carries else {
          return hasTenants && cards.filter { $0.nic.attach == .newFabric }.count == 1
        }
        return carries.contains(.tenant) && carries.contains { $0.isStorageClass }
      }
  }
}

/// Facts about host operating systems.
enum HostRules {
  /// Here a NIC in a team or under a virtual switch has no RDMA; SET came with 2016.
  static let windows2012R2 = "windows-server-2012r2"
}

extension TrafficClass {
  /// Traffic that stays on the new network and may use RDMA.
  var isStorageClass: Bool { self == .csv || self == .liveMigration || self == .storage }
}

/// Reads `hosts`.
enum HostReader {
  static func groups(_ top: SectionReader, racks: [Rack]) -> [HostDraft] {
    guard let value = top.valueOrDefault("hosts") else { return [] }
    switch value.content {
    case .scalar:
      guard let count = top.integer(value, 1...SiteKeys.mostHosts, of: "hosts") else { return [] }
      let reader = SectionReader(
        SiteKeys.hostGroup, nil, path: "hosts[hv]", log: top.log, listPath: "hosts[]",
        member: "hv")
      return [group(reader, name: reader.name("name") ?? "hv", count: count, racks: racks)]
    case .map: return groups([value], top: top, racks: racks)
    case .list(let items):
      guard !items.isEmpty else {
        top.log.report(
          "missing-value", at: value.position, "`hosts` is an empty list",
          hint: "add a group such as `{ name: hv, racks: { r1: 4 } }`, or a number")
        return []
      }
      return groups(top.items(value, most: 200, of: "hosts"), top: top, racks: racks)
    }
  }

  private static func groups(
    _ items: [YAMLValue], top: SectionReader, racks: [Rack]
  ) -> [HostDraft] {
    var drafts: [HostDraft] = []
    var seen: [String: SourcePosition] = [:]
    for (index, item) in items.enumerated() {
      var name = items.count == 1 ? "hv" : "hv\(index + 1)"
      var isNamed = false
      if case .map(let entries) = item.content,
        let entry = entries.first(where: { $0.key == "name" }), !entry.value.isEmpty
      {
        name = top.name(entry.value, of: "name") ?? "\(name)?"
        isNamed = true
      }
      let path = "hosts[\(name)]"
      top.log.note(path, at: item.position)
      let reader = SectionReader(
        SiteKeys.hostGroup, item, path: path, log: top.log, listPath: "hosts[]", member: name)
      if !isNamed { reader.took("name", name) }
      if let first = seen[name.lowercased()] {
        top.log.report(
          "duplicate-name", at: item.position,
          "host group \(quoted(name)) is defined twice, first in line \(first.line)",
          hint: "give each group a name of its own")
        continue
      }
      seen[name.lowercased()] = item.position
      guard case .map = item.content else { continue }
      drafts.append(group(reader, name: name, count: nil, racks: racks))
    }
    return drafts
  }

  private static func group(
    _ reader: SectionReader, name: String, count: Int?, racks: [Rack]
  ) -> HostDraft {
    let placements = placements(reader, count: count, racks: racks)
    let memory = reader.quantity("memory").map { ByteCount(bytes: $0) }
    let os = reader.choice("os") ?? "windows-server-2022"
    return HostDraft(
      name: name, placements: placements, memory: memory, os: os, cards: cards(reader),
      position: reader.position, reader: reader)
  }

  private static func placements(
    _ reader: SectionReader, count: Int?, racks: [Rack]
  ) -> [HostGroup.Placement] {
    if let racks = reader.value("racks") {
      if let count = reader.value("count") {
        reader.log.report(
          "given-twice", at: count.position, "hosts are counted both by `racks` and by `count`",
          hint: "keep one of the two")
      }
      return placements(reader, racks)
    }
    guard let total = count ?? reader.integer("count") else {
      if reader.value("count") == nil {
        reader.log.report(
          "missing-key", at: reader.position, "this host group says neither `racks` nor `count`",
          hint: "add `racks: { r1: 4 }`")
      }
      return []
    }
    reader.took("racks", "even", because: "\(total) hosts spread evenly over all racks")
    guard !racks.isEmpty else { return [] }
    return racks.enumerated().compactMap { index, rack in
      let share = total / racks.count + (index < total % racks.count ? 1 : 0)
      return share > 0 ? HostGroup.Placement(rack: rack.name, count: share) : nil
    }
  }

  private static func placements(
    _ reader: SectionReader, _ value: YAMLValue
  ) -> [HostGroup.Placement] {
    guard case .map(let entries) = value.content, !entries.isEmpty else {
      reader.wrong(
        "racks", value, "a map from rack to number of hosts", hint: "write `racks: { r1: 4 }`")
      return []
    }
    return reader.table(value, most: SiteKeys.mostRacks, of: "racks").compactMap { entry in
      reader.log.note(reader.path("racks") + "[\(entry.key)]", at: entry.keyPosition)
      guard
        let count = reader.integer(
          entry.value, 1...SiteKeys.mostHostsInRack, of: "racks.\(entry.key)")
      else { return nil }
      return HostGroup.Placement(rack: entry.key, count: count)
    }
  }
}
