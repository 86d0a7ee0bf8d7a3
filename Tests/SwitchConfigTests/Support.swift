import CatalogModel
import DialectTestSupport
import Fabric
import Foundation
import Quantities
import TemplateText

@testable import SwitchConfig

/// The shipped templates, parsed once for all tests.
enum Shipped {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// All that are shipped.
  static let dialects: [SwitchOS] = ShippedTraits.all.map(\.os)

  static func files() throws -> [TemplateFile] {
    var files: [TemplateFile] = []
    for dialect in dialects.map(\.rawValue) {
      let folder = root.appendingPathComponent("templates/\(dialect)").path
      for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
        let path = "templates/\(dialect)/\(name)"
        files.append(
          TemplateFile(path: "\(dialect)/\(name)", displayPath: path, text: try text(path)))
      }
    }
    return files
  }

  static let renderer = Result {
    SwitchConfigRenderer(templates: try TemplateSet(layers: [files()]))
  }

  static func render(
    _ intent: SwitchIntent, model: String = "", plan: String = "medium"
  ) throws -> RenderedConfig {
    try renderer.get().render(intent, header: header(model, plan: plan))
  }

  private static let readers = Result {
    let set = try TemplateSet(layers: [files()])
    return try Dictionary(uniqueKeysWithValues: dialects.map { ($0, try set.reader($0)) })
  }

  /// The reader of a shipped dialect.
  static func reader(_ os: SwitchOS) throws -> SwitchConfigReader? { try readers.get()[os] ?? nil }

  /// Reads a text by a shipped grammar.
  static func read(_ bytes: [UInt8], os: SwitchOS, file: String) -> ReadConfig {
    guard let reader = (try? readers.get())?[os] ?? nil else {
      return ReadConfig(os: os, intent: nil, lines: 0, unknown: [], findings: [])
    }
    return reader.read(bytes, file: file)
  }

  static func read(_ text: String, os: SwitchOS, file: String) -> ReadConfig {
    read(Array(text.utf8), os: os, file: file)
  }

  static func header(_ model: String, plan: String = "medium") -> ConfigHeader {
    ConfigHeader(
      planName: plan, planHash: String(repeating: "0123456789abcdef", count: 4),
      date: CalendarDate(year: 2026, month: 11, day: 23)!, model: model)
  }
}

/// A repeatable sequence (SplitMix64), so that a failing seed can be run again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
