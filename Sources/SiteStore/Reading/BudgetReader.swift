import Quantities
import SiteModel

/// Reads `budget` and `prices`.
enum BudgetReader {
  static func budget(_ top: SectionReader, currency: Currency) -> Budget {
    guard let value = top.valueOrDefault("budget") else { return Budget() }
    guard case .map = value.content else {
      return Budget(total: top.money(value, in: currency, of: "budget"))
    }
    let reader = top.open("budget", SiteKeys.budget)
    return Budget(
      total: reader.money("total", in: currency), starter: reader.money("starter", in: currency))
  }

  static func prices(
    _ top: SectionReader, currency: Currency, today: CalendarDate
  ) -> PriceRules {
    let reader = top.open("prices", SiteKeys.prices)
    let kinds = reader.choices("kinds") ?? []
    let allowsUsed = reader.flag("used-parts") ?? true
    let discounts = discounts(reader)
    let (exchange, date) = exchange(reader, currency: currency, today: today)
    return PriceRules(
      kinds: sorted(kinds) { $0 }, allowsUsed: allowsUsed, discounts: discounts,
      exchange: exchange, exchangeDate: date,
      staleAfterMonths: reader.quantity("stale-after").flatMap { Int(exactly: $0) } ?? 24,
      freightAndVAT: reader.percent("freight-and-vat") ?? .zero,
      directOrder: reader.percent("direct-order") ?? .zero)
  }

  private static func discounts(_ reader: SectionReader) -> [Discount] {
    var discounts: [Discount] = []
    var seen: [String: String] = [:]
    for entry in reader.table("discounts") {
      let key = YAMLValue(
        content: .scalar(entry.key, isQuoted: true), position: entry.keyPosition)
      guard let vendor = reader.text(key, of: "discounts"),
        let rate = reader.percent(entry.value, most: 99, of: "discounts.\(entry.key)")
      else { continue }
      if let other = seen[vendor.lowercased()] {
        reader.log.report(
          "duplicate-name", at: entry.keyPosition,
          "vendor \(quoted(vendor)) is the same as \(quoted(other))",
          hint: "keep one of the two")
        continue
      }
      seen[vendor.lowercased()] = vendor
      discounts.append(Discount(vendor: vendor, rate: rate))
    }
    return sorted(discounts, by: \.vendor)
  }

  private static func exchange(
    _ reader: SectionReader, currency: Currency, today: CalendarDate
  ) -> ([ExchangeRate], CalendarDate?) {
    var rates: [ExchangeRate] = []
    var date: CalendarDate?
    let entries = reader.table("exchange")
    for entry in entries {
      if entry.key == "on" {
        date = day(entry.value, reader: reader, today: today)
      } else if let from = Currency(rawValue: entry.key) {
        guard let rate = rate(entry, reader: reader) else { continue }
        guard from != currency else {
          reader.log.report(
            "own-currency", at: entry.keyPosition,
            "\(from.rawValue) is the site's own currency and needs no rate",
            hint: "remove it, or set `currency`")
          continue
        }
        rates.append(ExchangeRate(from: from, rate: rate))
      } else {
        reader.log.report(
          "unknown-currency", at: entry.keyPosition,
          "\(quoted(entry.key)) is neither a currency code nor `on`",
          hint: "write a rate as `USD: 0.92` and its day as `on: 2026-11-01`")
      }
    }
    if !rates.isEmpty, date == nil, !entries.contains(where: { $0.key == "on" }) {
      reader.log.report(
        "missing-key", at: reader.log.place("prices.exchange"), "`prices.exchange` has no `on`",
        hint: "add the day of the rates, such as `on: 2026-11-01`")
    }
    return (sorted(rates, by: \.from.rawValue), date)
  }

  private static func rate(_ entry: YAMLValue.Entry, reader: SectionReader) -> Rational? {
    guard let text = entry.value.text, let rate = Rational(decimal: text) else {
      reader.wrong("exchange.\(entry.key)", entry.value, "a rate such as `0.92`")
      return nil
    }
    guard rate > .zero, rate <= Rational(1_000_000) else {
      reader.outOfRange("exchange.\(entry.key)", entry.value, "more than 0 and at most 1000000")
      return nil
    }
    return rate
  }

  private static func day(
    _ value: YAMLValue, reader: SectionReader, today: CalendarDate
  ) -> CalendarDate? {
    guard let text = value.text, let date = CalendarDate(iso: text) else {
      reader.wrong("exchange.on", value, "a date such as `2026-11-01`")
      return nil
    }
    guard date <= today else {
      reader.outOfRange("exchange.on", value, "no later than today, \(today.iso)")
      return nil
    }
    return date
  }
}

/// Sorted by the UTF-8 bytes of a text, which no locale changes.
func sorted<Element>(_ elements: [Element], by text: (Element) -> String) -> [Element] {
  elements.sorted { text($0).precedesInBytes(text($1)) }
}
