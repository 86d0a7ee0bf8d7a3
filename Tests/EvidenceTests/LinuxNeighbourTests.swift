import Evidence
import Quantities
import Testing

/// The forms of lldpcli.
@Suite struct LinuxNeighbourTests {
  private func read(
    _ text: String, form: String = "json", status: Int = 0, errors: String = ""
  ) throws -> Reading<[Neighbour]> {
    try LinuxSample.port(
      "lldpcli -f \(form) show neighbors details", text, status: status, errors: errors
    ).neighbours
  }

  private let expected = Neighbour(
    chassis: .init(.mac, "e4:f0:04:00:00:32"), systemName: "tor-a",
    addresses: [IPv4Address("10.0.0.1")].compactMap { $0 },
    port: .init(.interfaceName, "ethernet1/1/7"), portDescription: "host07:nic1",
    maximumFrame: 9216, portVLAN: VLANID(711), vlans: vlans(711))

  private let frame =
    #""chassis":{"tor-a":{"id":{"type":"mac","value":"e4:f0:04:00:00:32"},"descr":"...","#
    + #""mgmt-ip":"10.0.0.1","capability":[{"type":"Bridge","enabled":true}]}},"#
    + #""port":{"id":{"type":"ifname","value":"ethernet1/1/7"},"descr":"host07:nic1","#
    + #""ttl":"120","mfs":"9216"},"vlan":{"vlan-id":"711","pvid":true,"value":"v711"}"#

  @Test("json: one neighbour is an object, several are a list; CDP beside LLDP is left out")
  func json() throws {
    let one = #"{"lldp":{"interface":{"nic1-p1":{"via":"LLDP","rid":"1",\#(frame)}}}}"#
    #expect(try read(one).value == [expected])
    let cdp = frame.replacing("mac", with: "local")
    let two =
      #"{"lldp":{"interface":[{"nic1-p1":{"via":"CDPv2",\#(cdp)}},"#
      + #"{"nic1-p1":{"via":"LLDP",\#(frame)}},{"eth9":{"via":"LLDP",\#(frame)}}]}}"#
    #expect(try read(two).value == [expected])
    let repeated =
      #"{"lldp":{"interface":{"nic1-p1":{"via":"CDPv2",\#(cdp)},"nic1-p1":{\#(frame)}}}}"#
    #expect(try read(repeated).value == [expected])
    let onlyCDP = #"{"lldp":{"interface":{"nic1-p1":{"via":"CDPv2",\#(cdp)}}}}"#
    #expect(try read(onlyCDP).value == [])
  }

  @Test("json: several addresses and VLANs are lists, and a name may be missing")
  func variants() throws {
    let text =
      #"{"lldp":{"interface":{"nic1-p1":{"chassis":{"id":{"type":"local","value":"7"},"#
      + #""mgmt-ip":["10.0.0.1","fe80::1","10.0.0.2"]},"port":{"id":{"type":"mac","#
      + #""value":"e4:f0:04:00:00:99"}},"vlan":[{"vlan-id":"30","pvid":true},"#
      + #"{"vlan-id":"712","value":"v712"},{"vlan-id":"711","value":"v711"},"#
      + #"{"vlan-id":"0","value":"none"}]}}}}"#
    #expect(
      try read(text).value == [
        Neighbour(
          chassis: .init(.local, "7"),
          addresses: ["10.0.0.1", "10.0.0.2"].compactMap { IPv4Address($0) },
          port: .init(.mac, "e4:f0:04:00:00:99"), portVLAN: VLANID(30), vlans: vlans(711, 712))
      ])
  }

  @Test("json0 keeps one shape")
  func json0() throws {
    let text =
      #"{"lldp":[{"interface":[{"name":"nic1-p1","via":"LLDP","chassis":[{"id":[{"type":"mac","#
      + #""value":"e4:f0:04:00:00:32"}],"name":[{"value":"tor-a"}],"#
      + #""mgmt-ip":[{"value":"10.0.0.1"}]}],"#
      + #""port":[{"id":[{"type":"ifname","value":"ethernet1/1/7"}],"#
      + #""descr":[{"value":"host07:nic1"}],"#
      + #""mfs":[{"value":"9216"}]}],"vlan":[{"vlan-id":"711","pvid":true,"value":"v711"}]}]}]}"#
    #expect(try read(text, form: "json0").value == [expected])
  }

  @Test("keyvalue repeats keys and quotes nothing")
  func keyvalue() throws {
    let text = """
      lldp.nic1-p1.via=CDPv2
      lldp.nic1-p1.chassis.local=tor-a
      lldp.nic1-p1.port.ifname=Eth1/7
      lldp.nic1-p1.via=LLDP
      lldp.nic1-p1.rid=1
      lldp.nic1-p1.chassis.mac=e4:f0:04:00:00:32
      lldp.nic1-p1.chassis.name=tor-a
      lldp.nic1-p1.chassis.descr=some system
      with a second line = here
      lldp.nic1-p1.chassis.mgmt-ip=10.0.0.1
      lldp.nic1-p1.chassis.mgmt-ip=fe80::1
      lldp.nic1-p1.port.ifname=ethernet1/1/7
      lldp.nic1-p1.port.descr=host07:nic1
      lldp.nic1-p1.port.mfs=9216
      lldp.nic1-p1.vlan.vlan-id=711
      lldp.nic1-p1.vlan.pvid=yes
      lldp.nic1-p1.vlan=v711
      lldp.eth1.100.via=LLDP
      """
    #expect(try read(text, form: "keyvalue").value == [expected])
    #expect(try read("", form: "keyvalue").value == [])
  }

  @Test("keyvalue: the names of ports hold dots")
  func dots() throws {
    var sample = LinuxSample()
    sample.add(
      "ip -j -d -s -s address show",
      LinuxSample.port.replacing("nic1-p1", with: "nic1.5"))
    sample.add(
      "lldpcli -f keyvalue show neighbors",
      "lldp.nic1.5.via=LLDP\nlldp.nic1.5.chassis.local=x\nlldp.nic1.5.port.local=512\n")
    let neighbours = try sample.interface("nic1.5").neighbours.value
    #expect(neighbours?.map(\.port) == [.init(.local, "512")])
  }

  @Test("No neighbour is known to be none; no daemon, no rights and no JSON are unknown")
  func none() throws {
    #expect(try read(#"{"lldp":{}}"#).value == [])
    #expect(try read(#"{"lldp":[{}]}"#).value == [])
    #expect(try read(#"{"lldp":{"interface":{}}}"#).value == [])
    #expect(
      try read("LLDP neighbors:\nInterface:    nic1-p1, via: LLDP\n").why
        == "not-understood: plain text: this release of lldpd has no other form")
    #expect(try read("").why == "not-understood: no output")
    #expect(
      try read(
        "", status: 1,
        errors: "unable to connect to socket /run/lldpd.socket: Permission denied\n"
      ).why == "not-permitted: unable to connect to socket /run/lldpd.socket: Permission denied")
    #expect(
      try read(
        "", status: 1,
        errors: "unable to connect to socket /run/lldpd.socket: No such file or directory\n"
      ).unknown?.reason == .toolMissing)
    #expect(
      try read("", status: 127, errors: "lldpcli: not found\n").why
        == "tool-missing: lldpcli: not found")
  }

  @Test("A neighbour without a chassis or a port is unknown, not nobody")
  func garbled() throws {
    for text in [
      #"{"lldp":{"interface":{"nic1-p1":{"chassis":{},"port":{}}}}}"#,
      #"{"lldp":{"interface":{"nic1-p1":{"chassis":{"id":{"type":"mac","value":"x"}}}}}}"#,
    ] {
      #expect(
        try read(text).why == "not-understood: a neighbour without a chassis or a port")
    }
    #expect(
      try read("lldp.nic1-p1.via=LLDP\nlldp.nic1-p1.rid=1\n", form: "keyvalue").why
        == "not-understood: a neighbour without a chassis or a port")
  }

  @Test("What strangers send holds no control characters when it is shown")
  func controls() throws {
    let text =
      #"{"lldp":{"interface":{"nic1-p1":{"chassis":{"a\u001b[2J":"#
      + #"{"id":{"type":"local","value":"x\ny"}}},"#
      + #""port":{"id":{"type":"odd","value":"p\u0000"},"descr":"one\r\ntwo"}}}}}"#
    #expect(
      try read(text).value == [
        Neighbour(
          chassis: .init(.local, "x y"), systemName: "a [2J", port: .init(.other, "p"),
          portDescription: "one  two")
      ])
  }

  @Test("A system may be named like a field")
  func names() throws {
    let text =
      #"{"lldp":{"interface":{"nic1-p1":{"chassis":{"id":{"id":{"type":"mac","value":"m"}}},"#
      + #""port":{"id":{"type":"ifname","value":"p"}}}}}}"#
    #expect(try read(text).value?.map(\.systemName) == ["id"])
  }

  @Test("What nobody could hear is told from a good form before a failed one")
  func severalForms() throws {
    var sample = LinuxSample()
    sample.add("ip -j -d -s -s address show", LinuxSample.port)
    sample.add("lldpcli -f json0 show neighbors details", "", status: 1, errors: "bad format\n")
    sample.add("lldpcli -f json show neighbors details", #"{"lldp":{}}"#)
    let neighbours = try sample.interface("nic1-p1").neighbours
    #expect(neighbours.value == [])
    #expect(neighbours.source == Source(output: 2))
  }
}
