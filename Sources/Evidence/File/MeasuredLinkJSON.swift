import JSONText
import Quantities

/// What `tenfold validate migration --json` wrote, as far as predictions need it.
public enum MeasuredLinkJSON {
  /// Reads a file.
  /// - Parameters:
  ///   - bytes: Its content: UTF-8 with or without a byte order mark, or UTF-16 with one.
  ///   - file: Its name as the user wrote it, for messages.
  /// - Throws: `Findings` with one finding: rule `measured-file`.
  public static func link(from bytes: [UInt8], file: String) throws(Findings) -> MeasuredLink {
    try EvidenceDecoder.file(
      bytes, file, rule: "measured-file",
      hint:
        "tenfold validate migration --json writes such a file, but not with --packed, --both-ways or --lan"
    ) { tree throws(EvidenceError) in
      guard let fitted = tree.member("fitted") else {
        throw EvidenceError(offset: tree.offset, message: "nothing was fitted to what it measured")
      }
      return MeasuredLink(
        plan: tree.member("plan") == nil ? "" : try EvidenceDecoder.text(tree, "plan"),
        from: try EvidenceDecoder.text(tree, "from"), to: try EvidenceDecoder.text(tree, "to"),
        atOnce: try EvidenceDecoder.number(tree, "atOnce", in: 1...1000), try constants(fitted))
    }
  }

  private static func constants(
    _ tree: JSONTree
  ) throws(EvidenceError) -> MeasuredLink.Constants {
    func number(_ name: String, from least: Int64 = 0) throws(EvidenceError) -> Int {
      try EvidenceDecoder.number(tree, name, in: least...(1 << 50))
    }
    var found = MeasuredLink.Constants(bitsPerSecond: try number("bitsPerSecond", from: 1))
    found.bitsPerEmptyPage = try number("bitsPerEmptyPage")
    found.setUpMicroseconds = try number("setUpMicroseconds")
    found.passMicroseconds = try number("passMicroseconds")
    found.blackOutMicroseconds = try number("blackOutMicroseconds")
    found.comparisonPicosecondsPerPage = try number("comparisonPicosecondsPerPage")
    found.cleanUpMicroseconds = try number("cleanUpMicroseconds")
    found.processorMicrosecondsPerGigabyte = try number("processorMicrosecondsPerGigabyte")
    found.processorPicosecondsPerPage = try number("processorPicosecondsPerPage")
    return found
  }
}
