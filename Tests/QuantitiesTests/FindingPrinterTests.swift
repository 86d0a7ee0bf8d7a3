import Quantities
import Testing

@Suite struct FindingPrinterTests {
  private let position = SourcePosition(file: "site.yaml", line: 14, column: 9)

  @Test("A finding says where, what, the rule, what was expected and what to do")
  func whole() {
    let finding = Finding(
      rule: "unknown-rack", position: position, message: "rack `r3` is not defined",
      expected: "r1 or r2", hint: "did you mean `r2`?")
    #expect(
      FindingPrinter().text(finding) == """
        site.yaml:14:9: error: rack `r3` is not defined [unknown-rack]
          expected: r1 or r2
          hint: did you mean `r2`?

        """)
  }

  @Test("A finding about a design names its place from the widest to the narrowest")
  func subject() {
    let finding = Finding(
      rule: "port-used-twice", severity: .warning, subject: ["r1", "r1-tor-a", "Te1/0/3"],
      message: "used by two links")
    #expect(
      FindingPrinter().text([finding])
        == "r1 / r1-tor-a / Te1/0/3: warning: used by two links [port-used-twice]\n")
  }

  @Test("A place without a column or line is left shorter")
  func shortPlaces() {
    let line = Finding(
      rule: "a", severity: .note, position: SourcePosition(file: "x.xml", line: 3), message: "m")
    let file = Finding(rule: "a", position: SourcePosition(file: "x.xml"), message: "m")
    let none = Finding(rule: "a", message: "m")
    #expect(
      FindingPrinter().text([line, file, none])
        == "x.xml:3: note: m [a]\nx.xml: error: m [a]\nerror: m [a]\n")
  }

  @Test("Control characters of the input do not reach the terminal")
  func control() {
    let finding = Finding(rule: "a", position: position, message: "found `\u{1B}[31m\u{202E}`")
    #expect(
      FindingPrinter().text(finding)
        == "site.yaml:14:9: error: found `\\u{1B}[31m\\u{202E}` [a]\n")
  }

  @Test("Colour is only used when it is asked for")
  func color() {
    let finding = Finding(rule: "a", message: "m")
    #expect(
      FindingPrinter(usesColor: true).text(finding) == "\u{1B}[1;31merror\u{1B}[0m: m [a]\n")
  }
}
