/// How long an adapter may take to register memory, which it does before anything goes.
public enum RDMARegistering {
  /// Seconds that one end may take for so many bytes: one for each GiB, since fresh memory is made first.
  public static func seconds(_ bytes: Int) -> Int { bytes >> 30 }

  /// What both ends may take, one after the other.
  public static func bothEnds(_ bytes: Int) -> Duration { .seconds(2 * seconds(bytes)) }
}
