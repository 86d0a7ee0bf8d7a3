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
  public func holdsBytes(of other: String) -> Bool { byteOffset(of: other) != nil }

  /// The number of UTF-8 bytes before those of another text; `nil` where it does not hold them.
  public func byteOffset(of other: String) -> Int? {
    guard other.utf8.count <= utf8.count else { return nil }
    let (bytes, wanted) = (Array(utf8), Array(other.utf8))
    guard let first = wanted.first else { return 0 }
    return (0...bytes.count - wanted.count).first { start in
      bytes[start] == first && bytes[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}
