import Quantities
import SiteModel

/// Racks that are named exist, stand apart, and have room.
extension SiteCheck {
  /// Every rack that is named is defined.
  mutating func references() {
    // A rack whose own name could not be read may be the one that is meant.
    guard !log.gives("room.racks[?]"), !site.room.racks.isEmpty else { return }
    for group in site.hosts {
      for placement in group.placements {
        requireRack(
          placement.rack, "hosts[\(group.name)].racks[\(placement.rack)]",
          user: "host group \(quoted(group.name))")
      }
    }
    if let core = site.core { requireRack(core.rack, "core.rack", user: "`core`") }
    // Where it is not given it is the core's, of which that was said.
    if log.gives("management.rack") {
      requireRack(site.management.rack, "management.rack", user: "`management`")
    }
    for rack in site.requirements.spineRacks {
      requireRack(
        rack, "requirements.spine-racks[\(rack)]", user: "`requirements.spine-racks`")
    }
    for (index, cabling) in site.room.existingCabling.enumerated() {
      for rack in Set([cabling.rackA, cabling.rackB]).sorted() {
        requireRack(
          rack, "room.cabling[\(index)].between[\(rack)]", user: "`room.cabling`")
      }
    }
  }

  private mutating func requireRack(_ name: String, _ path: String, user: String) {
    let names = site.room.racks.map(\.name)
    guard !names.contains(name) else { return }
    let nearest = NearestWord.of(name, among: names)
    let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "")
    report(
      "unknown-rack", path, "rack \(quoted(name)) is used by \(user) but not defined",
      hint: nearest.map { "did you mean `\($0)`?" } ?? "defined racks: \(shown)")
  }

  /// Racks stand at different places and their free room is not more than they have.
  mutating func room() {
    var places: [[Int]: Rack] = [:]
    for rack in site.room.racks {
      let path = "room.racks[\(rack.name)]"
      if let other = places.updateValue(rack, forKey: [rack.row, rack.position]) {
        report(
          "same-place", path + ".position",
          "rack \(quoted(rack.name)) stands where \(quoted(other.name)) stands: row "
            + "\(rack.rowName), position \(rack.position)",
          hint: "positions count in rack widths along the row")
      }
      if let free = rack.freeUnits, free > rack.units {
        report(
          "more-than-there-is", path + ".free-units",
          "rack \(quoted(rack.name)) has \(free) free units of \(rack.units)",
          hint: "`free-units` cannot be more than `units`")
      }
      if let free = rack.freePower, let power = rack.power, free > power {
        report(
          "more-than-there-is", path + ".free-power",
          "rack \(quoted(rack.name)) has \(Format.power(free)) free of \(Format.power(power))",
          hint: "`free-power` cannot be more than `power`")
      }
    }
    rackRoom()
  }

  /// The switches that any allowed design needs have units to go in.
  private mutating func rackRoom() {
    let racks = site.room.racks
    if site.requirements.designs == [.spineLeaf] {
      let used = Set(site.hosts.flatMap { $0.placements.map(\.rack) })
      for rack in racks where used.contains(rack.name) {
        guard let free = rack.freeUnits, free < 2 else { continue }
        report(
          "rack-without-room", "room.racks[\(rack.name)].free-units",
          "rack \(quoted(rack.name)) has \(SiteCheck.count(free, "free unit")); the two switches "
            + "of a rack need 2",
          hint: "free some, move its hosts, or allow a design without switches in every rack")
      }
    }
    let free = racks.compactMap(\.freeUnits)
    if free.count == racks.count, !racks.isEmpty, free.reduce(0, +) < 2 {
      report(
        "rack-without-room", "room.racks",
        "all racks together have \(SiteCheck.count(free.reduce(0, +), "free unit")); the smallest "
          + "design needs 2",
        hint: "free two units, or name a rack that has room")
    }
    let spine = site.requirements.spineRacks
    for name in Set(spine).sorted() {
      let needed = spine.count == 1 ? 2 : 1
      guard let rack = racks.first(where: { $0.name == name }), let free = rack.freeUnits,
        free < needed
      else { continue }
      report(
        "rack-without-room", "requirements.spine-racks[\(name)]",
        "rack \(quoted(name)) has \(SiteCheck.count(free, "free unit")) for "
          + (needed == 1 ? "one spine switch" : "both spine switches"),
        hint: "name another rack, or leave `spine-racks` out")
    }
  }

  /// The first phase costs no more than all of them.
  mutating func money() {
    if let total = site.budget.total, let starter = site.budget.starter,
      starter.minorUnits > total.minorUnits
    {
      report(
        "starter-above-total", "budget.starter",
        "the starter budget of \(Format.money(starter)) is more than the total of "
          + Format.money(total),
        hint: "the total includes the starter phase")
    }
  }
}
