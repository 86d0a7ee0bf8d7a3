import CatalogModel
import JSONText
import Quantities

/// `plan.json`: a fabric on disk.
///
/// Writing gives the same bytes for the same fabric. Reading gives the fabric back or says where
/// and why it cannot: it refuses other versions, texts that are too large or too deep, names that
/// stand twice, and values out of range.
public enum FabricJSON {
  /// The text of `plan.json`, UTF-8, ending in a line feed.
  /// - Throws: `EncodingError`; no fabric is known to cause it.
  public static func bytes(_ fabric: Fabric) throws -> [UInt8] {
    // As a fabric encodes itself, but on all processors.
    try JSONWriter.bytes(members: [
      ("version", fabric.version),
      ("date", fabric.date),
      ("site", fabric.site),
      ("design", fabric.design),
      ("catalog", fabric.catalog),
      ("devices", fabric.devices),
      ("hosts", fabric.hosts),
      ("cables", fabric.cables),
      ("links", fabric.links),
      ("vlans", fabric.vlans),
      ("subnets", fabric.subnets),
      ("intents", fabric.intents),
      ("dialects", fabric.dialects),
      ("bom", fabric.bom),
      ("totals", fabric.totals),
      ("alternatives", fabric.alternatives),
      ("confirmations", fabric.confirmations),
      ("reasons", fabric.reasons),
    ])
  }

  /// Identifies a plan: the SHA-256 of the bytes of its `plan.json`, in hexadecimal digits.
  public static func hash(_ bytes: [UInt8]) -> String { SHA256.hexDigest(bytes) }

  /// Reads a plan.
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - file: Its name as the user wrote it, for messages.
  /// - Throws: `Findings` with one finding: rule `plan-syntax`, `plan-version` or `plan-content`.
  public static func fabric(from bytes: [UInt8], file: String) throws(Findings) -> Fabric {
    let tree: JSONTree
    do throws(JSONSyntaxError) { tree = try JSONTree(bytes) } catch {
      throw finding("plan-syntax", error.message, at: error.offset, in: bytes, file)
    }
    try checkVersion(tree, bytes, file)
    do {
      let fabric = try Fabric(from: JSONTreeDecoder(tree))
      if let complaint = orderComplaint(fabric.catalog) {
        throw finding("plan-content", complaint, at: 0, in: bytes, file)
      }
      return fabric
    } catch let error as DecodingError {
      throw finding(error, tree, bytes, file)
    } catch let error as Findings {
      throw error
    } catch {
      throw finding("plan-content", "\(error)", at: 0, in: bytes, file)
    }
  }

  private static func checkVersion(
    _ tree: JSONTree, _ bytes: [UInt8], _ file: String
  ) throws(Findings) {
    guard let version = tree.member("version"), tree.member("devices") != nil else {
      throw finding("plan-version", "this is not a plan of Tenfold", at: 0, in: bytes, file)
    }
    guard case .integer(Int64(Fabric.formatVersion)) = version.value else {
      let found = if case .integer(let number) = version.value { "\(number)" } else { version.kind }
      throw finding(
        "plan-version", "the plan has format version \(found)",
        expected: "format version \(Fabric.formatVersion)",
        hint: "make the plan again from its site file with this version of Tenfold",
        at: version.offset, in: bytes, file)
    }
  }

  /// `Catalog.part(_:)` searches by halves and needs ids in order, each once.
  private static func orderComplaint(_ catalog: Catalog) -> String? {
    for (left, right) in zip(catalog.parts, catalog.parts.dropFirst()) where left.id >= right.id {
      return left.id == right.id
        ? "catalog.parts: the part \"\(left.id)\" stands twice"
        : "catalog.parts: \"\(right.id)\" stands after \"\(left.id)\": not in the order of ids"
    }
    return nil
  }

  private static func finding(
    _ error: DecodingError, _ tree: JSONTree, _ bytes: [UInt8], _ file: String
  ) -> Findings {
    let context =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        context
      @unknown default:
        DecodingError.Context(codingPath: [], debugDescription: "the value cannot be read")
      }
    var (place, path) = (tree, "")
    for key in context.codingPath {
      if let index = key.intValue {
        path += "[\(index)]"
        if case .array(let elements) = place.value, elements.indices.contains(index) {
          place = elements[index]
        }
      } else {
        path += path.isEmpty ? key.stringValue : "." + key.stringValue
        place = place.member(key.stringValue) ?? place
      }
    }
    let message = context.debugDescription
    return finding(
      "plan-content", path.isEmpty ? message : "\(path): \(message)", at: place.offset, in: bytes,
      file)
  }

  private static func finding(
    _ rule: String, _ message: String, expected: String = "",
    hint: String = "a plan is made by `tenfold plan`; do not edit it by hand",
    at offset: Int, in bytes: [UInt8], _ file: String
  ) -> Findings {
    let place = TextPlace(of: offset, in: bytes)
    return Findings([
      Finding(
        rule: rule, position: SourcePosition(file: file, line: place.line, column: place.column),
        message: message, expected: expected, hint: hint)
    ])
  }
}
