import Evidence
import Quantities
import Testing

/// Hosts with Open vSwitch: `openvswitch-bond.json` was recorded with release 3.1 in user space, two
/// ports by themselves and two in a bond; the rest is written after its manuals.
@Suite struct LinuxOpenVSwitchTests {
  @Test("An internal port with a tag is a VLAN on the port that leads out of its bridge")
  func networks() throws {
    let all = try LinuxRecorded.interfaces("openvswitch-bond.json")
    for (name, vlan, port) in [("v711", 711, "nic1-p1"), ("v712", 712, "nic1-p2")] {
      let network = try #require(all[name])
      #expect(network.kind == .vlan)
      #expect(network.vlan.value == .some(VLANID(vlan)))
      #expect(network.lower == [port])
      #expect(network.mtu.value == 9000)
      #expect(network.mac.value == all[port]?.mac.value)
    }
    #expect(all["br0"]?.kind == .bridge)
    #expect(all["br0"]?.vlan.value == .some(nil))
    #expect(all["nic1-p1"]?.kind == .other)
  }

  @Test("A bond of Open vSwitch is a team, though the system has no device for it")
  func bond() throws {
    let bond = try #require(try LinuxRecorded.interfaces("openvswitch-bond.json")["bond2"])
    #expect(bond.kind == .team)
    #expect(bond.lower == ["nic2-p1", "nic2-p2"])
    #expect(bond.mtu.value == 1500)
    // What the system does not know hides no address from anybody.
    #expect(bond.addresses.value?.isEmpty == true)
    #expect(bond.hasLink.value == true)
    #expect(
      bond.team.value
        == TeamFacts(mode: .activeBackup, modeText: "active-backup", active: ["nic2-p1"]))
  }

  /// A bridge `br0` with the own port `v711` in VLAN 711 and one more port.
  private func sample(
    port: String, interface: String, bond: String = "", uplink: String = #"["set",[]]"#,
    mode: String = #"["set",[]]"#, lacp: String = #"["set",[]]"#, links: String = ""
  ) -> LinuxSample {
    var sample = LinuxSample()
    sample.add(
      "ip -j -d address show",
      "[" + [tap("v711"), tap("br0")].joined(separator: ",") + links + "]")
    sample.add(
      "ovs-vsctl --format=json list Bridge",
      #"{"data":[[["uuid","b"],"br0",["set",[["uuid","p1"],["uuid","p2"]]]]],"#
        + #""headings":["_uuid","name","ports"]}"#)
    sample.add(
      "ovs-vsctl --format=json list Port",
      #"{"data":[[["uuid","p1"],"v711",711,["uuid","i1"],["set",[]],["set",[]],["set",[]]],"#
        + #"[["uuid","p2"],"\#(port)",\#(uplink),\#(interface),\#(mode),\#(lacp),["set",[]]]],"#
        + #""headings":["_uuid","name","tag","interfaces","bond_mode","lacp","vlan_mode"]}"#)
    sample.add(
      "ovs-vsctl --format=json list Interface",
      #"{"data":[[["uuid","i1"],"v711","internal"],[["uuid","i2"],"nic1-p1",""],"#
        + #"[["uuid","i3"],"nic1-p2",""],[["uuid","i4"],"vnet3",""]],"#
        + #""headings":["_uuid","name","type"]}"#)
    if !bond.isEmpty { sample.add("ovs-appctl bond/show", bond) }
    return sample
  }

  private func tap(_ name: String) -> String {
    #"{"ifname":"\#(name)","flags":["UP","LOWER_UP"],"mtu":1500,"link_type":"ether","#
      + #""promiscuity":0,"linkinfo":{"info_kind":"tun"},"addr_info":[]}"#
  }

  private func card(_ name: String) -> String {
    #",{"ifname":"\#(name)","flags":["UP","LOWER_UP"],"mtu":9000,"link_type":"ether","#
      + #""promiscuity":0,"addr_info":[]}"#
  }

  @Test("An uplink that takes the tag off again leaves frames untagged")
  func stripped() throws {
    let access = sample(
      port: "nic1-p1", interface: #"["uuid","i2"]"#, uplink: "711", links: card("nic1-p1"))
    #expect(try access.interface("v711").vlan.value == .some(nil))
    #expect(try access.interface("v711").kind == .virtual)
    let other = sample(
      port: "nic1-p1", interface: #"["uuid","i2"]"#, uplink: "12", links: card("nic1-p1"))
    #expect(try other.interface("v711").vlan.value == .some(VLANID(711)))
  }

  @Test("Devices of guests lead nowhere")
  func guests() throws {
    let guest = sample(port: "vnet3", interface: #"["uuid","i4"]"#, links: "," + tap("vnet3"))
    #expect(try guest.interface("v711").lower == [])
  }

  @Test("Bonds with LACP, in the words of older releases")
  func lacp() throws {
    let shown = """
      ---- bond0 ----
      bond_mode: balance-tcp
      lacp_status: negotiated
      active slave mac: b8:59:9f:00:00:01(nic1-p1)

      slave nic1-p1: enabled
        active slave
      slave nic1-p2: disabled
      """
    let host = sample(
      port: "bond0", interface: #"["set",[["uuid","i2"],["uuid","i3"]]]"#, bond: shown,
      mode: #""balance-tcp""#, lacp: #""active""#, links: card("nic1-p1") + card("nic1-p2"))
    #expect(
      try host.interface("bond0").team.value
        == TeamFacts(mode: .lacp, modeText: "balance-tcp with LACP", active: ["nic1-p1"]))
    #expect(try host.interface("v711").lower == ["bond0"])
    #expect(try host.interface("bond0").mtu.value == 9000)
  }

  @Test("A bond that lost all members but one is a bond all the same")
  func lastMember() throws {
    let host = sample(
      port: "bond0", interface: #"["uuid","i2"]"#, links: card("nic1-p1") + card("nic1-p2"))
    #expect(try host.interface("bond0").kind == .team)
    #expect(try host.interface("bond0").lower == ["nic1-p1"])
    #expect(try host.interface("v711").lower == ["bond0"])
  }

  @Test(
    "Each mode of a bond is what switches have to expect",
    arguments: [
      (#""balance-slb""#, TeamFacts.Mode.switchIndependent), (#""active-backup""#, .activeBackup),
      (#"["set",[]]"#, .activeBackup), (#""balance-tcp""#, .other),
    ])
  func modes(_ word: String, _ mode: TeamFacts.Mode) throws {
    let host = sample(
      port: "bond0", interface: #"["set",[["uuid","i2"],["uuid","i3"]]]"#, mode: word,
      links: card("nic1-p1") + card("nic1-p2"))
    let team = try #require(try host.interface("bond0").team.value)
    #expect(team.mode == mode)
    #expect(team.active == nil)
  }

  @Test("What Open vSwitch says in vain changes nothing")
  func damaged() throws {
    for text in ["", "[]", #"{"data":[[1]],"headings":["_uuid"]}"#, "ovs-vsctl: no database"] {
      var host = LinuxSample()
      host.add("ip -j -d address show", "[" + tap("v711") + "]")
      for table in ["Bridge", "Port", "Interface"] {
        host.add("ovs-vsctl --format=json list \(table)", text, status: 1)
      }
      #expect(try host.interface("v711").kind == .other)
    }
  }
}
