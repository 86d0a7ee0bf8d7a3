import CatalogModel
import Fabric
import Quantities
import TemplateText
import Testing

@testable import SwitchConfig

@Suite("Grammars")
struct GrammarTests {
  private func findings(_ text: String) -> [String] {
    do {
      _ = try GrammarText.grammar(text, file: "g")
      return []
    } catch {
      return error.all.map { "\($0.position?.line ?? 0) \($0.message)" }
    }
  }

  @Test("What cannot be understood is said with its line")
  func errors() {
    #expect(
      findings(
        """
        nesting tabs
        comment !!
        kind door "Te" 2 te
        kind port "Te" 2
        kind port "Te" 5 te
        start colour yes
        in
        mtu {size}
        mtu {n} -> mtu $2
        mtu {n} -> mtu
        shutdown -> shutdown yes no
        interface {ports} => nowhere
        with link
        interface {ports} => port extra
        b(ad -> shutdown yes
        """) == [
          "1 \"nesting tabs\" is not understood",
          "2 a comment starts with one character",
          "3 a kind is: kind ROLE \"NAME\" NUMBERS WORD...",
          "4 a kind has how many numbers, 0 to 4, and words that it is known by",
          "5 a kind has how many numbers, 0 to 4, and words that it is known by",
          "6 there is no setting \"colour\"",
          "7 a block is \"in NAME\"",
          "8 \"{size}\" is no word and no value",
          "9 \"mtu $2\" names a value that the line does not have",
          "10 \"mtu\" takes 1 to 1 values",
          "11 \"shutdown\" takes 1 to 1 values",
          "13 \"with\" is followed by the name of a block above",
          "14 \"=>\" is followed by the name of a block at the end of the line",
          "15 \"b(ad\" is no word and no value",
          "12 block \"nowhere\" has no rules",
        ])
  }

  @Test(
    "A word may have a form", arguments: [("7.3(8)N1(1)", true), ("9.3(10)", false), ("N(", false)])
  func like(word: String, fits: Bool) {
    #expect(Pattern.isLike(Array(word.utf8)[...], Array("*)N?(*".utf8)[...]) == fits)
  }

  @Test("A kind may have a lane after a colon, no word, or numbers for its word")
  func kinds() throws {
    #expect(findings("kind port \"e\" 3:5 e\nindent 0\nkind port \"e\" 2").count == 3)
    let grammar = try GrammarText.grammar(
      "kind port \"e\" 3:4 e\nkind lag \"lag \" 1 lag 0/3/\nkind port \"\" 3\n", file: "g")
    func names(_ text: String) -> [[Int]]? {
      InterfaceListReader.read(Array(text.utf8)[...], grammar.kinds)?.names.map { name in
        [name.kind] + (0..<name.count).map { name[$0] }
      }
    }
    #expect(names("e1/1/4:1-1/1/4:2") == [[0, 1, 1, 4, 1], [0, 1, 1, 4, 2]])
    #expect(names("e1/1/4-1/1/5") == [[0, 1, 1, 4], [0, 1, 1, 5]])
    #expect(names("1/0/1,0/3/5-0/3/6") == [[2, 1, 0, 1], [1, 5], [1, 6]])
    #expect(names("lag 5") == [[1, 5]])
    #expect(names("10") == nil)
  }

  @Test("A user's grammar takes the place of the shipped one")
  func layers() throws {
    let own = TemplateFile(
      path: "os9/grammar.txt", displayPath: "mine/grammar.txt",
      text: "in top\nname {word} -> nam $1")
    let set = try TemplateSet(layers: [Shipped.files(), [own]])
    let error = #expect(throws: Findings.self) { try set.reader(.os9) }
    #expect(error?.all.first?.position == SourcePosition(file: "mine/grammar.txt", line: 2))
  }

  @Test(
    "Words are known by their letters, as many as the grammar asks for",
    arguments: [
      ("shutdown", "sh", false), ("shutdown", "shu", true), ("shutdown", "SHUTDOWN", true),
      ("shutdown", "shutdowns", false), ("sh(utdown)", "sh", true), ("sh(utdown)", "s", false),
      ("rstp()", "rst", false), ("rstp()", "rstp", true), ("no", "no", true), ("no", "n", false),
    ])
  func keywords(_ keyword: String, _ word: String, _ isKnown: Bool) throws {
    let keyword = try #require(Keyword(keyword[...]))
    #expect(keyword.matches(Array(word.utf8)[...]) == isKnown)
  }

  @Test(
    "Lists of interfaces are read whole or not at all",
    arguments: [
      ("Te 0/1-3,7", ["0/1", "0/2", "0/3", "0/7"]), ("te0/1 - 0/2 , fo0/4", ["0/1", "0/2", "0/4"]),
      ("Te 0/3-1", nil), ("Te 0/1,", nil), ("Te 0/1 x", nil), ("Te 0/1/2/3/4", nil),
      ("Te 0", nil), ("Te 0/1-Fo 0/2", nil), ("Xe 0/1", nil), ("Te 0/1-999999", nil),
    ] as [(String, [String]?)])
  func interfaces(_ text: String, _ names: [String]?) throws {
    let grammar = try GrammarText.grammar(
      """
      kind port "Te " 2-3 te
      kind port "Fo " 2 fo
      in top
      port {ports} -> interface $1
      """, file: "g")
    let model = ConfigWalk.model(Array("port \(text)".utf8), grammar)
    #expect(model.interfaces.map { "\($0.name[0])/\($0.name[1])" } == names ?? [])
    #expect(model.unknown.isEmpty == (names != nil))
  }
}
