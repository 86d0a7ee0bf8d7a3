import Quantities

/// Accessors for single values. Each gives the value, or `nil` when there is neither a value nor a
/// default, or the value is wrong (which is then reported).
extension SectionReader {
  /// A whole number within the limits of the table.
  func integer(_ key: String) -> Int? {
    guard let value = valueOrDefault(key), let spec = section.key(key) else { return nil }
    guard case .integer(let limits) = spec.kind else { return nil }
    return integer(value, limits, of: key)
  }

  /// `yes` or `no`.
  func flag(_ key: String) -> Bool? {
    guard let value = valueOrDefault(key) else { return nil }
    switch value.text {
    case "yes", "true", "on", "Yes", "True": return true
    case "no", "false", "off", "No", "False": return false
    default:
      wrong(key, value, "`yes` or `no`", hint: "write `\(key): yes` or `\(key): no`")
      return nil
    }
  }

  /// One of the words of the table.
  func choice(_ key: String) -> String? {
    guard let value = valueOrDefault(key), let spec = section.key(key) else { return nil }
    guard case .choice(let words) = spec.kind else { return nil }
    return choice(value, words, of: key)
  }

  /// A name.
  func name(_ key: String) -> String? {
    guard let value = valueOrDefault(key) else { return nil }
    return name(value, of: key)
  }

  /// One line of text.
  func text(_ key: String) -> String? {
    guard let value = valueOrDefault(key) else { return nil }
    return text(value, of: key)
  }

  /// A ratio above 0 and at most 100.
  func ratio(_ key: String) -> Rational? {
    guard let value = valueOrDefault(key) else { return nil }
    guard let text = value.text, let ratio = QuantityText.ratio(text) else {
      wrong(
        key, value, "a ratio such as `4`, `4:1` or `2.5`",
        hint: "4 means 4 Gbps of hosts on 1 Gbps of uplinks")
      return nil
    }
    guard ratio > .zero, ratio <= Rational(100) else {
      outOfRange(key, value, "more than 0 and at most 100")
      return nil
    }
    return ratio
  }

  /// A fraction from 0 to the table's limit.
  func percent(_ key: String) -> Rational? {
    guard let value = valueOrDefault(key), let spec = section.key(key) else { return nil }
    guard case .percent(let most) = spec.kind else { return nil }
    return percent(value, most: most, of: key)
  }

  /// Base units of a quantity, within the limits of the table.
  func quantity(_ key: String) -> Int64? {
    guard let value = valueOrDefault(key), let spec = section.key(key) else { return nil }
    guard case .quantity(let dimension, let limits) = spec.kind else { return nil }
    return quantity(value, dimension, limits, of: key)
  }

  /// An amount of money.
  func money(_ key: String, in currency: Currency) -> Money? {
    guard let value = valueOrDefault(key) else { return nil }
    return money(value, in: currency, of: key)
  }

  /// An IPv4 subnet.
  func subnet(_ key: String) -> IPv4Subnet? {
    guard let value = valueOrDefault(key) else { return nil }
    return subnet(value, of: key)
  }

  /// An IPv4 address.
  func address(_ key: String) -> IPv4Address? {
    guard let value = valueOrDefault(key) else { return nil }
    return address(value, of: key)
  }

  /// A VLAN.
  func vlan(_ key: String) -> VLANID? {
    guard let value = valueOrDefault(key) else { return nil }
    return vlan(value, of: key)
  }

  /// The items of a list, or of its default; one value alone counts as a list of one. `nil` when
  /// there is neither.
  func items(_ key: String) -> [YAMLValue]? {
    guard let value = valueOrDefault(key) else { return nil }
    guard let spec = section.key(key), case .list(_, let most) = spec.kind else { return nil }
    return items(value, most: most, of: key)
  }

  /// The words of a list of choices, each once, in the order of the file.
  func choices(_ key: String) -> [String]? {
    guard let items = items(key), let spec = section.key(key) else { return nil }
    guard case .list(.choice(let words), _) = spec.kind else { return nil }
    return unique(items, of: key) { choice($0, words, of: key) }
  }

  /// The items of a list of names, each once, in the order of the file.
  func names(_ key: String) -> [String]? {
    guard let items = items(key) else { return nil }
    return unique(items, of: key) { name($0, of: key) }
  }

  /// The items of a list of texts, each once, in the order of the file.
  func texts(_ key: String) -> [String]? {
    guard let items = items(key) else { return nil }
    return unique(items, of: key) { text($0, of: key) }
  }

  /// The items of a list of VLANs, each once, in the order of the file.
  func vlans(_ key: String) -> [VLANID]? {
    guard let items = items(key) else { return nil }
    return unique(items, of: key) { vlan($0, of: key) }
  }

  /// The items of a list of addresses, each once, in the order of the file.
  func addresses(_ key: String) -> [IPv4Address]? {
    guard let items = items(key) else { return nil }
    return unique(items, of: key) { address($0, of: key) }
  }

  /// Reads each item, notes its place as `key[text]`, and reports the ones that stand twice.
  private func unique<Value: Hashable>(
    _ items: [YAMLValue], of key: String, _ read: (YAMLValue) -> Value?
  ) -> [Value] {
    var values: [Value] = []
    var seen: Set<Value> = []
    for item in items {
      guard let value = read(item) else { continue }
      guard seen.insert(value).inserted else {
        log.report(
          "duplicate-item", at: item.position, "\(item.kindName) stands twice in `\(key)`",
          hint: "remove one of the two")
        continue
      }
      if item.position.line > 0 { log.note(path(key) + "[\(item.text ?? "")]", at: item.position) }
      values.append(value)
    }
    return values
  }
}
