import JSONText

/// One object of PowerShell.
struct WindowsObject {
  let tree: JSONTree

  init(tree: JSONTree) { self.tree = tree }

  init?(object tree: JSONTree) {
    guard case .object = tree.value else { return nil }
    self.tree = tree
  }

  /// What it is called, or what it belongs to.
  var name: String? {
    for field in ["Name", "InterfaceAlias", "ParentName", "VMNetworkAdapterName"] {
      if let text = self[field]?.text { return text }
    }
    return nil
  }

  /// A field; `nil` when it is missing, null, or an empty text or list.
  subscript(field: String) -> WindowsValue? {
    guard let tree = tree.member(field) else { return nil }
    switch tree.value {
    case .null: return nil
    case .string(let text) where text.allSatisfy(\.isWhitespace): return nil
    case .array(let elements) where elements.isEmpty: return nil
    default: return WindowsValue(tree: tree)
    }
  }

  /// The word of an enumeration in lower case: from `fieldText`, which collectors add, or from the
  /// field itself where that is a word; `nil` when there is a number alone.
  func word(_ field: String) -> String? {
    for name in ["\(field)Text", field] {
      guard let value = self[name], case .string(let text) = value.tree.value else { continue }
      if value.integer == nil { return text.lowercased() }
    }
    return nil
  }

  /// What stands in a field of an enumeration, for messages.
  func shown(_ field: String) -> String {
    (self["\(field)Text"] ?? self[field])?.shown ?? "nothing"
  }
}
