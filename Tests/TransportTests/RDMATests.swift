import Testing

@testable import Transport

@Suite("RDMA where there may be none")
struct RDMATests {
  @Test("Without an adapter all goes by TCP, also when connections are lost, and it is said why")
  func fallBack() throws {
    let size = 16 << 20
    let (from, to) = (TransferMoves.Memory(size, seed: 5), TransferMoves.Memory(size))
    var limits = SendLane.Limits()
    limits.wantsRDMA = true
    let totals = try TransferMoves.move(
      from: from, to: to, lanes: 2, through: 2, rate: 12 << 20, limits: limits
    ) { sender, ways in
      ways[0].breakAfter(4 << 20)
      sender.send([Extent(offset: 0, count: size)])
      try sender.finish()
      for lane in sender.packing {
        switch lane.adapter {
        case .failure(let why): #expect(why.description.contains("RDMA"))
        // Machines with adapters have them at loopback too.
        case .success: continue
        case nil: Issue.record("nobody says what carries it")
        }
      }
    }
    #expect(totals.carried == size)
    #expect(from.equals(to))
  }

  @Test("Who wants none is asked for none")
  func none() throws {
    let (from, to) = (TransferMoves.Memory(1 << 20, seed: 6), TransferMoves.Memory(1 << 20))
    _ = try TransferMoves.move(from: from, to: to, lanes: 1) { sender, _ in
      sender.send([Extent(offset: 0, count: 1 << 20)])
      try sender.finish()
      #expect(sender.packing.allSatisfy { $0.adapter == nil })
    }
  }

  @Test("The wish for it does not change which lane it is")
  func hello() {
    for lane in [UInt32(0), 1, 255] {
      for wish in [false, true] {
        let hello = LaneHello(LaneHello(lane: lane, generation: 77, wantsRDMA: wish).bytes)
        #expect((hello.lane, hello.generation, hello.wantsRDMA) == (lane, 77, wish))
      }
    }
    let invitation = RDMAInvitation(port: 0xABCD)
    #expect(RDMAInvitation(invitation.bytes) == invitation)
    #expect(invitation.bytes.count == RDMAInvitation.length)
    #expect(RDMAInvitation(port: 1).nonce != invitation.nonce)
  }
}
