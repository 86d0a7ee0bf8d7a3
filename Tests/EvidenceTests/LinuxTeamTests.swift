import Evidence
import Quantities
import Testing

/// Bonds and teams, from each place that tells of them.
@Suite struct LinuxTeamTests {
  private func member(_ name: String, state: String, more: String = "") -> String {
    #"{"ifname":"\#(name)","flags":["UP","LOWER_UP"],"mtu":1500,"link_type":"ether","#
      + #""master":"bond0","promiscuity":0,"linkinfo":{"info_slave_kind":"bond","#
      + #""info_slave_data":{"state":"\#(state)","mii_status":"UP"\#(more)}}}"#
  }

  private func bond(_ info: String) -> String {
    #"{"ifname":"bond0","flags":["MASTER","UP","LOWER_UP"],"mtu":1500,"link_type":"ether","#
      + #""promiscuity":0,"linkinfo":\#(info)}"#
  }

  private func team(
    _ links: [String], _ more: (command: String, text: String)...
  ) throws -> Reading<TeamFacts> {
    var sample = LinuxSample()
    sample.add("ip -j -d address show", "[" + links.joined(separator: ",") + "]")
    for output in more { sample.add(output.command, output.text) }
    return try sample.interface("bond0").team
  }

  private let file = """
    Ethernet Channel Bonding Driver: v3.7.1

    Bonding Mode: fault-tolerance (active-backup)
    Primary Slave: nic1-p1 (primary_reselect always)
    Currently Active Slave: nic1-p2
    MII Status: up

    Slave Interface: nic1-p1
    MII Status: down

    Slave Interface: nic1-p2
    MII Status: up
    """

  @Test("One member is active in active-backup")
  func backup() throws {
    let info = bond(
      #"{"info_kind":"bond","info_data":{"mode":"active-backup","active_slave":"nic1-p2"}}"#)
    let links = [
      info, member("nic1-p1", state: "BACKUP"), member("nic1-p2", state: "ACTIVE"),
    ]
    #expect(
      try team(links).value
        == TeamFacts(mode: .activeBackup, modeText: "active-backup", active: ["nic1-p2"]))
  }

  @Test("Without details of ip, the file of the bond tells")
  func listed() throws {
    let plain =
      #"{"ifname":"bond0","flags":["MASTER","UP"],"mtu":1500,"link_type":"ether"}"#
    #expect(
      try team([plain], ("cat /proc/net/bonding/bond0", file)).value
        == TeamFacts(mode: .activeBackup, modeText: "active-backup", active: ["nic1-p2"]))
    #expect(try team([plain]).why == "not-supported: no mode of the bond")
    #expect(
      try team([plain], ("cat /proc/net/bonding/bond0", "nothing")).why
        == "not-understood: no Bonding Mode")
  }

  @Test("Two aggregators and a partner of zeros are kept as said")
  func twoAggregators() throws {
    let info = bond(
      #"{"info_kind":"bond","info_data":{"mode":"802.3ad","ad_info":{"aggregator":1,"#
        + #""partner_mac":"00:00:00:00:00:00"}}}"#)
    let links = [
      info, member("nic1-p1", state: "ACTIVE", more: #","ad_aggregator_id":1"#),
      member("nic1-p2", state: "BACKUP", more: #","ad_aggregator_id":2"#),
    ]
    #expect(
      try team(links).value
        == TeamFacts(
          mode: .lacp, modeText: "802.3ad", active: ["nic1-p1"], aggregators: [1, 2],
          partner: MACAddress(bits: 0)))
  }

  @Test("The file of a bond of LACP tells aggregators that ip does not; N/A is none")
  func fileOfAggregators() throws {
    let text = """
      Bonding Mode: IEEE 802.3ad Dynamic link aggregation
      802.3ad info
      Active Aggregator Info:
      \tAggregator ID: 3
      \tPartner Mac Address: a8:f9:4b:00:00:01

      Slave Interface: nic1-p1
      MII Status: up
      Aggregator ID: 3
      Slave Interface: nic1-p2
      MII Status: up
      Aggregator ID: N/A
      """
    let info = bond(#"{"info_kind":"bond","info_data":{"mode":"802.3ad"}}"#)
    let one = [info, member("nic1-p1", state: "ACTIVE")]
    #expect(
      try team(one, ("cat /proc/net/bonding/bond0", text)).value
        == TeamFacts(
          mode: .lacp, modeText: "802.3ad", active: ["nic1-p1"], aggregators: [3],
          partner: MACAddress("a8:f9:4b:00:00:01")))
    let two = one + [member("nic1-p2", state: "ACTIVE")]
    #expect(try team(two, ("cat /proc/net/bonding/bond0", text)).value?.aggregators == [])
  }

  @Test("Modes of the kernel are told by what they want of the switch")
  func modes() throws {
    let modes: [(String, TeamFacts.Mode)] = [
      ("balance-rr", .fixed), ("balance-xor", .fixed), ("balance-tlb", .switchIndependent),
      ("balance-alb", .switchIndependent), ("broadcast", .other), ("7", .other),
    ]
    for (text, mode) in modes {
      let info = bond(#"{"info_kind":"bond","info_data":{"mode":"\#(text)"}}"#)
      #expect(try team([info]).value == TeamFacts(mode: mode, modeText: text, active: []))
    }
  }

  @Test("teamd tells its runner, who is selected, and the partner")
  func teamd() throws {
    let info = bond(#"{"info_kind":"team"}"#)
    let state =
      #"{"ports":{"nic1-p1":{"link":{"up":true},"runner":{"aggregator":{"id":5,"selected":true},"#
      + #""selected":true,"partner_lacpdu_info":{"system":"a8:f9:4b:00:00:01"}}},"#
      + #""nic1-p2":{"link":{"up":true},"runner":{"aggregator":{"id":6},"selected":false}}},"#
      + #""runner":{"active":true},"setup":{"runner_name":"lacp"}}"#
    let links = [info, member("nic1-p1", state: "X"), member("nic1-p2", state: "X")]
    #expect(
      try team(links, ("teamdctl bond0 state dump", state)).value
        == TeamFacts(
          mode: .lacp, modeText: "lacp", active: ["nic1-p1"], aggregators: [5, 6],
          partner: MACAddress("a8:f9:4b:00:00:01")))
    let backup = #"{"runner":{"active_port":"nic1-p2"},"setup":{"runner_name":"activebackup"}}"#
    #expect(
      try team(links, ("teamdctl bond0 state dump", backup)).value
        == TeamFacts(mode: .activeBackup, modeText: "activebackup", active: ["nic1-p2"]))
    #expect(try team(links).unknown?.reason == .notCollected)
    #expect(
      try team(links, ("teamdctl bond0 state dump", "{}")).why == "not-supported: no runner_name")
  }
}
