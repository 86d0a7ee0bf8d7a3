import CatalogModel
import DialectTestSupport
import Fabric
import Foundation
import TemplateText
import Testing

@testable import SwitchConfig

@Suite("JSON that stands for lines")
struct JSONFormTests {
  private func unfolded(_ text: String) -> UnfoldedText {
    JSONUnfolding.unfold(Array(text.utf8), notes: "NOTES")
  }

  private func lines(_ text: String) -> [String] {
    let unfolded = unfolded(text)
    let lines = unfolded.bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    return zip(unfolded.places, lines).map { "\($0) \($1)" }
  }

  @Test("Entries and fields are lines with the places of their names")
  func lines() {
    let text = """
      { "NOTES": { "1": { "a": 3 } },
        "VLAN_MEMBER": {
          "Vlan7|Ethernet0": {
            "tagging_mode":
              "tagged" } },
        "G": { "a": { "l": [ "x",
          "y z" ], "e": [], "t": "\\u00e9\\ud83d\\ude00\\"" } } }
      """
    #expect(
      lines(text) == [
        "3 VLAN_MEMBER Vlan7 Ethernet0", "4  VLAN_MEMBER Vlan7 Ethernet0 tagging_mode tagged",
        "6 G a", "6  G a l[] x", "7  G a l[] y z", "7  G a e[]", "7  G a t é😀\"",
      ])
    #expect(unfolded(text).oddities.isEmpty && unfolded(text).unread.isEmpty)
  }

  @Test("A byte that is no UTF-8 is told at its line")
  func encoding() {
    let text =
      Array("{ \"A\": {\n \"b".utf8) + [0xFF, 0xFE] + Array("\": { \"c\": \"d\" } } }".utf8)
    let made = JSONUnfolding.unfold(text, notes: "NOTES")
    #expect(made.oddities.map(\.line) == [2] && made.oddities.allSatisfy(\.isError))
  }

  @Test("What breaks a text, or is of a wrong kind, is told at its line")
  func mistakes() {
    func told(_ text: String) -> [String] {
      unfolded(text).oddities.map { "\($0.line) \($0.rule): \($0.message)" }
    }
    #expect(told("[]") == ["1 json: the text is no object in braces"])
    #expect(told("") == ["1 json: the text is no object in braces"])
    #expect(
      told("{\"A\": {\"k\": {\n\"f\": \"v\"\n\"g\": \"w\"}}}")
        == ["3 json: a comma or a closing brace is expected"])
    #expect(told("{\"A\": {}}\nx") == ["2 json: something follows the last brace"])
    #expect(
      told("{\"A\": {\"k\": {\"f\": \"v\n\"}}}").first?.hasPrefix("1 json: a text holds") == true)
    #expect(
      told("{\"A\": {\"k\": {\"f\": \"\\x\"}}}") == ["1 json: a text holds an unknown escape"])
    #expect(
      told("{\"A\": 1,\n\"B\": {\"k\": []},\n\"C\": {\"k\": {\"f\": {}}}}") == [
        "1 json-type: a table is a word and an object in braces",
        "2 json-type: an entry is a word and an object in braces",
        "3 json-type: the value of C k f is no plain text and no list of them",
      ])
    #expect(
      told("{\"A\": {\"k\": {\"f\": \"1\",\n\"f\": \"2\"},\n\"k\": {}}}") == [
        "2 repeated: A k f stands there already: the last one counts",
        "3 repeated: A k stands there already: the last one counts",
      ])
    #expect(
      told("{\"A\": {\"k\": {\"f\": 3}}}")
        == ["1 json-type: the value of A k f stands without quotation marks"])
    // A text with a line end could smuggle a line of its own.
    let smuggled = unfolded("{\"A\": {\"k\": {\"f\": \"x\\nPORT Ethernet0\"}}}")
    #expect(smuggled.places == [1] && smuggled.unread.map(\.text) == ["A k f"])
  }

  @Test("Deep nesting ends in an answer")
  func depth() {
    for opening in ["[", "{\"a\":"] {
      let text = "{\"A\": " + String(repeating: opening, count: 100_000)
      #expect(unfolded(text).oddities.map(\.rule).contains("json"))
    }
  }

  @Test("2,000 damaged texts end in an answer, with lines that are there")
  func damaged() throws {
    let text = Array(try Shipped.render(RandomIntent.make(.sonic, seed: 5)).text.utf8)
    for seed in 1...2000 {
      var random = SeededGenerator(seed: UInt64(seed))
      var bytes = Array(text[Int.random(in: 0..<text.count, using: &random)...].prefix(3000))
      if seed % 2 == 0 { bytes = Array(text.prefix(3000)) }
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      let read = Shipped.read(bytes, os: .sonic, file: "x")
      let lines = bytes.reduce(1) { $1 == 10 ? $0 + 1 : $0 }
      #expect(read.unknown.allSatisfy { (1...lines).contains($0.number) }, "seed \(seed)")
    }
  }

  @Test("Lines are folded in the order in which tables and entries are first named")
  func folding() throws {
    func line(_ text: String, _ facts: [String] = []) -> ConfigLine {
      ConfigLine(number: 0, text: text, facts: facts, grade: nil, subject: "")
    }
    let folded = try JSONFolding.fold(
      [
        line("# a \"note\""), line("#"), line("A k", ["F"]), line("B x"), line("A k f v w", ["G"]),
        line("A k l[] 1"), line("A k l[] 2", ["H"]),
      ], notes: "N", doubts: ["doubt"])
    #expect(
      folded.map(\.text) == [
        "{", "  \"N\": {", "    \"NOTES\": {", "      \"1\": \"a \\\"note\\\"\",",
        "      \"2\": \"doubt\"", "    }", "  },", "  \"A\": {", "    \"k\": {",
        "      \"f\": \"v w\",", "      \"l\": [", "        \"1\",", "        \"2\"", "      ]",
        "    }", "  },", "  \"B\": {", "    \"x\": {}", "  }", "}",
      ])
    #expect(folded.map(\.number) == Array(1...20))
    #expect(folded[8].facts == ["F"] && folded[9].facts == ["G"] && folded[12].facts == ["H"])
    #expect(throws: (any Error).self) {
      try JSONFolding.fold([line("A k f 1"), line("A k f 2")], notes: "N", doubts: [])
    }
  }
}
