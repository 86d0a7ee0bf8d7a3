import Quantities

/// Accessors for maps with free keys and for the currency.
extension SectionReader {
  /// The entries of a map whose keys are chosen in the file, at most as many as the table allows.
  func table(_ key: String) -> [YAMLValue.Entry] {
    guard let value = valueOrDefault(key), let spec = section.key(key) else { return [] }
    switch spec.kind {
    case .table(_, let most), .dated(_, let most): return table(value, most: most, of: key)
    default: return []
    }
  }

  func table(_ value: YAMLValue, most: Int, of key: String) -> [YAMLValue.Entry] {
    guard case .map(let entries) = value.content else {
      wrong(key, value, "a map", hint: "write `\(key): { name: value }`")
      return []
    }
    guard entries.count <= most else {
      log.report(
        "out-of-range", at: value.position,
        "`\(key)` has \(entries.count) entries; it may have at most \(most)",
        hint: "split the site, or leave out what the plan does not need")
      return Array(entries.prefix(most))
    }
    return entries
  }

  /// An ISO 4217 code.
  func currency(_ key: String) -> Currency? {
    guard let value = valueOrDefault(key) else { return nil }
    guard let text = value.text, let currency = Currency(rawValue: text) else {
      wrong(
        key, value, "a currency code such as `EUR`",
        hint: "three capital letters of ISO 4217")
      return nil
    }
    return currency
  }
}
