import Glibc
import Quantities
import Synchronization
import TenfoldTestSupport
import Testing
import Threads
import TransportTestSupport

@testable import Transport

/// Both ends of a transfer, for tests.
enum TransferMoves {
  static let loopback = Relay.loopback

  /// Memory with random bytes, or zeros.
  final class Memory {
    let bytes: UnsafeMutableRawBufferPointer
    var transfer: TransferMemory { TransferMemory(bytes) }

    init(_ count: Int, seed: UInt64? = nil) {
      bytes = .allocate(byteCount: count, alignment: 4096)
      memset(bytes.baseAddress!, 0x55, count)
      guard let seed else { return }
      var random = SplitMix64(seed: seed)
      for place in stride(from: 0, to: count - 7, by: 8) {
        bytes.storeBytes(of: random.next(), toByteOffset: place, as: UInt64.self)
      }
    }
    deinit { bytes.deallocate() }

    func equals(_ other: Memory) -> Bool {
      bytes.count == other.bytes.count
        && memcmp(bytes.baseAddress!, other.bytes.baseAddress!, bytes.count) == 0
    }
  }

  /// Runs both ends; what was sent must be what landed.
  static func move(
    from: Memory, to: Memory, lanes: Int, through relays: Int = 0, rate: Int = 0,
    limits: SendLane.Limits = SendLane.Limits(), isEncrypted: Bool = false,
    sharesPages: Bool = false,
    _ body: (LaneTransport, [Relay]) throws -> Void
  ) throws -> TransferReceiver.Totals {
    let secret = TransferSecret(isEncrypted: isEncrypted)
    let receiver = try TransferReceiver(secret, into: to.transfer, on: [loopback])
    let ways = try (0..<relays).map { _ in try Relay(to: receiver.ports[0], rate: rate) }
    defer { for way in ways { way.end() } }
    let isCancelled = Atomic(false)
    let isDone = Mutex(false)
    try withoutActuallyEscaping(body) { body in
      var work = Work()
      let started = work.start {
        let done = receiver.run { isCancelled.load(ordering: .relaxed) }
        isDone.withLock { $0 = done }
      }
      #expect(started)
      let paths = (0..<lanes).map { lane in
        TransferPath(
          own: loopback, other: loopback,
          port: relays == 0 ? receiver.ports[0] : ways[lane % relays].port)
      }
      let sender = LaneTransport(
        secret, from.transfer, paths, limits, .seconds(60), sharesPages: sharesPages)
      let result = Result { try body(sender, ways) }
      if case .failure = result {
        sender.cancel()
        isCancelled.store(true, ordering: .relaxed)
      }
      work.finish()
      try result.get()
    }
    #expect(isDone.withLock { $0 })
    return receiver.totals
  }
}
