import Quantities
import Testing

@testable import Transport

@Suite("Ways that two hosts have to each other")
struct MultichannelTests {
  private func interface(
    _ address: UInt32, gigabits: Int?, hasRSS: Bool = true, hasRDMA: Bool = false
  ) -> OwnInterface {
    OwnInterface(
      name: "n\(address)", address: IPv4Address(bits: 0x0A00_0000 | address), prefixLength: 24,
      rate: gigabits.map { .gigabits($0) }, hasRSS: hasRSS, hasRDMA: hasRDMA)
  }

  @Test("Interfaces of one subnet are joined, each once, of several those of the same rate")
  func pairs() {
    let own = [
      interface(0x0101, gigabits: 10), interface(0x0102, gigabits: 1),
      interface(0x0201, gigabits: 10, hasRDMA: true), interface(0x0901, gigabits: 10),
    ]
    let others = [
      interface(0x0111, gigabits: 1, hasRSS: false), interface(0x0112, gigabits: 10),
      interface(0x0211, gigabits: 10, hasRDMA: true), interface(0x0311, gigabits: 10),
    ]
    let pairs = Multichannel.pairs(own, others)
    #expect(
      pairs.map { [$0.own.name, $0.other.name] } == [
        ["n257", "n274"], ["n258", "n273"], ["n513", "n529"],
      ])
    #expect(pairs.map(\.connections) == [4, 1, 2])
  }

  @Test("Where nobody says a rate, the first is as good as any")
  func unknown() {
    let pairs = Multichannel.pairs(
      [interface(0x0101, gigabits: nil)],
      [interface(0x0111, gigabits: nil), interface(0x0112, gigabits: 10)])
    #expect(pairs.map(\.other.name) == ["n273"])
    #expect(Multichannel.pairs([], []) == [])
  }

  @Test("Interfaces of this machine are those with an address, without the loopback")
  func own() {
    for interface in OwnInterface.all() {
      #expect(!interface.name.isEmpty && interface.address.bits >> 24 != 127)
      #expect(1...32 ~= interface.prefixLength)
    }
  }
}
