import CatalogModel
import Fabric
import PlanChecks
import Testing

/// A small sample of what `scripts/full-check stranger-mutations` does.
@Suite("Damaged configurations of strangers")
struct StrangerMutationTests {
  @Test("They crash nothing and give no VLAN that the text does not say")
  func sample() throws {
    let outcome = try StrangerMutationCheck.check(seed: 1, count: 300)
    #expect(outcome.tried == 300 && outcome.moved > 20)
    #expect(outcome.failures == [])
  }

  private static let text = """
    hostname a
    vlan 10,20,30
    interface Ethernet1/1
      switchport
      switchport access vlan 10
    interface Ethernet1/2
      switchport
      switchport mode trunk
      switchport trunk allowed vlan 10,20

    """

  /// What the oracle says of a reader that takes one text for another.
  private func violations(readAs wrong: String, of changed: String = text) throws -> [String] {
    try StrangerMutationCheck.violations(
      in: Array(changed.utf8), of: Array(Self.text.utf8), readAs: Array(wrong.utf8),
      SwitchOS(rawValue: "nxos"))
  }

  @Test("A VLAN that no line names is noticed")
  func unnamed() throws {
    let other = Self.text.replacing("access vlan 10", with: "access vlan 30")
    #expect(
      try violations(readAs: other) == [
        "Ethernet1/1 is untagged in VLAN 30", "Ethernet1/1 is no more untagged in VLAN 10",
      ])
    #expect(try violations(readAs: other, of: other) == [])
    let block = Self.text.replacing("access vlan 10", with: "access vlan 20")
    #expect(try !violations(readAs: block).isEmpty)
  }

  @Test("A VLAN that is lost though its lines stand unchanged is noticed")
  func lost() throws {
    let shorter = Self.text.replacing("allowed vlan 10,20", with: "allowed vlan 10")
    #expect(
      try violations(readAs: shorter) == ["Ethernet1/2 is no more tagged in VLAN 20"])
    #expect(try violations(readAs: shorter, of: shorter) == [])
    let dropped = Self.text.replacing("  switchport mode trunk\n", with: "")
    #expect(try violations(readAs: dropped, of: dropped) == [])
  }

  @Test("Lines of another port account for nothing")
  func elsewhere() throws {
    let changed = Self.text.replacing("access vlan 10", with: "access vlan 10\n  description x")
    let wrong = changed.replacing("allowed vlan 10,20", with: "allowed vlan 20")
    #expect(
      try violations(readAs: wrong, of: changed) == ["Ethernet1/2 is no more tagged in VLAN 10"])
  }
}
