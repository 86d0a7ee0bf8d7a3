import CatalogModel
import Quantities

/// Reads the attributes and children of one element, notes what was read, and complains about what
/// was not.
final class ElementCursor {
  let element: XMLElement
  let file: String
  let diagnostics: Diagnostics
  private var knownAttributes: [String] = []
  private var knownChildren: [String] = []

  init(_ element: XMLElement, file: String, diagnostics: Diagnostics) {
    self.element = element
    self.file = file
    self.diagnostics = diagnostics
  }

  /// The element's place as a position.
  var position: SourcePosition {
    SourcePosition(file: file, line: element.place.line, column: element.place.column)
  }

  /// Where an attribute stands, or the element when it has none of that name.
  func place(of attribute: String) -> TextPlace {
    element.attributes.first { $0.name == attribute }?.place ?? element.place
  }

  /// The raw value of an optional attribute.
  func text(_ name: String) -> String? {
    knownAttributes.append(name)
    return element.attributes.first { $0.name == name }?.value
  }

  /// An optional attribute read by `parse`; a value that it refuses is a finding.
  func value<Value>(_ name: String, _ kind: ValueKind<Value>) -> Value? {
    guard let text = text(name) else { return nil }
    if let value = kind.parse(text) { return value }
    let hint = kind.hint(text)
    diagnostics.add(
      "catalog-value", file: file, place: place(of: name),
      "\(name)=\"\(shortened(text))\" of <\(element.name)> is not \(kind.expected)",
      hint: hint.isEmpty ? "write it as its source says; a fact nobody knows is left out" : hint)
    return nil
  }

  /// An attribute that must be there.
  func required<Value>(_ name: String, _ kind: ValueKind<Value>) -> Value? {
    if element.attributes.contains(where: { $0.name == name }) { return value(name, kind) }
    knownAttributes.append(name)
    diagnostics.add(
      "catalog-missing", file: file, place: element.place,
      "<\(element.name)> has no attribute \"\(name)\"",
      hint: "add \(name)=\"...\": \(kind.expected)")
    return nil
  }

  /// The only child of a name; a second one is a finding.
  func child(_ name: String) -> ElementCursor? {
    let all = children(name)
    for extra in all.dropFirst() {
      diagnostics.add(
        "catalog-twice", file: file, place: extra.element.place,
        "<\(element.name)> has more than one <\(name)>", hint: "keep one")
    }
    return all.first
  }

  /// All children of a name, in order.
  func children(_ name: String) -> [ElementCursor] {
    knownChildren.append(name)
    return element.children.filter { $0.name == name }.map {
      ElementCursor($0, file: file, diagnostics: diagnostics)
    }
  }

  /// Complains about every attribute and child that nobody asked for, and about stray text.
  func finish(allowsText: Bool = false) {
    for attribute in element.attributes where !knownAttributes.contains(attribute.name) {
      if diagnostics.isFull { return }
      let near = Nearest.match(attribute.name, among: knownAttributes)
      diagnostics.add(
        "catalog-unknown", file: file, place: attribute.place,
        "<\(element.name)> has an unknown attribute \"\(shortened(attribute.name))\"",
        hint: near.map { "did you mean \"\($0)\"?" }
          ?? "known: \(knownAttributes.joined(separator: ", "))")
    }
    for child in element.children where !knownChildren.contains(child.name) {
      if diagnostics.isFull { return }
      let near = Nearest.match(child.name, among: knownChildren)
      diagnostics.add(
        "catalog-unknown", file: file, place: child.place,
        "<\(element.name)> has an unknown element <\(shortened(child.name))>",
        hint: near.map { "did you mean <\($0)>?" }
          ?? (knownChildren.isEmpty
            ? "nothing may stand inside it" : "known: \(knownChildren.joined(separator: ", "))"))
    }
    if !allowsText, !element.text.isEmpty {
      diagnostics.add(
        "catalog-stray-text", file: file, place: element.place,
        "<\(element.name)> has text that belongs nowhere: \"\(shortened(element.text))\"",
        hint: "put it into <note>")
    }
  }

  private func shortened(_ text: String) -> String {
    text.utf8.count <= 40 ? text : String(text.prefix(37)) + "..."
  }
}
