import Glibc
import TenfoldTestSupport
import Testing

@testable import Transport

@Suite("Packed transfers")
struct PackingTests {
  private static let all = PackingWay.available

  /// Memory of which about so many bytes of a hundred are random, the others words of a small stock.
  private func memory(_ count: Int, random percent: UInt64, seed: UInt64) -> TransferMoves.Memory {
    let memory = TransferMoves.Memory(count)
    var random = SplitMix64(seed: seed)
    for place in stride(from: 0, to: count - 7, by: 8) {
      let word = random.next()
      memory.bytes.storeBytes(
        of: word % 100 < percent ? random.next() : (word >> 32) % 7, toByteOffset: place,
        as: UInt64.self)
    }
    return memory
  }

  @Test("Whatever packs, unpacks", arguments: PackingWay.available.dropFirst())
  func ways(_ way: PackingWay) throws {
    let from = memory(1 << 20, random: 30, seed: 1)
    let to = TransferMoves.Memory(1 << 20)
    let packer = Packer(from.transfer, most: 1 << 20)
    let unpacker = Unpacker(to.transfer)
    let items = [0, 8192, 100_000, 900_000].map {
      SendQueue.Item(content: .plain, extent: Extent(offset: $0, count: 4096 + $0 % 77))
    }
    let maybe = packer.pack(items, way)
    let packed = try #require(maybe?.bytes)
    #expect(packed.count < items.reduce(0) { $0 + $1.extent.count } * 2 / 3)
    let codec = try #require(way.codec)
    let place = unpacker.room(packed.count)
    let room = try #require(place)
    room.copyMemory(from: packed)
    let isWhole = unpacker.unpack(packed.count, codec, to: items.map(\.extent))
    #expect(isWhole)
    for item in items {
      let place = item.extent.offset
      #expect(
        memcmp(
          from.bytes.baseAddress! + place, to.bytes.baseAddress! + place, item.extent.count) == 0)
    }
    // Of damaged bytes either as many come as are expected, or nothing is touched.
    var random = SplitMix64(seed: 2)
    for _ in 0..<500 {
      room.copyMemory(from: packed)
      for _ in 0..<(1 + random.next() % 4) {
        room[Int(random.next() % UInt64(packed.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      let count = Int(random.next() % UInt64(packed.count + 1))
      _ = unpacker.unpack(count, codec, to: items.map(\.extent))
    }
    let isMore = unpacker.unpack(packed.count, codec, to: [Extent(offset: 0, count: 1 << 20)])
    #expect(!isMore)
  }

  @Test("Over a slow link less goes than is carried, and all of it lands")
  func slow() throws {
    let size = 24 << 20
    let from = memory(size, random: 20, seed: 3)
    let to = TransferMoves.Memory(size)
    var limits = SendLane.Limits()
    limits.ways = Self.all
    let totals = try TransferMoves.move(
      from: from, to: to, lanes: 2, through: 1, rate: 12 << 20, limits: limits
    ) { sender, _ in
      sender.send([Extent(offset: 0, count: size)])
      try sender.finish()
      let bytes = sender.packing.reduce(0) { $0 + $1.bytes }
      #expect(Self.all.count == 1 || bytes < size * 2 / 3, "\(sender.packing)")
    }
    #expect(totals.carried == size)
    #expect(from.equals(to))
  }

  @Test("Packed frames of a lane that is cut go by the other, and land once")
  func cut() throws {
    let size = 32 << 20
    let from = memory(size, random: 20, seed: 4)
    let to = TransferMoves.Memory(size)
    var limits = SendLane.Limits()
    limits.ways = Self.all
    let totals = try TransferMoves.move(
      from: from, to: to, lanes: 2, through: 2, rate: 12 << 20, limits: limits
    ) { sender, ways in
      sender.send([Extent(offset: 0, count: size)])
      usleep(400_000)
      ways[0].set(isCut: true)
      try sender.finish()
    }
    #expect(totals.carried == size)
    #expect(from.equals(to))
  }
}
