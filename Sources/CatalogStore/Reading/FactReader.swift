import CatalogModel

/// Turns the attributes of an element and of what stands inside it into facts.
///
/// A fact's name is its path: `power/max-w`, or `ports[sfp]/count` where an element can occur more
/// than once; the value is the text as written. So a part's element can be written again from its
/// facts alone.
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
    for child in cursor.element.children where child.name != "note" {
      collect(
        child, path: "", cursor, section, defaults: defaults, into: &facts, sources: &sources)
    }
    return (facts, sources.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) })
  }

  private static func collect(
    _ element: XMLElement, path: String, _ parent: ElementCursor, _ section: SectionReader,
    defaults: [FactSource], into facts: inout [Fact], sources: inout [FactSource]
  ) {
    let cursor = ElementCursor(element, file: parent.file, diagnostics: parent.diagnostics)
    let own = section.sources(cursor, inherited: defaults)
    for source in own where !sources.contains(source) { sources.append(source) }
    let key = keys[element.name]
    let keyValue = key.flatMap { name in element.attributes.first { $0.name == name }?.value }
    let here = path + element.name + (keyValue.map { "[\($0)]" } ?? "") + "/"
    for attribute in element.attributes
    where attribute.name != "sources" && attribute.name != key {
      facts.append(
        Fact(name: here + attribute.name, value: attribute.value, sources: own.map(\.id)))
    }
    for child in element.children {
      collect(child, path: here, cursor, section, defaults: own, into: &facts, sources: &sources)
    }
  }
}
