import CatalogModel
import DialectTestSupport
import Fabric
import Foundation
import Quantities
import TemplateText
import Testing

@testable import SwitchConfig

@Suite("Commands that bring a switch back")
struct MendTests {
  /// Whether lines are typed one by one on a live switch.
  private static func hasSession(_ os: SwitchOS) -> Bool { os != .sonic }

  /// The commands for a golden switch after changes of its text.
  private func mend(
    _ name: String, _ changes: [(old: String, new: String)]
  ) throws -> Mend? {
    let golden = try #require(try Golden.all().first { $0.name == name })
    let planned = try golden.render().text
    var running = planned
    for (old, new) in changes {
      let range = try #require(running.range(of: old), "\(old)")
      running.replaceSubrange(range, with: new)
    }
    return try Shipped.reader(golden.intent.os)?.mend(
      Array(running.utf8), to: (text: Array(planned.utf8), intent: golden.intent))
  }

  @Test("A switch that is as planned needs no line")
  func nothing() throws {
    for golden in try Golden.all() {
      let reader = try #require(try Shipped.reader(golden.intent.os))
      let text = Array(try golden.render().text.utf8)
      let mend = reader.mend(text, to: (text: text, intent: golden.intent))
      #expect((mend != nil) == Self.hasSession(golden.intent.os), "\(golden.name)")
      #expect(mend?.lines ?? [] == [] && mend?.accessLines ?? [] == [], "\(golden.name)")
    }
  }

  @Test("Lines go into their blocks in the order of the plan, what is left over goes last")
  func order() throws {
    let mend = try mend(
      "eos-linked-7050sx",
      [
        ("allowed vlan 711,721", "allowed vlan 711"),
        ("interface Ethernet3\n", "interface Ethernet3\n   shutdown\n"),
        (
          "interface Ethernet9\n   shutdown\n",
          "int et9\n   sw acc vl 20\n   no shut\n"
        ),
        ("hostname ", "vlan 99\n   name odd\n!\nntp server 9.9.9.9\n!\nhostname "),
      ])
    #expect(
      mend?.lines == [
        "configure", "interface Ethernet1", " switchport trunk allowed vlan 711,721", " exit",
        "interface Ethernet3", " no shutdown", " exit", "interface Ethernet9", " shutdown",
        " no sw acc vl 20", " exit", "no ntp server 9.9.9.9", "no vlan 99", "exit",
      ])
    #expect(mend?.accessLines == [])
  }

  @Test("The way in changes last, and apart from all else")
  func access() throws {
    let mend = try mend(
      "os9-linked-s4810",
      [
        ("no ip telnet server enable", "ip telnet server enable"), (" mtu 9216\n", " mtu 1554\n"),
        ("username admin ", "username guest password x\nusername admin "),
      ])
    let lines = try #require(mend).lines
    #expect(lines.contains(" mtu 9216"))
    #expect(!lines.contains { $0.contains("telnet") || $0.contains("username") })
    #expect(
      mend?.accessLines == ["configure", "no ip telnet server enable", "no username guest", "exit"])
  }

  @Test("A member of another LAG leaves it first")
  func firsts() throws {
    let mend = try mend("eos-linked-7050sx", [("channel-group 100 ", "channel-group 77 ")])
    let lines = try #require(mend).lines
    let leaving = try #require(lines.firstIndex(of: " no channel-group 77"))
    let joining = try #require(lines.firstIndex(of: " channel-group 100 mode active"))
    #expect(leaving < joining)
    #expect(mend?.facts.contains("EOS-U7") == true, "\(mend?.facts ?? [])")
  }

  @Test("Under menus what differs is set, what is missing is made, what is too much is removed")
  func menus() throws {
    let mend = try mend(
      "routeros-island-crs317",
      [
        (
          "/interface/bridge/port add bridge=bridge1 interface=sfp-sfpplus2 frame-types=admit-only-vlan-tagged",
          "/interface/bridge/port add bridge=bridge1 interface=sfp-sfpplus2 frame-types=admit-all pvid=20"
        ),
        ("l2mtu=9216 comment=\"hv-r1-03 nic1-p1\"", "l2mtu=1584 comment=\"hv-r1-03 nic1-p1\""),
        (
          "/interface/bridge/vlan add bridge=bridge1 vlan-ids=721 tagged=sfp-sfpplus1,",
          "/interface/bridge/vlan add bridge=bridge1 vlan-ids=99\n"
            + "/interface/bridge/vlan add bridge=bridge1 vlan-ids=721 tagged="
        ),
        ("/ip/service set telnet disabled=yes", "/ip/service set telnet disabled=no"),
      ])
    #expect(
      mend?.lines == [
        "/interface/bridge/vlan remove [find vlan-ids=99]",
        "/interface/bridge/port remove [find interface=sfp-sfpplus2]",
        "/interface/bridge/port add bridge=bridge1 interface=sfp-sfpplus2 "
          + "frame-types=admit-only-vlan-tagged ingress-filtering=yes edge=yes-discover "
          + "bpdu-guard=yes",
        "/interface/ethernet set sfp-sfpplus3 disabled=no l2mtu=9216 comment=\"hv-r1-03 nic1-p1\"",
        "/interface/bridge/vlan set [find vlan-ids=721] bridge=bridge1 "
          + "tagged=sfp-sfpplus1,sfp-sfpplus2,sfp-sfpplus3 comment=\"live-migration-a\"",
      ])
    #expect(mend?.accessLines == ["/ip/service set telnet disabled=yes"])
  }

  @Test("Things with names of somebody's own are not named by others")
  func ownNames() throws {
    let old = "/interface/ethernet set sfp-sfpplus3 disabled=no"
    #expect(
      try mend(
        "routeros-island-crs317",
        [
          (
            old, "/interface/ethernet set [ find default-name=sfp-sfpplus3 ] name=rack1 disabled=no"
          ),
          ("comment=\"hv-r1-01 nic1-p1\"", "comment=\"hv\""),
        ]) == nil)
    #expect(
      try mend("routeros-island-crs317", [("comment=\"hv-r1-01 nic1-p1\"", "comment=\"hv\"")])?
        .lines
        .count == 1)
  }

  @Test("Where no lines are typed the file is loaded as a whole")
  func whole() throws {
    #expect(try mend("sonic-tor-as5835", [("\"r1-tor-a\"", "\"r1-tor-x\"")]) == nil)
  }

  @Test("Every fact that a grammar names is one of its dialect")
  func facts() throws {
    let set = try TemplateSet(layers: [Shipped.files()])
    let renderer = SwitchConfigRenderer(templates: set)
    for os in Shipped.dialects {
      let grammar = try #require(try Shipped.reader(os)).grammar
      let facts =
        (grammar.session?.facts ?? []) + grammar.blocks.flatMap { $0.undos.map(\.fact) }
      for fact in facts {
        #expect(renderer.facts(os).fact(fact) != nil, "\(os.rawValue): \(fact)")
      }
      #expect((grammar.session != nil) == Self.hasSession(os))
    }
  }

  @Test("Of a list what is needed is kept, whatever its order")
  func smallestPart() {
    #expect(smallest(of: Array(0..<40)) { $0.contains(7) && $0.contains(31) } == [7, 31])
    #expect(smallest(of: [1, 2, 3]) { _ in true } == [])
    #expect(smallest(of: [Int]()) { _ in true } == [])
  }
}
