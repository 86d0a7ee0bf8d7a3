import CatalogModel
import DialectTestSupport
import Fabric
import Testing

@testable import SwitchConfig

/// Commands of RouterOS that Tenfold does not write.
extension StrangerLineTests {
  private static let bridge = """
    /interface bridge
    add name=bridge1 vlan-filtering=yes
    /interface bridge port

    """

  @Test(
    "A port of the bridge is in VLAN 1 until its pvid says another, or it takes tagged frames alone"
  )
  func bridgePorts() {
    let text =
      Self.bridge + """
        add bridge=bridge1 interface=sfp-sfpplus1
        add bridge=bridge1 interface=sfp-sfpplus2 pvid=20
        add bridge=bridge1 interface=sfp-sfpplus3 frame-types=admit-only-vlan-tagged
        add bridge=bridge1 interface=sfp-sfpplus4 disabled=yes
        /interface ethernet
        set sfp-sfpplus5 disabled=no
        """
    #expect(
      memberships(text, .routeros) == [
        "sfp-sfpplus1: 1 ", "sfp-sfpplus2: 20 ", "sfp-sfpplus3: - ", "sfp-sfpplus4: - ",
        "sfp-sfpplus5: - ",
      ])
  }

  @Test("Frames that a port does not take leave it in no VLAN, or are told of")
  func frames() {
    let text =
      Self.bridge + """
        add bridge=bridge1 interface=sfp-sfpplus1 pvid=20 frame-types=admit-only-vlan-tagged
        add bridge=bridge1 interface=sfp-sfpplus2 \
            frame-types=admit-only-untagged-and-priority-tagged pvid=30
        /interface bridge vlan
        add bridge=bridge1 vlan-ids=20 tagged=bridge1,sfp-sfpplus2
        """
    #expect(memberships(text, .routeros) == ["sfp-sfpplus1: - ", "sfp-sfpplus2: 30 20"])
    let found = read(text, .routeros).findings.filter { $0.rule == "config-frames" }
    #expect(
      found.map(\.message) == [
        "sfp-sfpplus1: takes tagged frames alone but has VLAN 20 for others",
        "sfp-sfpplus2: takes untagged frames alone but is tagged in VLAN 20",
      ])
  }

  @Test("Without VLAN filtering VLANs are not kept apart", arguments: ["", " vlan-filtering=no"])
  func noFiltering(words: String) {
    let text =
      "/interface bridge\nadd name=br\(words)\n/interface bridge vlan\nadd bridge=br vlan-ids="
    #expect(rules(text + "20", .routeros).contains("config-vlan-filter"))
    #expect(!rules(text + "1", .routeros).contains("config-vlan-filter"))
    // A part of a configuration may leave the bridge out.
    #expect(
      !rules("/interface bridge vlan\nadd vlan-ids=20", .routeros).contains("config-vlan-filter"))
  }

  @Test("Priorities are decimal or hexadecimal", arguments: ["4096", "0x1000"])
  func priority(text: String) {
    let intent = read("/interface bridge add name=bridge1 priority=\(text)", .routeros).intent
    #expect(intent?.spanningTree == SpanningTreeIntent(mode: .rstp, priority: 4096))
  }

  @Test("Lanes are parted from their cage by a hyphen, and lists of them by commas")
  func hyphenatedLanes() {
    let text = """
      /interface bonding
      add mode=802.3ad name=bond9 slaves=qsfpplus2-1,qsfpplus1-3
      """
    let intent = read(text, .routeros).intent
    #expect(intent?.ports.map(\.name) == ["qsfpplus1-3", "qsfpplus2-1"])
    #expect(intent?.ports.map(\.lag) == [9, 9])
    let kinds = ShippedTraits.of(.routeros)?.portKinds ?? []
    #expect(PortRank("qsfpplus2-1", kinds: kinds)?.lane == 1)
    #expect(PortRank("qsfpplus2", kinds: kinds)?.lane == 0)
    #expect(PortRank("qsfpplus2/1", kinds: kinds) == nil)
  }

  @Test("A secret may have blanks in quotation marks; an empty one is not understood")
  func secrets() {
    #expect(read("/user add name=a group=full password=\"x y\"", .routeros).unknown == [])
    #expect(
      read("/user set admin password=\"\"", .routeros).unknown.map(\.text)
        == ["/user admin password"])
    #expect(
      read("/user add name=a group=full password=<FILL IN q>", .routeros).unknown.count == 1)
  }
}
