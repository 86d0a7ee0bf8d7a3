/// A switch that knows no command: a line that is typed is added to its block, and `no` before a line
/// that the block holds takes that away. It knows blocks by what its running configuration opens.
struct PlainSwitch {
  /// A line and the block that it opens.
  private final class Node {
    let line: String
    var inner: [Node] = []
    init(_ line: String) { self.line = line }
  }

  private let root = Node("")
  /// The open blocks, the root first.
  private var open: [Node]
  /// Whether blocks show by indentation; otherwise by `exit`.
  private let isIndented: Bool
  private let openers: [String]
  private let shown: Set<String>

  /// Takes a running configuration.
  /// - Parameter openers: what lines start with that open a block, where `exit` closes it; empty
  ///   where indentation shows blocks.
  /// - Parameter shown: lines with `no` that it shows like others.
  init(_ text: String, openers: [String] = [], shown: Set<String> = []) {
    self.shown = shown
    let lines = text.split(separator: "\n").filter { line in
      let start = line.drop { $0 == " " }.prefix(1)
      return start != "!" && start != "#"
    }.flatMap { Self.each($0, isOpener: openers.contains("vlan")) }
    isIndented = openers.isEmpty && lines.contains { $0.hasPrefix(" ") }
    self.openers = openers
    open = [root]
    var depths = [-1]
    for line in lines {
      let depth = line.prefix { $0 == " " }.count
      let words = String(line.dropFirst(depth))
      if words == "exit" {
        if open.count > 1 {
          open.removeLast()
          if isIndented { depths.removeLast() }
        }
        continue
      }
      if isIndented {
        while depth <= depths[depths.count - 1] {
          open.removeLast()
          depths.removeLast()
        }
      }
      let block = open[open.count - 1]
      let known = block.inner.first { $0.line == words && !$0.inner.isEmpty }
      let node = known ?? Node(words)
      if known == nil {
        block.inner.removeAll { $0.line == words }
        block.inner.append(node)
      }
      if isIndented {
        open.append(node)
        depths.append(depth)
      } else if openers.contains(where: { words.hasPrefix($0) }) {
        open.append(node)
      }
    }
    open = [root]
  }

  /// Whether a block holds two lines that differ in their last word alone, or two of a kind of which
  /// there is one, as none of a plan does: no switch shows such a configuration, since the later line takes the place of the earlier one.
  func contradictsItself(beyond planned: PlainSwitch) -> Bool {
    !contradictions(root).isSubset(of: planned.contradictions(planned.root))
  }

  private func contradictions(_ node: Node) -> Set<String> {
    var found: Set<String> = []
    var seen: [String: String] = [:]
    for inner in node.inner {
      var words = inner.line.split(separator: " ")
      if words.first == "no" { words.removeFirst() }
      let isOneOfAKind = ["description", "shutdown"].contains(words.first)
      let description = words.firstIndex(of: "description")
      let start =
        description.map { words[...$0].joined(separator: " ") }
        ?? (isOneOfAKind ? String(words[0]) : words.dropLast().joined(separator: " "))
      if !start.isEmpty, let other = seen.updateValue(inner.line, forKey: start),
        other != inner.line
      {
        found.insert(node.line + "/" + start)
      }
      found.formUnion(contradictions(inner))
    }
    return found
  }

  /// `vlan 10,20` makes two VLANs, each of which may go by itself.
  private static func each(_ line: Substring, isOpener: Bool) -> [Substring] {
    let words = line.split(separator: " ")
    let ids = words.count == 2 && words[0] == "vlan" ? words[1].split(separator: ",") : []
    guard ids.count > 1, ids.allSatisfy({ Int($0) != nil }) else { return [line] }
    let lines = ids.compactMap { Int($0) }.map { "vlan \($0)" as Substring }
    return isOpener ? Array(lines.map { [$0] }.joined(separator: ["exit"])) : lines
  }

  /// Goes back to the outermost block.
  mutating func leave() { open = [root] }

  /// Takes a line.
  mutating func type(_ line: String) {
    let words = String(line.drop { $0 == " " })
    // What opens configuration mode is no part of a configuration.
    if words.hasPrefix("configure") { return }
    guard words != "exit" else {
      if open.count > 1 { open.removeLast() }
      return
    }
    // A line that is deeper than the one before stands in its block.
    let depth = line.prefix { $0 == " " }.count
    while isIndented, open.count > depth + 1 { open.removeLast() }
    let block = open[open.count - 1]
    // `no sntp server remove ADDRESS`
    let plain = words.split(separator: " ").filter { $0 != "remove" }.joined(separator: " ")
    if words.hasPrefix("no "), remove(String(plain.dropFirst(3)), from: block),
      !shown.contains(words)
    {
      return
    }
    if words.hasPrefix("default interface ") {
      root.inner.removeAll { $0.line == words.dropFirst("default ".count) }
      return
    }
    if words.hasPrefix("speed ") { block.inner.removeAll { $0.line.hasPrefix("speed ") } }
    let node = block.inner.first { $0.line == words } ?? Node(words)
    // What is typed last counts.
    if node.inner.isEmpty { block.inner.removeAll { $0 === node } }
    if !block.inner.contains(where: { $0 === node }) { block.inner.append(node) }
    if isIndented || openers.contains(where: { words.hasPrefix($0) }) { open.append(node) }
  }

  private func remove(_ line: String, from block: Node) -> Bool {
    let count = block.inner.count
    let isThere = block.inner.contains { $0.line == line }
    block.inner.removeAll { $0.line == line || (!isThere && $0.line.hasPrefix(line + " ")) }
    return block.inner.count < count
  }

  /// Its running configuration.
  var text: String {
    var text = ""
    func write(_ node: Node, _ depth: Int) {
      text += String(repeating: " ", count: isIndented ? depth : 0) + node.line + "\n"
      for inner in node.inner { write(inner, depth + 1) }
      if !isIndented, openers.contains(where: { node.line.hasPrefix($0) }) { text += "exit\n" }
    }
    for node in root.inner { write(node, 0) }
    return text
  }
}
