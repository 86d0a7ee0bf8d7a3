/// Differences of two texts, for failures of tests that compare with a file.
public enum Diff {
  /// Lines that differ with up to two equal lines around them: `-` expected, `+` found; `nil` when
  /// the texts are equal.
  public static func text(expected: String, found: String) -> String? {
    guard expected != found else { return nil }
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let changes = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [(mark: String, text: String)] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, removed.contains(i) {
        lines.append(("-", old[i]))
        i += 1
      } else if j < new.count, inserted.contains(j) {
        lines.append(("+", new[j]))
        j += 1
      } else {
        lines.append((" ", i < old.count ? old[i] : ""))
        i += 1
        j += 1
      }
    }
    let near = lines.indices.filter { index in
      lines[max(0, index - 2)...min(lines.count - 1, index + 2)].contains { $0.mark != " " }
    }
    return near.prefix(200).map { lines[$0].mark + " " + lines[$0].text }.joined(separator: "\n")
  }
}
