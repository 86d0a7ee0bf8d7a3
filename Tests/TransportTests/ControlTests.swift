import Foundation
import Quantities
import Synchronization
import Testing
import Threads
import TransportTestSupport

@testable import Transport

@Suite("Questions and answers between hosts", .serialized)
struct ControlTests {
  private static let loopback = IPv4Address(bits: 0x7F00_0001)

  /// A server that answers with what it was asked, while `body` runs.
  private static func serving(
    _ body: (TransferSecret, TransferPath) throws -> Void
  ) throws {
    let secret = TransferSecret()
    let server = try ControlServer(secret, on: [loopback])
    let isOver = Atomic(false)
    try withoutActuallyEscaping(body) { body in
      var work = Work()
      let started = work.start {
        server.run(until: { isOver.load(ordering: .relaxed) }) { $0 }
      }
      #expect(started)
      let result = Result {
        try body(secret, TransferPath(own: loopback, other: loopback, port: server.ports[0]))
      }
      isOver.store(true, ordering: .relaxed)
      work.finish()
      try result.get()
    }
  }

  @Test("A connection that was closed while nothing was asked is made anew")
  func closed() throws {
    try Self.serving { secret, path in
      let relay = try Relay(to: path.port, rate: 0)
      defer { relay.end() }
      let client = ControlClient(
        secret, over: [TransferPath(own: Self.loopback, other: Self.loopback, port: relay.port)])
      #expect(try client.ask([1, 2], within: .seconds(5)) == [1, 2])
      relay.breakNow()
      usleep(300_000)
      #expect(try client.ask([3], within: .seconds(5)) == [3])
    }
  }

  @Test("Strangers who come and go leave nothing behind")
  func strangers() throws {
    try Self.serving { secret, path in
      func mappings() throws -> Int {
        try Data(contentsOf: URL(fileURLWithPath: "/proc/self/maps")).count { $0 == 10 }
      }
      func come(_ times: Int) {
        for _ in 0..<times {
          guard let socket = try? TCPSocket() else { continue }
          try? socket.connect(to: Self.loopback, port: path.port, within: .seconds(5))
        }
      }
      come(100)
      let before = try mappings()
      come(2000)
      // A thread that nobody forgets has two, and other tests run meanwhile.
      #expect(try mappings() < before + 1500)
      #expect(try ControlClient(secret, over: [path]).ask([7], within: .seconds(5)) == [7])
    }
  }
}
