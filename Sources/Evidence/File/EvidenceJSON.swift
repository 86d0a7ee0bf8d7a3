import JSONText
import Quantities

/// Evidence on disk. Reading is strict about what collectors write themselves and keeps what tools
/// said as it stands: that is for the readers of facts to judge.
public enum EvidenceJSON {
  /// Reads the evidence of one host.
  /// - Parameters:
  ///   - bytes: The content of the file: UTF-8 with or without a byte order mark, or UTF-16 with one.
  ///   - file: Its name as the user wrote it, for messages.
  /// - Throws: `Findings` with one finding: rule `evidence-syntax`, `evidence-version` or
  ///   `evidence-content`.
  public static func file(from bytes: [UInt8], file: String) throws(Findings) -> EvidenceFile {
    let text = TextBytes.utf8(bytes)
    let tree: JSONTree
    do throws(JSONSyntaxError) { tree = try JSONTree(text, limits: .tools) } catch {
      throw finding("evidence-syntax", error.message, at: error.offset, in: text, file)
    }
    guard let version = tree.member("tenfold-evidence") else {
      throw finding("evidence-version", "this is no evidence of Tenfold", at: 0, in: text, file)
    }
    guard case .integer(Int64(EvidenceFile.formatVersion)) = version.value else {
      throw finding(
        "evidence-version",
        "the evidence has another format version than"
          + " \(EvidenceFile.formatVersion)", at: version.offset, in: text, file)
    }
    do throws(EvidenceError) { return try EvidenceDecoder.file(tree) } catch {
      throw finding("evidence-content", error.message, at: error.offset, in: text, file)
    }
  }

  private static func finding(
    _ rule: String, _ message: String, at offset: Int, in bytes: [UInt8], _ file: String
  ) -> Findings {
    let place = TextPlace(of: offset, in: bytes)
    return Findings([
      Finding(
        rule: rule, position: SourcePosition(file: file, line: place.line, column: place.column),
        message: message,
        hint: "evidence is made by `tenfold agent` or by the scripts of `tenfold kit`")
    ])
  }
}
