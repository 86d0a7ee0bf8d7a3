/// One pass over the memory, or over what was written to since the last one.
public struct MigrationRound: Hashable, Sendable {
  /// Pages that were to go.
  public var pages: Int
  /// Those of them whose content went; of the others it was known, as of those that hold nothing.
  public var carried: Int
  /// Bytes that went over the network.
  public var bytes: Int
  /// From its start until all had landed.
  public var time: Duration
  /// Pages written to from its start to its end.
  public var written: Int

  /// Makes a round.
  public init(pages: Int, carried: Int, bytes: Int, time: Duration, written: Int) {
    self.pages = pages
    self.carried = carried
    self.bytes = bytes
    self.time = time
    self.written = written
  }

  /// Pages a second with their content; `nil` where that is not known. What a guest writes to is full, so
  /// pages that hold nothing say nothing of how fast those go.
  var pagesPerSecond: Double? {
    let seconds = time / .seconds(1)
    return seconds > 0 && carried > 0 ? Double(carried) / seconds : nil
  }
}
