import CatalogModel
import Quantities

extension SectionReader {
  mutating func readRate(_ cursor: ElementCursor) {
    let from = cursor.required("from", .currency)
    let to = cursor.required("to", .currency)
    let rate = cursor.required("rate", .positive)
    let on = cursor.required("on", .date)
    let source = source(cursor)
    cursor.finish()
    guard let from, let to, let rate, let on, let source else { return }
    if from == to {
      diagnostics.add(
        "catalog-contradiction", file: cursor.file, place: cursor.place(of: "to"),
        "an exchange rate from \(from.rawValue) to itself", hint: "name two currencies")
    }
    rates.append(
      placed(ReferenceRate(from: from, to: to, rate: rate, on: on, source: source.url), cursor))
  }

  /// What `price` and `reference-price` share.
  private struct Priced {
    var amount: Money
    var kind: PriceKind
    var condition: Condition
    var asOf: CalendarDate?
    var source: FactSource
    var vatIncluded: Bool?
  }

  private func readPriced(_ cursor: ElementCursor) -> Priced? {
    let currency = cursor.required("currency", .currency)
    let text = cursor.required("amount", ValueKind<String>.amountText)
    let kind = cursor.required("kind", .priceKind)
    let condition = cursor.required("condition", .condition)
    let asOf = cursor.value("as-of", .date)
    let source = source(cursor)
    let vat = cursor.value("vat", .included)
    guard let currency, let text, let kind, let condition, let source else { return nil }
    guard let amount = Money(decimal: text, currency: currency) else {
      diagnostics.add(
        "catalog-value", file: cursor.file, place: cursor.place(of: "amount"),
        "amount=\"\(text)\" has more decimals than \(currency.rawValue) has",
        hint: "\(currency.rawValue) has \(currency.minorDigits)")
      return nil
    }
    if amount.minorUnits == 0 {
      diagnostics.add(
        "catalog-contradiction", file: cursor.file, place: cursor.place(of: "amount"),
        "a price of nothing", hint: "leave out a price that is not known")
    }
    return Priced(
      amount: amount, kind: kind, condition: condition, asOf: asOf, source: source,
      vatIncluded: vat)
  }

  mutating func readPrice(_ cursor: ElementCursor) {
    let part = cursor.required("part", .part)
    let priced = readPriced(cursor)
    let percent = cursor.value("vat-percent", .positive)
    cursor.finish(allowsText: true)
    if let part { mention(part, cursor, "part") }
    guard let part, let priced else { return }
    var amount = priced.amount
    var note = cursor.element.text
    if let percent {
      guard priced.vatIncluded == true else {
        diagnostics.add(
          "catalog-contradiction", file: cursor.file, place: cursor.place(of: "vat-percent"),
          "vat-percent on a price that does not say vat=\"included\"",
          hint: "add vat=\"included\", or remove vat-percent")
        return
      }
      guard let net = amount.withoutVAT(percent: percent) else { return }
      amount = net
      let taken = "VAT of \(Format.decimal(percent, places: 3)) % taken off"
      note = note.isEmpty ? taken : note + "; " + taken
    } else if priced.vatIncluded == true {
      referencePrices.append(
        placed(
          ReferencePrice(
            subject: "", part: part, amount: amount, kind: priced.kind,
            condition: priced.condition, asOf: priced.asOf, includesVAT: true,
            source: priced.source.url, note: note), cursor))
      return
    }
    prices.append(
      placed(
        Price(
          part: part, amount: amount, kind: priced.kind, condition: priced.condition,
          asOf: priced.asOf, source: priced.source.url, note: note), cursor))
  }

  mutating func readReferencePrice(_ cursor: ElementCursor) {
    let subject = cursor.required("subject", .words)
    let priced = readPriced(cursor)
    cursor.finish(allowsText: true)
    guard let subject, let priced else { return }
    referencePrices.append(
      placed(
        ReferencePrice(
          subject: subject, amount: priced.amount, kind: priced.kind,
          condition: priced.condition, asOf: priced.asOf,
          includesVAT: priced.vatIncluded == true, source: priced.source.url,
          note: cursor.element.text), cursor))
  }

  mutating func readRule(_ cursor: ElementCursor) {
    let device = cursor.required("device", .words)
    let medium = cursor.required("medium", .words)
    let works = cursor.required("works", .verdict)
    let command = cursor.value("command", .words) ?? ""
    let source = source(cursor)
    cursor.finish(allowsText: true)
    if let device, !device.hasPrefix("os:"), !device.hasPrefix("vendor:") {
      mention(PartID(device), cursor, "device")
    }
    if let medium, !medium.hasPrefix("vendor:"),
      medium != "third-party", medium != "third-party-dac"
    {
      mention(PartID(medium), cursor, "medium")
    }
    guard let device, let medium, let works, let source else { return }
    if works == .withCommand, command.isEmpty {
      diagnostics.add(
        "catalog-contradiction", file: cursor.file, place: cursor.place(of: "works"),
        "works=\"with-command\" without a command", hint: "add command=\"...\"")
    } else if works != .withCommand, !command.isEmpty {
      diagnostics.add(
        "catalog-contradiction", file: cursor.file, place: cursor.place(of: "command"),
        "a command, but works=\"\(works.rawValue)\"",
        hint: "say works=\"with-command\", or remove the command")
    }
    rules.append(
      placed(
        CompatibilityRule(
          device: device, medium: medium, verdict: works, command: command,
          note: cursor.element.text, source: source), cursor))
  }

  mutating func readNote(_ cursor: ElementCursor) {
    let device = cursor.required("device", .words)
    let medium = cursor.required("medium", .words)
    let works = cursor.required("works", .verdict)
    let command = cursor.value("command", .words) ?? ""
    let source = source(cursor)
    cursor.finish(allowsText: true)
    guard let device, let medium, let works, let source else { return }
    notes.append(
      placed(
        CompatibilityNote(
          device: device, medium: medium, verdict: works, command: command,
          note: cursor.element.text, source: source), cursor))
  }

  mutating func readStandard(_ cursor: ElementCursor) {
    let name = cursor.required("name", .identifier)
    let medium = cursor.required("medium", .medium)
    let length = cursor.required("length-m", .metres)
    let defaults = sources(cursor, inherited: nil)
    readFigures(cursor)
    let note = readNoteText(cursor)
    cursor.finish()
    let facts = FactReader.facts(of: cursor, in: self, defaults: defaults).facts
    guard let name, let medium, let length else { return }
    standards.append(
      placed(
        ReachStandard(standard: name, medium: medium, reach: length, facts: facts, note: note),
        cursor))
  }

  mutating func readCableRule(_ cursor: ElementCursor) {
    let subject = cursor.required("subject", .words)
    let family = cursor.value("family", .family)
    let medium = cursor.value("medium", .medium)
    let maxLength = cursor.value("max-length-m", .metres)
    let defaults = sources(cursor, inherited: nil)
    let build = readBuild(cursor)
    readFigures(cursor)
    let note = readNoteText(cursor)
    cursor.finish()
    let facts = FactReader.facts(of: cursor, in: self, defaults: defaults).facts
    guard let subject else { return }
    cableRules.append(
      placed(
        CableRule(
          subject: subject, family: family, medium: medium, maxLength: maxLength,
          diameter: build.diameter, bendRadius: build.bendRadius, powerPerEnd: build.power,
          facts: facts, note: note), cursor))
  }
}

extension ValueKind where Value == String {
  /// An amount of money; the currency decides how many decimals it may have.
  fileprivate static var amountText: ValueKind {
    ValueKind(expected: "an amount above 0, such as 199 or 352.80") { text in
      let fields = text.split(separator: ".", omittingEmptySubsequences: false)
      let digits = fields.allSatisfy { field in
        !field.isEmpty && field.utf8.allSatisfy { (48...57).contains($0) }
      }
      let fits = fields.count <= 2 && fields[0].utf8.count <= 9
      return digits && fits && (fields.count == 1 || fields[1].utf8.count <= 6) ? text : nil
    }
  }
}

extension Money {
  /// A decimal text without sign as minor units; `nil` when it has more decimals than the currency,
  /// zeros at the end aside.
  init?(decimal text: String, currency: Currency) {
    guard let value = Rational(decimal: text) else { return nil }
    var factor: Int64 = 1
    for _ in 0..<currency.minorDigits { factor *= 10 }
    guard let scaled = value.multiplied(by: Rational(Int(factor))), scaled.denominator == 1 else {
      return nil
    }
    self.init(minorUnits: scaled.numerator, currency: currency)
  }

  /// The amount less the VAT in it, rounded half away from zero once.
  func withoutVAT(percent: Rational) -> Money? {
    guard let whole = Rational(100).adding(percent),
      let share = Rational(whole.denominator, over: whole.numerator)?.multiplied(by: Rational(100)),
      let units = share.timesRoundedHalfAway(minorUnits)
    else { return nil }
    return Money(minorUnits: units, currency: currency)
  }
}
