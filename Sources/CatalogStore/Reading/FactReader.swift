import CatalogModel
import Quantities

/// Turns the attributes of an element and of what stands inside it into facts.
///
/// A fact's name is its path: `power/max-w`, or `ports[sfp]/count` where an element can occur more
/// than once (`requires[x#2]/when` for a second one with the same key); the value is the text as
/// written. So a part's element can be written again from its facts alone.
enum FactReader {
  /// The attribute that tells the elements of one name apart.
  static let keys = ["ports": "id", "reach": "medium", "requires": "part", "figure": "name"]

  /// Facts of `cursor` but its `id` and `vendor`, and of its children but `note`; and the sources
  /// they name.
  static func facts(
    of cursor: ElementCursor, in section: SectionReader, defaults: [FactSource]
  ) -> (facts: [Fact], sources: [FactSource]) {
    var facts: [Fact] = []
    var sources = defaults
    let ids = defaults.map(\.id)
    for attribute in cursor.element.attributes
    where !["id", "vendor", "sources"].contains(attribute.name) {
      facts.append(Fact(name: attribute.name, value: attribute.value, sources: ids))
    }
    var seen: [String: Int] = [:]
    for child in cursor.element.children where child.name != "note" {
      collect(
        child, path: "", cursor, section, defaults: defaults, seen: &seen, into: &facts,
        sources: &sources)
    }
    return (facts, sources.sorted { $0.id.precedesInBytes($1.id) })
  }

  private static func collect(
    _ element: XMLElement, path: String, _ parent: ElementCursor, _ section: SectionReader,
    defaults: [FactSource], seen: inout [String: Int], into facts: inout [Fact],
    sources: inout [FactSource]
  ) {
    let cursor = ElementCursor(element, file: parent.file, diagnostics: parent.diagnostics)
    let own = section.sources(cursor, inherited: defaults)
    for source in own where !sources.contains(source) { sources.append(source) }
    let key = keys[element.name]
    let keyValue = key.flatMap { name in element.attributes.first { $0.name == name }?.value }
    var here = path + element.name
    if let keyValue {
      let count = (seen[here + keyValue] ?? 0) + 1
      seen[here + keyValue] = count
      here += count == 1 ? "[\(keyValue)]" : "[\(keyValue)#\(count)]"
    }
    let attributes = element.attributes.filter { $0.name != "sources" }
    let telling = attributes.filter { $0.name != key }
    // An element that has nothing but its key still is a fact.
    for attribute in telling.isEmpty ? attributes : telling {
      facts.append(
        Fact(name: here + "/" + attribute.name, value: attribute.value, sources: own.map(\.id)))
    }
    for child in element.children {
      collect(
        child, path: here + "/", cursor, section, defaults: own, seen: &seen, into: &facts,
        sources: &sources)
    }
  }
}
