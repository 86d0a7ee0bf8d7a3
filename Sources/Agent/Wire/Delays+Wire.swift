import Quantities

extension Delays {
  static let names = ["delays", "median", "p99", "p999", "longest"]
  private enum CodingKeys: String, CodingKey { case delays, median, p99, p999, longest }

  init(_ fields: Fields) throws(MessageError) {
    // Nanoseconds; nothing takes an hour.
    func time(_ name: String) throws(MessageError) -> Int64 {
      Int64(try fields.number(name, in: 0...3_600_000_000_000))
    }
    self.init(
      count: try fields.number("delays", in: 1...1_000_000), median: try time("median"),
      p99: try time("p99"), p999: try time("p999"), longest: try time("longest"))
  }

  /// Among the members of an answer.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(count, forKey: .delays)
    try container.encode(median, forKey: .median)
    try container.encode(p99, forKey: .p99)
    try container.encode(p999, forKey: .p999)
    try container.encode(longest, forKey: .longest)
  }
}
