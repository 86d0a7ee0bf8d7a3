import Fabric
import Quantities

/// Why something in a plan is as it is: a heading and paragraphs, each a few sentences.
struct Explanation: Encodable {
  var subject: String
  var paragraphs: [String]

  /// As a terminal shows it.
  var text: String {
    subject + "\n" + paragraphs.map { "  " + $0 + "\n" }.joined()
  }

  /// Explains a subject of the plan in a folder; the design when there is no subject.
  static func of(
    _ subject: String?, in folder: String, templates: [String]
  ) throws -> Explanation {
    let fabric = try Pipeline.fabric(at: folder)
    guard let subject else { return Explainer(fabric).design() }
    if let line = ConfigPlace(subject) {
      let templates = try Templates(folders: [try Home.find() + "/templates"] + templates)
      let explainer = LineExplainer(fabric: fabric, folder: folder, templates: templates)
      return try explainer.explain(line)
    }
    if let found = Explainer(fabric).explain(subject) { return found }
    let near = NearestName.nearest(to: subject, among: Explainer(fabric).subjects)
    throw Failure(
      [
        Finding(
          rule: "explain-subject", message: "the plan holds nothing called \"\(subject)\"",
          hint: near.map { "did you mean \"\($0)\"?" }
            ?? "`tenfold explain \(folder)` lists what can be asked")
      ], .usage)
  }
}

/// A line of a configuration, written `switches/spine-1.cfg:42` or `spine-1:42`, or of a file for
/// hosts, written `hosts/hv/apply.ps1:42`.
struct ConfigPlace {
  /// Name of the switch.
  var device: String
  /// Path in the plan's folder of a file for hosts; `nil` for a switch.
  var hostFile: String?
  var line: Int

  /// `nil` when the text does not end in a colon and a line number.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]),
      line > 0
    else { return nil }
    let path = String(text[..<colon])
    let parts = path.split(separator: "/")
    if let top = parts.lastIndex(where: { $0 == "hosts" || $0 == "ansible" }), top + 1 < parts.count
    {
      hostFile = parts[top...].joined(separator: "/")
    }
    var name = Files.name(path)
    if name.hasSuffix(".cfg") { name.removeLast(4) }
    guard !name.isEmpty else { return nil }
    (device, self.line) = (name, line)
  }
}
