import Testing

@testable import Transport

@Suite("What a transfer has to send")
struct SendQueueTests {
  private static func frame(_ queue: SendQueue, _ lane: Int) -> UInt64? {
    if case .frame(_, let number) = queue.next(lane, most: 4096, window: 1 << 20) {
      number
    } else {
      nil
    }
  }

  private static func void(_ queue: SendQueue, by lane: Int) -> UInt32? {
    if case .void(_, let generation) = queue.next(lane, most: 4096, window: 1 << 20) {
      generation
    } else {
      nil
    }
  }

  @Test("Where nothing arrives it is told why no lane could be connected")
  func obstacle() throws {
    let queue = SendQueue(lanes: 2)
    queue.add([SendQueue.Item(content: .plain, extent: Extent(offset: 0, count: 64 << 10))])
    func failure() -> String? {
      #expect(throws: TransferFailure.self) {
        try queue.flush(within: .seconds(5), silence: .milliseconds(1))
      }?.description
    }
    #expect(failure()?.hasPrefix("nothing has arrived for ") == true)
    queue.failed(1, LoadFailure("cannot use the address 10.0.0.1"))
    #expect(failure()?.hasSuffix(" seconds: cannot use the address 10.0.0.1") == true)
    // One that is connected is another matter.
    #expect(queue.connected(0, landed: 0, waker: Waker()))
    #expect(failure()?.contains("cannot use") == false)
  }

  @Test("That an earlier connection was given up says nothing of the one that was lost since")
  func lateVoid() throws {
    let queue = SendQueue(lanes: 2)
    let waker = Waker()
    for lane in 0..<2 {
      _ = queue.nextGeneration(lane)
      #expect(queue.connected(lane, landed: 0, waker: waker))
    }
    queue.add([SendQueue.Item(content: .plain, extent: Extent(offset: 0, count: 64 << 10))])
    #expect(Self.frame(queue, 0) == 0)
    queue.lost(0)
    #expect(Self.void(queue, by: 1) == 1)
    // It comes back before anybody answers, sends, and is lost once more.
    #expect(queue.nextGeneration(0) == 2)
    #expect(queue.connected(0, landed: 1, waker: waker))
    #expect(Self.frame(queue, 0) == 1)
    queue.lost(0)
    #expect(queue.receive(Receipt(lane: 0, landed: 1, void: 1)))
    #expect(queue.hasOutstanding(0))
    #expect(Self.void(queue, by: 1) == 2)
    #expect(queue.receive(Receipt(lane: 0, landed: 1, void: 2)))
    #expect(!queue.hasOutstanding(0))
    // An attempt that came to nothing is given up too.
    #expect(Self.frame(queue, 1) == 0)
    #expect(!queue.receive(Receipt(lane: 7, landed: 0, void: 0)))
    #expect(!queue.receive(Receipt(lane: 1, landed: 9, void: 0)))
  }
}
