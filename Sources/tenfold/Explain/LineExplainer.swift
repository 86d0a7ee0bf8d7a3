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
    let file =
      "\(Files.withoutTrailingSlash(folder))/" + (place.hostFile ?? "switches/\(place.device).cfg")
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
    if let (line, facts) = try written(place), line.text == text {
      if !line.subject.isEmpty { paragraphs.append("It is part of \(line.subject).") }
      paragraphs += facts.isEmpty ? ["It sets nothing: a comment or a separator."] : facts
    } else {
      paragraphs.append(
        "The plan does not write this line here: the file was changed, or other templates made it.")
    }
    return Explanation(subject: "\(file):\(place.line)", paragraphs: paragraphs)
  }

  /// The line as the plan has it, and a sentence or two on each of its facts; `nil` when the plan has
  /// no such line.
  private func written(_ place: ConfigPlace) throws -> (line: ConfigLine, facts: [String])? {
    let hash = FabricJSON.hash(try FabricJSON.bytes(fabric))
    if let path = place.hostFile {
      let made = try PlanFiles.hostFiles(of: fabric, hash: hash, templates: templates)
      guard let file = made.files.first(where: { $0.path == path }),
        file.lines.indices.contains(place.line - 1)
      else { return nil }
      let line = file.lines[place.line - 1]
      let known = try templates.ofHosts()
      return (line, line.facts.flatMap { known.fact($0).map { Self.sentences($0, "") } ?? [] })
    }
    let configs = try PlanFiles.configurations(of: fabric, hash: hash, templates: templates)
    guard let config = configs.first(where: { $0.hostname == place.device }),
      let line = config.line(place.line)
    else { return nil }
    let model = fabric.device(place.device).flatMap { fabric.catalog.part($0.part)?.model } ?? ""
    let known = try templates.renderer(for: config.os).facts(config.os)
    return (line, line.facts.flatMap { known.fact($0).map { Self.sentences($0, model) } ?? [] })
  }

  private static func sentences(_ fact: Fact, _ model: String) -> [String] {
    let grade = words(fact.grade(onModel: model))
    return ["\(fact.id), \(grade): \(fact.meaning)."]
      + (fact.source.isEmpty ? [] : ["Source of \(fact.id): \(fact.source)"])
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
