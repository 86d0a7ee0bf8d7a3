import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("oversubscription: ratios of each ToR")
struct OversubscriptionTests {
  @Test("accepts a ratio that equals its limit")
  func boundary() {
    #expect(
      findings("oversubscription") { $0.site.requirements.oversubscription = Rational(2) } == [])
    let found = findings("oversubscription") { fabric in
      fabric.site.requirements.oversubscription = Rational(199, over: 100) ?? .zero
    }
    #expect(
      found == [
        "tor-r2-a: its oversubscription is 2:1 [at most 1.99:1]",
        "tor-r2-b: its oversubscription is 2:1 [at most 1.99:1]",
      ])
  }

  @Test("takes the loss of a spine node as the worst")
  func afterLoss() {
    let found = findings("oversubscription") { fabric in
      fabric.site.requirements.oversubscriptionAfterFailure = Rational(3)
    }
    #expect(
      found.first == "tor-r2-a: its oversubscription after the worst loss is 4:1 [at most 3:1]")
  }

  @Test("compares the totals with what it computed")
  func totals() {
    let found = findings("oversubscription") { $0.totals.oversubscription = Rational(1) }
    #expect(found == ["totals: the worst oversubscription is given as 1:1 [2:1]"])
  }
}
