import CatalogModel
import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

@Suite("Points to confirm")
struct ConfirmationTests {
  private func questions(
    os: String, design: String, _ change: (inout Catalog) -> Void = { _ in }
  ) throws -> [String] {
    let site = try Built.site(
      """
      tenfold: 1
      prices: { exchange: { USD: 0.92, GBP: 1.15, on: 2026-11-01 } }
      room:
        racks: [{ name: r1, row: A, position: 1 }, { name: r2, row: A, position: 30 }]
        cabling: [{ medium: om3, between: [r1, r2], length: 25 m }]
      hosts:
        name: hv
        racks: { r1: 3, r2: 3 }
        os: \(os)
        nics: [{ model: X520-DA2, carries: [csv, live-migration] }]
      traffic: { rdma: none }
      requirements: { designs: [\(design)] }
      """)
    var catalog = try Built.catalog.get()
    change(&catalog)
    let outcome = try Planner.plan(
      site: site, catalog: catalog,
      options: PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all), date: Built.today)
    guard case .planned(let draft) = outcome else { return [] }
    return draft.fabric.confirmations.map { "\($0.subject): \($0.question)" }
  }

  @Test("An offer in a currency without a rate is not left out in silence")
  func offerWithoutRate() throws {
    func asked(_ currency: String) throws -> [String] {
      try questions(os: "windows-server-2022", design: "vlt-pair") { catalog in
        guard var price = catalog.prices.first(where: { $0.part.rawValue == "dell-s4810" }),
          let currency = Currency(rawValue: currency)
        else { return }
        price.kind = .quote
        price.amount = Money(minorUnits: 500, currency: currency)
        catalog.prices.append(price)
      }.filter { $0.contains("do not count") }
    }
    #expect(
      try asked("SEK") == [
        "prices.exchange: offers in SEK for 1 part do not count, since there is no rate from SEK to EUR: "
          + "state one, or leave them out"
      ])
    #expect(try asked("USD") == [])
  }

  @Test("A command of Linux is not taken for one of Windows")
  func commandOfLinux() throws {
    func asked(_ os: String, _ words: String) throws -> Int {
      try questions(os: os, design: "vlt-pair").count { $0.contains(words) }
    }
    #expect(try asked("windows-server-2022", "takes it only after `modprobe") > 0)
    #expect(try asked("windows-server-2022", "is a command of Linux") > 0)
    #expect(try asked("debian-12", "takes it only after `modprobe") > 0)
    #expect(try asked("debian-12", "is a command of Linux") == 0)
  }
}
