import Quantities

/// Turns away what must not reach the XML parser: files that are too large, not UTF-8, or that
/// declare a document type, which is the door to entity expansion and to external entities.
enum PrologGuard {
  /// Largest accepted file. The shipped catalogue has about 0.3 MB.
  static let maxBytes = 20_000_000
  /// Most elements and attributes in a file; the shipped files have 7000 at most.
  static let maxNodes = 200_000
  /// Most attributes of an element: the parser compares each with each.
  static let maxAttributes = 100

  /// The reason to refuse the file; `nil` when the parser may have it.
  static func refusal(of bytes: [UInt8], file: String) -> Finding? {
    guard bytes.count <= maxBytes else {
      return CatalogFinding.make(
        "catalog-file-too-large", file: file, place: place(of: 0, in: bytes),
        "the file has \(bytes.count) bytes, more than the \(maxBytes) that are read",
        hint: "split the catalogue, or keep only the parts that plans need")
    }
    guard !bytes.isEmpty else {
      return CatalogFinding.make(
        "catalog-not-xml", file: file, place: place(of: 0, in: bytes), "the file is empty",
        hint: "start it with <catalog xmlns=\"\(CatalogReader.namespace)\">")
    }
    if let offset = bytes.firstIndex(of: 0) {
      return CatalogFinding.make(
        "catalog-not-xml", file: file, place: place(of: offset, in: bytes),
        "the file is not text: it holds a zero byte",
        hint: "a catalogue is an XML file in UTF-8")
    }
    if let offset = firstInvalidUTF8(in: bytes) {
      return CatalogFinding.make(
        "catalog-not-xml", file: file, place: place(of: offset, in: bytes),
        "the file is not UTF-8", hint: "a catalogue is an XML file in UTF-8")
    }
    if let refusal = sizeRefusal(of: bytes, file: file) { return refusal }
    if let offset = documentType(in: bytes) {
      return CatalogFinding.make(
        "catalog-document-type", file: file, place: place(of: offset, in: bytes),
        "a document type declaration is not allowed in a catalogue",
        hint: "remove <!DOCTYPE ...>; the form of a catalogue is fixed by its RELAX NG schema")
    }
    return nil
  }

  private static func sizeRefusal(of bytes: [UInt8], file: String) -> Finding? {
    switch TagScanner.excess(in: bytes) {
    case nil: nil
    case .attributes(let place):
      CatalogFinding.make(
        "catalog-file-too-large", file: file, place: place,
        "an element with more than \(maxAttributes) attributes",
        hint: "no element of a catalogue has that many")
    case .nodes(let place):
      CatalogFinding.make(
        "catalog-file-too-large", file: file, place: place,
        "more than \(maxNodes) elements and attributes in one file",
        hint: "split the catalogue, or keep only the parts that plans need")
    }
  }

  /// Offset of `<!DOCTYPE` before the root element; it can stand nowhere else.
  private static func documentType(in bytes: [UInt8]) -> Int? {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      if matches("<!--", at: open, in: bytes) {
        guard let end = find("-->", from: open + 4, in: bytes) else { return nil }
        index = end + 3
      } else if matches("<?", at: open, in: bytes) {
        guard let end = find("?>", from: open + 2, in: bytes) else { return nil }
        index = end + 2
      } else {
        return matches("<!", at: open, in: bytes) ? open : nil
      }
    }
    return nil
  }

  private static func matches(_ text: String, at start: Int, in bytes: [UInt8]) -> Bool {
    bytes.count - start >= text.utf8.count && bytes[start...].starts(with: text.utf8)
  }

  private static func find(_ text: String, from start: Int, in bytes: [UInt8]) -> Int? {
    guard start <= bytes.count, let first = text.utf8.first else { return nil }
    var index = start
    while let hit = bytes[index...].firstIndex(of: first) {
      if matches(text, at: hit, in: bytes) { return hit }
      index = hit + 1
    }
    return nil
  }

  /// Offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7).
  private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      let length: Int
      switch lead {
      case 0x00...0x7F: length = 1
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF: length = 3
      case 0xF0...0xF4: length = 4
      default: return index
      }
      guard index + length <= bytes.count else { return index }
      for offset in 1..<max(length, 1) where bytes[index + offset] & 0xC0 != 0x80 { return index }
      if length > 2 {
        let second = bytes[index + 1]
        switch lead {
        case 0xE0 where second < 0xA0, 0xED where second > 0x9F, 0xF0 where second < 0x90,
          0xF4 where second > 0x8F:
          return index
        default: break
        }
      }
      index += length
    }
    return nil
  }

  private static func place(of offset: Int, in bytes: [UInt8]) -> TextPlace {
    var place = TextPlace(line: 1, column: 1)
    for byte in bytes[..<offset] {
      if byte == UInt8(ascii: "\n") {
        place = TextPlace(line: place.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        place.column += 1
      }
    }
    return place
  }
}
