import Quantities

extension Delays {
  static let names = ["delays", "median", "p99", "p999", "longest"]

  init(_ fields: Fields) throws(MessageError) {
    // Nanoseconds; nothing takes an hour.
    func time(_ name: String) throws(MessageError) -> Int64 {
      Int64(try fields.number(name, in: 0...3_600_000_000_000))
    }
    self.init(
      count: try fields.number("delays", in: 1...1_000_000), median: try time("median"),
      p99: try time("p99"), p999: try time("p999"), longest: try time("longest"))
  }
}
