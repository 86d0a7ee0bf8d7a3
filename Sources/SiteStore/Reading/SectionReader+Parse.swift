import Quantities

/// Parsers of one value each, for keys and for items of lists.
extension SectionReader {
  /// Reports a value of the wrong kind.
  func wrong(_ key: String, _ value: YAMLValue, _ expected: String, hint: String = "") {
    log.report(
      "wrong-type", at: value.position, "`\(key)` must be \(expected), found \(value.kindName)",
      hint: hint.isEmpty ? meaning(key) : hint)
  }

  /// What a key means, as a hint.
  private func meaning(_ key: String) -> String {
    let name = key.split(separator: ".").first.map(String.init) ?? key
    guard let spec = section.key(name) else { return "correct the value" }
    return "`\(name)`: \(SectionReader.lowercased(spec.doc))"
  }

  /// Reports a value outside its limits.
  func outOfRange(_ key: String, _ value: YAMLValue, _ limits: String, hint: String = "") {
    log.report(
      "out-of-range", at: value.position, "`\(key)` must be \(limits), found \(value.kindName)",
      hint: hint.isEmpty ? meaning(key) : hint)
  }

  func integer(_ value: YAMLValue, _ limits: ClosedRange<Int>, of key: String) -> Int? {
    guard let text = value.text, let number = Rational(decimal: text), number.denominator == 1
    else {
      // More digits than any count has: a number all the same.
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      if let text = value.text, text.utf8.count > 14, text.utf8.allSatisfy(digits.contains) {
        outOfRange(key, value, range(limits))
      } else {
        wrong(key, value, "a whole number", hint: range(limits))
      }
      return nil
    }
    guard let whole = Int(exactly: number.numerator), limits.contains(whole) else {
      outOfRange(key, value, range(limits))
      return nil
    }
    return whole
  }

  private func range(_ limits: ClosedRange<Int>) -> String {
    limits.lowerBound == limits.upperBound
      ? "\(limits.lowerBound)" : "\(limits.lowerBound) to \(limits.upperBound)"
  }

  func choice(_ value: YAMLValue, _ words: [String], of key: String) -> String? {
    guard let text = value.text else {
      wrong(key, value, "one word", hint: "one of: " + words.joined(separator: ", "))
      return nil
    }
    guard words.contains(text) else {
      let nearest = log.isFull ? nil : NearestWord.of(text, among: words)
      log.report(
        "unknown-word", at: value.position, "`\(key)` does not know \(quoted(text))",
        hint: (nearest.map { "did you mean `\($0)`? " } ?? "")
          + "one of: " + words.joined(separator: ", "))
      return nil
    }
    return text
  }

  func name(_ value: YAMLValue, of key: String) -> String? {
    guard let text = value.text else {
      wrong(key, value, "a name")
      return nil
    }
    let isLegal =
      (1...32).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
    guard isLegal else {
      // Keys of lists are plural.
      let place = key.hasSuffix("s") ? "a name in `\(key)`" : "`\(key)`"
      log.report(
        "bad-name", at: value.position,
        "\(place) must be letters, digits and hyphens, 1 to 32 of them, found \(quoted(text))",
        hint: "names become part of host names and labels")
      return nil
    }
    return text
  }

  func text(_ value: YAMLValue, of key: String) -> String? {
    guard let text = value.text else {
      wrong(key, value, "one line of text")
      return nil
    }
    let isLegal =
      (1...80).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
      && !text.hasPrefix(" ") && !text.hasSuffix(" ")
    guard isLegal else {
      log.report(
        "bad-text", at: value.position,
        "`\(key)` must be 1 to 80 printable ASCII characters, found \(quoted(text))",
        hint: "it is copied to reports and configurations")
      return nil
    }
    return text
  }

  func percent(_ value: YAMLValue, most: Int, of key: String) -> Rational? {
    guard let text = value.text else {
      wrong(key, value, "a percentage such as `5%`")
      return nil
    }
    let fraction: Rational
    do {
      fraction = try QuantityText.percent(text)
    } catch {
      if case .noUnit(let number) = error {
        wrong(key, value, "a percentage such as `5%`", hint: "write `\(number)%`")
      } else {
        wrong(key, value, "a percentage such as `5%`")
      }
      return nil
    }
    guard fraction >= .zero, fraction <= .percent(most) else {
      outOfRange(key, value, "0% to \(most)%")
      return nil
    }
    return fraction
  }

  func quantity(
    _ value: YAMLValue, _ dimension: Dimension, _ limits: ClosedRange<Int64>, of key: String
  ) -> Int64? {
    guard let text = value.text else {
      wrong(key, value, dimension.description)
      return nil
    }
    let base: Int64
    do {
      base = try QuantityText.quantity(text, dimension)
    } catch {
      let units = dimension.units.map(\.name)
      switch error {
      case .notANumber: wrong(key, value, dimension.description)
      case .noUnit(let number):
        log.report(
          "missing-unit", at: value.position,
          "`\(key)` needs a unit: \(dimension.description), found \(quoted(number))",
          hint: "units: " + units.joined(separator: ", "))
      case .unknownUnit(let unit):
        let nearest = NearestWord.of(unit, among: units)
        log.report(
          "wrong-unit", at: value.position,
          "`\(key)` must be \(dimension.description), found \(quoted(text))",
          hint: (nearest.map { "did you mean `\($0)`? " } ?? "")
            + "units: " + units.joined(separator: ", "))
      case .tooFine:
        log.report(
          "too-fine", at: value.position,
          "`\(key)` is kept in whole \(dimension.baseName), found \(quoted(text))",
          hint: "round it")
      case .tooLarge:
        outOfRange(
          key, value,
          "\(dimension.text(limits.lowerBound)) to \(dimension.text(limits.upperBound))")
      }
      return nil
    }
    guard limits.contains(base) else {
      outOfRange(
        key, value, "\(dimension.text(limits.lowerBound)) to \(dimension.text(limits.upperBound))")
      return nil
    }
    return base
  }

  /// Largest amount: more than any network of 5000 hosts costs in any currency.
  private static var mostMoney: Int64 { 100_000_000_000_000 }

  func money(_ value: YAMLValue, in currency: Currency, of key: String) -> Money? {
    guard let text = value.text, let number = Rational(decimal: text) else {
      wrong(
        key, value, "an amount in \(currency.rawValue) such as `12000` or `12000.50`",
        hint: "write the number alone: no currency sign, no thousands separator")
      return nil
    }
    guard let units = QuantityText.minorUnits(text, currency) else {
      wrong(
        key, value, "an amount with at most \(currency.minorDigits) decimals",
        hint: "\(currency.rawValue) has no smaller unit; round it")
      return nil
    }
    guard number > .zero, units <= SectionReader.mostMoney else {
      let most = Money(minorUnits: SectionReader.mostMoney, currency: currency)
      outOfRange(key, value, "more than 0 and at most \(Format.money(most))")
      return nil
    }
    return Money(minorUnits: units, currency: currency)
  }

  /// Whether a map alone can be meant as a list of one.
  private func itemsMayBeMaps(_ key: String) -> Bool {
    func isMap(_ kind: ValueKind) -> Bool {
      switch kind {
      case .map: true
      case .forms(let forms): forms.contains(where: isMap)
      case .list(let item, _): isMap(item)
      default: false
      }
    }
    return section.key(key).map { isMap($0.kind) } ?? true
  }

  func items(_ value: YAMLValue, most: Int, of key: String) -> [YAMLValue] {
    if case .map = value.content, !itemsMayBeMaps(key) {
      wrong(key, value, "a list", hint: "write `\(key): [.., ..]`")
      return []
    }
    guard case .list(let items) = value.content else { return [value] }
    guard items.count <= most else {
      log.report(
        "out-of-range", at: value.position,
        "`\(key)` has \(items.count) items; it may have at most \(most)",
        hint: "split the site, or leave out what the plan does not need")
      return Array(items.prefix(most))
    }
    for item in items where item.isEmpty {
      log.report(
        "missing-value", at: item.position, "an item of `\(key)` has no value",
        hint: "give it one, or remove it")
    }
    return items.filter { !$0.isEmpty }
  }
}
