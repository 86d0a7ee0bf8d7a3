import CatalogModel
import Quantities

/// Something read, with the place it was read from.
struct Placed<Value> {
  var value: Value
  var position: SourcePosition
  /// Rank of its file: 0 is shipped, higher numbers override.
  var layer: Int
}

/// A mention of a part or source that must exist.
struct Mention {
  var id: String
  /// The attribute that names it.
  var attribute: String
  var position: SourcePosition
  var layer: Int
}

/// Reads one file into plain values; references are resolved later, when all files are known.
struct SectionReader {
  let layer: Int
  /// Addresses of the sources of earlier layers, by id.
  let shared: [String: FactSource]
  let diagnostics: Diagnostics

  var sources: [Placed<FactSource>] = []
  var parts: [Placed<Part>] = []
  var prices: [Placed<Price>] = []
  var rules: [Placed<CompatibilityRule>] = []
  var rates: [Placed<ReferenceRate>] = []
  var standards: [Placed<ReachStandard>] = []
  var cableRules: [Placed<CableRule>] = []
  var referencePrices: [Placed<ReferencePrice>] = []
  var notes: [Placed<CompatibilityNote>] = []
  var partMentions: [Mention] = []
  /// This file's sources by id, for the entries that keep an address instead of an id.
  private var known: [String: FactSource] = [:]

  init(layer: Int, shared: [String: FactSource], diagnostics: Diagnostics) {
    self.layer = layer
    self.shared = shared
    self.diagnostics = diagnostics
  }

  mutating func read(_ root: ElementCursor) {
    for cursor in root.children("source") { readSource(cursor) }
    for cursor in root.children("exchange-rate") { readRate(cursor) }
    for kind in ["switch", "module", "optic", "cable", "nic", "accessory"] {
      for cursor in root.children(kind) { readPart(cursor) }
    }
    for cursor in root.children("price") { readPrice(cursor) }
    for cursor in root.children("reference-price") { readReferencePrice(cursor) }
    for cursor in root.children("compatibility") { readRule(cursor) }
    for cursor in root.children("compatibility-note") { readNote(cursor) }
    for cursor in root.children("standard") { readStandard(cursor) }
    for cursor in root.children("cable-rule") { readCableRule(cursor) }
    root.finish()
  }

  func placed<Value>(_ value: Value, _ cursor: ElementCursor) -> Placed<Value> {
    Placed(value: value, position: cursor.position, layer: layer)
  }

  private mutating func readSource(_ cursor: ElementCursor) {
    let id = cursor.required("id", .identifier)
    let url = cursor.required("url", .words)
    let accessed = cursor.required("accessed", .date)
    cursor.finish()
    guard let id, let url, let accessed else { return }
    let source = FactSource(id: id, url: url, accessed: accessed)
    known[id] = known[id] ?? source
    sources.append(placed(source, cursor))
  }

  /// The source that an attribute names; complains and gives `nil` when there is none.
  func source(_ cursor: ElementCursor, _ attribute: String = "source") -> FactSource? {
    guard let id = cursor.required(attribute, .identifier) else { return nil }
    return source(id: id, cursor, attribute)
  }

  private func source(
    id: String, _ cursor: ElementCursor, _ attribute: String
  ) -> FactSource? {
    if let source = known[id] ?? shared[id] { return source }
    let near = diagnostics.wantsHints ? Nearest.match(id, among: known.keys.sorted()) : nil
    diagnostics.add(
      "catalog-source-unknown", file: cursor.file, place: cursor.place(of: attribute),
      "source \"\(id)\" is named but not defined",
      hint: near.map { "did you mean \"\($0)\"?" }
        ?? "add <source id=\"\(id)\" url=\"...\" accessed=\"...\"/> to this file")
    return nil
  }

  /// The sources that `sources` names; those of `inherited` when the attribute is absent.
  func sources(_ cursor: ElementCursor, inherited: [FactSource]?) -> [FactSource] {
    let ids: [String]?
    if let inherited {
      guard let own = cursor.value("sources", .identifiers) else { return inherited }
      ids = own
    } else {
      ids = cursor.required("sources", .identifiers)
    }
    return (ids ?? []).compactMap { source(id: $0, cursor, "sources") }
  }

  /// Notes that a part must exist.
  mutating func mention(_ id: PartID, _ cursor: ElementCursor, _ attribute: String) {
    let place = cursor.place(of: attribute)
    partMentions.append(
      Mention(
        id: id.rawValue, attribute: attribute,
        position: SourcePosition(file: cursor.file, line: place.line, column: place.column),
        layer: layer))
  }
}
