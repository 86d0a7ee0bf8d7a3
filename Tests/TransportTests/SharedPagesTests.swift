import Glibc
import TenfoldTestSupport
import Testing

@testable import Transport

@Suite("Pages that are like others")
struct SharedPagesTests {
  private static let size = SharedPages.pageSize
  private static let way = PackingWay.available.last ?? .plain

  /// Memory of pages of which each is one of so many contents, half of it hard to pack.
  private func memory(_ pages: Int, contents: Int, seed: UInt64) -> TransferMoves.Memory {
    let memory = TransferMoves.Memory(pages * Self.size)
    var random = SplitMix64(seed: seed)
    for page in 0..<pages {
      var own = SplitMix64(seed: random.next() % UInt64(contents))
      for place in stride(from: 0, to: Self.size, by: 8) {
        memory.bytes.storeBytes(
          of: place % 16 == 0 ? own.next() : 1, toByteOffset: page * Self.size + place,
          as: UInt64.self)
      }
    }
    return memory
  }

  private func items(_ range: Range<Int>) -> [SendQueue.Item] {
    [
      SendQueue.Item(
        content: .plain,
        extent: Extent(offset: range.lowerBound * Self.size, count: range.count * Self.size))
    ]
  }

  @Test("Pages have the same number when they hold the same, and no other")
  func numbers() {
    let pages = memory(64, contents: 1 << 30, seed: 1)
    var seen: Set<SharedPages.Number> = []
    for page in 0..<64 {
      let base = pages.bytes.baseAddress! + page * Self.size
      seen.insert(SharedPages.Number(base))
      // Every bit counts, wherever it is.
      for bit in stride(from: page, to: Self.size * 8, by: 997) {
        let byte = pages.bytes[page * Self.size + bit / 8]
        pages.bytes[page * Self.size + bit / 8] = byte ^ UInt8(1 << (bit % 8))
        seen.insert(SharedPages.Number(base))
        pages.bytes[page * Self.size + bit / 8] = byte
      }
      #expect(seen.contains(SharedPages.Number(base)))
    }
    let flips = (0..<64).reduce(0) { $0 + (Self.size * 8 - $1 + 996) / 997 }
    #expect(seen.count == 64 + flips)
  }

  @Test("What landed before is left out, and comes from where it is", .enabled(if: way != .plain))
  func leftOut() throws {
    let from = memory(96, contents: 20, seed: 2)
    let to = TransferMoves.Memory(96 * Self.size)
    let shared = SharedPages()
    let packer = Packer(from.transfer, most: 1 << 20, sharing: shared)
    let unpacker = Unpacker(to.transfer)
    let codec = try #require(Self.way.codec)
    var landed: [UInt64] = [0, 0]
    var sizes: [Int] = []
    for frame in 0..<3 {
      let items = items((frame * 32)..<(frame * 32 + 32))
      // By two lanes in turn; what one sent the other knows when it has landed.
      let lane = frame % 2
      let maybe = packer.pack(
        items, Self.way, lane: lane, number: UInt64(frame / 2), landed: landed)
      let packed = try #require(maybe)
      packer.note(packed)
      sizes.append(packed.bytes.count)
      let place = unpacker.room(packed.bytes.count)
      let room = try #require(place)
      room.copyMemory(from: packed.bytes)
      let isWhole = unpacker.unpack(
        packed.bytes.count, codec, to: items.map(\.extent), hasShared: packed.hasShared)
      #expect(isWhole)
      landed[lane] += 1
    }
    #expect(from.equals(to))
    #expect(sizes[1] < sizes[0] / 2 && sizes[2] < sizes[0] / 4, "\(sizes)")
  }

  @Test("What another lane sent and has not landed is not left out, nor what was forgotten")
  func notLanded() {
    let page = memory(1, contents: 1, seed: 3)
    let number = SharedPages.Number(page.bytes.baseAddress!)
    let shared = SharedPages()
    let times = shared.find([number], lane: 0, landed: [0, 0]).times
    shared.note(
      [SharedPages.Entry(number: number, offset: 8192, lane: 0, frame: 4)], times: times)
    #expect(shared.find([number], lane: 1, landed: [4, 9]).offsets == [nil])
    #expect(shared.find([number], lane: 1, landed: [5, 9]).offsets == [8192])
    #expect(shared.find([number], lane: 0, landed: [0, 0]).offsets == [8192])
    shared.forget()
    #expect(shared.find([number], lane: 0, landed: [9, 9]).offsets == [nil])
    // What was packed before is not known after.
    shared.note(
      [SharedPages.Entry(number: number, offset: 8192, lane: 0, frame: 4)], times: times)
    #expect(shared.find([number], lane: 0, landed: [9, 9]).offsets == [nil])
  }

  @Test(
    "Damaged tables are refused or place pages of the memory, never more",
    .enabled(if: way != .plain))
  func damaged() throws {
    let from = memory(64, contents: 8, seed: 4)
    let to = TransferMoves.Memory(64 * Self.size)
    let shared = SharedPages()
    let packer = Packer(from.transfer, most: 1 << 20, sharing: shared)
    let unpacker = Unpacker(to.transfer)
    let codec = try #require(Self.way.codec)
    let first = packer.pack(items(0..<32), Self.way)
    packer.note(try #require(first))
    let second = packer.pack(items(32..<64), Self.way, number: 1)
    let packed = try #require(second)
    #expect(packed.hasShared)
    let place = unpacker.room(packed.bytes.count)
    let room = try #require(place)
    var random = SplitMix64(seed: 5)
    var refused = 0
    for _ in 0..<5000 {
      room.copyMemory(from: packed.bytes)
      for _ in 0..<(1 + random.next() % 3) {
        // Mostly in the table.
        let most = random.next() % 4 == 0 ? packed.bytes.count : min(200, packed.bytes.count)
        room[Int(random.next() % UInt64(most))] = UInt8(truncatingIfNeeded: random.next())
      }
      let count =
        random.next() % 3 == 0
        ? Int(random.next() % UInt64(packed.bytes.count + 1)) : packed.bytes.count
      let isWhole = unpacker.unpack(
        count, codec, to: items(32..<64).map(\.extent), hasShared: true)
      if !isWhole { refused += 1 }
    }
    #expect(refused > 2500)
    room.copyMemory(from: packed.bytes)
    let isOdd = unpacker.unpack(
      packed.bytes.count, codec, to: [Extent(offset: 0, count: 32 * Self.size - 8)],
      hasShared: true)
    #expect(!isOdd)
  }

  @Test(
    "Over slow links few of many like pages go, also when one is cut amid it",
    .enabled(if: way != .plain), arguments: [false, true])
  func moved(isCut: Bool) throws {
    let pages = 6000
    let from = memory(pages, contents: 300, seed: 6)
    let to = TransferMoves.Memory(pages * Self.size)
    var limits = SendLane.Limits()
    limits.ways = PackingWay.available
    let totals = try TransferMoves.move(
      from: from, to: to, lanes: 2, through: 2, rate: 3 << 20, limits: limits, sharesPages: true
    ) { sender, ways in
      sender.send([Extent(offset: 0, count: pages * Self.size)])
      if isCut {
        usleep(500_000)
        ways[0].set(isCut: true)
      }
      try sender.flush()
      // Another state of all pages, of which none may be taken for what it was.
      var random = SplitMix64(seed: 7)
      for page in 0..<pages where page % 3 == 0 {
        let other = Int(random.next() % UInt64(pages))
        memcpy(
          from.bytes.baseAddress! + page * Self.size, from.bytes.baseAddress! + other * Self.size,
          Self.size)
      }
      ways[0].set(isCut: false)
      sender.send(
        (0..<pages).filter { $0 % 3 == 0 }.map {
          Extent(offset: $0 * Self.size, count: Self.size)
        })
      try sender.finish()
      let bytes = sender.packing.reduce(0) { $0 + $1.bytes }
      // Packed alone they would be more than half of it.
      #expect(bytes < pages * Self.size * 4 / 3 * 2 / 5, "\(sender.packing)")
    }
    #expect(totals.carried == pages * Self.size * 4 / 3)
    #expect(from.equals(to))
  }
}
