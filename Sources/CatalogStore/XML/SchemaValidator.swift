import CLibXML2
import Quantities
import Synchronization

/// Validates documents against the shipped RELAX NG schema.
enum SchemaValidator {
  /// The compiled schema. libxml2 sets up its datatype tables on first use without a lock of its
  /// own, so compiling and validating happen one at a time.
  private static let compiled = Mutex<Compiled>(Compiled())

  private struct Compiled {
    /// Address of the schema, 0 before it is compiled; never freed.
    var schema: UInt = 0
    var failure = ""
  }

  /// What the schema says against a document, by line; empty when it is valid.
  static func findings(in document: xmlDocPtr, file: String) -> [Finding] {
    let address = UInt(bitPattern: document)
    let problems = compiled.withLock { state -> [SchemaProblem] in
      if state.schema == 0 { state.schema = UInt(bitPattern: compile(&state.failure)) }
      guard let schema = xmlRelaxNGPtr(bitPattern: state.schema),
        let document = xmlDocPtr(bitPattern: address)
      else {
        return [SchemaProblem(line: 0, message: "the schema does not compile: \(state.failure)")]
      }
      return validate(document, against: schema)
    }
    return problems.map {
      CatalogFinding.make(
        "catalog-schema", file: file, place: TextPlace(line: $0.line, column: 0),
        "the schema does not allow this: \($0.message)",
        hint: "`tenfold schema catalog` prints the schema")
    }
  }

  private static func compile(_ failure: inout String) -> OpaquePointer? {
    var text = Array(CatalogSchema.relaxNG.utf8CString)
    let count = text.count - 1
    return text.withUnsafeMutableBufferPointer { buffer in
      guard let parser = xmlRelaxNGNewMemParserCtxt(buffer.baseAddress, Int32(count)) else {
        return nil
      }
      defer { xmlRelaxNGFreeParserCtxt(parser) }
      let sink = SchemaSink()
      xmlRelaxNGSetParserStructuredErrors(
        parser, collect, Unmanaged.passUnretained(sink).toOpaque())
      let schema = xmlRelaxNGParse(parser)
      return withExtendedLifetime(sink) {
        failure = sink.problems.first?.message ?? ""
        return schema
      }
    }
  }

  private static func validate(
    _ document: xmlDocPtr, against schema: xmlRelaxNGPtr
  ) -> [SchemaProblem] {
    guard let validation = xmlRelaxNGNewValidCtxt(schema) else {
      return [SchemaProblem(line: 0, message: "no memory to validate the file")]
    }
    defer { xmlRelaxNGFreeValidCtxt(validation) }
    let sink = SchemaSink()
    xmlRelaxNGSetValidStructuredErrors(
      validation, collect, Unmanaged.passUnretained(sink).toOpaque())
    let result = xmlRelaxNGValidateDoc(validation, document)
    return withExtendedLifetime(sink) {
      if result != 0, sink.problems.isEmpty {
        return [SchemaProblem(line: 0, message: "the file does not match")]
      }
      return sink.problems
    }
  }
}

/// One message of libxml2.
private struct SchemaProblem: Sendable {
  var line: Int
  var message: String
}

/// Receives the messages of one validation.
private final class SchemaSink {
  var problems: [SchemaProblem] = []
}

/// Handed to libxml2 as a C function: it may capture nothing, so the sink comes as its context.
private let collect: xmlStructuredErrorFunc = { context, error in
  guard let context, let error else { return }
  let sink = Unmanaged<SchemaSink>.fromOpaque(context).takeUnretainedValue()
  guard sink.problems.count < Diagnostics.limit else { return }
  let message = error.pointee.message.map { XMLDocument.oneLine(String(cString: $0)) } ?? ""
  sink.problems.append(SchemaProblem(line: Int(error.pointee.line), message: message))
}
