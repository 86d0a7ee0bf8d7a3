import Quantities

/// A YAML value with its place: all that the reader needs of a parsed file.
struct YAMLValue {
  /// A key of a map and what it stands for.
  struct Entry {
    var key: String
    var keyPosition: SourcePosition
    var value: YAMLValue
  }

  enum Content {
    /// `isQuoted` tells `"12"` from `12`.
    case scalar(String, isQuoted: Bool)
    case list([YAMLValue])
    /// In the order of the file; every key stands once.
    case map([Entry])
  }

  var content: Content
  var position: SourcePosition

  /// The text of a scalar.
  var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  /// Whether nothing was written: `key:` alone, `~` or `null`.
  var isEmpty: Bool {
    guard case .scalar(let text, isQuoted: false) = content else { return false }
    return text.isEmpty || text == "~" || text == "null"
  }

  /// What kind of thing it is, for messages.
  var kindName: String {
    switch content {
    case .scalar(let text, _): quoted(text)
    case .list: "a list"
    case .map: "a map"
    }
  }
}

/// User text in back-ticks, at most 40 characters of it.
func quoted(_ text: some StringProtocol) -> String {
  let visible = FindingPrinter.visible(text.prefix(41))
  return "`" + (visible.count > 40 ? visible.prefix(40) + "..." : visible[...]) + "`"
}
