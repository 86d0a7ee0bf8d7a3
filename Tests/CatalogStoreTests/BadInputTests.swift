import CatalogModel
import Quantities
import Testing

@testable import CatalogStore

/// What is wrong with a catalogue, word by word. `§` in a case marks the place of the finding and is
/// taken out before reading.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var xml: String
    var message: String
    var hint: String
    var testDescription: String { message }
  }

  static let source = "<source id=\"s\" url=\"https://example.org\" accessed=\"2026-11-23\"/>"

  private func findings(_ body: String) -> [Finding] {
    let text =
      "<catalog xmlns=\"urn:tenfold:catalog:1\">\n\(Self.source)\n\(body)\n</catalog>\n"
    do throws(Findings) {
      _ = try CatalogReader.read(files: [("bad.xml", Array(text.utf8))])
      return []
    } catch {
      return error.all
    }
  }

  @Test("Each mistake is named at its place, with what to do", arguments: cases)
  func sentence(bad: Case) throws {
    let lines = bad.xml.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("§") })
    let column = try #require(lines[line].firstIndex(of: "§"))
    let found = findings(bad.xml.replacing("§", with: ""))
    let finding = try #require(found.first, "nothing was found")
    #expect(finding.message == bad.message)
    #expect(finding.hint == bad.hint)
    #expect(
      finding.position
        == SourcePosition(
          file: "bad.xml", line: line + 3,
          column: lines[line].distance(from: lines[line].startIndex, to: column) + 1))
    #expect(found.count == 1, "\(found.map(\.message))")
  }

  static let cases: [Case] = [
    Case(
      xml: #"<accessory id="a" vendor="V" §modle="M" model="M" kind="other" sources="s"/>"#,
      message: #"<accessory> has an unknown attribute "modle""#, hint: #"did you mean "model"?"#),
    Case(
      xml: #"§<accessory id="a" vendor="V" kind="other" sources="s"/>"#,
      message: #"<accessory> has no attribute "model""#,
      hint: #"add model="...": a text of 1 to 600 characters"#),
    Case(
      xml: #"<accessory §id="A b" vendor="V" model="M" kind="other" sources="s"/>"#,
      message:
        #"id="A b" of <accessory> is not a part id of a-z, 0-9, '-', '.', '+', 64 at most"#,
      hint: "write it as its source says; a fact nobody knows is left out"),
    Case(
      xml: #"<accessory id="a" vendor="V" model="M" §kind="licens" sources="s"/>"#,
      message:
        #"kind="licens" of <accessory> is not a kind of accessory: power-supply, power-cord, rack-kit, licence, fan, other"#,
      hint: #"did you mean "licence"?"#),
    Case(
      xml: #"<accessory id="a" vendor="V" model="M" kind="other" §sources="t"/>"#,
      message: #"source "t" is named but not defined"#,
      hint: #"add <source id="t" url="..." accessed="..."/> to this file"#),
    Case(
      xml: """
        <accessory id="a" vendor="V" model="M" kind="other" sources="s"/>
        §<accessory id="a" vendor="V" model="N" kind="other" sources="s"/>
        """,
      message: #"part "a" is defined twice"#,
      hint:
        "it is first defined at bad.xml:3; a file given with --catalog may override a shipped part, but no file of its own rank"
    ),
    Case(
      xml: #"<price §part="b" amount="1" currency="EUR" kind="list" condition="new" source="s"/>"#,
      message: #"part names "b", which is no part"#,
      hint: "define the part, or remove what names it"),
    Case(
      xml: """
        <accessory id="cord" vendor="V" model="M" kind="other" sources="s"/>
        <price part="cord" §amount="-5" currency="EUR" kind="list" condition="new" source="s"/>
        """,
      message: #"amount="-5" of <price> is not an amount above 0, such as 199 or 352.80"#,
      hint: "write it as its source says; a fact nobody knows is left out"),
    Case(
      xml: """
        <accessory id="cord" vendor="V" model="M" kind="other" sources="s"/>
        <price part="cord" §amount="0.00" currency="EUR" kind="list" condition="new" source="s"/>
        """,
      message: "a price of nothing", hint: "leave out a price that is not known"),
    Case(
      xml: """
        <accessory id="cord" vendor="V" model="M" kind="other" sources="s"/>
        <price part="cord" §amount="1.5" currency="JPY" kind="list" condition="new" source="s"/>
        """,
      message: #"amount="1.5" has more decimals than JPY has"#, hint: "JPY has 0"),
    Case(
      xml: """
        <accessory id="cord" vendor="V" model="M" kind="other" sources="s"/>
        <price part="cord" amount="5" §currency="EUO" kind="list" condition="new" source="s"/>
        """,
      message: #"currency="EUO" of <price> is not a currency of ISO 4217, such as EUR"#,
      hint: #"did you mean "EUR"?"#),
    Case(
      xml: """
        <accessory id="cord" vendor="V" model="M" kind="other" sources="s"/>
        <price part="cord" amount="5" currency="EUR" kind="list" condition="new" §as-of="2026-13"
          source="s"/>
        """,
      message: #"as-of="2026-13" of <price> is not a date: 2026, 2026-09 or 2026-09-13"#,
      hint: "write it as its source says; a fact nobody knows is left out"),
    Case(
      xml: """
        <accessory id="cord" vendor="V" model="M" kind="other" sources="s"/>
        <price part="cord" amount="5" currency="EUR" kind="list" condition="new" source="s"
          §vat-percent="23"/>
        """,
      message: #"vat-percent on a price that does not say vat="included""#,
      hint: #"add vat="included", or remove vat-percent"#),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <power §max-w="100" typical-w="150"/>
        </switch>
        """,
      message: "a largest draw of 100 W below the usual 150 W",
      hint: "exchange them, or look at the source again"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <power-supplies bays="1" §included="2"/>
        </switch>
        """,
      message: "2 power supplies in the box but only 1 bay",
      hint: "included counts the supplies that come with the switch"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <ports id="p" connector="sfp+" §count="0" rates="10G" prefix="" first="1"/>
        </switch>
        """,
      message: #"count="0" of <ports> is not a whole number from 1 to 9999999"#,
      hint: "write it as its source says; a fact nobody knows is left out"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <ports id="q" connector="qsfp+" count="4" rates="40G" prefix="" first="1">
            <split §lanes="4" rate="25G" connector="sfp28" prefix="" numbering="slash"/>
          </ports>
        </switch>
        """,
      message: "4 lanes of 25 Gbps out of a port of 40 Gbps",
      hint: "the lanes of a split port share its rate"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <ports id="q" connector="qsfp+" count="4" rates="40G" prefix="" first="1">
            <split lanes="4" rate="10G" connector="sfp+" §max-ports="5" prefix="" numbering="slash"/>
          </ports>
        </switch>
        """,
      message: "5 of 4 ports may be split", hint: "leave out max-ports when all may"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <ports id="a" connector="sfp+" count="4" rates="10G" prefix="Te1/" first="1"/>
          <ports id="b" connector="rj45" count="4" rates="10G" §prefix="Te1/" first="4"/>
        </switch>
        """,
      message: #"ports of "b" have the names of ports of "a""#,
      hint: "every port of a device has a name of its own"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <ports id="a" connector="sfp+" count="4" rates="10G" prefix="a" first="1"/>
          <ports §id="a" connector="rj45" count="4" rates="10G" prefix="b" first="1"/>
        </switch>
        """,
      message: #"two groups of ports are called "a""#, hint: "give each group its own id"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <ports id="a" connector="sfp+" count="4" rates="10G" prefix="a" first="1" §shared-with="b"/>
        </switch>
        """,
      message: #"shared-with names "b", which is no other group here"#,
      hint: "name the id of another <ports> of this part"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <ports id="a" connector="sfp+" count="4" §rates="10G 1G" prefix="a" first="1"/>
        </switch>
        """,
      message: #"rates="10G 1G" of <ports> is not rates in ascending order, such as 1G 10G"#,
      hint: "write it as its source says; a fact nobody knows is left out"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <bays count="0" §modules="m"/>
        </switch>
        <module id="m" vendor="V" model="N" sources="s">
          <ports id="a" connector="sfp+" count="4" rates="10G" prefix="a" first="1"/>
        </module>
        """,
      message: "modules but no bay for them", hint: "give the number of bays"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <bays count="1" §modules="m"/>
        </switch>
        """,
      message: #"modules names "m", which is no part"#,
      hint: "define the part, or remove what names it"),
    Case(
      xml: """
        §<switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <bays count="1" modules="m"/>
        </switch>
        <accessory id="m" vendor="V" model="N" sources="s" kind="other"/>
        """,
      message: #""m" is listed as a module of "x" but is none"#, hint: "list <module> parts only"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <dcb §pfc="unknown"/>
        </switch>
        """,
      message: #"pfc="unknown" of <dcb> is not "yes" or "no""#,
      hint: "leave out what is not known"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          <rack units="1"/>
          §<rack units="2"/>
        </switch>
        """,
      message: "<switch> has more than one <rack>", hint: "keep one"),
    Case(
      xml: """
        <switch id="x" vendor="V" model="M" sources="s" roles="tor">
          §<rak units="1"/>
        </switch>
        """,
      message: "<switch> has an unknown element <rak>", hint: "did you mean <rack>?"),
    Case(
      xml: #"<switch id="x" vendor="V" model="M" sources="s" §roles="leaf"/>"#,
      message:
        #"roles="leaf" of <switch> is not roles out of: spine, tor, standalone, out-of-band, each once"#,
      hint: "write it as its source says; a fact nobody knows is left out"),
    Case(
      xml: """
        <optic id="x" vendor="V" model="M" sources="s" form="sfp+" standard="10gbase-sr" rates="10G">
          <reach §medium="os2" length-m="300"/>
        </optic>
        """,
      message: "10gbase-sr over os2", hint: "this standard does not run over that medium"),
    Case(
      xml: """
        <optic id="x" vendor="V" model="M" sources="s" form="sfp+" standard="10gbase-t" rates="10G">
          <reach §medium="om3" length-m="30"/>
        </optic>
        """,
      message: "10gbase-t over om3", hint: "this standard does not run over that medium"),
    Case(
      xml: """
        <optic id="x" vendor="V" model="M" sources="s" §form="lc" standard="10gbase-sr" rates="10G"/>
        """,
      message: "a transceiver in the form of a lc plug",
      hint: "name the cage it goes into, such as sfp+"),
    Case(
      xml: """
        <cable id="x" vendor="V" model="M" sources="s" family="fibre" §medium="cat6a" end-a="lc"
          end-b="lc" length-m="3"/>
        """,
      message: "a fibre cord of cat6a", hint: "fibre is om1 to os2, twisted pair is cat5e to cat6a"),
    Case(
      xml: """
        <cable id="x" vendor="V" model="M" sources="s" family="dac-passive" §end-a="lc" end-b="sfp+"
          rate="10G" length-m="3"/>
        """,
      message: "a dac-passive cable with plugs lc and sfp+",
      hint: "attached cables end in cages, fibre in lc or mpo-12, twisted pair in rj45"),
    Case(
      xml: """
        <cable id="x" vendor="V" model="M" sources="s" family="dac-passive" end-a="sfp+" end-b="sfp+"
          rate="10G" §length-m="0"/>
        """,
      message: "a cable of 0 m", hint: "stock lengths up to 1000 m are accepted"),
    Case(
      xml: """
        <cable id="x" vendor="V" model="M" sources="s" family="dac-passive" end-a="sfp+" end-b="sfp+"
          rate="10G" §length-m="3 m"/>
        """,
      message: #"length-m="3 m" of <cable> is not a length in metres, such as 2.5"#,
      hint: "write it as its source says; a fact nobody knows is left out"),
    Case(
      xml: """
        <compatibility device="os:os9" medium="third-party" §works="with-command" source="s"/>
        """,
      message: #"works="with-command" without a command"#, hint: #"add command="...""#),
    Case(
      xml: #"<exchange-rate from="EUR" §to="EUR" rate="1" on="2026-01-01" source="s"/>"#,
      message: "an exchange rate from EUR to itself", hint: "name two currencies"),
    Case(
      xml: #"<exchange-rate from="EUR" to="USD" §rate="0" on="2026-01-01" source="s"/>"#,
      message: #"rate="0" of <exchange-rate> is not a number above 0, such as 1.0705"#,
      hint: "write it as its source says; a fact nobody knows is left out"),
    Case(
      xml: #"§<source id="s" url="https://example.com" accessed="2026-11-23"/>"#,
      message: #"source "s" is defined with another address or date"#,
      hint: "it is first defined at bad.xml:2; choose another id"),
    Case(
      xml: #"§<swich id="x"/>"#, message: "<catalog> has an unknown element <swich>",
      hint: "did you mean <switch>?"),
    Case(
      xml: """
        §<accessory id="a" vendor="V" model="M" kind="other" sources="s">5 W</accessory>
        """,
      message: #"<accessory> has text that belongs nowhere: "5 W""#, hint: "put it into <note>"),
  ]

  @Test("All problems of all files are told in one run, by place")
  func all() {
    let one =
      "<catalog xmlns=\"urn:tenfold:catalog:1\">\n<source id=\"s\"/>\n<nic id=\"n\"/></catalog>"
    let two = "<catalog xmlns=\"urn:tenfold:catalog:1\"><sorce/></catalog"
    do throws(Findings) {
      _ = try CatalogReader.read(
        files: [("two.xml", Array(two.utf8)), ("one.xml", Array(one.utf8))])
      Issue.record("read")
    } catch {
      #expect(
        error.all.map { "\($0.position?.file ?? ""):\($0.position?.line ?? 0) \($0.message)" } == [
          "one.xml:2 <source> has no attribute \"url\"",
          "one.xml:2 <source> has no attribute \"accessed\"",
          "one.xml:3 <nic> has no attribute \"vendor\"",
          "one.xml:3 <nic> has no attribute \"model\"",
          "one.xml:3 <nic> has no attribute \"sources\"",
          "one.xml:3 <nic> has no attribute \"rate\"",
          "two.xml:1 not well-formed XML: expected '>'",
        ])
    }
  }
}
