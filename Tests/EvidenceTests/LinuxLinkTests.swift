import Evidence
import Quantities
import Testing

/// Interfaces, routes and the host as a whole.
@Suite struct LinuxLinkTests {
  private func facts(_ command: String, _ text: String, status: Int = 0) throws -> HostFacts {
    var sample = LinuxSample()
    sample.add(command, text, status: status)
    return try sample.facts()
  }

  @Test("Without -d, kinds come from names and flags, and no VLAN is made up")
  func withoutDetails() throws {
    let text = """
      [{},{"ifname":"lo","flags":["LOOPBACK"],"mtu":65536,"link_type":"loopback"},
      {"ifname":"eno1","flags":["UP"],"mtu":9000,"link_type":"ether","master":"br0"},
      {"ifname":"bond0","flags":["MASTER","UP"],"mtu":9000,"link_type":"ether"},
      {"ifname":"bond0.711","link":"bond0","flags":["UP"],"mtu":9000,"link_type":"ether"},
      {"ifname":"storage","link":"bond0","flags":["UP"],"mtu":9000,"link_type":"ether"},
      {"ifname":"br0","flags":["UP"],"mtu":9000,"link_type":"ether"},
      {"ifname":"wg0","flags":["UP"],"mtu":1420,"link_type":"none"}]
      """
    let list = try #require(try facts("ip -j addr", text).interfaces.value)
    #expect(
      list.map { "\($0.name) \($0.kind.rawValue)" } == [
        "lo loopback", "eno1 physical", "bond0 team", "bond0.711 vlan", "storage other",
        "br0 bridge", "wg0 other",
      ])
    #expect(list[3].vlan.why == "not-supported: ip without -d does not say it")
    #expect(list[3].lower == ["bond0"])
    #expect(list[4].vlan.why == "not-supported: ip without -d does not say it")
    #expect(list[5].lower == ["eno1"])
    #expect(list[1].addresses.unknown?.reason == .notCollected)
  }

  @Test("Values out of their range are not understood")
  func ranges() throws {
    let text =
      #"[{"ifname":"x.5000","link":"x","mtu":99999999999,"flags":["UP"],"link_type":"ether","#
      + #""address":"zz","linkinfo":{"info_kind":"vlan","info_data":{"id":5000}},"#
      + #""addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":33}]}]"#
    let one = try #require(try facts("ip -j -d address show", text).interfaces.value?.first)
    #expect(one.mtu.why == "not-understood: no MTU of any kind")
    #expect(one.vlan.why == "not-understood: VLAN 5000")
    #expect(one.mac.why == "not-understood: address: zz")
    #expect(one.addresses.why == "not-understood: an address that is none")
  }

  @Test("Lists that are none are unknown, with the reason")
  func lists() throws {
    #expect(try facts("ls", "x").interfaces.why == "not-collected: ")
    #expect(
      try facts("ip -j address show", "{}").interfaces.why
        == "not-understood: no list of interfaces")
    #expect(try facts("ip -j address show", "[]").interfaces.why == "not-understood: no interface")
    #expect(
      try facts("ip -j address show", "[{").interfaces.why
        == "not-understood: JSON, byte 2: a name in quotes was expected")
    #expect(
      try facts("ip -j address show", "Option \"-j\" is unknown, try \"ip -help\".\n", status: 255)
        .interfaces.why == "not-supported: Option \"-j\" is unknown, try \"ip -help\".")
  }

  @Test("Operstate UNKNOWN is no lack of a link, and an interface that is down has none")
  func states() throws {
    let text =
      #"[{"ifname":"a0","flags":["UP","LOWER_UP"],"operstate":"UNKNOWN","link_type":"ether"},"#
      + #"{"ifname":"b0","flags":["NO-CARRIER","UP"],"operstate":"DOWN","link_type":"ether"},"#
      + #"{"ifname":"c0","operstate":"UP","link_type":"ether"}]"#
    let list = try #require(try facts("ip -j link show", text).interfaces.value)
    #expect(list.map(\.hasLink.value) == [true, false, nil])
    #expect(list.map(\.isUp.value) == [true, true, nil])
    #expect(list[2].isUp.why == "not-supported: no flags")
  }

  @Test("VLANs of bridges are read from old and new releases")
  func bridges() throws {
    let links =
      #"[{"ifname":"eno1","flags":["UP"],"link_type":"ether","promiscuity":1,"#
      + #""linkinfo":{"info_slave_kind":"bridge"}}]"#
    func port(_ text: String) throws -> Reading<BridgeVLANFacts> {
      var sample = LinuxSample()
      sample.add("ip -j -d address show", links)
      sample.add("bridge -j -c vlan show", text)
      return try sample.interface("eno1").bridgeVLANs
    }
    var expected = BridgeVLANFacts()
    (expected.incoming, expected.untagged, expected.tagged) = (VLANID(1), vlans(1), vlans(711))
    let entries = #"[{"vlan":1,"flags":["PVID","Egress Untagged"]},{"vlan":711}]"#
    #expect(try port(#"{"eno1":\#(entries)}"#).value == expected)
    #expect(try port(#"[{"ifname":"eno1","vlans":\#(entries)}]"#).value == expected)
    #expect(try port("[]\n").why == "not-supported: no VLANs of this port")
    #expect(
      try port(#"[{"ifname":"eno1","vlans":[{"vlan":9,"vlanEnd":4095}]}]"#).why
        == "not-understood: a VLAN that is none")
  }

  @Test("Routes: hosts, several ways, and those that throw packets away")
  func routes() throws {
    let text =
      #"[{"dst":"10.9.9.9","gateway":"10.0.0.1","dev":"a0"},"#
      + #"{"type":"blackhole","dst":"10.8.0.0/16"},"#
      + #"{"dst":"default","nexthops":[{"gateway":"10.0.0.1","dev":"a0","weight":1},"#
      + #"{"gateway":"10.0.0.2","dev":"b0"}]}]"#
    let routes = try #require(try facts("ip -j route show", text).routes.value)
    #expect(
      routes.map { "\($0.destination) \($0.gateway?.description ?? "-") \($0.interface)" } == [
        "10.9.9.9/32 10.0.0.1 a0", "0.0.0.0/0 10.0.0.1 a0", "0.0.0.0/0 10.0.0.2 b0",
      ])
    #expect(try facts("ip -j route show", "").routes.value == [])
    #expect(try facts("ip -j route show", "[ ]\n").routes.value == [])
    #expect(
      try facts("ip -j route show", #"[{"dst":"10.0.0.1/8","dev":"a0"}]"#).routes.why
        == "not-understood: a route to 10.0.0.1/8")
    #expect(
      try facts("ip -j route show", #"[{"dst":"default","via":{"family":"inet6"},"dev":"a0"}]"#)
        .routes.why == "not-understood: a route to default")
  }

  @Test("A release is the quoted name, whatever the quotes")
  func release() throws {
    func release(_ text: String) throws -> Reading<String> {
      try facts("cat /etc/os-release", text).release
    }
    #expect(try release("PRETTY_NAME='Rocky Linux 9.4'\r\n").value == "Rocky Linux 9.4")
    #expect(try release("NAME=Alpine\nPRETTY_NAME=\"a \\\"b\\\" c\"\n").value == "a \"b\" c")
    #expect(try release("NAME=Alpine\n").value == "Alpine")
    #expect(try release("ID=x\n").why == "not-understood: no PRETTY_NAME")
  }

  @Test("Governors stand in the order of processors, and none is no power policy")
  func power() throws {
    func power(_ text: String) throws -> Reading<PowerFacts> {
      try facts("sysfs cpu", text).power
    }
    #expect(
      try power(
        "cpu10/cpufreq/scaling_governor: powersave\ncpu2/cpufreq/scaling_governor: performance\n"
      ).value == .governors(["performance", "powersave"]))
    #expect(
      try power("node0/cpulist: 0-3\n").why == "not-supported: no processor has a scaling_governor")
    #expect(
      try power("cpux/cpufreq/scaling_governor: fast\n").why
        == "not-understood: cpux/cpufreq/scaling_governor: fast")
    var failed = LinuxSample()
    failed.add("sysfs cpu", "", status: 1)
    #expect(try failed.facts().power.why == "not-understood: ended with status 1")
  }

  @Test("Paths and long options name the same commands")
  func commands() throws {
    var sample = LinuxSample()
    sample.add("/sbin/ip -d -json addr", LinuxSample.port)
    sample.add("/usr/sbin/ethtool --show-pause nic1-p1", "RX:\toff\nTX:\toff\n")
    #expect(try sample.interface("nic1-p1").flowControl.value == false)
  }
}
