import Fabric
import Foundation
import PlanChecks
import TemplateText
import TenfoldTestSupport
import Testing

@testable import HostConfig

/// The golden files: `Golden/NAME/FILE` holds, a line each, the facts with their grades and the line.
/// `TENFOLD_UPDATE=1 swift test --filter HostGoldenTests` writes them anew; read the difference against
/// the facts before it is committed.
@Suite("Golden host files")
struct HostGoldenTests {
  private static let folder = "Tests/HostConfigTests/Golden"

  /// `FACT:GRADE FACT:GRADE | line`; tables as they are.
  private func annotated(_ file: HostFile) throws -> String {
    guard !file.lines.isEmpty else { return file.text }
    let templates = try ShippedHosts.templates.get()
    return file.lines.reduce(into: "") { text, line in
      let facts = line.facts.map { "\($0):\(templates.fact($0)?.grade.rawValue ?? "?")" }
        .joined(separator: " ")
      text += facts + String(repeating: " ", count: max(0, 18 - facts.count)) + "|\(line.text)\n"
    }
  }

  @Test("Each golden file is rendered to the byte, with the same facts on each line")
  func same() throws {
    for golden in GoldenHosts.all {
      var known = Set(Repository.names(in: "\(Self.folder)/\(golden.name)", ending: ""))
      for file in try golden.files() {
        let name = file.path.replacingOccurrences(of: "/", with: "_")
        let path = "\(Self.folder)/\(golden.name)/\(name)"
        let found = try annotated(file)
        known.remove(name)
        if Repository.updates { try Self.makeFolder(golden.name) }
        if let difference = try Repository.difference(
          of: found, from: path, refresh: "HostGoldenTests")
        {
          Issue.record("\(difference)")
        }
        #expect(file.lines.isEmpty || file.text == file.lines.map { $0.text + "\n" }.joined())
        #expect(file.lines.map(\.number) == Array(1..<file.lines.count + 1))
      }
      #expect(known.isEmpty, "\(golden.name) has files that nothing writes: \(known.sorted())")
    }
  }

  private static func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: Repository.root.appendingPathComponent("\(folder)/\(name)"),
      withIntermediateDirectories: true)
  }
}
