import Quantities
import SiteModel
import SiteStore
import TenfoldTestSupport
import Testing

@Suite struct TemplateTests {
  @Test("The file that init writes is read without an error", arguments: DesignKind.allCases)
  func reads(_ kind: DesignKind) throws {
    let text = SiteTemplate.text(kind: kind)
    let site = try site(text)
    #expect(site.requirements.designs == [kind])
    #expect((site.core != nil) == (kind != .standalonePair))
    for line in text.split(separator: "\n") { #expect(line.utf8.count <= 100, "\(line)") }
  }

  @Test("Every line that it only shows can be made to count", arguments: DesignKind.allCases)
  func shown(_ kind: DesignKind) throws {
    var lines: [String] = []
    for line in SiteTemplate.text(kind: kind).split(separator: "\n") {
      let isShown = line.starts(with: /#(  )*(- \{|[a-z-]+:)/)
      lines.append(isShown ? String(line.dropFirst()) : String(line))
    }
    var text = lines.joined(separator: "\n")
    // Shown together they must agree: storage and backup are carried, and there is a core.
    text = text.replacing("storage: no", with: "storage: yes")
      .replacing("backup: none", with: "backup: east-west")
      .replacing(
        "carries: [csv, live-migration]", with: "carries: [csv, live-migration, storage, backup]")
    if kind == .standalonePair {
      text = text.replacing("gateways: none", with: "gateways: core")
        .replacing(
          "carries: [csv, live-migration, storage, backup] }",
          with: "carries: [csv, live-migration, storage, backup, tenant] }")
    }
    let site = try site(text)
    #expect(site.addressing.entries.count == 4)
    #expect(!site.room.existingCabling.isEmpty)
    #expect(site.defaults.map(\.key).filter { !$0.contains("[") } == [])
  }

  @Test("The schema that ships is the one of the reader")
  func schema() throws {
    let difference = try Repository.difference(
      of: SiteSchema.json(), from: "Tests/Golden/site.schema.json", refresh: "TemplateTests"
    )
    if let difference { Issue.record("\(difference)") }
  }
}
