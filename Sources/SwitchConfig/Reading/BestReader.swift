import Quantities

extension ReadConfig {
  /// Lines that are understood.
  public var understood: Int { lines - unknown.count }
  /// How many more are understood than not: comments of one dialect are lines of another.
  fileprivate var rank: Rank { Rank(margin: understood - unknown.count, signs: signs) }

  fileprivate struct Rank: Comparable {
    var margin: Int
    var signs: DialectSigns
    static func < (left: Rank, right: Rank) -> Bool {
      (left.margin, left.signs) < (right.margin, right.signs)
    }
  }

  /// Whether the switch does the same by both, whatever its ports are called.
  fileprivate func saysTheSame(as other: ReadConfig) -> Bool {
    guard var own = intent, let theirs = other.intent else { return intent == other.intent }
    own.os = other.os
    return own == theirs
  }
}

extension SwitchConfigReader {
  /// Reads a text of which nobody says whose it is: by the reader with most lines that it
  /// understands beyond those that it does not; of equal ones by that whose dialect the text shows
  /// most signs of, and then the first. A note says where others would do as well.
  ///
  /// `nil` when there is no reader or none understands any line.
  public static func read(
    _ bytes: [UInt8], file: String, by readers: [SwitchConfigReader]
  ) -> ReadConfig? {
    var best: ReadConfig?
    var equals: [ReadConfig] = []
    for reader in readers {
      let read = reader.read(bytes, file: file)
      guard read.understood > 0 else { continue }
      if let other = best {
        if read.rank < other.rank { continue }
        if read.rank == other.rank {
          equals.append(read)
          continue
        }
      }
      (best, equals) = (read, [])
    }
    guard var best else { return nil }
    let others = equals.filter { !$0.saysTheSame(as: best) }.map(\.os.rawValue)
    if !others.isEmpty {
      best.findings.append(
        Finding(
          rule: "config-dialect", severity: .note, position: SourcePosition(file: file, line: 0),
          message: "could be a text of \(others.joined(separator: " or ")) as well, "
            + "where it says something else",
          hint: "say with --os whose it is"))
    }
    return best
  }
}
