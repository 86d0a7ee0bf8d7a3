import CatalogModel
import Foundation
import Quantities
import Testing

@testable import CatalogStore

@Suite struct ShippedCatalogTests {
  @Test("The shipped catalogue reads without a finding")
  func reads() throws {
    let catalog = try Shipped.catalog.get()
    #expect(catalog.parts.count > 370)
    #expect(catalog.prices.count > 150)
  }
}
