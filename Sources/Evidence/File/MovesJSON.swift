import JSONText
import Quantities

/// Measured migrations on disk.
public enum MovesJSON {
  /// Reads a file.
  /// - Parameters:
  ///   - bytes: Its content: UTF-8 with or without a byte order mark, or UTF-16 with one.
  ///   - file: Its name as the user wrote it, for messages.
  /// - Throws: `Findings` with one finding: rule `moves-file`.
  public static func moves(from bytes: [UInt8], file: String) throws(Findings) -> MeasuredMoves {
    try EvidenceDecoder.file(
      bytes, file, rule: "moves-file",
      hint: "such files are made by move.ps1 of tenfold kit windows", moves)
  }

  private static func moves(_ tree: JSONTree) throws(EvidenceError) -> MeasuredMoves {
    guard case .integer(Int64(MeasuredMoves.formatVersion))? = tree.member("tenfold-moves")?.value
    else {
      throw EvidenceError(offset: 0, message: "these are no migrations of this format")
    }
    guard let collected = Timestamp(try EvidenceDecoder.text(tree, "collected")) else {
      throw EvidenceError(offset: tree.offset, message: "collected: no moment")
    }
    return MeasuredMoves(
      plan: try EvidenceDecoder.text(tree, "plan"), host: try EvidenceDecoder.text(tree, "host"),
      collected: collected, runs: try EvidenceDecoder.each(tree, "runs", run))
  }

  private static func run(_ tree: JSONTree) throws(EvidenceError) -> MeasuredMoves.Run {
    MeasuredMoves.Run(
      option: try EvidenceDecoder.text(tree, "option"),
      atOnce: try EvidenceDecoder.number(tree, "atOnce", in: 1...1000),
      from: try EvidenceDecoder.text(tree, "from"), to: try EvidenceDecoder.text(tree, "to"),
      milliseconds: try milliseconds(tree),
      guests: try EvidenceDecoder.each(tree, "guests", guest),
      ports: try EvidenceDecoder.each(tree, "ports", port))
  }

  private static func guest(_ tree: JSONTree) throws(EvidenceError) -> MeasuredMoves.Guest {
    let outcome = try EvidenceDecoder.text(tree, "outcome")
    guard ["moved", "failed"].contains(outcome) else {
      throw EvidenceError(offset: tree.offset, message: "outcome: neither moved nor failed")
    }
    return MeasuredMoves.Guest(
      name: try EvidenceDecoder.text(tree, "name"),
      memory: try EvidenceDecoder.number(tree, "memory", in: 0...(1 << 50)),
      milliseconds: try milliseconds(tree), isMoved: outcome == "moved",
      why: try EvidenceDecoder.text(tree, "why"),
      blackOut: isNull(tree, "blackOut") ? nil : try EvidenceDecoder.text(tree, "blackOut"))
  }

  private static func port(_ tree: JSONTree) throws(EvidenceError) -> MeasuredMoves.Port {
    MeasuredMoves.Port(
      name: try EvidenceDecoder.text(tree, "name"),
      sent: try EvidenceDecoder.number(tree, "sent", in: 0...(1 << 60)),
      received: try EvidenceDecoder.number(tree, "received", in: 0...(1 << 60)))
  }

  /// Missing or null where nothing was measured.
  private static func milliseconds(_ tree: JSONTree) throws(EvidenceError) -> Int? {
    isNull(tree, "milliseconds")
      ? nil : try EvidenceDecoder.number(tree, "milliseconds", in: 0...(1 << 40))
  }

  private static func isNull(_ tree: JSONTree, _ name: String) -> Bool {
    switch tree.member(name)?.value {
    case nil, .null?: true
    default: false
    }
  }
}
