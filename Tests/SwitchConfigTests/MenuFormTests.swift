import Testing

@testable import SwitchConfig

@Suite("Texts of commands under menus")
struct MenuFormTests {
  private let menus = Menus(
    identities: ["/interface/bridge/port": [Menus.Key(name: "interface")]])

  private func unfolded(
    _ text: String, _ menus: Menus? = nil
  ) -> (lines: [String], text: UnfoldedText) {
    let made = MenuUnfolding.unfold(Array(text.utf8), menus ?? self.menus)
    return (
      String(decoding: made.bytes, as: UTF8.self).split(separator: "\n").map(String.init), made
    )
  }

  @Test("Menus, order of properties and lines that go on make no difference")
  func same() {
    let one = unfolded(
      """
      /interface bridge port
      add bridge=bridge1 interface=sfp1 \\
          pvid=711
      """)
    #expect(
      one.lines == [
        "/interface/bridge/port add sfp1", " /interface/bridge/port sfp1 bridge bridge1",
        " /interface/bridge/port sfp1 pvid 711",
      ])
    #expect(one.text.places == [2, 2, 3])
    let other = unfolded("/interface/bridge/port add pvid=711 interface=sfp1 bridge=bridge1\n")
    #expect(Set(other.lines) == Set(one.lines) && other.lines.first == one.lines.first)
  }

  @Test("A menu without an identity, a quoted text, a comment")
  func others() {
    let made = unfolded("# by hand\n/system identity\nset name=\"two words\"\n")
    #expect(made.lines == ["/system/identity set", " /system/identity name two words"])
    #expect(made.text.places == [3, 3])
    #expect(made.text.oddities.isEmpty && made.text.unread.isEmpty)
  }

  @Test("A quotation mark that is not closed is told, and the line kept as not understood")
  func broken() {
    let made = unfolded("/system identity\nset name=\"two words\n")
    #expect(made.text.oddities.map(\.line) == [2] && made.text.oddities.allSatisfy(\.isError))
    #expect(made.text.unread.map(\.number) == [2])
  }

  @Test("After a line that may lead to a menu nobody knows, what names no menu is not understood")
  func lost() {
    let made = unfolded(
      """
      /interface bridge port
      ..vlan
      add interface=sfp1 pvid=711
      /interface bridge port
      add interface=sfp2 pvid=712
      """)
    #expect(
      made.lines.filter { $0.contains("bridge/port add") } == ["/interface/bridge/port add sfp2"])
    #expect(made.text.unread.map(\.number).contains(2))
  }

  /// As the grammar of RouterOS states it.
  private var named: Menus {
    var menus = menus
    menus.identities["/interface/bonding"] = [Menus.Key(name: "name")]
    menus.identities["/interface/ethernet"] = [Menus.Key(name: "default-name")]
    menus.identities["/ip/route"] = [Menus.Key(name: "dst-address", usual: "0.0.0.0/0")]
    menus.namings["/interface/bonding"] = Menus.Naming(key: "name", prefix: "bond")
    menus.namings["/interface/ethernet"] = Menus.Naming(key: "name")
    menus.nameKeys = ["interface", "slaves"]
    menus.exportMark = "by RouterOS"
    menus.known = Set(menus.identities.keys)
    return menus
  }

  @Test("Menus may be gone to step by step, and commands may stand with their path")
  func menuPaths() {
    let steps = unfolded(
      "/interface bridge\nport\nadd interface=a\n..\nport add interface=b\n", named)
    #expect(
      steps.lines == ["/interface/bridge/port add a", "/interface/bridge/port add b"])
    #expect(
      unfolded("/interface/bridge/port/add interface=a;/ip route\nadd", named).lines == [
        "/interface/bridge/port add a", "/ip/route add 0.0.0.0/0",
      ])
  }

  @Test("A prompt names the menu, and what is asked there says nothing")
  func prompts() {
    let made = unfolded(
      """
      [admin@a b] /interface/bridge/port> add interface=a
      [admin@a b] /interface/bridge/port<SAFE> print
      [admin@a b] > /ip/route/add gateway=1
      [admin@a b] > quit
      """, named)
    #expect(
      made.lines == [
        "/interface/bridge/port add a", "/ip/route add 0.0.0.0/0", " /ip/route 0.0.0.0/0 gateway 1",
      ])
    #expect(made.text.unread.isEmpty)
  }

  @Test("Names of somebody's own stand for those that the grammar knows")
  func names() {
    let made = unfolded(
      """
      /interface bridge port
      add interface="to core"
      add interface=bond1
      add interface=bond2
      /interface ethernet
      set [ find default-name=sfp1 ] name=left
      /interface bonding
      add name=bond1 slaves=left,sfp2
      add name="to core" slaves=sfp1
      """, named)
    #expect(
      made.lines == [
        "/interface/bridge/port add bond2", "/interface/bridge/port add bond1",
        // Nothing is called so any more.
        "/interface/bridge/port add ?bond2",
        "/interface/ethernet set sfp1", "/interface/bonding add bond1",
        " /interface/bonding bond1 slaves sfp1,sfp2", "/interface/bonding add bond2",
        " /interface/bonding bond2 slaves ?sfp1",
      ])
  }

  @Test("Several things may be set, switched on or off at once")
  func several() {
    let made = unfolded("/interface bridge port\ndisable a,b\nset c,d pvid=7\nset e\n", named)
    #expect(
      made.lines == [
        "/interface/bridge/port set a", " /interface/bridge/port a disabled yes",
        "/interface/bridge/port set b", " /interface/bridge/port b disabled yes",
        "/interface/bridge/port set c", " /interface/bridge/port c pvid 7",
        "/interface/bridge/port set d", " /interface/bridge/port d pvid 7",
      ])
    #expect(made.text.unread.map(\.text) == ["set e"])
  }

  @Test("A command of a menu that no line of the grammar starts with is kept as it stands")
  func unknownMenus() {
    let made = unfolded("/ip firewall filter\nadd chain=input \\\n    action=accept\n", named)
    #expect(made.lines.isEmpty)
    #expect(made.text.unread.map(\.text) == ["add chain=input action=accept"])
    #expect(made.text.unread.map(\.number) == [2])
  }

  @Test("What is found by something else than its name is not guessed")
  func found() {
    for words in [
      "[find]", "[ find comment=x ]", "[find interface~\"sfp\"]", "[find interface=a b]",
    ] {
      let made = unfolded("/interface/bridge/port/set \(words) pvid=7\n", named)
      #expect(made.lines.isEmpty && made.text.unread.count == 1, "\(words)")
    }
    for words in ["[find interface=a]", "[ find where interface=\"a\" ]", "a", "numbers=a"] {
      let made = unfolded("/interface/bridge/port/set \(words) pvid=7\n", named)
      #expect(made.lines.first == "/interface/bridge/port set a", "\(words)")
    }
  }

  @Test("Signs behind a backslash, in a text that goes on in the next line")
  func escapes() {
    let made = unfolded(
      "/system identity\nset name=\"a\\_\\\"b\\\"\\3F \\\r\n    c\" note=x\\\n    y\n")
    #expect(
      made.lines == [
        "/system/identity set", " /system/identity name a \"b\"? c",
        " /system/identity note xy",
      ])
  }

  @Test("An export leaves out what is as from the factory, and misses nothing")
  func exports() {
    #expect(unfolded("# 2026-03-01 10:00:00 by RouterOS 7.17\n", named).text.isExport)
    #expect(!unfolded("# by hand\n", named).text.isExport)
  }
}
