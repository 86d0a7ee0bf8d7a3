extension Format {
  /// `1 port`, `3 ports`; `many` is for words that take no plain s.
  public static func count(_ value: Int, _ one: String, _ many: String? = nil) -> String {
    value == 1 ? "1 \(one)" : "\(value) \(many ?? one + "s")"
  }

  /// Height from half units: `1 rack unit`, `1.5 rack units`.
  public static func rackUnits(halves: Int) -> String {
    let text = trimmed(Int64(halves) * 5, decimals: 1)
    return halves == 2 ? "1 rack unit" : "\(text) rack units"
  }

  /// `448.00 EUR to 896.00 EUR`.
  public static func interval(_ low: Money, _ high: Money) -> String {
    "\(money(low)) to \(money(high))"
  }

  /// An ISO date, or `no date`.
  public static func date(_ date: CalendarDate?) -> String { date?.iso ?? "no date" }
}
