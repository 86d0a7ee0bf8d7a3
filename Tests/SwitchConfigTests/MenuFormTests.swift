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
}
