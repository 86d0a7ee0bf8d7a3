/// A moment in whole seconds, as hosts write it down: `2026-11-27T01:02:03Z` (RFC 3339, UTC).
public struct Timestamp: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds left out.
  public let seconds: Int64

  /// `nil` before 1970 and after 2999.
  public init?(seconds: Int64) {
    guard (0...32_503_679_999).contains(seconds) else { return nil }
    self.seconds = seconds
  }

  /// Reads `YYYY-MM-DDThh:mm:ssZ`, a fraction of a second dropped; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), bytes.last == UInt8(ascii: "Z"),
      let date = CalendarDate(iso: String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = Timestamp.number(bytes[11..<13]), hour < 24,
      let minute = Timestamp.number(bytes[14..<16]), minute < 60,
      let second = Timestamp.number(bytes[17..<19]), second < 61
    else { return nil }
    let fraction = bytes[19..<(bytes.count - 1)]
    guard
      fraction.isEmpty
        || fraction.count > 1 && fraction.first == UInt8(ascii: ".")
          && fraction.dropFirst().allSatisfy({ (48...57).contains($0) })
    else { return nil }
    guard let month = date.month, let day = date.day else { return nil }
    let days = Timestamp.days(year: Int64(date.year), month: Int64(month), day: Int64(day))
    self.init(seconds: days * 86_400 + hour * 3600 + minute * 60 + second)
  }

  public var description: String {
    let (year, month, day) = Timestamp.civil(seconds / 86_400)
    let rest = seconds % 86_400
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(year)-\(two(month))-\(two(day))"
      + "T\(two(rest / 3600)):\(two(rest % 3600 / 60)):\(two(rest % 60))Z"
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a moment such as 2026-11-27T01:02:03Z: \(text)")
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    digits.allSatisfy { (48...57).contains($0) }
      ? digits.reduce(0) { $0 * 10 + Int64($1 - 48) } : nil
  }

  /// Days from 1970-01-01 by the Gregorian calendar. Years are counted from March here, so that the
  /// leap day is the last of its year and months have lengths that repeat every five.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let place = (5 * dayOfYear + 2) / 153
    let month = place < 10 ? place + 3 : place - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * place + 2) / 5 + 1)
  }
}
