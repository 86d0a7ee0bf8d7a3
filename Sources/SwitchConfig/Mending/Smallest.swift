/// What of a list is needed: the rest is left out, and leaving out any one more would not do.
/// - Parameter suffices: whether a part of the list does; the whole list must.
/// - Complexity: about n log n questions where little is needed, n² in the worst case.
func smallest<Item>(of items: [Item], _ suffices: ([Item]) -> Bool) -> [Item] {
  var kept = items
  var size = max(1, kept.count / 2)
  while true {
    var start = 0
    var isLess = false
    while start < kept.count {
      let end = min(start + size, kept.count)
      let rest = Array(kept[..<start] + kept[end...])
      if suffices(rest) {
        kept = rest
        isLess = true
      } else {
        start = end
      }
    }
    if size == 1, !isLess { return kept }
    size = max(1, size / 2)
  }
}
