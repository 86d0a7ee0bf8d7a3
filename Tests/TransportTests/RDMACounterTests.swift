import Testing

@testable import Transport

@Suite("Counters of adapters")
struct RDMACounterTests {
  @Test("Words of four bytes of all ports are added up; what counts nothing says nothing")
  func sum() throws {
    let tree = try KernelTree([
      "mlx5_0/ports/1/counters/port_xmit_data": "1000\n",
      "mlx5_0/ports/2/counters/port_xmit_data": "24\n", "mlx5_0/ports/2/counters/other": "7\n",
      "rxe0/ports/1/hw_counters/sent_pkts": "5\n",
      "bad/ports/1/counters/port_xmit_data": "many\n",
    ])
    let root = tree.root
    #expect(RDMACounters.bytesSent(by: "mlx5_0", root: root) == 4096)
    for other in ["rxe0", "bad", "none", "", "..", "../mlx5_0"] {
      #expect(RDMACounters.bytesSent(by: other, root: root) == nil, "\(other)")
    }
    #expect(RDMACounters.all(root: root) == ["mlx5_0": 4096])
    #expect(RDMACounters.all(root: root + "/nothing").isEmpty)
  }
}
