import CTransport
import Glibc
import Quantities
import Synchronization
import TenfoldTestSupport
import Testing
import Threads
import TransportTestSupport

@testable import Transport

@Suite("Moving memory over connections")
struct TransferTests {
  private typealias Memory = TransferMoves.Memory

  @Test(
    "What is sent lands where it belongs, over one connection and over several", arguments: [1, 4],
    [false, true])
  func whole(lanes: Int, isEncrypted: Bool) throws {
    let (from, to) = (Memory(24 << 20, seed: 1), Memory(24 << 20))
    let totals = try TransferMoves.move(
      from: from, to: to, lanes: lanes, isEncrypted: isEncrypted
    ) { sender, _ in
      sender.send([Extent(offset: 0, count: 24 << 20)])
      try sender.finish()
      #expect(sender.landedBytes.reduce(0, +) == 24 << 20)
    }
    #expect(totals.carried == 24 << 20 && totals.zero == 0)
    #expect(from.equals(to))
  }

  @Test("A block that is set is what each frame takes", arguments: [64 << 10, 1 << 20, 4 << 20])
  func block(bytes: Int) throws {
    let (from, to) = (Memory(24 << 20, seed: 6), Memory(24 << 20))
    var (limits, shape) = (SendLane.Limits(), LaneShape())
    shape.block = bytes
    limits.set(shape)
    let totals = try TransferMoves.move(from: from, to: to, lanes: 2, limits: limits) { sender, _ in
      sender.send([Extent(offset: 0, count: 24 << 20)])
      try sender.finish()
    }
    #expect(totals.frames == (24 << 20) / bytes && from.equals(to))
  }

  @Test("Zeros are written only where there is something else, and come a part at a time")
  func zeros() throws {
    let count = 100 << 20
    let untouched = mmap(nil, count, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    let base = try #require(untouched != MAP_FAILED ? untouched : nil)
    defer { munmap(base, count) }
    // Whoever writes to it ends the process.
    let room = TransferMemory(UnsafeMutableRawBufferPointer(start: base, count: count))
    let secret = TransferSecret()
    let receiver = try TransferReceiver(secret, into: room, on: [TransferMoves.loopback])
    var work = Work()
    let started = work.start { _ = receiver.run { false } }
    #expect(started)
    let path = TransferPath(
      own: TransferMoves.loopback, other: TransferMoves.loopback, port: receiver.ports[0])
    let sender = LaneTransport(secret, of: room, over: [path])
    sender.zero([Extent(offset: 0, count: count)])
    try sender.finish()
    work.finish()
    #expect(receiver.totals.zero == count && receiver.totals.frames == 4)

    var random = SplitMix64(seed: 2)
    for _ in 0..<300 {
      let memory = Memory(20_000, seed: random.next())
      let (from, length) = (Int(random.next() % 9000), Int(random.next() % 11_000))
      let place = try #require(memory.bytes.baseAddress)
      var expected = Array(memory.bytes)
      for byte in from..<(from + length) { expected[byte] = 0 }
      tenfold_pages_clear(place + from, length)
      // All of them, and none beside them.
      #expect(expected.elementsEqual(memory.bytes))
    }
  }

  @Test(
    "A transfer by which nothing arrives any more fails, and one that is cancelled does",
    arguments: [false, true])
  func silence(isCancelled: Bool) throws {
    let (from, to) = (Memory(64 << 20, seed: 7), Memory(64 << 20))
    let start = ContinuousClock.now
    #expect(throws: TransferFailure.self) {
      try TransferMoves.move(from: from, to: to, lanes: 2, through: 2, rate: 20 << 20) {
        sender, ways in
        sender.send([Extent(offset: 0, count: 64 << 20)])
        usleep(200_000)
        if !isCancelled { for way in ways { way.set(isCut: true) } }
        try sender.flush(silence: .seconds(1)) { isCancelled }
      }
    }
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test("Segments that are limited are no longer than those of common frames")
  func segments() throws {
    let listener = try TCPSocket()
    try listener.bind(to: TransferMoves.loopback)
    try listener.listen(1)
    func size(limited: Bool) throws -> Int32 {
      let socket = try TCPSocket()
      if limited { socket.limitSegments(to: 1460) }
      try socket.connect(to: TransferMoves.loopback, port: listener.port, within: .seconds(5))
      var (bytes, length) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
      getsockopt(socket.descriptor, Int32(IPPROTO_TCP), TCP_MAXSEG, &bytes, &length)
      return bytes
    }
    #expect(try 1400...1460 ~= size(limited: true))
    #expect(try size(limited: false) > 1460)
  }

  @Test(
    "Scattered pages land alone, zeros are not carried, and what is sent again counts last",
    arguments: [false, true])
  func scattered(isEncrypted: Bool) throws {
    let pages = 4096
    let (from, to, expected) = (
      Memory(pages << 12, seed: 2), Memory(pages << 12),
      Memory(pages << 12)
    )
    var random = SplitMix64(seed: 3)
    let sent = (0..<pages).filter { _ in random.next() % 3 == 0 }
    let zeroed = (0..<pages).filter { _ in random.next() % 5 == 0 }
    let totals = try TransferMoves.move(
      from: from, to: to, lanes: 3, isEncrypted: isEncrypted
    ) { sender, _ in
      sender.send(sent.map { Extent(offset: $0 << 12, count: 4096) })
      try sender.flush()
      sender.zero(zeroed.map { Extent(offset: $0 << 12, count: 4096) })
      try sender.finish()
    }
    for page in sent {
      memcpy(
        expected.bytes.baseAddress! + page << 12, from.bytes.baseAddress! + page << 12, 4096)
    }
    for page in zeroed { memset(expected.bytes.baseAddress! + page << 12, 0, 4096) }
    #expect(to.equals(expected))
    #expect(totals.carried == sent.count << 12 && totals.zero == zeroed.count << 12)
  }

  @Test(
    "When a way is cut the others take what it had, and every byte lands once",
    arguments: [false, true])
  func cut(isEncrypted: Bool) throws {
    let (from, to) = (Memory(48 << 20, seed: 4), Memory(48 << 20))
    let totals = try TransferMoves.move(
      from: from, to: to, lanes: 2, through: 2, rate: 60 << 20, isEncrypted: isEncrypted
    ) { sender, ways in
      sender.send([Extent(offset: 0, count: 24 << 20)])
      usleep(60_000)
      ways[0].set(isCut: true)
      try sender.flush()
      // What comes late of the cut way must not land on what is newer.
      memset(from.bytes.baseAddress!, 0x11, 8 << 20)
      sender.send([Extent(offset: 0, count: 8 << 20)])
      try sender.flush()
      ways[0].set(isCut: false)
      sender.send([Extent(offset: 24 << 20, count: 24 << 20)])
      try sender.finish()
    }
    #expect(from.equals(to))
    #expect(totals.carried == 56 << 20)
  }

  @Test("A way that comes back is used again")
  func back() throws {
    let (from, to) = (Memory(16 << 20, seed: 5), Memory(16 << 20))
    _ = try TransferMoves.move(from: from, to: to, lanes: 2, through: 2, rate: 40 << 20) {
      sender, ways in
      ways[0].set(isCut: true)
      sender.send([Extent(offset: 0, count: 16 << 20)])
      try sender.flush()
      let before = sender.landedBytes[0]
      ways[0].set(isCut: false)
      // How soon depends on how busy this machine is.
      for _ in 0..<200 where sender.landedBytes[0] == before {
        sender.send([Extent(offset: 0, count: 4 << 20)])
        try sender.flush()
      }
      #expect(sender.landedBytes[0] > before)
      try sender.finish()
    }
    #expect(from.equals(to))
  }

  @Test("Connections that end at any moment lose nothing and double nothing", arguments: 0..<12)
  func breaks(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(100 + seed))
    let lanes = 1 + Int(random.next() % 4)
    let (from, to) = (Memory(12 << 20, seed: 6), Memory(12 << 20))
    let totals = try TransferMoves.move(from: from, to: to, lanes: lanes, through: lanes) {
      sender, ways in
      for round in 0..<6 {
        for way in ways where random.next() % 2 == 0 {
          way.breakAfter(Int(random.next() % (3 << 20)))
        }
        sender.send([Extent(offset: round << 21, count: 2 << 20)])
        if random.next() % 2 == 0 { try sender.flush() }
      }
      try sender.finish()
    }
    #expect(from.equals(to))
    #expect(totals.carried == 12 << 20)
  }

  @Test("A sender without a receiver ends at its limit, and says so")
  func nobody() throws {
    let from = Memory(1 << 20, seed: 7)
    let path = TransferPath(own: TransferMoves.loopback, other: TransferMoves.loopback, port: 1)
    let sender = LaneTransport(
      TransferSecret(), from.transfer, [path], SendLane.Limits(), .milliseconds(300))
    sender.send([Extent(offset: 0, count: 4096)])
    let failure = #expect(throws: TransferFailure.self) { try sender.finish() }
    #expect(failure?.description.contains("not done within") == true)
  }

  @Test("Whoever does not know the secret writes nothing, nor does one who says what cannot be")
  func hostile() throws {
    let to = Memory(1 << 20)
    let before = Memory(1 << 20)
    let secret = TransferSecret()
    let receiver = try TransferReceiver(secret, into: to.transfer, on: [TransferMoves.loopback])
    let port = receiver.ports[0]
    let isOver = Atomic(false)
    var work = Work()
    #expect(work.start { _ = receiver.run { isOver.load(ordering: .relaxed) } })
    var random = SplitMix64(seed: 8)
    for attempt in 0..<60 {
      let socket = try TCPSocket()
      try socket.connect(to: TransferMoves.loopback, port: port, within: .seconds(2))
      socket.limitWaits(20)
      _ = socket.read(TransferSecret.proofLength, within: .seconds(2))
      let isKnown = attempt % 3 > 0
      _ = socket.write(
        isKnown ? secret.ofSender : TransferSecret().ofSender, within: .seconds(1))
      let hello = LaneHello(lane: UInt32(attempt), generation: 1)
      _ = socket.write(hello.bytes, within: .seconds(1))
      var bytes = [UInt8](repeating: 0, count: FrameHeader.length + 3 * ExtentTable.entry)
      if attempt % 2 == 0 {
        for place in bytes.indices { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
      } else {
        // An extent that begins within the memory and ends beyond, or sums that overflow.
        bytes.withUnsafeMutableBytes { bytes in
          FrameHeader(.zero, extents: 3, number: 0).write(bytes)
          ExtentTable.write(
            [
              Extent(offset: 0, count: .max), Extent(offset: (1 << 20) - 8, count: 16),
              Extent(offset: .max - 3, count: 8),
            ], UnsafeMutableRawBufferPointer(rebasing: bytes[FrameHeader.length...]))
        }
      }
      _ = socket.write(bytes, within: .seconds(1))
    }
    usleep(300_000)
    isOver.store(true, ordering: .relaxed)
    work.finish()
    #expect(to.equals(before))
    #expect(receiver.totals == TransferReceiver.Totals())
  }
}
