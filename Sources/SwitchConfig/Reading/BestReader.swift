extension ReadConfig {
  /// Lines that are understood.
  public var understood: Int { lines - unknown.count }
  /// How many more are understood than not: comments of one dialect are lines of another.
  fileprivate var margin: Int { understood - unknown.count }
}

extension SwitchConfigReader {
  /// Reads a text of which nobody says whose it is: by the reader with most lines that it
  /// understands beyond those that it does not, of equal ones the first.
  ///
  /// `nil` when there is no reader or none understands any line.
  public static func read(
    _ bytes: [UInt8], file: String, by readers: [SwitchConfigReader]
  ) -> ReadConfig? {
    var best: ReadConfig?
    for reader in readers {
      let read = reader.read(bytes, file: file)
      guard read.understood > 0 else { continue }
      if let other = best, read.margin <= other.margin { continue }
      best = read
    }
    return best
  }
}
