import Fabric
import Quantities
import SwitchConfig
import TemplateText

/// Says what a line of a configuration is for and which facts its wording rests on.
struct LineExplainer {
  let fabric: Fabric
  /// The plan's folder.
  let folder: String
  let templates: Templates

  func explain(_ place: ConfigPlace) throws -> Explanation {
    let file = "\(Files.withoutTrailingSlash(folder))/switches/\(place.device).cfg"
    let lines = try Files.read(file, limit: 1 << 24)
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(place.line - 1) else {
      throw Failure(
        [
          Finding(
            rule: "explain-subject", position: SourcePosition(file: file),
            message: "the file has \(lines.count) lines, not \(place.line)")
        ], .usage)
    }
    let text = String(decoding: lines[place.line - 1], as: UTF8.self)
    var paragraphs = [FindingPrinter.visible(text)]
    let hash = FabricJSON.hash(try FabricJSON.bytes(fabric))
    let configs = try PlanFiles.configurations(of: fabric, hash: hash, templates: templates)
    guard let config = configs.first(where: { $0.hostname == place.device }),
      let line = config.line(place.line), line.text == text
    else {
      paragraphs.append(
        "The plan does not write this line here: the file was changed, or other templates made it.")
      return Explanation(subject: "\(file):\(place.line)", paragraphs: paragraphs)
    }
    if !line.subject.isEmpty { paragraphs.append("It is part of \(line.subject).") }
    if line.facts.isEmpty {
      paragraphs.append("It sets nothing: a comment or a separator.")
    }
    let model = fabric.device(place.device).flatMap { fabric.catalog.part($0.part)?.model } ?? ""
    let facts = try templates.renderer(for: config.os).facts(config.os)
    for id in line.facts {
      guard let fact = facts.fact(id) else { continue }
      let grade = Self.words(fact.grade(onModel: model))
      paragraphs.append("\(fact.id), \(grade): \(fact.meaning).")
      if !fact.source.isEmpty { paragraphs.append("Source of \(fact.id): \(fact.source)") }
    }
    return Explanation(subject: "\(file):\(place.line)", paragraphs: paragraphs)
  }

  private static func words(_ grade: FactGrade) -> String {
    switch grade {
    case .manual: "from a page of the vendor's manual"
    case .vendor: "published by a vendor"
    case .community: "from configurations in use"
    case .derived: "derived from pages of the manual"
    case .unverified: "shown by no source for this model, so try it first"
    }
  }
}
