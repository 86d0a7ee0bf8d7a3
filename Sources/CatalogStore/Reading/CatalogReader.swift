import CatalogModel
import Quantities

/// Reads catalogue files: XML, schema, then the checks that no schema can make.
///
/// Every problem of every file is reported in one run, with the place where it stands.
public struct CatalogReader: Sendable {
  /// The namespace of catalogue files.
  public static let namespace = "urn:tenfold:catalog:1"

  /// A file as bytes, under the name that findings give it.
  public struct File: Sendable {
    public var name: String
    public var bytes: [UInt8]
    /// Makes a file.
    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// Reads files of equal rank: a part that two of them define is an error.
  /// - Throws: `Findings` with all problems, sorted by position.
  public static func read(files: [(name: String, bytes: [UInt8])]) throws(Findings) -> Catalog {
    try read(layers: [files.map { File(name: $0.name, bytes: $0.bytes) }])
  }

  /// Reads layers of files, the shipped ones first.
  ///
  /// A part of a later layer takes the place of the part with that id in an earlier one, with all
  /// its facts. Prices, rules and reference rows are added; which price counts is decided by kind
  /// and date as ever, so a newer price of the user outranks an older shipped one of its kind. Rules
  /// of a later layer stand before those of an earlier one, and the first match counts.
  /// - Throws: `Findings` with all problems, sorted by position.
  public static func read(layers: [[File]]) throws(Findings) -> Catalog {
    let diagnostics = Diagnostics()
    var build = CatalogBuild()
    for (number, layer) in layers.enumerated() {
      for file in layer {
        do throws(Findings) {
          let before = diagnostics.findings.count
          let invalid = try XMLDocument.read(file.bytes, file: file.name) { root in
            readRoot(root, file: file.name, layer: number, diagnostics, into: &build)
            // The reader's own sentences are better; the schema speaks where they are silent.
            return diagnostics.findings.count == before
          }
          for finding in invalid { diagnostics.add(finding) }
        } catch {
          for finding in error.all { diagnostics.add(finding) }
        }
      }
    }
    build.check(diagnostics)
    guard diagnostics.findings.isEmpty else { throw Findings(diagnostics.sorted) }
    return build.catalog
  }

  /// Most elements inside a part; the shipped parts have 30 at most.
  static let mostChildren = 500

  private static func readRoot(
    _ root: XMLElement, file: String, layer: Int, _ diagnostics: Diagnostics,
    into build: inout CatalogBuild
  ) {
    guard root.name == "catalog", root.namespace == namespace else {
      diagnostics.add(
        "catalog-root", file: file, place: root.place,
        "the document is <\(root.name)> of \"\(root.namespace)\", not a catalogue",
        expected: "<catalog xmlns=\"\(namespace)\">",
        hint: "start the file with <catalog xmlns=\"\(namespace)\">")
      return
    }
    // Validation takes time that grows with the square of what stands inside one element.
    if let crowd = root.children.first(where: { $0.children.count > mostChildren }) {
      diagnostics.add(
        "catalog-file-too-large", file: file, place: crowd.place,
        "<\(crowd.name)> has \(crowd.children.count) elements inside, more than \(mostChildren)",
        hint: "no part has that many facts")
      return
    }
    guard let stranger = firstStranger(in: root) else {
      let cursor = ElementCursor(root, file: file, diagnostics: diagnostics)
      var section = SectionReader(
        layer: layer, shared: build.sourceURLs(upTo: layer), diagnostics: diagnostics)
      section.read(cursor)
      build.add(section)
      return
    }
    diagnostics.add(
      "catalog-namespace", file: file, place: stranger.place,
      "<\(stranger.name)> is in the namespace \"\(stranger.namespace)\"",
      expected: namespace, hint: "a catalogue knows no other namespace than its own")
  }

  private static func firstStranger(in element: XMLElement) -> XMLElement? {
    for child in element.children {
      if child.namespace != namespace { return child }
      if let inner = firstStranger(in: child) { return inner }
    }
    return nil
  }
}
