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

  @Test("VLANs of commands under menus are held against another parser")
  func menus() throws {
    let text = """
      /interface bridge port
      add bridge=bridge1 interface=sfp-sfpplus1 pvid=10
      add bridge=bridge1 interface=bond1 frame-types=admit-only-vlan-tagged
      /interface bonding
      add name=bond1 slaves=sfp-sfpplus2,\\
          sfp-sfpplus3
      /interface bridge vlan
      add bridge=bridge1 tagged="bond1" vlan-ids=10,20

      """
    func violations(_ wrong: String, _ changed: String) throws -> [String] {
      try StrangerMutationCheck.violations(
        in: Array(changed.utf8), of: Array(text.utf8), readAs: Array(wrong.utf8), .routeros)
    }
    let other = text.replacing("pvid=10", with: "pvid=30")
    let invented = try violations(other, text)
    #expect(
      invented == [
        "sfp-sfpplus1 untagged 30 is read, and the text lacks it",
        "sfp-sfpplus1 untagged 10 is left out, and nobody says so",
      ])
    #expect(try violations(other, other) == [])
    let shorter = text.replacing("vlan-ids=10,20", with: "vlan-ids=10")
    let lost = try violations(shorter, text)
    #expect(
      lost == [
        "sfp-sfpplus2 tagged 20 is left out, and nobody says so",
        "sfp-sfpplus3 tagged 20 is left out, and nobody says so",
      ])
    #expect(try violations(shorter, shorter) == [])
  }

  @Test("Lines of another port account for nothing")
  func elsewhere() throws {
    let changed = Self.text.replacing("access vlan 10", with: "access vlan 10\n  description x")
    let wrong = changed.replacing("allowed vlan 10,20", with: "allowed vlan 20")
    #expect(
      try violations(readAs: wrong, of: changed) == ["Ethernet1/2 is no more tagged in VLAN 10"])
  }
}
