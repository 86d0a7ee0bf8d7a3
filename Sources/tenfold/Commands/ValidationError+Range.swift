import ArgumentParser

extension ValidationError {
  /// Holds a number of the command line against its range.
  /// - Parameter name: Of the option, with its hyphens.
  static func check(_ value: Int?, _ range: ClosedRange<Int>, _ name: String) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError("\(name) is from \(range.lowerBound) to \(range.upperBound).")
  }
}
