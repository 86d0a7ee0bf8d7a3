import CatalogModel
import Quantities

// Each `write` here has its `read` below it, field by field in one order.

extension BlobWriter {
  mutating func source(_ source: FactSource) {
    text(source.id)
    text(source.url)
    date(source.accessed)
  }

  mutating func date(_ date: CalendarDate) {
    int(date.year * 10_000 + (date.month ?? 0) * 100 + (date.day ?? 0))
  }

  mutating func fact(_ fact: Fact) {
    text(fact.name)
    text(fact.value)
    array(fact.sources) { $0.text($1) }
  }

  mutating func money(_ money: Money) {
    int(money.minorUnits)
    raw(money.currency)
  }

  mutating func price(_ price: Price) {
    text(price.part.rawValue)
    money(price.amount)
    raw(price.kind)
    raw(price.condition)
    optional(price.asOf) { $0.date($1) }
    text(price.source)
    money(price.low)
    money(price.high)
    text(price.note)
  }

  mutating func rule(_ rule: CompatibilityRule) {
    text(rule.device)
    text(rule.medium)
    raw(rule.verdict)
    text(rule.command)
    text(rule.note)
    source(rule.source)
  }

  mutating func exchangeRate(_ rate: ReferenceRate) {
    raw(rate.from)
    raw(rate.to)
    int(rate.rate.numerator)
    int(rate.rate.denominator)
    date(rate.on)
    text(rate.source)
  }

  mutating func references(_ references: References) {
    array(references.standards) { writer, standard in
      writer.text(standard.standard)
      writer.raw(standard.medium)
      writer.int(standard.reach.millimetres)
      writer.array(standard.facts) { $0.fact($1) }
      writer.text(standard.note)
    }
    array(references.cableRules) { writer, rule in
      writer.text(rule.subject)
      writer.optional(rule.family) { $0.raw($1) }
      writer.optional(rule.medium) { $0.raw($1) }
      writer.optional(rule.maxLength) { $0.int($1.millimetres) }
      writer.optional(rule.diameter) { $0.int($1.millimetres) }
      writer.optional(rule.bendRadius) { $0.int($1.millimetres) }
      writer.optional(rule.powerPerEnd) { $0.int($1.milliwatts) }
      writer.array(rule.facts) { $0.fact($1) }
      writer.text(rule.note)
    }
    array(references.prices) { writer, price in
      writer.text(price.subject)
      writer.optional(price.part) { $0.text($1.rawValue) }
      writer.money(price.amount)
      writer.raw(price.kind)
      writer.raw(price.condition)
      writer.optional(price.asOf) { $0.date($1) }
      writer.bool(price.includesVAT)
      writer.text(price.source)
      writer.text(price.note)
    }
    array(references.compatibility) { writer, note in
      writer.text(note.device)
      writer.text(note.medium)
      writer.raw(note.verdict)
      writer.text(note.command)
      writer.text(note.note)
      writer.source(note.source)
    }
  }
}

extension BlobReader {
  mutating func source() throws(Damaged) -> FactSource {
    FactSource(id: try text(), url: try text(), accessed: try date())
  }

  mutating func date() throws(Damaged) -> CalendarDate {
    let number = try number()
    guard (0...99_991_231).contains(number) else { throw Damaged() }
    let (month, day) = (number / 100 % 100, number % 100)
    guard
      let date = CalendarDate(
        year: number / 10_000, month: month == 0 ? nil : month, day: day == 0 ? nil : day)
    else { throw Damaged() }
    return date
  }

  mutating func fact() throws(Damaged) -> Fact {
    Fact(
      name: try text(), value: try text(),
      sources: try array { reader throws(Damaged) in try reader.text() })
  }

  mutating func money() throws(Damaged) -> Money {
    Money(minorUnits: try int(), currency: try raw())
  }

  mutating func price() throws(Damaged) -> Price {
    let part = PartID(try text())
    let amount = try money()
    let kind: PriceKind = try raw()
    let condition: Condition = try raw()
    let asOf = try optional { reader throws(Damaged) in try reader.date() }
    let source = try text()
    let (low, high) = (try money(), try money())
    return Price(
      part: part, amount: amount, kind: kind, condition: condition, asOf: asOf, source: source,
      low: low, high: high, note: try text())
  }

  mutating func rule() throws(Damaged) -> CompatibilityRule {
    CompatibilityRule(
      device: try text(), medium: try text(), verdict: try raw(), command: try text(),
      note: try text(), source: try source())
  }

  mutating func exchangeRate() throws(Damaged) -> ReferenceRate {
    let (from, to): (Currency, Currency) = (try raw(), try raw())
    guard let rate = Rational(try int(), over: try int()) else { throw Damaged() }
    return ReferenceRate(from: from, to: to, rate: rate, on: try date(), source: try text())
  }

  mutating func length() throws(Damaged) -> Length { Length(millimetres: try int()) }

  mutating func power() throws(Damaged) -> Power { Power(milliwatts: try int()) }

  mutating func facts() throws(Damaged) -> [Fact] {
    try array { reader throws(Damaged) in try reader.fact() }
  }

  mutating func references() throws(Damaged) -> References {
    var references = References()
    references.standards = try array { reader throws(Damaged) in
      ReachStandard(
        standard: try reader.text(), medium: try reader.raw(), reach: try reader.length(),
        facts: try reader.facts(), note: try reader.text())
    }
    references.cableRules = try array { reader throws(Damaged) in
      CableRule(
        subject: try reader.text(),
        family: try reader.optional { reader throws(Damaged) in try reader.raw() },
        medium: try reader.optional { reader throws(Damaged) in try reader.raw() },
        maxLength: try reader.optional { reader throws(Damaged) in try reader.length() },
        diameter: try reader.optional { reader throws(Damaged) in try reader.length() },
        bendRadius: try reader.optional { reader throws(Damaged) in try reader.length() },
        powerPerEnd: try reader.optional { reader throws(Damaged) in try reader.power() },
        facts: try reader.facts(), note: try reader.text())
    }
    references.prices = try array { reader throws(Damaged) in
      ReferencePrice(
        subject: try reader.text(),
        part: try reader.optional { reader throws(Damaged) in PartID(try reader.text()) },
        amount: try reader.money(), kind: try reader.raw(), condition: try reader.raw(),
        asOf: try reader.optional { reader throws(Damaged) in try reader.date() },
        includesVAT: try reader.bool(), source: try reader.text(), note: try reader.text())
    }
    references.compatibility = try array { reader throws(Damaged) in
      CompatibilityNote(
        device: try reader.text(), medium: try reader.text(), verdict: try reader.raw(),
        command: try reader.text(), note: try reader.text(), source: try reader.source())
    }
    return references
  }
}
