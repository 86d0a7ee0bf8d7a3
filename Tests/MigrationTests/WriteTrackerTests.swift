import Glibc
import TenfoldTestSupport
import Testing
import Transport

@testable import Migration

@Suite("Pages that are written to")
struct WriteTrackerTests {
  @Test(
    "Are told each, and no others, whatever the kernel made of the memory before",
    arguments: [false, true], [0, 3000])
  func exact(isSparse: Bool, filled: Int) throws {
    let memory = try #require(GuestMemory(pages: 4096, isSparse: isSparse))
    memory.fill(pages: filled, seed: 11)
    let tracker = WriteTracker(memory)
    #expect(Extent.bytes(tracker.collect()) == 0)
    var random = SplitMix64(seed: UInt64(filled + 1))
    for _ in 0..<3 {
      let written = Set((0..<300).map { _ in Int(random.next() % 4096) })
      for page in written { memory.base[page * memory.pageSize + 8] &+= 1 }
      let told = tracker.collect().flatMap { $0.pages(of: memory.pageSize) }
      #expect(told == written.sorted())
      #expect(Extent.bytes(tracker.collect()) == 0)
    }
  }
}
