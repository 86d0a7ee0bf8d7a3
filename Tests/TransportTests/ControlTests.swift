import Glibc
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
        let file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
        try #require(file >= 0)
        defer { close(file) }
        var (bytes, lines) = ([UInt8](repeating: 0, count: 65_536), 0)
        while true {
          let count = read(file, &bytes, bytes.count)
          guard count > 0 else { return lines }
          lines += bytes[..<count].count { $0 == 10 }
        }
      }
      /// Each goes as soon as somebody has answered it.
      func come(_ times: Int) -> Int {
        (0..<times).count { _ in
          guard let socket = try? TCPSocket(),
            (try? socket.connect(to: Self.loopback, port: path.port, within: .seconds(5))) != nil
          else { return false }
          socket.limitWaits(100)
          return socket.read(1, within: .seconds(3)) != nil
        }
      }
      _ = come(50)
      let before = try mappings()
      let served = come(600)
      #expect(served > 400)
      // A thread that nobody forgets has two, and other tests run meanwhile.
      #expect(try mappings() < before + 600, "\(before)")
      // The last of them may still have the places that there are.
      let client = ControlClient(secret, over: [path])
      var answer: [UInt8]?
      for _ in 0..<50 where answer == nil {
        answer = try? client.ask([7], within: .seconds(5))
        if answer == nil { usleep(200_000) }
      }
      #expect(answer == [7])
    }
  }
}
