import Quantities

/// Where switches say something else than their plan, for a terminal or as JSON.
struct Drift: Encodable {
  struct Difference: Encodable {
    var device: String
    /// Port, LAG or VLAN; empty for the whole switch.
    var place: String
    /// What differs and what the switch says.
    var found: String
    var planned: String
  }
  struct File: Encodable {
    var file: String
    /// Lines that are not understood and may differ too.
    var unknown: [Int]
  }
  var differences: [Difference]
  /// Whether no configuration contradicts itself.
  var isSound: Bool
  var files: [File]
  /// What brings the switches back, in order.
  var mends: [SwitchMend]

  init(_ findings: [Finding], _ configs: ConfigFolder, mends: [SwitchMend]) {
    self.mends = mends
    differences = findings.map { finding in
      Difference(
        device: finding.subject.first ?? "",
        place: finding.subject.dropFirst().joined(separator: " "), found: finding.message,
        planned: finding.expected)
    }
    isSound = !configs.findings.contains { $0.severity == .error }
    files = configs.unknown.map { File(file: $0.file, unknown: $0.lines.map(\.number)) }
  }

  private var nothing: String {
    files.isEmpty ? "nothing differs\n" : "nothing differs in the lines that are understood\n"
  }

  var text: String {
    var text = ""
    var device = ""
    for difference in differences {
      if difference.device != device {
        device = difference.device
        text += "\(device)\n"
      }
      let place = difference.place.isEmpty ? "" : difference.place + ": "
      let planned = difference.planned.isEmpty ? "" : " (planned: \(difference.planned))"
      text += "  \(place)\(difference.found)\(planned)\n"
    }
    text +=
      differences.isEmpty
      ? isSound ? nothing : "no setting differs, but see the errors\n"
      : Format.count(differences.count, "difference") + "\n"
    for file in files {
      text +=
        "\(file.file): \(Format.count(file.unknown.count, "line")) not understood, first line "
        + "\(file.unknown.first ?? 0)\n"
    }
    guard !mends.isEmpty else { return text }
    text +=
      "\nTo bring them back, one switch at a time and in this order; go on only when all is as it "
      + "says after a switch, and no line was refused:\n"
    for (step, mend) in mends.enumerated() { text += mend.text(step: step + 1) }
    return text
  }
}
