import Foundation
import TenfoldTestSupport
import Testing

@Suite("The page on validation")
struct ValidationPageTests {
  @Test("It holds the table of checks that the command prints")
  func table() throws {
    let printed = try Binary.run(["validate", "checks"])
    #expect(printed.status == 0)
    let page = try #require(Repository.text("docs/validation.md"))
    let prose = page.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.hasPrefix("| check ") }.joined(separator: "\n")
    let difference = try Repository.difference(
      of: prose + "\n" + printed.output, from: "docs/validation.md",
      refresh: "ValidationPageTests")
    #expect(difference == nil)
  }
}
