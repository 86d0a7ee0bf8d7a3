import CLibXML2
import Quantities

/// Parses XML text through libxml2 without network, entities or document types.
enum XMLDocument {
  /// Reads one file, hands its tree to `use`, and validates it when `use` says so.
  /// - Returns: what the schema says against the document; empty when it is valid or was not
  ///   validated.
  /// - Throws: `Findings` with one finding when the file is refused or is not well-formed.
  static func read(
    _ bytes: [UInt8], file: String, use: (XMLElement) -> Bool
  ) throws(Findings) -> [Finding] {
    if let refusal = PrologGuard.refusal(of: bytes, file: file) { throw Findings([refusal]) }
    xmlInitParser()
    guard let context = xmlNewParserCtxt() else {
      throw Findings([
        CatalogFinding.make("catalog-not-xml", file: file, place: nil, "no memory to read the file")
      ])
    }
    defer { xmlFreeParserCtxt(context) }
    let first = FirstError()
    context.pointee._private = Unmanaged.passUnretained(first).toOpaque()
    context.pointee.sax?.pointee.serror = noteFirstError
    // BIG_LINES keeps line numbers right beyond 65,535 lines; no NOENT: entities stay unexpanded.
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_BIG_LINES.rawValue
    let document = withExtendedLifetime(first) {
      bytes.withUnsafeBytes { buffer in
        xmlCtxtReadMemory(
          context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
          nil,
          "UTF-8", Int32(options))
      }
    }
    guard let document, let rootNode = xmlDocGetRootElement(document) else {
      if let document { xmlFreeDoc(document) }
      throw Findings([syntaxError(first, file: file)])
    }
    defer { xmlFreeDoc(document) }
    let tags = TagScanner.tags(in: bytes)
    var next = 0
    let root = element(rootNode, tags: tags, next: &next)
    return use(root) ? SchemaValidator.findings(in: document, file: file) : []
  }

  private static func syntaxError(_ error: FirstError, file: String) -> Finding {
    CatalogFinding.make(
      "catalog-not-xml", file: file, place: error.place, "not well-formed XML: \(error.message)",
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

/// The first error of one parse: what follows it is mostly its consequence.
private final class FirstError {
  var message = "the file is not XML"
  var place: TextPlace?
}

/// Handed to libxml2 as a C function: it gets the parser's context, which knows the `FirstError`.
private let noteFirstError: xmlStructuredErrorFunc = { context, error in
  guard let error, error.pointee.level != XML_ERR_WARNING,
    let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self),
    let sink = parser.pointee._private
  else { return }
  let first = Unmanaged<FirstError>.fromOpaque(sink).takeUnretainedValue()
  guard first.place == nil else { return }
  first.place = TextPlace(
    line: max(1, Int(error.pointee.line)), column: max(1, Int(error.pointee.int2)))
  if let message = error.pointee.message {
    first.message = XMLDocument.oneLine(String(cString: message))
  }
}
