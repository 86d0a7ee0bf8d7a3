extension String {
  /// Whether its UTF-8 bytes come before those of another text, the same in every locale.
  ///
  /// Compares what lies in memory: several times as fast as stepping through two UTF-8 views.
  public func precedesInBytes(_ other: String) -> Bool {
    let known = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { left.lexicographicallyPrecedes($0) }
    }
    return (known ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
  }
}
