import Transport

extension Extent {
  /// Bytes of all of them.
  static func bytes(_ extents: [Extent]) -> Int { extents.reduce(0) { $0 + $1.count } }

  /// Pages that it covers, of so many bytes each; it must begin and end with one.
  func pages(of size: Int) -> Range<Int> { offset / size..<(offset + count) / size }

  /// What either of two lists covers, ascending, each byte once.
  static func union(_ one: [Extent], _ other: [Extent]) -> [Extent] {
    var all: [Extent] = []
    for extent in (one + other).sorted(by: { $0.offset < $1.offset }) { all.join(extent) }
    return all
  }
}

extension [Extent] {
  /// Adds one that begins no earlier than the last: where they touch they are one.
  mutating func join(_ extent: Extent) {
    guard let last, extent.offset <= last.offset + last.count else { return append(extent) }
    let end = Swift.max(last.offset + last.count, extent.offset + extent.count)
    self[count - 1].count = end - last.offset
  }
}
