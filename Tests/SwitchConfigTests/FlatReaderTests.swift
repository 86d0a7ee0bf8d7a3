import CatalogModel
import Fabric
import Quantities
import Testing

@testable import SwitchConfig

/// Texts of which each line names its interface, in the words of Onyx.
@Suite("Flat configurations")
struct FlatReaderTests {
  /// Lines without which every text has findings of its own.
  private let base = """
    no cli default prefix-modes enable
    hostname sw
    lldp
    lacp
    spanning-tree mode rst
    spanning-tree priority 32768
    no interface mgmt0 dhcp
    interface mgmt0 ip address 192.0.2.9 255.255.255.0
    ssh server enable
    no telnet-server enable
    no web enable
    cli default prefix-modes enable
    vlan 20
    vlan 711

    """

  private func read(_ text: String) -> ReadConfig {
    Shipped.read(base + text, os: .onyx, file: "x")
  }

  private func found(_ text: String) -> [String] {
    read(text).findings.map { "\($0.rule.dropFirst(7)) \($0.message)" }
  }

  @Test("A line names its block, alone or behind no, and leaves none open")
  func inline() throws {
    let config = read(
      """
      interface ethernet 1/1 mtu 9216 force
      no interface ethernet 1/1 shutdown
      interface ethernet 1/2-1/3 shutdown
      interface ethernet 1/3 no shutdown
      interface ethernet 1/1 colour red
      description nowhere
      """)
    #expect(
      config.unknown.map(\.text) == ["interface ethernet 1/1 colour red", "description nowhere"])
    let ports = try #require(config.intent).ports
    #expect(ports.map(\.enabled) == [true, false, true])
    #expect(ports.map(\.mtu) == [9216, 1500, 1500])
    #expect(config.findings.isEmpty)
  }

  @Test("A line that is there twice is told, and one that makes a LAG or VLAN is missed")
  func missing() {
    #expect(
      found(
        """
        interface ethernet 1/1 mtu 9216 force
        interface ethernet 1/1 mtu 9216 force
        vlan 712 name csv-b
        interface port-channel 5 description core
        interface ethernet 1/2 channel-group 5 mode active
        """) == [
          "repeated the line stands there already",
          "unsaid vlan 712: is named by lines but made by none of its own",
          "unsaid port-channel 5: is named by lines but made by none of its own",
        ])
  }

  @Test("A part in an uplink group and the group are two lines, in either order")
  func uplinkGroups() throws {
    let group = """
      link state tracking group uplink-3
      interface port-channel 5
      interface ethernet 1/9 channel-group 5 mode active
      interface port-channel 5 link state tracking group uplink-3
      interface port-channel 5 link type upstream
      interface ethernet 1/1 link type downstream
      interface ethernet 1/1 link state tracking group uplink-3

      """
    #expect(
      read(group).intent?.uplinkGroups
        == [UplinkGroupIntent(id: 3, upstreamLAGs: [5], downstream: ["ethernet 1/1"])])
    #expect(found(group) == [])
    #expect(
      found(group + "interface ethernet 1/2 link state tracking group uplink-3") == [
        "uplink-group ethernet 1/2: is in an uplink group and does not say whether it is upstream "
          + "or downstream"
      ])
    #expect(
      found(group + "interface ethernet 1/2 link type downstream") == [
        "uplink-group ethernet 1/2: says what it is in an uplink group but not in which"
      ])
    let undefined = String(group.dropFirst("link state tracking group uplink-3\n".count))
    let missing = found(undefined).filter {
      $0.hasSuffix("names the uplink group uplink-3, which is not defined")
    }
    #expect(missing.count == 2)
  }

  @Test("A trunk tags VLAN 1 too, a hybrid port has lists of none and all")
  func lists() throws {
    let ports = try #require(
      read(
        """
        interface ethernet 1/1 switchport mode trunk
        interface ethernet 1/1 switchport trunk allowed-vlan 1
        interface ethernet 1/1 switchport trunk allowed-vlan add 20
        interface ethernet 1/2 switchport mode hybrid
        interface ethernet 1/2 switchport access vlan 20
        interface ethernet 1/2 switchport hybrid allowed-vlan add 711
        interface ethernet 1/2 switchport hybrid allowed-vlan none
        interface ethernet 1/3 switchport mode hybrid
        interface ethernet 1/3 switchport access vlan 20
        interface ethernet 1/3 switchport hybrid allowed-vlan all
        """
      ).intent
    ).ports
    #expect(ports.map(\.membership.untagged?.number) == [nil, 20, 20])
    #expect(ports.map { $0.membership.tagged.map(\.number) } == [[1, 20], [], [711]])
  }

  @Test("All ports may be edge ports but those that say otherwise")
  func edges() throws {
    let ports = try #require(
      read(
        """
        spanning-tree port type edge default
        interface port-channel 5
        interface ethernet 1/1 mtu 9216 force
        interface ethernet 1/2 spanning-tree port type normal
        interface ethernet 1/3 spanning-tree port type network
        interface ethernet 1/3 no spanning-tree port type
        interface ethernet 1/4 channel-group 5 mode active
        """
      ).intent
    ).ports
    #expect(ports.map(\.edge) == [true, false, true, false])
  }

  @Test(
    "A session has its prompts, with the state of the pair and the mode in blanks",
    arguments: [
      "sw [pair: master] (config) # ", "sw (config) # ", "(config) # ", "sw(config)#",
      "sw [pair: master] (config interface ethernet 1/1) # ",
    ])
  func prompts(_ prompt: String) throws {
    let config = read("\(prompt)interface ethernet 1/1\n\(prompt)mtu 9216 force\n\(prompt)exit\n")
    #expect(config.unknown == [])
    #expect(config.intent?.ports.map(\.mtu) == [9216])
  }

  @Test(
    "What only looks like a prompt is none",
    arguments: ["description (spare) # two", "description [spare] # two", "sw # lldp"])
  func noPrompts(_ line: String) {
    #expect(read("\(line)\n").unknown.map(\.text) == [line])
  }

  /// Lossless Ethernet on two ports and a LAG of two.
  private let lossless = """
    dcb priority-flow-control enable force
    dcb priority-flow-control priority 3 enable
    interface port-channel 5
    interface port-channel 5 dcb priority-flow-control mode on force

    """
  private func port(_ number: Int, share: Int = 50) -> String {
    let name = "interface ethernet 1/\(number)"
    return """
      \(name) switchport mode trunk
      \(name) switchport trunk allowed-vlan none
      \(name) switchport trunk allowed-vlan add 711
      \(name) traffic-class 0 bind switch-priority 0 1 2 4
      \(name) traffic-class 0 dcb ets wrr 48
      \(name) traffic-class 3 bind switch-priority 3
      \(name) traffic-class 3 dcb ets wrr \(share)
      \(name) traffic-class 7 bind switch-priority 5 6 7
      \(name) traffic-class 7 dcb ets wrr 2
      \(name) dcb priority-flow-control mode on force

      """
  }

  @Test("Queues and shares that each port says are the policy of most")
  func shares() throws {
    let all = lossless + port(1) + port(2)
    let intent = try #require(read(all).intent)
    #expect(
      intent.qos?.groups.map { "\($0.id) \($0.bandwidth) \($0.lossless) \($0.priorities.count)" }
        == ["0 48 false 4", "3 50 true 1", "7 2 false 3"])
    #expect(intent.qos?.policy == "")
    #expect(intent.ports.map(\.lossless) == [true, true])
    let other = read(all + port(3, share: 40))
    #expect(other.intent?.ports.map(\.lossless) == [true, true, false])
    #expect(
      other.findings.contains {
        $0.rule == "config-shares-differ" && $0.message.hasPrefix("ethernet 1/3: ")
      })
    let bind = "interface ethernet 1/2 traffic-class 3 bind switch-priority 3\n"
    let silent = all.replacing(bind, with: "")
    #expect(read(silent).intent == intent)
    #expect(
      found(silent).contains {
        $0.hasPrefix("unsaid ethernet 1/2: priorities [3] are left in the queues")
      })
    let off = all.replacing(
      "interface ethernet 1/2 dcb priority-flow-control mode on force\n", with: "")
    #expect(read(off).intent?.ports.map(\.lossless) == [true, false])
    #expect(found(off).contains { $0.hasPrefix("pfc-off ethernet 1/2: has shares of its own") })
  }

  @Test("Members of a LAG have its flow control; where not all say so a line is missing")
  func flowControlOfLAGs() throws {
    let members = [7, 8].map { number in
      port(number).split(separator: "\n").filter {
        !$0.contains("switchport") && !$0.contains("flow-control")
      }.joined(separator: "\n") + "\ninterface ethernet 1/\(number) channel-group 5 mode active\n"
    }
    let quiet = lossless + members.joined()
    #expect(read(quiet).intent?.ports.map(\.lossless) == [true, true])
    #expect(!found(quiet).contains { $0.hasPrefix("pfc-differs") })
    let one = quiet + "interface ethernet 1/7 dcb priority-flow-control mode on force\n"
    #expect(read(one).intent?.ports.map(\.lossless) == [true, true])
    #expect(found(one).contains { $0.hasPrefix("pfc-differs port-channel 5: ") })
  }

  /// A pair with a LAG of its own beside one of the same number.
  private let pair = """
    protocol mlag
    ip routing
    vlan 4094
    interface port-channel 100
    interface ethernet 1/7 channel-group 100 mode active
    interface ethernet 1/8 channel-group 100 mode active
    interface mlag-port-channel 5
    interface mlag-port-channel 5 no shutdown
    interface ethernet 1/1 mlag-channel-group 5 mode active
    interface vlan 4094
    interface vlan 4094 ip address 10.255.255.253 255.255.255.252
    interface port-channel 100 ipl 1
    interface vlan 4094 ipl 1 peer-address 10.255.255.254
    mlag system-mac 00:00:5E:00:01:5D
    mlag-vip dc-7 ip 192.0.2.10 /24 force
    no mlag shutdown

    """

  @Test("A pair without a heartbeat has an address that both answer at")
  func pairs() throws {
    let intent = try #require(read(pair).intent)
    let told = try #require(intent.pair)
    #expect((told.domain, told.peerLAG) == (7, 100))
    #expect(told.backupDestination == nil)
    #expect(told.sharedAddress == IPv4Address("192.0.2.10"))
    #expect(told.systemMAC == "00:00:5e:00:01:5d")
    #expect(told.peering?.vlan.number == 4094)
    #expect(intent.lags.map(\.number) == [5, 100])
    #expect(intent.lags.map(\.pairLAG) == [5, nil])
    #expect(intent.lags.map(\.lacp) == [true, true])
    #expect(intent.vlans.map(\.id.number) == [20, 711])
    #expect(found(pair) == [])
    #expect(read(pair.replacing("100 ipl 1", with: "100 ipl 2")).unknown.count == 1)
    let other = pair.replacing("192.0.2.10 /24", with: "192.0.2.10 /25")
    #expect(found(other).contains { $0.contains("does not fit the management address") })
    let none = pair.replacing("mlag-vip dc-7 ip 192.0.2.10 /24 force\n", with: "")
    #expect(read(none).intent?.pair?.domain == 1)
    #expect(found(none).contains { $0.hasPrefix("pair the two have no management address") })
  }

  @Test("Lines of a pair without the one that makes it are told")
  func noPair() throws {
    let config = read(pair.replacing("protocol mlag\n", with: ""))
    #expect(config.intent?.pair == nil)
    #expect(config.findings.contains { $0.message == "no line makes the switch one of a pair" })
  }

  @Test("A LAG of the pair and another of the same number stay two")
  func sameNumber() throws {
    let config = read(
      pair + """
        interface port-channel 5
        interface port-channel 5 description console
        interface ethernet 1/2 channel-group 5 mode active
        """)
    let intent = try #require(config.intent)
    #expect(intent.lags.map(\.number) == [5, 100, 1005])
    #expect(intent.lags.map(\.pairLAG) == [nil, nil, 5])
    #expect(
      intent.ports.map(\.lag) == [1005, 5, 100, 100])
    #expect(config.findings.map(\.rule) == ["config-lag-numbers"])
  }
}
