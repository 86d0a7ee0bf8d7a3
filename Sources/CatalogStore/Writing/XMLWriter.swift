/// Writes elements in the form of the shipped files: two spaces a level, lines of up to 100
/// characters where the content allows it.
struct XMLWriter {
  private(set) var text = ""
  private let width = 100

  /// A start tag with its content, or an empty tag.
  mutating func element(
    _ name: String, _ attributes: [(String, String)], indent: Int, text content: String = "",
    children: ((inout XMLWriter) -> Void)? = nil
  ) {
    let parts = attributes.map { "\($0.0)=\"\(XMLWriter.escaped($0.1))\"" }
    let open = startTag(name, parts, indent: indent)
    if let children {
      text += open + ">\n"
      children(&self)
      text += pad(indent) + "</\(name)>\n"
    } else if content.isEmpty {
      text += open + "/>\n"
    } else {
      let escaped = XMLWriter.escaped(content)
      let lastLine = open.split(separator: "\n").last.map(\.count) ?? open.count
      if lastLine + escaped.count + name.count + 4 <= width {
        text += open + ">\(escaped)</\(name)>\n"
      } else {
        text += open + ">\n" + wrapped(escaped, indent: indent + 2) + pad(indent) + "</\(name)>\n"
      }
    }
  }

  /// A line as it is.
  mutating func line(_ line: String) { text += line + "\n" }

  private func startTag(_ name: String, _ parts: [String], indent: Int) -> String {
    let oneLine = pad(indent) + ([String("<" + name)] + parts).joined(separator: " ")
    if oneLine.count + 2 <= width { return oneLine }
    var lines: [String] = []
    var current = pad(indent) + "<" + name
    for part in parts {
      if current.count + 1 + part.count > width - 2 {
        lines.append(current)
        current = pad(indent + 2) + part
      } else {
        current += " " + part
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }

  private func wrapped(_ content: String, indent: Int) -> String {
    var lines: [String] = []
    var current = ""
    for word in content.split(separator: " ") {
      if !current.isEmpty, indent + current.count + 1 + word.count > width {
        lines.append(pad(indent) + current)
        current = String(word)
      } else {
        current += current.isEmpty ? String(word) : " " + word
      }
    }
    lines.append(pad(indent) + current)
    return lines.joined(separator: "\n") + "\n"
  }

  private func pad(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// Text that may stand in an attribute or between tags. Line feeds and tabs become references, so
  /// that reading does not turn them into spaces; other control characters cannot be in XML and are
  /// never in a catalogue.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\r", "\t": result += "&#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
