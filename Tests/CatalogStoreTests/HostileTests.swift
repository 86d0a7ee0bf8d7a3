import CatalogModel
import Foundation
import Quantities
import Testing

@testable import CatalogStore

/// Files that were made to do harm, or that are no catalogue at all: a clear error, soon.
@Suite struct HostileTests {
  private func firstFinding(_ bytes: [UInt8]) -> Finding? {
    do throws(Findings) {
      _ = try CatalogReader.read(files: [("x.xml", bytes)])
      return nil
    } catch {
      return error.all.first
    }
  }

  private func check(
    _ text: String, _ rule: String, line: Int, column: Int, _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let finding = firstFinding(Array(text.utf8))
    #expect(finding?.rule == rule, sourceLocation: sourceLocation)
    #expect(finding?.message == message, sourceLocation: sourceLocation)
    #expect(
      finding?.position == SourcePosition(file: "x.xml", line: line, column: column),
      sourceLocation: sourceLocation)
    #expect(finding?.hint.isEmpty == false, sourceLocation: sourceLocation)
  }

  @Test("Entity expansion is refused before it can expand", .timeLimit(.minutes(1)))
  func billionLaughs() {
    var text = "<?xml version=\"1.0\"?>\n<!-- <!DOCTYPE --><!DOCTYPE c [\n<!ENTITY a \"ha\">\n"
    for (name, inner) in zip("bcdefghij", "abcdefghi") {
      text += "<!ENTITY \(name) \"\(String(repeating: "&\(inner);", count: 10))\">\n"
    }
    text += "]>\n<catalog xmlns=\"urn:tenfold:catalog:1\">&j;</catalog>"
    check(
      text, "catalog-document-type", line: 2, column: 19,
      "a document type declaration is not allowed in a catalogue")
  }

  @Test("External entities and external document types are refused")
  func external() {
    for declaration in [
      "<!DOCTYPE c [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
      "<!DOCTYPE c SYSTEM \"http://example.org/c.dtd\">", "<!DOCTYPE c>",
    ] {
      check(
        declaration + "<catalog xmlns=\"urn:tenfold:catalog:1\">&x;</catalog>",
        "catalog-document-type", line: 1, column: 1,
        "a document type declaration is not allowed in a catalogue")
    }
  }

  @Test("A document type in another encoding does not slip through")
  func encodings() throws {
    let text = "<!DOCTYPE c [<!ENTITY a \"b\">]><catalog>&a;</catalog>"
    for encoding in [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32] {
      let bytes = [UInt8](try #require(text.data(using: encoding)))
      #expect(firstFinding(bytes)?.rule == "catalog-not-xml")
    }
    check(
      "<?xml version=\"1.0\" encoding=\"UTF-7\"?><catalog>&a;</catalog>", "catalog-not-xml",
      line: 1,
      column: 51, "not well-formed XML: Entity 'a' not defined")
  }

  @Test("Entities that nobody declared are errors")
  func undeclared() {
    check(
      "<catalog xmlns=\"urn:tenfold:catalog:1\">\n&x;</catalog>", "catalog-not-xml", line: 2,
      column: 4, "not well-formed XML: Entity 'x' not defined")
  }

  @Test("Nesting without end is cut off", .timeLimit(.minutes(1)))
  func nesting() {
    let text =
      "<catalog xmlns=\"urn:tenfold:catalog:1\">" + String(repeating: "<switch>", count: 100_000)
    let finding = firstFinding(Array(text.utf8))
    #expect(finding?.rule == "catalog-not-xml")
    #expect(finding?.message.contains("depth") == true, "\(finding?.message ?? "")")
  }

  @Test("Too large a file is not read", .timeLimit(.minutes(1)))
  func large() {
    var bytes = Array("<catalog xmlns=\"urn:tenfold:catalog:1\">".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: 100_000_000)
    let finding = firstFinding(bytes)
    #expect(finding?.rule == "catalog-file-too-large")
    #expect(
      finding?.message == "the file has 100000039 bytes, more than the 20000000 that are read")
  }

  @Test(
    "Many attributes and many elements are refused before they are parsed", .timeLimit(.minutes(1)))
  func wide() {
    let attributes = (0..<50_000).map { "a\($0)=\"1\"" }.joined(separator: " ")
    check(
      "<catalog>\n <switch \(attributes)/></catalog>", "catalog-file-too-large", line: 2, column: 2,
      "an element with more than 100 attributes")
    let strangers = String(repeating: "<x/>\n", count: 300_000)
    check(
      "<catalog xmlns=\"urn:tenfold:catalog:1\">\(strangers)</catalog>", "catalog-file-too-large",
      line: 199_999, column: 5, "more than 200000 elements and attributes in one file")
  }

  @Test("A part with too much inside is refused before it is validated", .timeLimit(.minutes(1)))
  func crowded() {
    let figures = (0..<20_000).map { "<figure name=\"f\($0)\" value=\"1\"/>" }.joined()
    check(
      "<catalog xmlns=\"urn:tenfold:catalog:1\">\n<switch>\(figures)</switch></catalog>",
      "catalog-file-too-large", line: 2, column: 1,
      "<switch> has 20000 elements inside, more than 500")
  }

  @Test("A file full of mistakes tells the first few hundred", .timeLimit(.minutes(1)))
  func full() {
    let strangers = String(repeating: "<x/>", count: 20_000)
    let text = "<catalog xmlns=\"urn:tenfold:catalog:1\">\(strangers)</catalog>"
    do throws(Findings) {
      _ = try CatalogReader.read(files: [("x.xml", Array(text.utf8))])
      Issue.record("read")
    } catch {
      #expect(error.all.count == Diagnostics.limit)
    }
    let name = String(repeating: "n", count: 100_000)
    #expect(firstFinding(Array("<\(name)/>".utf8)) != nil)
  }

  @Test("Bytes that are no text are named at their place")
  func binary() {
    check(
      "<catalog>\n \0</catalog>", "catalog-not-xml", line: 2, column: 2,
      "the file is not text: it holds a zero byte")
    let bad = Array("<catalog>\nä".utf8) + [0xFF, 0xFE]
    #expect(firstFinding(bad)?.message == "the file is not UTF-8")
    #expect(firstFinding(bad)?.position == SourcePosition(file: "x.xml", line: 2, column: 2))
    for sequence: [UInt8] in [
      [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8],
    ] {
      #expect(firstFinding(Array("<a>".utf8) + sequence)?.message == "the file is not UTF-8")
    }
  }

  @Test("An empty file, another document and another namespace are told apart")
  func strangers() {
    check("", "catalog-not-xml", line: 1, column: 1, "the file is empty")
    check(
      "<html/>", "catalog-root", line: 1, column: 1,
      "the document is <html> of \"\", not a catalogue")
    check(
      "\n<catalog xmlns=\"urn:tenfold:catalog:9\"/>", "catalog-root", line: 2, column: 1,
      "the document is <catalog> of \"urn:tenfold:catalog:9\", not a catalogue")
    check(
      "<catalog xmlns=\"urn:tenfold:catalog:1\">\n <x:switch xmlns:x=\"urn:other\"/></catalog>",
      "catalog-namespace", line: 2, column: 2, "<switch> is in the namespace \"urn:other\"")
    check(
      "<catalog xmlns=\"urn:tenfold:catalog:1\"><switch></catalog>", "catalog-not-xml", line: 1,
      column: 58, "not well-formed XML: Opening and ending tag mismatch: switch line 1 and catalog")
  }

  @Test("Paths that cannot be read are told, all of them")
  func paths() {
    do throws(Findings) {
      _ = try CatalogStore.load(shipped: ["/nowhere/a.xml", "/dev/null"], overlays: ["/nowhere/b"])
      Issue.record("read")
    } catch {
      #expect(
        error.all.map { "\($0.position?.file ?? ""): \($0.message)" } == [
          "/nowhere/a.xml: the file cannot be read: No such file or directory",
          "/dev/null: this is no ordinary file",
          "/nowhere/b: the file cannot be read: No such file or directory",
        ])
    }
  }

  @Test("A thousand damaged catalogues end without a crash", .timeLimit(.minutes(5)))
  func mutations() throws {
    let original = try Shipped.files().first { $0.name == "optics.xml" }
    let seed = Array(try #require(original).bytes.prefix(9000))
    var state: UInt64 = 0x1234_5678_9ABC_DEF1
    func random(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(max(1, limit)))
    }
    for _ in 0..<1000 {
      var bytes = seed
      for _ in 0...random(6) {
        let at = random(bytes.count)
        switch random(4) {
        case 0: bytes[at] = UInt8(truncatingIfNeeded: random(256))
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + random(60)))
        case 2:
          bytes.insert(
            contentsOf: bytes[random(bytes.count)...].prefix(random(200)), at: at)
        default: bytes.insert(contentsOf: Array("<>&\"'/=!-[".utf8).shuffledPrefix(random), at: at)
        }
        if bytes.isEmpty { bytes = [60] }
      }
      _ = firstFinding(bytes)
    }
  }
}

extension [UInt8] {
  fileprivate func shuffledPrefix(_ random: (Int) -> Int) -> [UInt8] {
    (0..<random(4)).map { _ in self[random(count)] }
  }
}
