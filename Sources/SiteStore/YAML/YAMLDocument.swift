import Quantities
import Yams

/// Parses a site file into `YAMLValue`s; the one file that knows the YAML library.
struct YAMLDocument {
  /// The top of the file.
  let root: YAMLValue
  /// Doubled keys, anchors and tags: wrong, but no reason to stop reading.
  let problems: [Finding]

  /// Parses text. Throws when nothing can be read; problems that leave the rest readable are kept.
  init(_ source: SourceText, file: String) throws(Findings) {
    var text = source.masked
    var doubled: [DoubledKey] = []
    // A doubled key makes the library give up on the whole file, so the first of the two is marked
    // and the file parsed again. Bounded by what parsing costs: 8 times a file of usual size.
    let mostRounds = min(8, 20_000 / max(1, source.marks))
    while true {
      do {
        // What kind of value a word is, the reader of its key decides: no rules of the library.
        let parser = try Yams.Parser(yaml: text, resolver: .basic, encoding: .utf8)
        guard let node = try parser.singleRoot() else {
          throw YAMLDocument.failure(
            Finding(
              rule: "empty-file", position: SourcePosition(file: file, line: 1, column: 1),
              message: "the file holds nothing but comments",
              hint: "`tenfold init` writes a site file to start from"))
        }
        var walk = Walk(file: file, doubled: doubled)
        root = walk.value(node, depth: 0)
        problems = walk.problems
        return
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        let key = DoubledKey(
          name: names.first ?? "", line: context.mark.line, column: context.mark.column)
        guard doubled.count < mostRounds,
          let marked = YAMLDocument.marking(key, number: doubled.count, in: text)
        else {
          throw Findings(
            (doubled + [key]).map { key in
              key.finding(
                name: key.name,
                at: SourcePosition(file: file, line: key.line, column: key.column))
            })
        }
        doubled.append(key)
        text = marked
      } catch let error as Findings {
        throw error
      } catch {
        throw YAMLDocument.failure(
          YAMLSyntax.finding(for: error, text: source.masked, file: file))
      }
    }
  }

  private static func failure(_ finding: Finding) -> Findings { Findings([finding]) }

  /// Puts a mark in place of the first character of a key; `nil` when there is none.
  private static func marking(_ key: DoubledKey, number: Int, in text: String) -> String? {
    guard let mark = Unicode.Scalar(SourceText.firstDoubledMark + UInt32(number)) else {
      return nil
    }
    var line = 1
    var column = 1
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index != scalars.endIndex, line < key.line {
      if scalars[index] == "\n" { line += 1 }
      index = scalars.index(after: index)
    }
    while index != scalars.endIndex, column < key.column {
      column += 1
      index = scalars.index(after: index)
    }
    guard index != scalars.endIndex else { return nil }
    if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
    guard index != scalars.endIndex, scalars[index].value > 0x20, scalars[index] != "\"",
      scalars[index] != "'"
    else { return nil }
    var changed = scalars
    changed.replaceSubrange(index...index, with: [mark])
    return String(changed)
  }
}

/// A key that stands twice in one map; the place is that of an earlier one.
struct DoubledKey {
  var name: String
  var line: Int
  var column: Int

  /// What to say at a later one.
  func finding(name: String, at position: SourcePosition) -> Finding {
    let earlier = position.line == line ? "" : ", first in line \(line)"
    return Finding(
      rule: "duplicate-key", position: position,
      message: "key \(quoted(SourceText.unmasked(name))) stands twice in one map\(earlier)",
      hint: "keep one of the two")
  }
}

/// Turns the library's nodes into values.
private struct Walk {
  let file: String
  let doubled: [DoubledKey]
  var problems: [Finding] = []

  /// Limit of depth; brackets are counted before, this one is for indentation.
  static let maxDepth = SourceText.maxDepth

  mutating func value(_ node: Node, depth: Int) -> YAMLValue {
    let position = place(node.mark)
    guard depth <= Walk.maxDepth else {
      problems.append(
        Finding(
          rule: "nested-too-deep", position: position,
          message: "nested deeper than \(Walk.maxDepth) levels",
          hint: "a site file needs no more than 6 levels"))
      return YAMLValue(content: .scalar("", isQuoted: true), position: position)
    }
    switch node {
    case .scalar(let scalar): return self.scalar(scalar, at: position)
    case .sequence(let sequence):
      let items = sequence.map { value($0, depth: depth + 1) }
      return YAMLValue(content: .list(items), position: position)
    case .mapping(let mapping):
      return YAMLValue(content: .map(entries(mapping, depth: depth)), position: position)
    case .alias:
      // Masked before parsing, so this cannot be; said all the same.
      problems.append(YAMLSyntax.reference(at: position))
      return YAMLValue(content: .scalar("", isQuoted: true), position: position)
    }
  }

  private mutating func scalar(_ scalar: Node.Scalar, at position: SourcePosition) -> YAMLValue {
    let text = SourceText.unmasked(scalar.string)
    let isQuoted: Bool
    switch scalar.style {
    case .doubleQuoted, .singleQuoted, .literal, .folded: isQuoted = true
    case .any, .plain: isQuoted = false
    }
    if !isQuoted, let first = text.utf8.first {
      switch first {
      case UInt8(ascii: "&"), UInt8(ascii: "*"): problems.append(YAMLSyntax.reference(at: position))
      case UInt8(ascii: "!"): problems.append(YAMLSyntax.tag(at: position))
      default: break
      }
    }
    return YAMLValue(content: .scalar(text, isQuoted: isQuoted), position: position)
  }

  private mutating func entries(_ mapping: Node.Mapping, depth: Int) -> [YAMLValue.Entry] {
    var entries: [YAMLValue.Entry] = []
    var first: [String: Int] = [:]
    for pair in mapping {
      let position = place(pair.key.mark)
      guard case .scalar(let scalar) = pair.key else {
        problems.append(
          Finding(
            rule: "wrong-type", position: position,
            message: "a key must be a word, not a list or map",
            hint: "check the brackets and the colons"))
        continue
      }
      let name = self.name(scalar.string)
      let value = self.value(pair.value, depth: depth + 1)
      if let line = first[name] {
        problems.append(
          DoubledKey(name: name, line: line, column: 0).finding(name: name, at: position))
        continue
      }
      if name.hasPrefix("&") || name.hasPrefix("*") {
        problems.append(YAMLSyntax.reference(at: position))
        continue
      }
      if name == "<<" {
        problems.append(YAMLSyntax.merge(at: position))
        continue
      }
      first[name] = position.line
      entries.append(YAMLValue.Entry(key: name, keyPosition: position, value: value))
    }
    return entries
  }

  /// A key as written, also when its first character is a mark.
  private func name(_ text: String) -> String {
    if let first = text.unicodeScalars.first, first.value >= SourceText.firstDoubledMark,
      Int(first.value - SourceText.firstDoubledMark) < doubled.count
    {
      return SourceText.unmasked(doubled[Int(first.value - SourceText.firstDoubledMark)].name)
    }
    return SourceText.unmasked(text)
  }

  private func place(_ mark: Mark?) -> SourcePosition {
    SourcePosition(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }
}
