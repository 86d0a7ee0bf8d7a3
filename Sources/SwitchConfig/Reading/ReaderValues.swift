/// Small helpers of the readers.
enum ReaderValues {
  /// Sorted without repeats.
  static func ascending<Value: Comparable>(_ values: [Value]) -> [Value] {
    var result: [Value] = []
    for value in values.sorted() where value != result.last { result.append(value) }
    return result
  }

  /// Port names in the order of the device without repeats.
  static func unique(_ names: [InterfaceName]) -> [InterfaceName] {
    var result: [InterfaceName] = []
    for name in names.sorted(by: { order($0) < order($1) }) where name != result.last {
      result.append(name)
    }
    return result
  }

  /// Order of an OS9 name on its device.
  static func order(_ name: InterfaceName) -> (Int, Int, Int, Int) {
    (name.first, name.second, name.third, Int(name.kind.rawValue))
  }

  /// A kind and its numbers.
  static func text(_ kind: String, _ name: InterfaceName) -> String {
    var text = kind
    if name.count > 0 { text += String(name.first) }
    if name.count > 1 {
      text += "/"
      text += String(name.second)
    }
    if name.count > 2 {
      text += "/"
      text += String(name.third)
    }
    return text
  }
}
