/// A date of which the month and the day may be unknown: `2026`, `2026-09`, `2026-09-13`.
///
/// Price lists often carry no more than a month. An unknown part counts as the earliest possible
/// day when ages are computed, so that a price never looks fresher than it is.
public struct CalendarDate: Hashable, Sendable, Comparable, Codable {
  /// Gregorian year, 1900 to 2999.
  public let year: Int
  /// 1 to 12; `nil` when unknown.
  public let month: Int?
  /// 1 to 31; `nil` when unknown.
  public let day: Int?

  /// `nil` when the numbers are not a date of the Gregorian calendar.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1900...2999).contains(year) else { return nil }
    if let month {
      guard (1...12).contains(month) else { return nil }
      if let day {
        guard day >= 1, day <= CalendarDate.days(inMonth: month, of: year) else { return nil }
      }
    } else if day != nil {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads ISO 8601 `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `nil` for anything else.
  public init?(iso text: some StringProtocol) {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...3).contains(fields.count), fields[0].utf8.count == 4,
      fields.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
      fields.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    let numbers = fields.compactMap { Int($0) }
    guard numbers.count == fields.count else { return nil }
    self.init(
      year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil,
      day: numbers.count > 2 ? numbers[2] : nil)
  }

  /// The ISO 8601 form, as precise as the date is known.
  public var iso: String {
    var text = CalendarDate.padded(year, to: 4)
    if let month { text += "-" + CalendarDate.padded(month, to: 2) }
    if let day { text += "-" + CalendarDate.padded(day, to: 2) }
    return text
  }

  /// Whole months from this date to `later`; negative when `later` is earlier.
  public func months(to later: CalendarDate) -> Int {
    let whole = (later.year - year) * 12 + (later.month ?? 1) - (month ?? 1)
    return (later.day ?? 1) < (day ?? 1) ? whole - 1 : whole
  }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month ?? 0, left.day ?? 0) < (right.year, right.month ?? 0, right.day ?? 0)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CalendarDate(iso: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date: \(text)")
    }
    self = date
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(iso)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func padded(_ value: Int, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
