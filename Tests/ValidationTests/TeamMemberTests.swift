import Fabric
import TenfoldTestSupport
import Testing
import ValidationTestSupport

@Suite("A port of a team that carries frames in one direction")
struct TeamMemberTests {
  @Test("Is named once, by networks that it carries alone; the team's pairs that it fails follow")
  func deaf() throws {
    // A random site: in one of two groups a team carries one network, and each port two others alone.
    let path = "Tests/Golden/team-and-ports.plan.json"
    let fabric = try FabricJSON.fabric(from: Repository.bytes(path), file: path)
    var tried = 0
    for seed in [35015] + Array(1...12 as ClosedRange<UInt64>) {
      guard let wrong = ValidationCheck.fault(.deafLink, fabric, seed: seed) else { continue }
      tried += 1
      #expect(wrong == [], "seed \(seed)")
    }
    #expect(tried > 3)
  }
}
