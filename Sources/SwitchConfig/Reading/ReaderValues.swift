/// Small helpers of the readers.
enum ReaderValues {
  /// Sorted without repeats.
  static func ascending<Value: Comparable>(_ values: [Value]) -> [Value] {
    var result: [Value] = []
    for value in values.sorted() where value != result.last { result.append(value) }
    return result
  }

  /// The number that a name ends in, of four digits at most; `nil` where it ends in none.
  static func number(endOf name: String) -> Int? {
    let digits = name.utf8.reversed().prefix { (48...57).contains($0) }.reversed()
    return digits.count <= 4 ? Int(String(decoding: Array(digits), as: UTF8.self)) : nil
  }

  /// A hardware address as `aa:bb:cc:dd:ee:ff`, from that or `aabb.ccdd.eeff`; anything else as it
  /// stands, in lower case.
  static func mac(_ text: String) -> String {
    let lower = text.lowercased()
    let digits = lower.utf8.filter { $0 != 46 && $0 != 58 && $0 != 45 }
    guard digits.count == 12,
      digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return lower }
    return stride(from: 0, to: 12, by: 2).map {
      String(decoding: digits[$0..<$0 + 2], as: UTF8.self)
    }.joined(separator: ":")
  }
}
