import Fabric
import TenfoldTestSupport
import Testing
import ValidationTestSupport

@Suite("Racks with one host each")
struct LoneHostTests {
  /// A plan of which each rack keeps its first host.
  private static func fabric() throws -> Fabric {
    let path = "examples/medium/expected/plan.json"
    var fabric = try FabricJSON.fabric(from: Repository.bytes(path), file: path)
    var racks: Set<String> = []
    let kept = Set(fabric.hosts.filter { racks.insert($0.rack).inserted }.map(\.name))
    fabric.hosts.removeAll { !kept.contains($0.name) }
    fabric.links.removeAll { $0.role == .host && !kept.contains($0.b.node) }
    for place in fabric.subnets.indices {
      fabric.subnets[place].assignments.removeAll { !kept.contains($0.node) }
    }
    return fabric
  }

  @Test(
    "Links of a switch are named though nothing tells them from the port of its only host",
    arguments: [Fault.uplinkMTU, .uplinkVLAN])
  func uplinks(_ fault: Fault) throws {
    let fabric = try Self.fabric()
    var tried = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      guard let wrong = ValidationCheck.fault(fault, fabric, seed: seed) else { continue }
      tried += 1
      #expect(wrong == [], "seed \(seed)")
    }
    #expect(tried > 10)
  }

  @Test(
    "Who loses its address to a host behind a broken link has no broken link of its own",
    arguments: [15, 63])
  func stolenAddress(_ seed: UInt64) throws {
    let wrong = ValidationCheck.pair(
      .duplicateAddress, .blockedUplink, try Self.fabric(), seed: seed)
    #expect(wrong == [])
  }
}
