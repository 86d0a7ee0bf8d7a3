import CatalogModel
import Fabric

/// The lines of a report's list to confirm, by what they are about.
struct ConfirmedPoints {
  /// Lines as they stand, `- [ ] Dell S4810: ...`.
  let lines: [ParsedMarkdown.Text]
  private let fabric: Fabric

  init(_ report: ParsedMarkdown, _ fabric: Fabric) {
    lines = report.texts.filter {
      $0.section == "Confirm before anybody pays" && $0.raw.hasPrefix("- [ ] ")
    }
    self.fabric = fabric
  }

  /// Whether a line about a subject, such as `Dell S4810` or `` `r1` ``, holds one of the words.
  func asks(_ subject: String, _ words: [String]) -> Bool {
    lines.contains { line in
      let text = line.raw.dropFirst("- [ ] ".count)
      guard text.hasPrefix(subject) else { return false }
      // `Dell S4810` must not answer for `Dell S4810-ON`.
      let next = text.dropFirst(subject.count).first
      guard next == ":" || next == " " || next == "," else { return false }
      return words.isEmpty || words.contains { text.contains($0) }
    }
  }

  /// Whether a line about a part holds one of the words.
  func asks(_ part: PartID, _ words: [String]) -> Bool {
    asks(ReportChecks.label(part, fabric), words)
  }

  /// Subjects under which a row of a table may be asked for: its first cell, the parts named in
  /// it, and those of the switches named in it.
  func subjects(of row: [String]) -> [String] {
    let devices = fabric.devices.filter { device in row.contains { $0.contains("`\(device.name)`") }
    }
    return [row.first ?? ""] + devices.map { ReportChecks.label($0.part, fabric) }
  }
}
