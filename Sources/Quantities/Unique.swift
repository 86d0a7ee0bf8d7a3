/// First occurrences, in their order.
public func unique<Element: Hashable>(_ items: some Sequence<Element>) -> [Element] {
  var seen: Set<Element> = []
  return items.filter { seen.insert($0).inserted }
}
