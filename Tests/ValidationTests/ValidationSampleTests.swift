import Fabric
import TenfoldTestSupport
import Testing

@testable import ValidationTestSupport

/// A small sample of what `scripts/full-check validation` does for long: the plans of the examples
/// as they are kept.
@Suite("Validation of evidence of racks that were built after a plan")
struct ValidationSampleTests {
  /// Examples with a plan that takes no time.
  static let small = ["copper", "starter-pair"]

  private func fabric(_ name: String) throws -> Fabric {
    let path = "examples/\(name)/expected/plan.json"
    return try FabricJSON.fabric(from: try Repository.bytes(path), file: path)
  }

  @Test(
    "What tools say of a world is read back to what it is",
    arguments: small)
  func roundTrip(name: String) throws {
    #expect(try ValidationCheck.roundTrip(fabric(name), seed: 1) == [])
  }

  @Test("What tools of Linux say of a world is read back to what it is", arguments: small)
  func linux(name: String) throws {
    let fabric = ValidationCheck.onLinux(try fabric(name))
    #expect(ValidationCheck.roundTrip(fabric, seed: 3) == [])
    #expect(ValidationCheck.healthy(fabric, seed: 3) == [])
  }

  @Test("RDMA and lossless Ethernet of a larger plan are read back too")
  func medium() throws {
    #expect(try ValidationCheck.roundTrip(fabric("medium"), seed: 3) == [])
  }

  @Test(
    "Evidence of healthy racks has no finding, and nothing is unknown but what nobody saw",
    arguments: small, [UInt64(1), 2])
  func healthy(name: String, seed: UInt64) throws {
    #expect(ValidationCheck.healthy(try fabric(name), seed: seed) == [])
  }

  @Test("Each fault is named once, and nothing beside it", arguments: Fault.allCases)
  func fault(_ fault: Fault) throws {
    let fabric = try fabric("starter-pair")
    let windows = ValidationCheck.fault(fault, fabric, seed: 1)
    let linux = ValidationCheck.fault(fault, ValidationCheck.onLinux(fabric), seed: 1)
    #expect((windows ?? []) == [])
    #expect((linux ?? []) == [])
  }

  @Test("A check that fails names something, whichever were asked for", arguments: Fault.allCases)
  func narrowed(_ fault: Fault) throws {
    let fabric = try fabric("starter-pair")
    for seed in UInt64(1)...2 {
      let windows = try ValidationCheck.narrowed(fault, fabric, seed: seed)
      let linux = try ValidationCheck.narrowed(
        fault, ValidationCheck.onLinux(fabric), seed: seed)
      #expect((windows ?? []) == [])
      #expect((linux ?? []) == [])
    }
  }

  @Test("Of two faults both are named, and nothing beside them", arguments: Fault.allCases)
  func pair(_ first: Fault) throws {
    let all = Fault.allCases
    // Each with one other, far from it in the list.
    let second = all[((all.firstIndex(of: first) ?? 0) + 7) % all.count]
    let wrong = ValidationCheck.pair(first, second, try fabric("starter-pair"), seed: 1)
    #expect((wrong ?? []) == [], "\(first.rawValue) and \(second.rawValue)")
  }

  @Test("With enough probes it is said which loss would have been seen")
  func loss() throws {
    let fabric = try fabric("starter-pair")
    let usual = try #require(try ValidationCheck.lossClaim(fabric, probesEach: 3))
    #expect(usual == "no probe was lost on a path that works")
    // 250 packets of each of four sizes: 1 - 0.01^(1/1000) = 0.46 %.
    let many = try #require(try ValidationCheck.lossClaim(fabric, probesEach: 250))
    #expect(many == usual + "; of 0.46 % between two hosts it would be seen with 99 % probability")
  }

  @Test("What a running configuration, a table and the probes say of one port is told once")
  func configured() throws {
    #expect(try ValidationCheck.configured(fabric("starter-pair"), seed: 4) == ["switch.config"])
  }

  @Test("CredSSP signs in on Windows Server 2025 where Credential Guard is off")
  func signIn() throws {
    var fabric = try fabric("starter-pair")
    for index in fabric.site.hosts.indices { fabric.site.hosts[index].os = "windows-server-2025" }
    var world = World(fabric)
    for index in world.hosts.indices {
      world.hosts[index].migration?.signIn = "CredSSP"
      world.hosts[index].migration?.hasCredentialGuard = false
    }
    #expect(world.hosts.contains { $0.migration != nil })
    #expect(ValidationCheck.compare(world, [], seed: 1) == [])
  }

  @Test("A switch with one host on it that is off is told once")
  func lonelySwitch() throws {
    var fabric = try fabric("medium")
    let tor = try #require(fabric.links.first { $0.role == .uplink }?.a.node)
    let own = fabric.links.filter { $0.role == .host && $0.a.node == tor }.map(\.b.node)
    let gone = Set(own.dropFirst())
    fabric.hosts.removeAll { gone.contains($0.name) }
    fabric.links.removeAll { gone.contains($0.b.node) }
    var world = World(fabric)
    world.offSwitches.insert(tor)
    let planted = Planted(
      fault: .switchOff, hosts: [], rules: ["switch.link", "lldp.seen"], words: [tor])
    // With tables of ports, and with those of neighbours alone.
    for seed in UInt64(1)...6 {
      #expect(ValidationCheck.compare(world, [planted], seed: seed) == [])
    }
  }
}
