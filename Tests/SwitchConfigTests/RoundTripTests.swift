import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import Testing

@testable import SwitchConfig

@Suite("Texts read back")
struct RoundTripTests {
  @Test("A golden switch reads back to exactly its intent, with nothing unknown or wrong")
  func goldens() throws {
    for golden in try Golden.all() {
      let (name, intent) = (golden.name, golden.intent)
      let config = try golden.render()
      let read = Shipped.read(config.text, os: intent.os, file: name)
      expectSame(read.intent, intent, name)
      #expect(read.unknown == [], "\(name)")
      #expect(read.findings == [], "\(name)")
    }
  }

  @Test("110 random switches of each dialect read back, and their texts are a fixed point")
  func random() throws {
    for os in Shipped.dialects {
      for seed in 1...110 {
        let intent = RandomIntent.make(os, seed: UInt64(seed))
        let traits = try #require(ShippedTraits.of(os))
        #expect(traits.check(intent) == [], "\(os.rawValue) seed \(seed)")
        let config = try Shipped.render(intent)
        let read = Shipped.read(config.text, os: os, file: "seed")
        expectSame(read.intent, intent, "\(os.rawValue) seed \(seed)")
        #expect(
          read.unknown.map(\.text) + read.findings.map(\.message) == [],
          "\(os.rawValue) seed \(seed)")
        if let again = read.intent {
          #expect(try Shipped.render(again).text == config.text, "\(os.rawValue) seed \(seed)")
        }
      }
    }
  }

  @Test("An OS9 text without indentation reads alike")
  func flat() throws {
    let text = try Shipped.render(Golden.spine, model: "S4810").text
    let flat = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
    let read = Shipped.read(flat, os: .os9, file: "x")
    #expect(read.intent == Golden.spine)
    #expect(read.unknown == [])
  }

  /// Names the first part that differs instead of printing two whole switches.
  private func expectSame(_ found: SwitchIntent?, _ wanted: SwitchIntent, _ label: String) {
    guard let found else {
      Issue.record("\(label): no intent")
      return
    }
    guard found != wanted else { return }
    let left = Mirror(reflecting: found).children
    let right = Mirror(reflecting: wanted).children
    for (a, b) in zip(left, right) where "\(a.value)" != "\(b.value)" {
      let items = zip(Mirror(reflecting: a.value).children, Mirror(reflecting: b.value).children)
      for (x, y) in items where "\(x.value)" != "\(y.value)" {
        Issue.record("\(label): \(a.label ?? "") is \(x.value), expected \(y.value)")
        return
      }
      Issue.record("\(label): \(a.label ?? "") is \(a.value), expected \(b.value)")
      return
    }
  }
}
