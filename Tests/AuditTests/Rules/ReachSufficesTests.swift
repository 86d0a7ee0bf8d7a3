import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("reach-suffices: light and current get through")
struct ReachSufficesTests {
  @Test("counts both cords and the fixed cabling between them")
  func wholeWay() {
    // 3 m + 10 m + 3 m.
    let enough = findings("reach-suffices", in: TestFabric.vltPair()) { fabric in
      fabric.change(optic: TestParts.sr.id) {
        $0.reach = [Reach(medium: .om3, length: .metres(16))]
      }
    }
    #expect(enough == [])
    let short = findings("reach-suffices", in: TestFabric.vltPair()) { fabric in
      fabric.change(optic: TestParts.sr.id) {
        $0.reach = [Reach(medium: .om3, length: Length(millimetres: 15_999))]
      }
    }
    #expect(short.first?.contains("reaches 15.999 m and the way is 16 m") == true)
  }

  @Test("looks at the medium and not at the length alone")
  func medium() {
    let found = findings("reach-suffices") { fabric in
      fabric.change(optic: TestParts.sr.id) {
        $0.reach = [Reach(medium: .os2, length: .metres(10_000))]
      }
    }
    #expect(found.first?.hasSuffix("fs-sfp-10g-sr does not run on om3 [os2]") == true)
  }

  @Test("lets 10GBASE-T run 100 m on cat6a and not on cat5e")
  func twistedPair() {
    func found(_ medium: Medium, _ metres: Int, _ rate: DataRate) -> Bool {
      !findings("reach-suffices") { fabric in
        fabric.change(cable: TestParts.cat6a.id) {
          $0.medium = medium
          $0.length = .metres(metres)
        }
        for index in fabric.links.indices where fabric.links[index].role == .management {
          fabric.links[index].rate = rate
        }
      }.isEmpty
    }
    #expect(!found(.cat6a, 100, .gigabits(10)))
    #expect(found(.cat6a, 101, .gigabits(10)))
    #expect(found(.cat5e, 10, .gigabits(10)))
    #expect(!found(.cat5e, 100, .gigabits(1)))
  }

  @Test("holds a cable with fixed plugs to the longest of its kind that any source knows")
  func longest() throws {
    let fabric = TestFabric.spineLeaf()
    let spec = try #require(
      fabric.cables.compactMap { fabric.catalog.part($0.part)?.asCable }.first {
        $0.family == .passiveDAC
      })
    func found(_ lengths: [Int64?]) -> Int {
      findings("reach-suffices") { fabric in
        fabric.catalog.references.cableRules = lengths.map {
          CableRule(
            subject: "twinax", family: .passiveDAC, maxLength: $0.map { Length(millimetres: $0) })
        }
      }.count
    }
    let own = spec.length.millimetres
    #expect(found([]) == 0)
    #expect(found([nil, own]) == 0)
    #expect(found([own - 1]) > 0)
    // Sources differ: the greatest counts.
    #expect(found([own - 1, own]) == 0)
  }
}
