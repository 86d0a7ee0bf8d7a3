import CatalogModel
import CatalogStore
import Foundation
import PriceModel
import Quantities
import Testing

@Suite struct EstimatorTests {
  static let shipped: Catalog? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try? CatalogStore.load(shipped: [root.appendingPathComponent("catalogs").path])
  }()

  @Test("Every fitted category has a finite error of parts left out")
  func errors() throws {
    let report = PriceEstimator.report(on: try #require(Self.shipped))
    #expect(report.categories.map(\.category) == PriceCategory.allCases)
    for category in report.categories where category.medianErrorPercent != nil {
      #expect(category.parts >= 6)
      #expect((0...150).contains(category.medianErrorPercent ?? -1), "\(category)")
      #expect((100...1000).contains(category.factorHundredths ?? -1), "\(category)")
      #expect(category.terms.map(\.name) == category.category.terms)
    }
    #expect(report.categories.filter { $0.medianErrorPercent != nil }.count >= 6)
  }

  @Test("The same catalogue gives the same estimates, whatever estimates it already holds")
  func deterministic() throws {
    let catalog = try #require(Self.shipped)
    let first = PriceEstimator.report(on: catalog)
    let bare = Catalog(
      parts: catalog.parts.reversed(),
      prices: catalog.prices.filter { $0.kind != .estimate },
      exchangeRates: catalog.exchangeRates)
    #expect(PriceEstimator.report(on: bare) == first)
  }

  @Test("Every part has a usable price, an estimate, or a reason for neither")
  func complete() throws {
    let catalog = try #require(Self.shipped)
    let report = PriceEstimator.report(on: catalog)
    let sourced = Set(
      catalog.prices.filter { $0.kind != .estimate && $0.kind != .historical }.map(\.part))
    let estimated = Set(report.estimates.map(\.part))
    let gaps = Set(report.gaps.map(\.part))
    #expect(sourced.isDisjoint(with: estimated))
    #expect(sourced.isDisjoint(with: gaps))
    #expect(estimated.isDisjoint(with: gaps))
    #expect(sourced.union(estimated).union(gaps) == Set(catalog.parts.map(\.id)))
    #expect(report.gaps.allSatisfy { !$0.reason.isEmpty })
  }

  @Test("Estimates have two significant digits and lie inside their interval")
  func shape() throws {
    for price in PriceEstimator.report(on: try #require(Self.shipped)).estimates {
      #expect(price.kind == .estimate)
      #expect(price.low.minorUnits <= price.amount.minorUnits)
      #expect(price.amount.minorUnits <= price.high.minorUnits)
      #expect(price.low.minorUnits >= 100)
      if !price.source.contains("priced lengths") {
        var units = price.amount.minorUnits / 100
        while units >= 100, units % 10 == 0 { units /= 10 }
        #expect(units < 100 && price.amount.minorUnits % 100 == 0, "\(price)")
      }
    }
  }

  @Test("A longer cable of one build never costs less")
  func lengths() throws {
    let catalog = try #require(Self.shipped)
    let cables = catalog.parts.filter { $0.id.rawValue.hasPrefix("generic-dac-sfp+-") }
      .sorted { ($0.asCable?.length ?? .metres(0)) < ($1.asCable?.length ?? .metres(0)) }
    let amounts = cables.compactMap { cable in
      catalog.prices.filter { $0.part == cable.id }.map(\.amount.minorUnits).min()
    }
    #expect(amounts.count == cables.count)
    #expect(amounts == amounts.sorted())
  }

  @Test("Legacy switches are estimated used, current ones new")
  func conditions() throws {
    let catalog = try #require(Self.shipped)
    let estimates = PriceEstimator.report(on: catalog).estimates
    for price in estimates {
      let part = try #require(catalog.part(price.part))
      guard part.asSwitch != nil else { continue }
      if part.status == .legacy { #expect(price.condition == .used) }
      if part.status == .current { #expect(price.condition == .new) }
    }
    let n4032f = try #require(estimates.first { $0.part == PartID("dell-n4032f") })
    #expect(n4032f.condition == .used)
  }

  @Test("Nothing is estimated from fewer than six prices")
  func tooFew() throws {
    let catalog = try #require(Self.shipped)
    let priced = catalog.prices.filter { $0.kind != .estimate }
    let few = Catalog(
      parts: catalog.parts, prices: Array(priced.prefix(3)), exchangeRates: catalog.exchangeRates)
    let report = PriceEstimator.report(on: few)
    #expect(report.estimates.isEmpty)
    #expect(report.categories.allSatisfy { $0.medianErrorPercent == nil && $0.terms.isEmpty })
    #expect(PriceEstimator.report(on: Catalog(parts: [], prices: [])).gaps.isEmpty)
  }
}
