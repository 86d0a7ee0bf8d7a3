import Foundation
import Quantities
import TenfoldTestSupport
import Testing
import Threads

@testable import Transport

@Suite("Processors near a card")
struct NearProcessorTests {
  /// A machine of two nodes as the kernel shows it: two cards, a team of both, a VLAN and a bridge of one.
  private static func machine(nodes: Int = 2, unknown: String = "-1") throws -> KernelTree {
    try KernelTree(
      [
        "class/net/eth0/device/numa_node": "1\n", "class/net/eth1/device/numa_node": "0\n",
        "class/net/eth2/device/numa_node": unknown + "\n", "class/net/bond0/lower_eth0/x": "",
        "class/net/bond0/lower_eth1/x": "", "class/net/bond1/lower_eth0/x": "",
        "class/net/eth0.100/lower_eth0/x": "", "class/net/vmbr0/lower_eth0.100/x": "",
        "class/net/loop/lower_loop/x": "", "class/net/dummy/mtu": "1500\n",
      ].merging(
        (0..<nodes).map {
          ("devices/system/node/node\($0)/cpulist", ["0-3,8\n", "4-7,9-9\n"][$0])
        }
      ) { $1 })
  }

  @Test("A card's node is that of whatever stands on it, unless it stands on cards of two nodes")
  func nodes() throws {
    let tree = try Self.machine()
    func near(_ name: String) -> [Int]? {
      NearProcessors.processors(near: name, root: tree.root)
    }
    for name in ["eth0", "bond1", "eth0.100", "vmbr0"] { #expect(near(name) == [4, 5, 6, 7, 9]) }
    #expect(near("eth1") == [0, 1, 2, 3, 8])
    for name in ["eth2", "bond0", "loop", "dummy", "none", "../net/eth0", ""] {
      #expect(near(name) == nil, "\(name)")
    }
    let single = try Self.machine(nodes: 1)
    #expect(NearProcessors.processors(near: "eth1", root: single.root) == nil)
    let odd = try Self.machine(unknown: "many")
    #expect(NearProcessors.processors(near: "eth2", root: odd.root) == nil)
  }

  @Test("Lists of processors are read as the kernel writes them, and nothing else is")
  func lists() {
    #expect(NearProcessors.numbers("0") == [0])
    #expect(NearProcessors.numbers("0-2,5,7-8") == [0, 1, 2, 5, 7, 8])
    for bad in ["", "3-1", "a", "1-", "-1", "1-2-3", "0-99999999999", "9999999999999999999999"] {
      #expect(NearProcessors.numbers(bad) == nil, "\(bad)")
    }
    var random = SplitMix64(seed: 3)
    for _ in 0..<2000 {
      let text = String(
        (0..<Int(random.next() % 12)).map { _ in
          Array("0123456789-,, x")[Int(random.next() % 15)]
        })
      if let all = NearProcessors.numbers(text) { #expect(all.allSatisfy { 0...8191 ~= $0 }) }
    }
  }
}
