import CatalogModel
import Quantities
import Testing

@testable import CatalogStore

@Suite struct OverlayTests {
  private func file(_ name: String, _ body: String) -> CatalogReader.File {
    CatalogReader.File(
      name: name,
      bytes: Array("<catalog xmlns=\"urn:tenfold:catalog:1\">\(body)</catalog>".utf8))
  }

  private var shipped: CatalogReader.File {
    file(
      "shipped.xml",
      """
      <source id="maker" url="https://example.org/maker" accessed="2026-01-01"/>
      <accessory id="kit" vendor="V" model="Old kit" kind="rack-kit" sources="maker"/>
      <accessory id="cord" vendor="V" model="Cord" kind="power-cord" sources="maker"/>
      <price part="kit" amount="10" currency="EUR" kind="street" condition="new" as-of="2026-01"
        source="maker"/>
      <compatibility device="os:os9" medium="third-party" works="no" source="maker"/>
      """)
  }

  private let own = """
    <source id="offer" url="offer 4711" accessed="2026-11-01"/>
    <accessory id="kit" vendor="V" model="New kit" kind="rack-kit" sources="offer maker"/>
    <price part="kit" amount="8" currency="EUR" kind="street" condition="new" as-of="2026-11"
      source="offer"/>
    <price part="cord" amount="2" currency="EUR" kind="quote" condition="new" source="maker"/>
    <compatibility device="os:os9" medium="third-party" works="yes" source="offer"/>
    """

  @Test("A user's file overrides parts, adds prices, and its rules come first")
  func overrides() throws {
    let catalog = try CatalogReader.read(layers: [[shipped], [file("own.xml", own)]])
    #expect(catalog.parts.map(\.model) == ["Cord", "New kit"])
    #expect(
      catalog.prices.map { "\($0.part) \(Format.money($0.amount)) \($0.asOf?.iso ?? "")" } == [
        "cord 2.00 EUR ", "kit 10.00 EUR 2026-01", "kit 8.00 EUR 2026-11",
      ])
    #expect(catalog.compatibility.map(\.verdict) == [.yes, .no])
    #expect(catalog.sources.map(\.id) == ["maker", "offer"])
  }

  @Test("Two files of one rank may not define the same part")
  func sameRank() {
    #expect(throws: Findings.self) {
      try CatalogReader.read(layers: [[shipped, file("own.xml", own)]])
    }
  }

  @Test("A later layer overrides an earlier one, and the same layer twice is no error")
  func order() throws {
    let first = file("a.xml", own)
    let second = file("b.xml", own.replacing("New kit", with: "Newer kit"))
    let catalog = try CatalogReader.read(layers: [[shipped], [first], [second]])
    #expect(catalog.part(PartID("kit"))?.model == "Newer kit")
    let swapped = try CatalogReader.read(layers: [[shipped], [second], [first]])
    #expect(swapped.part(PartID("kit"))?.model == "New kit")
  }

  @Test("A source id may be defined again with the same address, not with another")
  func sources() throws {
    let again = "<source id=\"maker\" url=\"https://example.org/maker\" accessed=\"2026-01-01\"/>"
    #expect(
      try CatalogReader.read(layers: [[shipped], [file("b.xml", again)]]).sources.count == 1)
    #expect(throws: Findings.self) {
      try CatalogReader.read(
        layers: [[shipped], [file("b.xml", again.replacing("2026", with: "2025"))]])
    }
  }

  @Test("VAT at a stated rate is taken off, VAT at no rate makes a price a reference")
  func vat() throws {
    let prices = """
      <price part="kit" amount="123" currency="EUR" kind="street" condition="new" source="maker"
        vat="included" vat-percent="23"/>
      <price part="kit" amount="100" currency="EUR" kind="street" condition="new" source="maker"
        vat="included" vat-percent="19">shop</price>
      <price part="kit" amount="99" currency="EUR" kind="street" condition="new" source="maker"
        vat="included"/>
      <price part="kit" amount="90" currency="EUR" kind="street" condition="new" source="maker"
        vat="excluded"/>
      """
    let catalog = try CatalogReader.read(layers: [[shipped], [file("b.xml", prices)]])
    #expect(
      catalog.prices.dropFirst().map { "\(Format.money($0.amount)) \($0.note)" } == [
        "100.00 EUR VAT of 23 % taken off", "84.03 EUR shop; VAT of 19 % taken off", "90.00 EUR ",
      ])
    #expect(catalog.references.prices.map(\.amount.minorUnits) == [9900])
    #expect(catalog.references.prices.first?.part == PartID("kit"))
    #expect(catalog.references.prices.first?.includesVAT == true)
  }
}
