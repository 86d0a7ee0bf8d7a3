import Quantities
import SiteModel

/// The commented site file that `tenfold init` writes, made from the table of keys.
public enum SiteTemplate {
  /// A site file to start from, for one design.
  ///
  /// It is read without errors as it stands. Values that are only shown have a `#` in the first
  /// column: removing it makes them count.
  public static func text(kind: DesignKind) -> String {
    var page = Page(sample: SiteSample.of(kind))
    page.line("# A site for `tenfold plan`, to start from:")
    page.line("# a \(SiteSample.title(kind)).")
    page.line(
      "# A `#` in the first column shows what could be written; without it the line counts.")
    page.line("# Whatever is left out gets a default, and every report lists the defaults taken.")
    page.section(SiteKeys.site, path: "", indent: 0, isActive: true)
    return page.text
  }
}

/// Lines of a template.
private struct Page {
  let sample: SiteSample
  private(set) var text = ""
  /// Widest line, so that it reads well in any editor.
  private static let width = 96

  init(sample: SiteSample) { self.sample = sample }

  mutating func line(_ line: String) { text += line + "\n" }

  /// All keys of a section that the template shows.
  mutating func section(_ section: Section, path: String, indent: Int, isActive: Bool) {
    for key in section.keys {
      let keyPath = SectionReader.join(path, key.name)
      guard !SiteSample.hidden.contains(keyPath) else { continue }
      if indent == 0 { line("") }
      comment(documentation(key), indent: indent)
      value(key, path: keyPath, indent: indent, isActive: isActive)
    }
  }

  private func documentation(_ key: SiteKey, withReason: Bool = true) -> String {
    var text = key.doc
    if case .choice(let words) = key.kind { text += ": " + words.joined(separator: ", ") }
    if withReason, key.fallback == nil, !key.reason.isEmpty, !key.isRequired {
      text += " (when left out: \(key.reason))"
    }
    return text
  }

  private mutating func value(_ key: SiteKey, path: String, indent: Int, isActive: Bool) {
    if let lines = sample.lists[path] {
      let counts = isActive && sample.isActive(path)
      if let inner = Page.itemSection(key.kind) { table(inner, indent: indent) }
      put(key.name + ":", indent: indent, counts: counts)
      for line in lines { put(line, indent: indent + 2, counts: counts) }
    } else if let inner = Page.mapSection(key.kind), sample.values[path] == nil {
      let counts = isActive && sample.isActive(path)
      put(key.name + ":", indent: indent, counts: counts)
      section(inner, path: path, indent: indent + 2, isActive: counts)
    } else if let value = sample.values[path] {
      put("\(key.name): \(value)", indent: indent, counts: isActive)
    } else if let value = key.fallback ?? SiteSample.examples[path] {
      put("\(key.name): \(value)", indent: indent, counts: false)
    }
  }

  /// The keys of one item of a list, one a line.
  private mutating func table(_ section: Section, indent: Int) {
    let widest = section.keys.map(\.name.utf8.count).max() ?? 0
    comment("Each item may say:", indent: indent)
    for key in section.keys {
      let gap = String(repeating: " ", count: widest - key.name.utf8.count + 2)
      let fallback = key.fallback.map { " (\($0))" } ?? ""
      comment(
        key.name + gap + documentation(key, withReason: false) + fallback, indent: indent,
        hanging: widest + 4, leading: 2)
    }
  }

  private mutating func put(_ content: String, indent: Int, counts: Bool) {
    line((counts ? "" : "#") + String(repeating: " ", count: indent) + content)
  }

  /// A comment, wrapped.
  private mutating func comment(
    _ content: String, indent: Int, hanging: Int = 0, leading: Int = 0
  ) {
    let start = String(repeating: " ", count: indent) + "# "
    var current = start + String(repeating: " ", count: leading)
    var isFresh = true
    for word in content.split(separator: " ", omittingEmptySubsequences: false) {
      if !isFresh, current.utf8.count + 1 + word.utf8.count > Page.width {
        line(current)
        current = start + String(repeating: " ", count: hanging)
        isFresh = true
      }
      current += (isFresh ? "" : " ") + word
      isFresh = false
    }
    line(current)
  }

  private static func mapSection(_ kind: ValueKind) -> Section? {
    switch kind {
    case .map(let section): section
    case .forms(let forms): forms.lazy.compactMap(mapSection).first
    default: nil
    }
  }

  private static func itemSection(_ kind: ValueKind) -> Section? {
    switch kind {
    case .list(let item, _): mapSection(item)
    case .forms(let forms): forms.lazy.compactMap(itemSection).first
    default: nil
    }
  }
}
