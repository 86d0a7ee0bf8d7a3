import JSONText
import Quantities

/// Measurements on disk: a line of JSON that says how, then a line for each direction of a pair, added
/// as they are measured. A file that was cut off amid a line is read up to there.
public enum ThroughputLines {
  /// Format of the file; readers refuse others.
  public static let formatVersion = 1
  /// Most rows that are read: a round robin of two thousand hosts.
  static let mostRows = 4_000_000

  /// Reads a file.
  /// - Parameters:
  ///   - bytes: Its content, UTF-8.
  ///   - file: Its name as the user wrote it, for messages.
  /// - Returns: The measurements of its whole lines.
  /// - Throws: `Findings` with one finding: rule `throughput-file`.
  public static func read(
    _ bytes: [UInt8], file: String
  ) throws(Findings) -> Throughput {
    let whole = (bytes.lastIndex(of: 10) ?? -1) + 1
    var result: Throughput?
    for (number, line) in bytes[..<whole].split(
      separator: 10, omittingEmptySubsequences: false
    ).dropLast().enumerated() {
      do throws(EvidenceError) {
        let tree: JSONTree
        do throws(JSONSyntaxError) { tree = try JSONTree(Array(line)) } catch {
          throw EvidenceError(offset: error.offset, message: error.message)
        }
        if result == nil {
          result = try head(tree)
        } else {
          guard number <= mostRows else {
            throw EvidenceError(offset: 0, message: "more than \(mostRows) rows")
          }
          result?.rows.append(try row(tree))
        }
      } catch {
        throw Findings([
          Finding(
            rule: "throughput-file",
            position: SourcePosition(file: file, line: number + 1, column: error.offset + 1),
            message: error.message,
            hint: "such files are made by tenfold validate --throughput")
        ])
      }
    }
    guard let result else {
      throw Findings([
        Finding(
          rule: "throughput-file", position: SourcePosition(file: file),
          message: "the file holds no measurements",
          hint: "such files are made by tenfold validate --throughput")
      ])
    }
    return result
  }

  /// The first line of a file.
  public static func head(_ throughput: Throughput) -> [UInt8] {
    line(
      Head(
        version: formatVersion, plan: throughput.plan, streams: throughput.method.streams,
        warmUp: throughput.method.warmUp, seconds: throughput.method.seconds,
        planned: throughput.planned))
  }

  /// The line of a row.
  public static func line(_ row: Throughput.Row) -> [UInt8] {
    var text = RowText(from: row.from, to: row.to, measured: row.measured)
    switch row.outcome {
    case .rate(let rate, let retransmissions):
      (text.rate, text.retransmissions) = (rate.bitsPerSecond, retransmissions)
    case .failed(let why): text.failure = why
    }
    return line(text)
  }

  private static func head(_ tree: JSONTree) throws(EvidenceError) -> Throughput {
    guard case .integer(Int64(formatVersion))? = tree.member("tenfold-throughput")?.value else {
      throw EvidenceError(offset: 0, message: "these are no measurements of this format")
    }
    return Throughput(
      plan: try EvidenceDecoder.text(tree, "plan"),
      method: Throughput.Method(
        streams: try EvidenceDecoder.number(tree, "streams", in: 1...1024),
        warmUp: try EvidenceDecoder.number(tree, "warmUp", in: 0...3600),
        seconds: try EvidenceDecoder.number(tree, "seconds", in: 1...3600)),
      planned: try EvidenceDecoder.number(tree, "planned", in: 0...Int64(mostRows)))
  }

  private static func row(_ tree: JSONTree) throws(EvidenceError) -> Throughput.Row {
    guard let measured = Timestamp(try EvidenceDecoder.text(tree, "measured")) else {
      throw EvidenceError(offset: tree.offset, message: "measured: no moment")
    }
    let outcome: Throughput.Outcome
    if tree.member("failure") != nil {
      outcome = .failed(try EvidenceDecoder.text(tree, "failure"))
    } else {
      outcome = .rate(
        DataRate(
          bitsPerSecond: Int64(try EvidenceDecoder.number(tree, "rate", in: 0...(1 << 50)))),
        retransmissions: Int64(
          try EvidenceDecoder.number(tree, "retransmissions", in: 0...(1 << 50))))
    }
    return Throughput.Row(
      from: try EvidenceDecoder.address(tree, "from"), to: try EvidenceDecoder.address(tree, "to"),
      measured: measured, outcome: outcome)
  }

  private struct Head: Encodable {
    var version: Int
    var plan: String
    var streams: Int
    var warmUp: Int
    var seconds: Int
    var planned: Int
    enum CodingKeys: String, CodingKey {
      case version = "tenfold-throughput"
      case plan, streams, warmUp, seconds, planned
    }
  }

  private struct RowText: Encodable {
    var from: IPv4Address
    var to: IPv4Address
    var measured: Timestamp
    /// Bits of payload a second.
    var rate: Int64?
    var retransmissions: Int64?
    var failure: String?
  }

  /// JSON on one line: in texts, line feeds are escaped.
  private static func line(_ value: some Encodable) -> [UInt8] {
    let text = (try? JSONWriter.bytes(value, capacity: 256)) ?? []
    return text.split(separator: 10).flatMap { $0.drop { $0 == 32 } } + [10]
  }
}
