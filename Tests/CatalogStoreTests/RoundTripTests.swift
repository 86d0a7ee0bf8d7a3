import CatalogModel
import Quantities
import Testing

@testable import CatalogStore

@Suite struct RoundTripTests {
  @Test("The exported catalogue reads back to the same catalogue")
  func whole() throws {
    let catalog = try Shipped.catalog.get()
    let text = CatalogWriter.xml(catalog)
    let again = try CatalogReader.read(files: [("export.xml", Array(text.utf8))])
    #expect(again.sources == catalog.sources)
    #expect(again.prices == catalog.prices)
    #expect(again.compatibility == catalog.compatibility)
    #expect(again.exchangeRates == catalog.exchangeRates)
    #expect(again.references == catalog.references)
    for (left, right) in zip(again.parts, catalog.parts) where left != right {
      Issue.record("\(right.id) reads back as\n\(left)\nnot\n\(right)")
    }
    #expect(again == catalog)
    #expect(CatalogWriter.xml(again) == text)
  }

  @Test("Estimates are not exported")
  func estimates() throws {
    let catalog = CatalogStore.withEstimates(try Shipped.catalog.get())
    #expect(catalog.prices.contains { $0.kind == .estimate })
    let text = CatalogWriter.xml(catalog)
    let again = try CatalogReader.read(files: [("export.xml", Array(text.utf8))])
    #expect(CatalogStore.withEstimates(again) == catalog)
  }

  @Test("An exported switch brings its modules, its prices and its sources")
  func part() throws {
    let catalog = try Shipped.catalog.get()
    let text = CatalogWriter.xml(catalog, parts: [PartID("dell-n4032f"), PartID("dell-s4810")])
    let some = try CatalogReader.read(files: [("export.xml", Array(text.utf8))])
    #expect(
      some.parts.map(\.id.rawValue) == [
        "dell-n4000-2x-qsfp+", "dell-n4000-4x-10gbase-t", "dell-n4000-4x-sfp+", "dell-n4032f",
        "dell-s4810",
      ])
    #expect(some.prices == catalog.prices.filter { $0.part == PartID("dell-s4810") })
    #expect(some.part(PartID("dell-n4032f")) == catalog.part(PartID("dell-n4032f")))
  }

  @Test("Text that means something in XML survives")
  func escaping() throws {
    let text = """
      <catalog xmlns="urn:tenfold:catalog:1">
        <source id="s" url="a &amp; b &lt;c&gt; &quot;d&quot; e'f &#233;" accessed="2026"/>
        <accessory id="a" vendor="V &amp; W" model="&lt;M&gt;" kind="other" sources="s">
          <figure name="f" value="1 &lt; 2"/>
          <note>x &amp; y &lt; z</note>
        </accessory>
      </catalog>
      """
    let catalog = try CatalogReader.read(files: [("a.xml", Array(text.utf8))])
    #expect(catalog.parts.first?.vendor == "V & W")
    #expect(catalog.parts.first?.note == "x & y < z")
    #expect(catalog.sources.first?.url == "a & b <c> \"d\" e'f é")
    let again = try CatalogReader.read(
      files: [("b.xml", Array(CatalogWriter.xml(catalog).utf8))])
    #expect(again == catalog)
  }
}
