import CatalogModel
import Quantities
import Testing

@testable import CatalogStore

@Suite struct CommandTextTests {
  private let catalog: Catalog

  init() throws {
    let text = """
      <catalog xmlns="urn:tenfold:catalog:1">
        <source id="a" url="https://example.org/a" accessed="2026-11-23"/>
        <source id="b" url="b, page 4" accessed="2026-10"/>
        <switch id="v-x1" vendor="V" model="X 1" sku="4711" status="current" sources="a"
          roles="tor" os="os9">
          <ports id="p" connector="sfp+" count="4" rates="10G" prefix="SFP+ " first="1"/>
          <mtu max-bytes="9216" sources="a b"/>
          <figure name="buffer" value="9" unit="MiB" sources="b"/>
          <note>seen once</note>
        </switch>
        <cable id="v-c" vendor="V" model="C" sources="b" family="dac-passive" end-a="sfp+"
          end-b="sfp+" rate="10G" length-m="1"/>
        <price part="v-x1" amount="120" currency="EUR" kind="list" condition="new"
          as-of="2026-09" source="a"/>
        <price part="v-x1" amount="100" currency="EUR" kind="street" condition="new"
          as-of="2026-08" source="b">sale</price>
        <price part="v-x1" amount="119" currency="EUR" kind="street" condition="new"
          as-of="2026-10" source="b" vat="included"/>
        <compatibility device="os:os9" medium="third-party" works="with-command" command="x"
          source="a">try one first</compatibility>
      </catalog>
      """
    catalog = try CatalogReader.read(files: [("a.xml", Array(text.utf8))])
  }

  @Test("A part's page has every fact with its sources, prices and rules")
  func page() throws {
    let page = PartPage(try PartLookup.part("v-x1", in: catalog), in: catalog)
    #expect(
      page.text == """
        v-x1 (switch, V)

        Facts
          model               X 1      [1]
          sku                 4711     [1]
          status              current  [1]
          roles               tor      [1]
          os                  os9      [1]
          ports[p]/connector  sfp+     [1]
          ports[p]/count      4        [1]
          ports[p]/rates      10G      [1]
          ports[p]/prefix     SFP+     [1]
          ports[p]/first      1        [1]
          mtu/max-bytes       9216     [1, 2]
          buffer              9 MiB    [2]

        Not known: pairing, LAG members, PFC, ETS, DCBX, uplink tracking, height, largest draw, \
        power supplies included, airflow, management port, third-party media

        Note: seen once

        Prices
          120.00 EUR list new 2026-09
            https://example.org/a
          100.00 EUR street new 2026-08
            sale
            b, page 4
          119.00 EUR street new 2026-10, VAT in it, for reference
            b, page 4

        Media of other makers
          third-party in os:os9: with-command: x
            try one first

        Sources
          [1] https://example.org/a, read 2026-11-23
          [2] b, page 4, read 2026-10

        """)
  }

  @Test("The list shows the price that counts, and finds by kind and words")
  func list() {
    #expect(
      CatalogListing(catalog).text == """
          v-c   cable   V  C
          v-x1  switch  V  X 1  100.00 EUR street new 2026-08

        """)
    #expect(CatalogListing(catalog, kind: .cable).rows.map(\.id) == ["v-c"])
    #expect(CatalogListing(catalog, text: "47 x").rows.map(\.id) == ["v-x1"])
    #expect(CatalogListing(catalog, text: "nothing").text == "No part matches.\n")
  }

  @Test("A part is found by id, order number or model, and near names are offered")
  func lookup() throws {
    #expect(try PartLookup.part("4711", in: catalog).id == PartID("v-x1"))
    #expect(try PartLookup.part("x 1", in: catalog).id == PartID("v-x1"))
    #expect(try PartLookup.part("V C", in: catalog).id == PartID("v-c"))
    // The last word of a model, as site files may name a switch.
    #expect(try PartLookup.part("1", in: catalog).id == PartID("v-x1"))
    let shipped = try Shipped.catalog.get()
    #expect(try PartLookup.part("N4032F", in: shipped).id == PartID("dell-n4032f"))
    do throws(Findings) {
      _ = try PartLookup.part("v-x2", in: catalog)
      Issue.record("found")
    } catch {
      #expect(error.all.map(\.message) == ["no part is called \"v-x2\""])
      #expect(error.all.map(\.hint) == ["did you mean \"v-x1\"?"])
    }
  }

  @Test("The check of the shipped catalogue counts and names what is not known")
  func check() throws {
    let check = CatalogCheck(CatalogStore.withEstimates(try Shipped.catalog.get()))
    #expect(check.parts.first { $0.what == "switches" }?.count == 160)
    #expect(check.prices.reduce(0) { $0 + $1.count } > 450)
    #expect(check.unknowns.contains { $0.part == "dell-z9000" && $0.facts.contains("ETS") })
    #expect(check.estimators.count == 7)
    #expect(check.text.hasPrefix("The catalogue is sound.\n\nParts\n  160  switches\n"))
    #expect(check.text.contains("median error"))
    #expect(!check.text.contains(" \n"))
  }
}
