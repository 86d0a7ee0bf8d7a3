import CatalogModel
import Fabric
import Testing

@testable import SwitchConfig

@Suite("Damaged texts")
struct HostileTextTests {
  @Test("2,000 mutations of the golden texts end in an answer that is the same every time")
  func mutations() throws {
    for golden in Golden.byHand {
      let (name, intent) = (golden.name, golden.intent)
      let bytes = Array(try golden.render().text.utf8)
      for seed in 1...500 {
        var random = SeededGenerator(seed: UInt64(seed))
        let damaged = mutate(bytes, &random)
        // Each text is read as either dialect.
        let os = seed % 5 == 0 ? (intent.os == .os9 ? SwitchOS.os6 : .os9) : intent.os
        let read = Shipped.read(damaged, os: os, file: "x")
        let lines = damaged.reduce(1) { $1 == 10 ? $0 + 1 : $0 }
        #expect(
          read.unknown.allSatisfy { (1...lines).contains($0.number) }, "\(name) seed \(seed)")
        if seed % 100 == 0 {
          #expect(Shipped.read(damaged, os: os, file: "x") == read)
        }
      }
    }
  }

  private func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    // A part of the text is enough, and quicker.
    let start = Int.random(in: 0..<lines.count, using: &random)
    lines = Array(lines[start..<min(lines.count, start + 120)])
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let at = Int.random(in: 0..<lines.count, using: &random)
      switch Int.random(in: 0...8, using: &random) {
      case 0: lines[at] = []
      case 1: lines.swapAt(at, Int.random(in: 0..<lines.count, using: &random))
      case 2: lines[at].append(UInt8.random(in: 0...255, using: &random))
      case 3 where !lines[at].isEmpty:
        lines[at][Int.random(in: 0..<lines[at].count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      case 4: lines[at] = lines[at].map { (48...57).contains($0) ? 57 : $0 }
      case 5: lines[at] += Array("-4294967295,1-999999,0/0-9999".utf8)
      case 6: lines[at] = Array(lines[at].drop { $0 == 32 })
      case 7: lines[at] = Array(lines[at].prefix(Int.random(in: 0...12, using: &random)))
      default:
        var words = lines[at].split(separator: 32).map(Array.init)
        if words.count > 1 { words.remove(at: Int.random(in: 0..<words.count, using: &random)) }
        if words.count > 1 { words.swapAt(0, words.count - 1) }
        lines[at] = Array(words.joined(separator: [32]))
      }
    }
    return Array(lines.joined(separator: [10]))
  }

  @Test("Random bytes, empty texts and endless lines end in an answer")
  func bytes() {
    var random = SeededGenerator(seed: 7)
    for os in [SwitchOS.os9, .os6] {
      for text in [[], [10], [32], [13, 10], [33], Array(repeating: UInt8(65), count: 100_000)] {
        #expect(Shipped.read(text, os: os, file: "x").intent == nil)
      }
      for _ in 0..<200 {
        let length = Int.random(in: 0...400, using: &random)
        let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(Shipped.read(noise, os: os, file: "x").intent == nil)
      }
    }
  }

  @Test("A list that would spell out millions of ports is not a list")
  func longLists() {
    let text = """
      interface range Vlan 1 - 4094
       tagged TenGigabitEthernet 0/0-900000
       untagged TenGigabitEthernet 0/1-4000
      """
    let read = Shipped.read(text, os: .os9, file: "x")
    #expect(read.unknown.map(\.number) == [2, 3])
  }

  @Test("An intent with a line end in a description makes no text")
  func smuggling() throws {
    for sign in ["\n", "\r", "\u{0}", "\u{7F}"] {
      var intent = Golden.tor
      intent.ports[0].description = "host\(sign)no ip ssh server enable"
      #expect(throws: (any Error).self) { try Shipped.render(intent) }
    }
  }
}
