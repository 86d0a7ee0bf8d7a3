import Fabric
import TenfoldTestSupport
import Testing
import ValidationTestSupport

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
    arguments: small, [UInt64(1), 2])
  func roundTrip(name: String, seed: UInt64) throws {
    #expect(try ValidationCheck.roundTrip(fabric(name), seed: seed) == [])
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
    arguments: small, [UInt64(1), 2, 3])
  func healthy(name: String, seed: UInt64) throws {
    #expect(ValidationCheck.healthy(try fabric(name), seed: seed) == [])
  }

  @Test("Each fault is named once, and nothing beside it", arguments: Fault.allCases)
  func fault(_ fault: Fault) throws {
    for name in Self.small {
      let wrong = [
        ValidationCheck.fault(fault, try fabric(name), seed: 1),
        ValidationCheck.fault(fault, ValidationCheck.onLinux(try fabric(name)), seed: 1),
      ]
      #expect(wrong.allSatisfy { ($0 ?? []).isEmpty }, "\(name): \(wrong)")
    }
  }

  @Test("Of two faults both are named, and nothing beside them", arguments: Fault.allCases)
  func pair(_ first: Fault) throws {
    let all = Fault.allCases
    let place = all.firstIndex(of: first) ?? 0
    // Each with three others, spread over the list.
    for step in [1, 7, 17] {
      let second = all[(place + step) % all.count]
      let wrong = ValidationCheck.pair(first, second, try fabric("starter-pair"), seed: 1)
      #expect((wrong ?? []) == [], "\(first.rawValue) and \(second.rawValue)")
    }
  }
}
