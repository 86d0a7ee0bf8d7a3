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

extension String {
  /// Whether its UTF-8 bytes hold those of another text, whatever the letters make together.
  public func holdsBytes(of other: String) -> Bool {
    let (bytes, wanted) = (Array(utf8), Array(other.utf8))
    guard let first = wanted.first, wanted.count <= bytes.count else { return wanted.isEmpty }
    return (0...bytes.count - wanted.count).contains { start in
      bytes[start] == first && bytes[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}
