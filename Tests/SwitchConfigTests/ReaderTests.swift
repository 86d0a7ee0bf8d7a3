import CatalogModel
import Fabric
import Foundation
import Quantities
import Testing

@testable import SwitchConfig

@Suite("Configurations of others")
struct ReaderTests {
  private func rules(_ text: String, _ os: SwitchOS) -> [String] {
    Shipped.read(text, os: os, file: "x").findings.filter { $0.severity != .note }.map {
      "\($0.position?.line ?? 0) \($0.rule)"
    }
  }

  /// Lines without which every text has findings of its own.
  private let base9 = """
    hostname sw
    default-vlan disable
    no ip telnet server enable
    ip ssh server enable
    interface ManagementEthernet 0/0
     ip address 192.0.2.9/24
     no shutdown

    """
  private let base6 = """
    hostname "sw"
    ip telnet server disable
    no ip http server
    no ip http secure-server
    ip ssh server
    interface out-of-band
    ip address 192.0.2.9 255.255.255.0 192.0.2.1
    exit

    """

  @Test("Line ends, blanks at line ends, comments and letter case do not matter")
  func lineEnds() throws {
    // JSON has no comments, and the case of its names counts.
    for golden in try Golden.all() where golden.intent.os != .sonic {
      let text = try golden.render().text
      let windows = text.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "  \r\n! a comment \r\n")
      let read = Shipped.read(windows, os: golden.intent.os, file: golden.name)
      #expect(read.intent == golden.intent)
    }
  }

  @Test("The order of blocks does not matter")
  func order() throws {
    for golden in try Golden.all() {
      let (name, intent) = (golden.name, golden.intent)
      let text = try golden.render().text
      if intent.os == .sonic {
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let sorted = try JSONSerialization.data(withJSONObject: json, options: [.sortedKeys])
        let read = Shipped.read(Array(sorted), os: intent.os, file: name)
        #expect(read.intent == intent && read.unknown == [] && read.findings == [], "\(name)")
        continue
      }
      var blocks: [[Substring]] = []
      for line in text.split(separator: "\n") where line != "configure" && !line.hasPrefix("!") {
        let opens =
          switch intent.os {
          case .os9: !line.hasPrefix(" ")
          // Each command names what it is about.
          case .routeros: true
          // Each line names its interface, and their order within one matters.
          case .onyx: blocks.last?.last.map { Self.head($0) != Self.head(line) } ?? true
          default:
            ["interface ", "link-dep", "system ", "class", "traffic"].contains {
              line.hasPrefix($0)
            }
          }
        if opens || blocks.isEmpty { blocks.append([]) }
        blocks[blocks.count - 1].append(line)
      }
      // The exit of `configure` closes nothing once the blocks have moved.
      if intent.os == .os6 { blocks[blocks.count - 1].removeLast() }
      let moved = blocks.reversed().joined().joined(separator: "\n")
      let read = Shipped.read(moved, os: intent.os, file: name)
      #expect(read.intent == intent, "\(name)")
      #expect(read.unknown == [], "\(name)")
    }
  }

  private static func head(_ line: Substring) -> [Substring] {
    Array(line.split(separator: " ").prefix(3))
  }

  @Test("Abbreviations, ranges and lists with blanks are understood")
  func abbreviations() throws {
    let text =
      base9 + """
        int range te 0/0 - 3 , fo0/48
         desc two words
         mtu 9216
         swi
         span rstp edge bpdu shut
         no shut
        int te0/4
         port-channel-protocol lacp
          port-channel 5 mode act
        int po5
         swi
         no shut
        interface range vlan 10-11
         no shut
        int vlan 10
         name ten
         tag te 0/0-0/1,te 0/2
         unt po 5
        """
    let read = Shipped.read(text, os: .os9, file: "x")
    let intent = try #require(read.intent)
    #expect(read.unknown == [])
    #expect(read.findings.filter { $0.severity != .note } == [])
    #expect(
      intent.ports.map(\.name) == [
        "TenGigabitEthernet 0/0", "TenGigabitEthernet 0/1", "TenGigabitEthernet 0/2",
        "TenGigabitEthernet 0/3", "TenGigabitEthernet 0/4", "fortyGigE 0/48",
      ])
    #expect(intent.ports[2].membership.tagged.map(\.number) == [10])
    #expect(intent.ports[3].membership == .none)
    #expect(intent.ports[5].description == "two words" && intent.ports[5].bpduGuard)
    #expect(intent.lags[0].lacp && intent.lags[0].membership.untagged?.number == 10)
    #expect(intent.ports[4].lag == 5)
    #expect(intent.vlans.map(\.id.number) == [10, 11])
  }

  @Test("A running configuration's default VLAN shows its members as comments")
  func runningConfiguration() throws {
    let text = """
      Current Configuration ...
      ! Version 9.9(0.0)
      ! Last configuration change at Thu Jun 18 08:51:42 2020 by default
      !
      boot system stack-unit 0 primary system: A:
      !
      hostname agg
      !\u{20}
      protocol spanning-tree rstp\u{20}
       no disable\u{20}
       bridge-priority 4096\u{20}
      !
      stack-unit 0 provision S4810
      !
      stack-unit 0 port 48 portmode quad
      !
      interface TenGigabitEthernet 0/48
       description Link to AGG1
       no ip address
      !\u{20}\u{20}
       port-channel-protocol LACP\u{20}
        port-channel 50 mode active\u{20}
       no shutdown
      !
      interface TenGigabitEthernet 0/1
       no ip address
       switchport
       spanning-tree rstp rootguard
       no shutdown
      !
      interface ManagementEthernet 0/0
       ip address 10.0.0.2/24
       no shutdown
      !
      interface ManagementEthernet 1/0
       no shutdown
      !
      interface Loopback 0
       ip address 10.9.9.9/32
       no shutdown
      !
      interface Port-channel 50
       no ip address
       switchport
       no shutdown
      !
      interface Vlan 1
      !untagged Port-channel 50
      !untagged TenGigabitEthernet 0/1
      !
      interface Vlan 7
       description HNV PA
       name HNVPA
       ip address 10.7.0.1/24
       no shutdown
      !
      router bgp 65000
       neighbor 10.1.1.1 remote-as 65001
      !
      logging 192.0.2.6
      no ip telnet server enable
      ip ssh server enable
      end
      """
    let read = Shipped.read(text, os: .os9, file: "x")
    let intent = try #require(read.intent)
    #expect(
      read.unknown.map(\.text) == [
        "Current Configuration ...", "boot system stack-unit 0 primary system: A:",
        "stack-unit 0 provision S4810", "spanning-tree rstp rootguard", "interface Loopback 0",
        "ip address 10.9.9.9/32", "no shutdown", "ip address 10.7.0.1/24", "router bgp 65000",
        "neighbor 10.1.1.1 remote-as 65001",
      ])
    #expect(intent.splits.map(\.port) == ["fortyGigE 0/48"])
    #expect(intent.ports.map(\.lag) == [nil, 50])
    #expect(intent.ports[0].membership.untagged?.number == 1)
    #expect(intent.lags[0].membership.untagged?.number == 1)
    #expect(intent.vlans.map(\.name) == ["HNVPA"])
    #expect(read.findings.map(\.rule) == ["config-vlan-address"])
  }

  @Test("Without default-vlan disable a switchport in no VLAN is untagged in VLAN 1")
  func defaultVLAN() throws {
    let text =
      base9.split(separator: "\n").filter { !$0.hasPrefix("default") }.joined(separator: "\n") + """

        interface TenGigabitEthernet 0/0
         switchport
         no shutdown
        interface TenGigabitEthernet 0/1
         portmode hybrid
         switchport
         no shutdown
        interface TenGigabitEthernet 0/2
         switchport
         no shutdown
        interface Vlan 9
         tagged TenGigabitEthernet 0/1-2
        """
    let ports = try #require(Shipped.read(text, os: .os9, file: "x").intent).ports
    #expect(ports.map { $0.membership.untagged?.number } == [1, 1, nil])
  }

  @Test("OS9 references that lead nowhere are findings with their line")
  func references9() {
    #expect(
      rules(
        base9 + """
          interface TenGigabitEthernet 0/0
           dcb-map GONE
           port-channel-protocol LACP
            port-channel 9 mode active
          interface Vlan 20
           tagged TenGigabitEthernet 0/7
           tagged Port-channel 8
           untagged TenGigabitEthernet 0/0
          vlt domain 1
           peer-link port-channel 7
           back-up destination 192.0.2.8
          uplink-state-group 1
           upstream port-channel 6
           downstream TenGigabitEthernet 0/5
          """, .os9) == [
          "8 config-undefined-lag", "8 config-undefined-map", "13 config-dangling-member",
          "14 config-undefined-lag", "15 config-not-switchport", "16 config-pair",
          "16 config-undefined-lag", "19 config-uplink-group", "19 config-uplink-group",
        ])
  }

  @Test(
    "A guard that leaves the link up is none: the host would not see that its port is dead",
    arguments: [
      ("", false), (" bpduguard", false), (" bpduguard shutdown-on-violation", true),
    ])
  func bpduGuard(_ words: String, _ guarded: Bool) throws {
    let text =
      base9 + """
        interface TenGigabitEthernet 0/1
         spanning-tree rstp edge-port\(words)

        """
    let port = try #require(
      Shipped.read(text, os: .os9, file: "x").intent?.ports.first)
    #expect(port.edge && port.bpduGuard == guarded)
    let other = text.replacing("edge-port\(words)", with: "edge-port shutdown-on-violation")
    #expect(Shipped.read(other, os: .os9, file: "x").unknown.count == 1)
  }

  @Test("OS9 settings that would break the network are findings")
  func unsafe9() {
    #expect(
      rules(
        """
        hostname sw
        interface ManagementEthernet 0/0
         ip address 192.0.2.9/24
        interface TenGigabitEthernet 0/0
         switchport
         dcb-map A
        interface TenGigabitEthernet 0/1
         dcb-map B
         protocol lldp
          dcbx port-role auto-downstream
        dcb-map A
         priority-group 0 bandwidth 100 pfc off
         priority-pgid 0 0 0 4 0 0 0 0
        dcb-map B
        interface Vlan 2
         untagged TenGigabitEthernet 0/0
        interface Vlan 3
         untagged TenGigabitEthernet 0/0
        protocol spanning-tree rstp
         bridge-priority 0
        protocol spanning-tree pvst
        """, .os9)
        == [
          "2 config-management-shut", "7 config-dcbx-role", "11 config-map",
          "18 config-two-untagged", "19 config-spanning-tree", "21 config-spanning-tree",
          "0 config-several-maps", "0 config-telnet", "0 config-ssh", "0 config-dcb-off",
          "0 config-no-trust", "0 config-lldp-off",
        ])
  }

  @Test("OS6 references that lead nowhere and unsafe trunks are findings with their line")
  func references6() {
    #expect(
      rules(
        base6 + """
          vlan 20
          exit
          interface Te1/0/1
          switchport mode trunk
          switchport trunk allowed vlan 20,30
          exit
          interface Te1/0/2
          channel-group 4 mode active
          exit
          interface Te1/0/3
          switchport mode trunk
          exit
          interface Te1/0/4
          switchport mode access
          switchport access vlan 20
          datacenter-bridging
          priority-flow-control mode on
          priority-flow-control priority 3 no-drop
          exit
          exit
          link-dependency group 1
          depends-on port-channel 9
          add Te1/0/48
          exit
          """, .os6) == [
          "11 config-undefined-vlan", "15 config-undefined-lag", "18 config-trunk-all",
          "21 config-pfc-untagged", "29 config-uplink-group", "29 config-uplink-group",
          "0 config-no-shares", "0 config-lossless-queue",
        ])
  }

  @Test("OS6 ports: long names, ranges, general mode, lists that grow and shrink")
  func ports6() throws {
    let text =
      base6 + """
        vlan 3,20,30-32
        exit
        interface range tengigabitethernet 1/0/1-2
        switchport mode trunk
        switchport trunk allowed vlan 20
        switchport trunk allowed vlan add 30-32
        switchport trunk allowed vlan remove 31
        exit
        interface Te1/0/3
        switchport mode general
        switchport general pvid 3
        switchport general allowed vlan add 3
        switchport general allowed vlan add 20,30 tagged
        switchport general allowed vlan remove 1
        exit
        interface Te1/0/4
        exit
        interface Te1/0/5
        switchport mode trunk
        switchport trunk allowed vlan remove 2-4094
        exit
        line ssh
        exec-timeout 5
        exit
        spanning-tree mst configuration
        name "x"
        exit
        ip dhcp pool "p"
        exit
        hostname "later"
        """
    let read = Shipped.read(text, os: .os6, file: "x")
    let intent = try #require(read.intent)
    let ports = intent.ports
    #expect(
      ports.map { $0.membership.tagged.map(\.number) } == [
        [20, 30, 32], [20, 30, 32], [20, 30], [], [],
      ])
    #expect(ports.map { $0.membership.untagged?.number } == [nil, nil, 3, 1, 1])
    #expect(intent.hostname == "later")
    #expect(
      read.unknown.map(\.text) == [
        "line ssh", "exec-timeout 5", "spanning-tree mst configuration", "name \"x\"",
        "ip dhcp pool \"p\"",
      ])
    #expect(read.findings.filter { $0.severity != .note }.map(\.rule) == ["config-two-switches"])
  }

  @Test("Blocks that are not closed are told where others are")
  func openBlocks() {
    func exits(_ text: String) -> [Int] {
      Shipped.read(text, os: .os6, file: "x").findings.filter { $0.rule == "config-exit" }
        .map { $0.position?.line ?? 0 }
    }
    let vlans = "vlan 20\nname a\nexit\nvlan 30\nname b\nexit\n"
    #expect(exits("configure\n" + vlans + "exit\n") == [])
    #expect(exits(vlans) == [])
    // The last `exit` closes VLAN 30, and nothing closes what `configure` opened.
    #expect(exits("configure\n" + vlans) == [0])
    // The first block of all stays open: only later lines show that blocks are closed here.
    #expect(exits("vlan 20\nvlan 30\nname b\nexit\nvlan 40\nexit\n") == [2])
    // A text without any line `exit` closes its blocks by their order.
    #expect(exits("vlan 20\nname a\nvlan 30\nname b\n") == [])
  }

  @Test("A block that is opened twice in a row is told")
  func openedTwice() {
    let twice = rules(base6 + "vlan 20\nvlan 20\nname a\nexit\n", .os6)
    #expect(twice == ["10 config-repeated", "10 config-exit"])
    // Opening it again later is how the platform writes it itself.
    let again = rules(base6 + "vlan 20,30\nexit\nvlan 20\nname a\nexit\n", .os6)
    #expect(again == [])
  }

  @Test("Secrets are one word or their placeholder, and never a privilege")
  func secrets() throws {
    let lines = [
      "username \"a\" password <FILL IN SECRET> privilege 15",
      "username \"b\" password 7 privilege 1",
      "username \"c\" password abc privilege 15 encrypted", "username \"d\" nopassword",
      "enable password word encrypted", "enable password <FILL IN SECRET>",
    ]
    let read = Shipped.read(
      base6 + lines.joined(separator: "\n") + "\n", os: .os6, file: "x")
    #expect(read.unknown == [])
    let users = try #require(read.intent).users
    #expect(users.map(\.name) == ["a", "b", "c", "d"])
    #expect(users.map(\.isAdministrator) == [true, false, true, false])
    let strange = [
      "enable password <FILL IN q>", "username \"e\" password <FILL IN q> privilege 15",
    ]
    let odd = Shipped.read(
      base6 + strange.joined(separator: "\n") + "\n", os: .os6, file: "x")
    #expect(odd.unknown.map(\.text) == strange)
    #expect(odd.intent?.users == [UserIntent(name: "e", isAdministrator: true)])
  }

  @Test("A dialect without a grammar has no reader")
  func otherDialect() throws {
    let set = try TemplateSet(layers: [Shipped.files()])
    #expect(try set.reader(SwitchOS(rawValue: "comware")) == nil)
    #expect(try set.reader(.os9) != nil)
  }
}
