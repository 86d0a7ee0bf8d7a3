import TemplateText

/// A file for hosts, or for who sets them up.
public struct HostFile: Sendable {
  /// From the plan's folder, such as `hosts/hv/apply.ps1`.
  public var path: String
  /// Lines end with a line feed.
  public var text: String
  /// All lines of `text` with the facts that they rest on; empty for tables.
  public var lines: [ConfigLine]
  /// Lines with a fact that no source shows.
  public var unverified: [ConfigLine] { lines.filter { $0.grade == .unverified } }

  init(path: String, table text: String) {
    self.path = path
    self.text = text
    lines = []
  }

  init(path: String, lines: [ConfigLine]) {
    self.path = path
    self.lines = lines
    text = lines.reduce(into: "") { text, line in
      text += line.text
      text += "\n"
    }
  }

  init(path: String, _ marked: MarkedText) {
    self.path = path
    text = marked.text
    lines = marked.lines
  }
}
