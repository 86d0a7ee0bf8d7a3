import CatalogStore
import Quantities
import SiteStore
import TenfoldTestSupport
import Testing

/// The folder and what is in it.
enum ErrorFiles {
  static let folder = "Tests/Errors"
  static let sites = Repository.names(in: folder, ending: ".yaml")
  static let catalogs = Repository.names(in: folder, ending: ".xml")
}

/// Every mistake that a user can make is a small file in `Tests/Errors` beside the exact sentences
/// that it gets.
@Suite struct ErrorsTests {
  @Test("A bad site file gets exactly its sentences", arguments: ErrorFiles.sites)
  func site(_ name: String) throws {
    let today = try #require(CalendarDate(iso: "2026-11-23"))
    let bytes = try Repository.bytes(ErrorFiles.folder + "/" + name)
    var found: [Finding] = []
    do {
      _ = try SiteReader.read(bytes: bytes, file: name, today: today)
    } catch {
      found = error.all
    }
    try compare(found, name: name)
  }

  @Test("A bad catalogue file gets exactly its sentences", arguments: ErrorFiles.catalogs)
  func catalog(_ name: String) throws {
    let bytes = try Repository.bytes(ErrorFiles.folder + "/" + name)
    var found: [Finding] = []
    do {
      _ = try CatalogReader.read(files: [(name: name, bytes: bytes)])
    } catch {
      found = error.all
    }
    try compare(found, name: name)
  }

  private func compare(_ found: [Finding], name: String) throws {
    #expect(!found.isEmpty, "\(name) is read without an error")
    for finding in found {
      let position = try #require(finding.position, "\(finding.message) has no place")
      #expect(position.file == name)
      #expect(!finding.hint.isEmpty, "\(finding.message) does not say what to do")
    }
    let stem = name.split(separator: ".").first ?? ""
    let difference = try Repository.difference(
      of: FindingPrinter().text(found), from: "\(ErrorFiles.folder)/\(stem).txt",
      refresh: "ErrorsTests")
    if let difference { Issue.record("\(difference)") }
  }

  @Test("There are at least sixty of them, and no sentence without its file")
  func folder() {
    #expect(ErrorFiles.sites.count >= 60)
    let texts = Repository.names(in: ErrorFiles.folder, ending: ".txt").map { $0.dropLast(4) }
    let inputs = Set(
      (ErrorFiles.sites + ErrorFiles.catalogs).map { $0.split(separator: ".").first ?? "" })
    for text in texts { #expect(inputs.contains(text), "\(text).txt has no input") }
  }
}
