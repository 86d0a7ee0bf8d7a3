import CLibXML2
import Quantities

/// Parses XML text through libxml2 without network, entities or document types.
enum XMLDocument {
  /// The tree of a document, and what the schema has to say against it.
  struct Parsed {
    var root: XMLElement
    /// From RELAX NG; empty for a valid document.
    var schemaFindings: [Finding]
  }

  /// Reads one file.
  /// - Throws: `Findings` with one finding when the file is refused or is not well-formed.
  static func parse(_ bytes: [UInt8], file: String) throws(Findings) -> Parsed {
    if let refusal = PrologGuard.refusal(of: bytes, file: file) { throw Findings([refusal]) }
    xmlInitParser()
    guard let context = xmlNewParserCtxt() else {
      throw Findings([
        CatalogFinding.make("catalog-not-xml", file: file, place: nil, "no memory to read the file")
      ])
    }
    defer { xmlFreeParserCtxt(context) }
    // BIG_LINES keeps line numbers right beyond 65,535 lines; no NOENT: entities stay unexpanded.
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_BIG_LINES.rawValue
    let document = bytes.withUnsafeBytes { buffer in
      xmlCtxtReadMemory(
        context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil,
        "UTF-8", Int32(options))
    }
    guard let document, let rootNode = xmlDocGetRootElement(document) else {
      if let document { xmlFreeDoc(document) }
      throw Findings([syntaxError(of: context, file: file)])
    }
    defer { xmlFreeDoc(document) }
    let tags = TagScanner.tags(in: bytes)
    var next = 0
    let root = element(rootNode, tags: tags, next: &next)
    return Parsed(
      root: root, schemaFindings: SchemaValidator.findings(in: document, file: file))
  }

  private static func syntaxError(of context: xmlParserCtxtPtr, file: String) -> Finding {
    let error = xmlCtxtGetLastError(context)?.pointee
    let message = error?.message.map { oneLine(String(cString: $0)) } ?? "the file is not XML"
    return CatalogFinding.make(
      "catalog-not-xml", file: file,
      place: error.map { TextPlace(line: max(1, Int($0.line)), column: max(1, Int($0.int2))) },
      "not well-formed XML: \(message)",
      hint: "a catalogue is an XML file in UTF-8; every element that is opened must be closed")
  }

  /// libxml2 ends its messages with a line feed.
  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Depth is bounded by the parser (256 without XML_PARSE_HUGE), so recursion is safe.
  private static func element(
    _ node: xmlNodePtr, tags: [TagScanner.Tag], next: inout Int
  ) -> XMLElement {
    let tag = next < tags.count ? tags[next] : nil
    next += 1
    var attributes: [XMLAttribute] = []
    var attribute = node.pointee.properties
    while let current = attribute {
      attributes.append(self.attribute(current, of: node, tag: tag))
      attribute = current.pointee.next
    }
    var children: [XMLElement] = []
    var text = ""
    var child = node.pointee.children
    while let current = child {
      switch current.pointee.type {
      case XML_ELEMENT_NODE:
        children.append(element(current, tags: tags, next: &next))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        if let content = current.pointee.content { text += string(content) }
      default: break
      }
      child = current.pointee.next
    }
    return XMLElement(
      name: string(node.pointee.name),
      namespace: node.pointee.ns.map { string($0.pointee.href) } ?? "",
      attributes: attributes, children: children, text: oneLine(text),
      place: tag?.place ?? TextPlace(line: max(1, xmlGetLineNo(node)), column: 0))
  }

  private static func attribute(
    _ attribute: xmlAttrPtr, of node: xmlNodePtr, tag: TagScanner.Tag?
  ) -> XMLAttribute {
    let name = string(attribute.pointee.name)
    let qualified = attribute.pointee.ns.map { string($0.pointee.prefix) + ":" + name } ?? name
    // Without a document type the only entities are the five of XML itself, which the parser has
    // already turned into text.
    var value = ""
    var piece = attribute.pointee.children
    while let current = piece {
      value += string(current.pointee.content)
      piece = current.pointee.next
    }
    let place = tag?.attributes.first { $0.name == qualified }?.place
    return XMLAttribute(
      name: qualified, value: value,
      place: place ?? tag?.place ?? TextPlace(line: max(1, xmlGetLineNo(node)), column: 0))
  }

  private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
    guard let text else { return "" }
    return String(decodingCString: text, as: UTF8.self)
  }
}
