import Fabric
import Quantities

/// Says what a line of a configuration rests on.
enum LineExplainer {
  static func explain(
    _ place: ConfigPlace, fabric: Fabric, folder: String
  ) throws -> Explanation {
    let file = Files.withoutTrailingSlash(folder) + "/switches/\(place.device).cfg"
    let bytes = try Files.read(file, limit: 1 << 24)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(place.line - 1) else {
      throw Failure(
        [
          Finding(
            rule: "explain-subject", position: SourcePosition(file: file),
            message: "the file has \(lines.count) lines, not \(place.line)")
        ], .usage)
    }
    return Explanation(
      subject: "\(file):\(place.line)",
      paragraphs: [String(decoding: lines[place.line - 1], as: UTF8.self)])
  }
}
