import CatalogModel
import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

/// What an order must say beside order numbers, and what is left over of it.
@Suite("Points of the order")
struct OrderPointTests {
  @Test("Each switch blows as its rack states, and the order says how many blow which way")
  func airflow() throws {
    let text = try #require(Built.sites["linked-pair"])
      .replacing("{ name: r1, row: A, position: 1 }", with: "{ name: r1, airflow: psu-to-port }")
      .replacing("{ name: r2, row: A, position: 2 }", with: "{ name: r2, airflow: port-to-psu }")
    let fabric = try Built.plan(Built.site(text)).fabric
    #expect(fabric.devices.map(\.rack) == ["r1", "r2"])
    #expect(fabric.devices.map { fabric.airflow(of: $0) } == [.psuToPort, .portToPSU])
    let part = try #require(fabric.devices.first?.part)
    let order = try #require(fabric.airflowOrder(of: part))
    #expect(order.contains("1 piece (fabric-b) with air in at the ports, out at the supplies"))
    #expect(order.contains("1 piece (fabric-a) with air in at the supplies, out at the ports"))
    #expect(
      fabric.confirmations.contains {
        $0.kind == .owner && $0.subject == part.rawValue && $0.question.contains(order)
      })
  }

  @Test("Switches of a rack that states nothing take any direction, the same for all")
  func openAirflow() throws {
    let fabric = try Built.plan(named: "linked-pair").fabric
    #expect(fabric.devices.allSatisfy { fabric.airflow(of: $0) == nil })
    let part = try #require(fabric.devices.first?.part)
    #expect(
      try #require(fabric.airflowOrder(of: part)).hasPrefix(
        "2 pieces (fabric-a, fabric-b) with air in one direction"))
  }

  @Test("Cables much longer than their way are a point to confirm")
  func leftovers() throws {
    let site = try Built.site(try #require(Built.sites["linked-pair"]))
    var catalog = try Built.catalog.get()
    catalog.parts.removeAll { part in
      guard let cable = part.asCable, cable.family != .twistedPair
      else { return false }
      return cable.length < Length(millimetres: 20_000)
    }
    let kept = Set(catalog.parts.map(\.id))
    catalog.prices.removeAll { !kept.contains($0.part) }
    let options = PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all)
    let solved = try #require(try Planner.solved(site: site, catalog: catalog, options: options))
    let fabric = FabricBuilder.build(
      problem: solved.problem, choice: try #require(solved.choice), reasons: [], date: Built.today)
    let long = fabric.cables.filter { cable in
      let stock = catalog.part(cable.part)?.asCable?.length.millimetres ?? 0
      return stock > 3 * cable.routed.millimetres && stock > cable.routed.millimetres + 10_000
    }
    #expect(!long.isEmpty)
    let points = fabric.confirmations.filter { $0.question.contains("left over") }
    #expect(Set(points.map(\.subject)) == Set(long.map(\.part.rawValue)))
    #expect(
      points.contains { $0.question.contains("each of the \(long.count) cables") }
        || points.count > 1)
    // Where every cable is about as long as its way nothing is said.
    let usual = try Built.plan(named: "linked-pair").fabric
    #expect(!usual.confirmations.contains { $0.question.contains("left over") })
  }
}
