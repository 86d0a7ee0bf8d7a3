/// Small helpers of the readers.
enum ReaderValues {
  /// Sorted without repeats.
  static func ascending<Value: Comparable>(_ values: [Value]) -> [Value] {
    var result: [Value] = []
    for value in values.sorted() where value != result.last { result.append(value) }
    return result
  }
}
