import CatalogModel
import Fabric
import Quantities

/// What to confirm before anybody pays: the planner's points and those that follow from the plan
/// itself, each once, grouped by kind.
///
/// Whatever a report marks as unknown, estimated, stale, used or no longer made is on this list,
/// even when the planner did not say so.
struct ConfirmationList {
  /// The points of one kind.
  struct Group {
    var kind: Confirmation.Kind
    var entries: [Confirmation]
  }
  let groups: [Group]

  /// How many points there are in all.
  var count: Int { groups.reduce(0) { $0 + $1.entries.count } }

  init(_ input: ReportInput, _ index: PlanIndex) {
    var all = input.fabric.confirmations
    var subjects = Set(all.map { Key(kind: $0.kind, subject: $0.subject) })
    for entry in ConfirmationList.derived(input, index) {
      let key = Key(kind: entry.kind, subject: entry.subject)
      // Several things can be unknown of one subject; of the other kinds, one entry says it.
      if entry.kind == .unknown || entry.kind == .unverifiedLine {
        all.append(entry)
      } else if subjects.insert(key).inserted {
        all.append(entry)
      }
    }
    let entries = unique(all)
    groups = Confirmation.Kind.allCases.compactMap { kind in
      let own = entries.filter { $0.kind == kind }
      return own.isEmpty ? nil : Group(kind: kind, entries: own)
    }
  }

  private struct Key: Hashable {
    var kind: Confirmation.Kind
    var subject: String
  }

  private static func derived(_ input: ReportInput, _ index: PlanIndex) -> [Confirmation] {
    let fabric = input.fabric
    return unknowns(fabric, index) + fabric.bom.flatMap { prices($0, index) }
      + media(fabric, index) + fabric.bom.compactMap { availability($0, index) }
      + fabric.bom.compactMap { order($0, index) }
      + lines(input.configNotes)
      + input.hostPoints.map {
        Confirmation(kind: .owner, subject: $0.subject, question: $0.text)
      }
  }

  private static func unknowns(_ fabric: Fabric, _ index: PlanIndex) -> [Confirmation] {
    var found: [Confirmation] = []
    func ask(_ subject: String, about word: String, _ question: String) {
      let isAsked = fabric.confirmations.contains {
        $0.subject == subject && $0.question.contains(word)
      }
      if !isAsked {
        found.append(Confirmation(kind: .unknown, subject: subject, question: question))
      }
    }
    for id in unique(fabric.devices.map(\.part)) {
      guard let spec = index.part(id)?.asSwitch else { continue }
      if spec.maxPower == nil {
        ask(id.rawValue, about: "draw", "its largest power draw is unknown")
      }
      if spec.powerSupplies.inlet.isEmpty {
        ask(
          id.rawValue, about: "power cord",
          "the inlet of its power supplies is unknown: ask which power cord fits")
      }
      if spec.halfRackUnits == nil {
        ask(id.rawValue, about: "height", "its height in the rack is unknown")
      }
    }
    for id in unique(fabric.devices.flatMap(\.modules)) where index.part(id)?.asModule != nil {
      if index.part(id)?.asModule?.maxPower == nil {
        ask(id.rawValue, about: "draw", "its largest power draw is unknown")
      }
    }
    for id in unique(fabric.cables.flatMap { [$0.a] + $0.b }.compactMap(\.optic)) {
      if let optic = index.part(id)?.asOptic, optic.power == nil {
        ask(id.rawValue, about: "draw", "its power draw is unknown")
      }
    }
    if let core = fabric.site.core, core.mtu == nil,
      fabric.links.contains(where: { $0.role == .core })
    {
      ask(
        core.name, about: "MTU", "the link MTU of its ports is unknown; packets of 1500 bytes pass")
    }
    let racks = Set(fabric.devices.map(\.rack))
    for rack in fabric.site.room.racks where racks.contains(rack.name) {
      if rack.freeUnits == nil {
        ask(rack.name, about: "units", "its free rack units are unknown and were not checked")
      }
      if rack.freePower == nil {
        ask(rack.name, about: "power", "its free power is unknown and was not checked")
      }
    }
    let management = fabric.links.count { $0.role == .management }
    if management > 0, !fabric.site.management.buySwitch, fabric.site.management.freePorts == nil {
      ask(
        "management", about: "ports",
        "the free ports of the management switch are unknown; the plan needs "
          + Format.count(management, "port"))
    }
    return found
  }

  private static func prices(_ line: BOMLine, _ index: PlanIndex) -> [Confirmation] {
    var found: [Confirmation] = []
    let unit = line.packSize == 1 ? "a piece" : "a pack of \(line.packSize) pieces"
    if line.price.kind == .estimate {
      found.append(
        Confirmation(
          kind: .estimate, subject: line.part.rawValue,
          question: "\(Format.count(line.packs, "order unit")) for \(Format.money(line.total)), "
            + "between \(Format.money(line.low)) and \(Format.money(line.high)): ask for a quote"))
    } else if line.isStale {
      let age = line.price.asOf.map { "is dated \($0.iso)" } ?? "has no date"
      found.append(
        Confirmation(
          kind: .stalePrice, subject: line.part.rawValue,
          question: "the \(line.price.kind.rawValue) price of \(Format.money(line.unitPrice)) "
            + "\(unit) \(age): ask for today's"))
    }
    return found
  }

  private static func availability(_ line: BOMLine, _ index: PlanIndex) -> Confirmation? {
    let status: String? =
      switch index.part(line.part)?.status {
      case .legacy: "it is no longer made"
      case .current: nil
      case .unknown, nil: "whether it is still made is unknown"
      }
    let isUsed = line.price.condition == .used
    guard isUsed || status != nil else { return nil }
    let order = Format.count(line.packs, "order unit")
    var words = [isUsed ? "bought used" : "bought new", status ?? ""].filter { !$0.isEmpty }
    words.append("ask whether \(order) can be had" + (isUsed ? ", tested and with a warranty" : ""))
    return Confirmation(
      kind: .availability, subject: line.part.rawValue, question: words.joined(separator: ", "))
  }

  /// What cannot be ordered by number: a part of some maker whose number is unknown or has
  /// placeholders in it.
  private static func order(_ line: BOMLine, _ index: PlanIndex) -> Confirmation? {
    guard let part = index.part(line.part), part.vendor != "generic" else { return nil }
    let length = index.stockLength(line.part)
    let thing =
      "the \(part.spec.category)" + (length.map { " of \(Format.length($0))" } ?? "")
    let question: String
    if part.sku.isEmpty {
      question = "no order number known: ask the seller which one \(thing) has"
    } else if part.asOptic != nil || length != nil, part.sku.lowercased().contains("xx") {
      question = "its order number has placeholders: ask the seller which one \(thing) has"
    } else {
      return nil
    }
    return Confirmation(kind: .unknown, subject: line.part.rawValue, question: question)
  }

  /// Transceivers and cables with fixed plugs of which nobody says that the device takes them.
  private static func media(_ fabric: Fabric, _ index: PlanIndex) -> [Confirmation] {
    struct Pair: Hashable {
      var medium: PartID
      var device: PartID
    }
    var pairs: [Pair] = []
    for cable in fabric.cables {
      for end in [cable.a] + cable.b {
        guard let device = index.devicePart(of: end.endpoint) else { continue }
        pairs.append(Pair(medium: end.optic ?? cable.part, device: device))
      }
    }
    return unique(pairs).compactMap { pair in
      guard let medium = index.part(pair.medium), let device = index.part(pair.device),
        fabric.catalog.acceptance(of: medium, in: device).verdict == .unknown
      else { return nil }
      return Confirmation(
        kind: .untestedOptic, subject: "\(pair.medium.rawValue) in \(pair.device.rawValue)",
        question: "no source says that it works there: test it before the rest is ordered")
    }
  }

  private static func lines(_ notes: [ConfigNote]) -> [Confirmation] {
    // Lines that differ in nothing but numbers rest on the same fact: one point for all.
    struct Words: Hashable {
      var text: String
      var note: String
      var form: Words {
        let words = text.utf8.split(separator: UInt8(ascii: " ")).map { word in
          word.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? "#" : String(word) ?? "#"
        }
        return Words(text: words.joined(separator: " "), note: note)
      }
    }
    // Few lines differ at all: each text is looked at once.
    var known: [Words: Words] = [:]
    let forms = notes.map { note in
      let words = Words(text: note.text, note: note.note)
      let form = known[words] ?? words.form
      known[words] = form
      return form
    }
    let grouped = Dictionary(grouping: notes.indices) { forms[$0] }
    return unique(forms).compactMap { form in
      let own = (grouped[form] ?? []).map { notes[$0] }
      guard let first = own.first else { return nil }
      let devices = unique(own.map(\.device)).map { Markdown.code($0) }
      let places =
        devices.count > 3 ? Format.count(devices.count, "switch", "switches") : listing(devices)
      let others = unique(own.map(\.text)).count - 1
      let more =
        others > 0
        ? "; so for \(Format.count(others, "more line")) with other numbers in it" : ""
      return Confirmation(
        kind: .unverifiedLine, subject: first.text,
        question: "\(form.note)\(more) (on \(places))")
    }
  }
}

extension PlanIndex {
  /// Part of the switch or network card behind a port; `nil` for the core, onboard cards and the
  /// management network.
  func devicePart(of end: Endpoint) -> PartID? {
    if let device = device(end.node) { return device.part }
    return host(end.node)?.cards.first { $0.ports.contains(end.port) }?.part
  }
}

extension Confirmation.Kind {
  /// Heading of the group.
  var heading: String {
    switch self {
    case .unknown: "Facts that no source states"
    case .estimate: "Prices that are estimates"
    case .stalePrice: "Prices that are old or undated"
    case .untestedOptic: "Optics and cables that nobody has tested in the device"
    case .availability: "Parts that are used or may no longer be sold"
    case .assumption: "Values that the site file does not give"
    case .owner: "Points for the owner of the core and the room"
    case .byHand: "Switches that are set up by hand"
    case .unverifiedLine: "Configuration lines whose syntax is not verified"
    }
  }

  /// What a reader must know of the group; empty for most.
  var preface: String {
    switch self {
    case .unverifiedLine:
      "Numbers such as `OS6-1e` are facts: `templates/` has each with its source and grade, in "
        + "`facts.tsv` of the dialect, and `tenfold explain` shows those of a line."
    default: ""
    }
  }
}
