import CatalogModel
import Fabric
import Quantities
import Testing

@testable import SwitchConfig

/// Lines that Tenfold does not write, each with what it means.
@Suite("Lines of strangers")
struct StrangerLineTests {
  func read(_ text: String, _ os: SwitchOS) -> ReadConfig {
    Shipped.read(text, os: os, file: "x")
  }

  func ports(_ text: String, _ os: SwitchOS) -> [PortIntent] {
    read(text, os).intent?.ports ?? []
  }

  /// `te 0/1: 5 6,7`: a port, its untagged VLAN and its tagged ones.
  func memberships(_ text: String, _ os: SwitchOS) -> [String] {
    ports(text, os).map {
      "\($0.name): \($0.membership.untagged.map { "\($0.number)" } ?? "-") "
        + PortLists.ranges($0.membership.tagged.map(\.number))
    }
  }

  func rules(_ text: String, _ os: SwitchOS) -> [String] {
    read(text, os).findings.filter { $0.severity == .error }.map(\.rule)
  }

  static let nxos = SwitchOS(rawValue: "nxos")
  static let os10 = SwitchOS(rawValue: "os10")
  static let netgear = SwitchOS(rawValue: "netgear")

  // MARK: Texts of somebody's own

  @Test("A banner that is switched off starts no text")
  func banner() {
    let text = """
      banner motd disable
      interface vlan10
      interface ethernet1/1/1
       switchport access vlan 10
      """
    #expect(read(text, Self.os10).unknown == [])
    #expect(memberships(text, Self.os10) == ["ethernet1/1/1: 10 "])
  }

  @Test("A mark that never comes again starts no text", arguments: ["nxos", "os10", "eos"])
  func lostMark(os: String) {
    let read = read("banner motd ^\nbanner login\nvlan 10\nhostname a\n", SwitchOS(rawValue: os))
    #expect(read.intent?.hostname == "a")
  }

  @Test("A banner in quotation marks ends with them")
  func quotedBanner() {
    let text = "set clibanner \"hello\nvlan database\n\"\nset clibanner \"one\"\nhostname \"a\"\n"
    let read = read(text, Self.netgear)
    #expect(read.unknown.map(\.number) == [1, 2, 3, 4])
    #expect(read.intent?.hostname == "a")
  }

  // MARK: Sessions

  private static let session = """
    sw1# show running-config interface ethernet 1/1

    interface Ethernet1/1
      switchport
      switchport access vlan 10

    sw1# configure terminal
    sw1(config)# interface ethernet 1/2
    sw1(config-if)# switchport
    Edge ports should be connected to a single
     host.
    sw1(config-if)# switchport access vlan 10
    sw1(config-if)# do show vlan
    sw1(config-if)# vlan 10
    sw1(config-vlan)# name ten
    """

  @Test("What a switch prints in a session does not close what was typed")
  func session() {
    let read = read(Self.session, Self.nxos)
    #expect(read.unknown.map(\.number) == [10, 11])
    #expect(memberships(Self.session, Self.nxos) == ["Ethernet1/1: 10 ", "Ethernet1/2: 10 "])
    #expect(read.intent?.vlans.map(\.name) == ["ten"])
  }

  @Test("A blank that strays into a text without indentation closes no block")
  func strayBlank() {
    let text = """
      vlan 100
      interface Ethernet1/6
      description x
      switchport mode trunk
      switchport trunk allowed vlan 100
      interface
       Ethernet1/7
      """
    #expect(memberships(text, Self.nxos) == ["Ethernet1/6: - 100"])
  }

  @Test("A byte order mark is passed over")
  func byteOrderMark() {
    #expect(read("\u{FEFF}hostname a\nvlan 10\n", Self.nxos).unknown == [])
  }

  // MARK: Whose a text is

  func dialect(_ text: String) throws -> String? {
    let set = try TemplateSet(layers: [Shipped.files()])
    let readers = try Shipped.dialects.compactMap { try set.reader($0) }
    return SwitchConfigReader.read(Array(text.utf8), file: "x", by: readers)?.os.rawValue
  }

  @Test("Names, comments and indentation tell a dialect where lines do not")
  func dialect() throws {
    #expect(
      try dialect("interface vlan100\ninterface ethernet1/1/2\n switchport access vlan 100\n")
        == "os10")
    let part = "interface Ethernet1/1\nX switchport access vlan 10\nX no shutdown\n"
    #expect(try dialect(part.split(separator: "X").joined(separator: " ")) == "nxos")
    #expect(try dialect(part.split(separator: "X").joined(separator: "  ")) == "eos")
    let signed = "! device: a (DCS-7050SX, EOS-4.26)\n" + part
    #expect(try dialect(signed.split(separator: "X").joined(separator: " ")) == "eos")
  }

  // MARK: Ports

  @Test("A port that is no switchport is in no VLAN")
  func routed() {
    let lines = "switchport\nswitchport access vlan 20\nno switchport\nno shutdown\n"
    #expect(memberships("interface Ethernet1/8\n" + lines, Self.nxos) == ["Ethernet1/8: - "])
    #expect(
      memberships("interface Ethernet1\n" + lines, SwitchOS(rawValue: "eos")) == ["Ethernet1: - "])
    let trunk = """
      interface ethernet1/1/1
       switchport mode trunk
       switchport access vlan 9
       switchport trunk allowed vlan 10
       no switchport
      """
    #expect(memberships(trunk, Self.os10) == ["ethernet1/1/1: - "])
    #expect(memberships(trunk + "\n switchport", Self.os10) == ["ethernet1/1/1: 1 "])
  }

  @Test("Lanes of OS10 stand after a colon")
  func lanes() {
    let text = """
      interface breakout 1/1/54 map 10g-4x
      interface vlan23
      interface range ethernet1/1/54:1-1/1/54:2,1/1/54:4
       switchport access vlan 23
      """
    let read = read(text, Self.os10)
    #expect(read.unknown == [])
    #expect(read.intent?.splits.map(\.port) == ["ethernet1/1/54"])
    #expect(read.intent?.ports.map(\.name) == ([1, 2, 4].map { "ethernet1/1/54:\($0)" }))
    for line in ["1/1/54/1", "1/1:54", "1/1/54:1:1", "1/1/53:1-1/1/54:1"] {
      #expect(self.read("interface ethernet\(line)\n", Self.os10).unknown.count == 1, "\(line)")
    }
  }

  @Test("Ports are split by the list")
  func splits() {
    let text = "interface breakout module 1 port 27-28,30 map 10g-4x\nhostname a\n"
    #expect(
      read(text, Self.nxos).intent?.splits.map(\.port)
        == ["Ethernet1/27", "Ethernet1/28", "Ethernet1/30"])
  }

  @Test(
    "Some switches have ports that are up and switched at first",
    arguments: [
      "version 7.3(8)N1(1)", "version 6.0(2)U6(10)",
      "system default switchport\nno system default switchport shutdown",
    ])
  func ports(said: String) throws {
    // It holds wherever it stands.
    for order in [true, false] {
      let block = "interface Ethernet1/14\n  description x\ninterface Ethernet1/15\n  shutdown\n"
      let text = order ? said + "\n" + block : block + said + "\n"
      let ports = ports(text, Self.nxos)
      #expect(ports.map(\.enabled) == [true, false])
      #expect(ports.map(\.membership.untagged?.number) == [1, 1])
    }
    let other = ports("version 9.3(10) Bios\ninterface Ethernet1/14\n", Self.nxos)
    #expect(other.map(\.enabled) == [false] && other[0].membership == .none)
  }

  @Test("Ports need no word where the platform has none, and the slot of LAGs stands for theirs")
  func wordless() {
    let text = """
      interface 0/3/5
      exit
      interface 1/0/1-1/0/2
      addport 0/3/5
      exit
      """
    let read = read(text, Self.netgear)
    #expect(read.unknown == [])
    #expect(read.intent?.lags.map(\.number) == [5])
    #expect(read.intent?.ports.map(\.lag) == [5, 5])
  }

  // MARK: Terminals, and what is not sure

  @Test("A second name is of a second switch")
  func secondSwitch() {
    let text = "hostname a\ninterface Ethernet1/1\n  no shutdown\nhostname b\n"
    #expect(rules(text, Self.nxos).contains("config-two-switches"))
    #expect(!rules("hostname a\nhostname a\n", Self.nxos).contains("config-two-switches"))
  }

  @Test("A list is joined where a terminal broke it, and nowhere else")
  func brokenList() {
    let list = (10...33).map(String.init).joined(separator: ",")
    func vlans(_ text: String) -> [Int] {
      read(text, Self.nxos).intent?.vlans.map(\.id.number) ?? []
    }
    #expect(vlans("vlan \(list),2\n00,300\n") == Array(10...33) + [200, 300])
    #expect(vlans("vlan \(list),2\n00,30\n0,400\n") == Array(10...33) + [200, 300, 400])
    #expect(vlans("vlan \(list)\r\n,300\r\n") == Array(10...33) + [300])
    // No VLAN has the number that joining would make, the line is short, or more stands there.
    #expect(vlans("vlan \(list),400\n123,40\n") == Array(10...33) + [400])
    #expect(vlans("vlan 10,2\n00,300\n") == [2, 10])
    #expect(vlans("vlan \(list),2\n00 x\n") == [2] + Array(10...33))
  }

  @Test("A trunk in a part without VLANs keeps its native one")
  func nativeInPart() {
    let text = """
      interface Ethernet1
         switchport trunk native vlan 10
         switchport mode trunk
      """
    #expect(memberships(text, SwitchOS(rawValue: "eos")) == ["Ethernet1: 10 1"])
  }

  @Test("Ports of which no line says that they are switched are told")
  func switchedByDefault() {
    let text = """
      interface Ethernet1/1
        switchport access vlan 6
      interface Ethernet1/2
      """
    let read = read(text, Self.nxos)
    #expect(read.findings.map(\.rule).contains("config-switched"))
    #expect(read.intent?.ports.map(\.enabled) == [true, true])
    let mixed = "interface Ethernet1/3\n  switchport\n" + text
    #expect(
      self.read(mixed, Self.nxos).findings.map(\.rule).contains("config-not-switchport"))
    #expect(self.read(mixed, Self.nxos).intent?.ports.first?.enabled == false)
  }
}
