import Evidence
import Quantities
import Testing

/// DCB and RDMA in the forms that drivers and releases have.
@Suite struct LinuxFabricTests {
  private func dcb(
    _ object: String, _ text: String, status: Int = 0, errors: String = ""
  ) throws -> DCBFacts {
    try LinuxSample.port("dcb -j \(object) show dev nic1-p1", text, status: status, errors: errors)
      .dcb
  }

  @Test("A driver without DCB says nothing and ends with 1: not supported, not off")
  func silent() throws {
    let facts = try dcb("ets", "\n", status: 1)
    #expect(facts.isWilling.why == "not-supported: dcb ended with status 1 and no output")
    #expect(facts.classes.why == facts.isWilling.why)
    let said = try dcb("pfc", "", status: 1, errors: "Attribute read: Operation not supported\n")
    #expect(said.lossless.why == "not-supported: Attribute read: Operation not supported")
    let missing = try dcb("pfc", "", status: 127, errors: "dcb: not found\n")
    #expect(missing.lossless.why == "tool-missing: dcb: not found")
    let refused = try dcb("app", "", status: 1, errors: "Failed: Operation not permitted\n")
    #expect(refused.marked.why == "not-permitted: Failed: Operation not permitted")
  }

  @Test("Classes that the vendor's own rule schedules have no known share")
  func vendor() throws {
    let text =
      #"{"willing":true,"tc_bw":[0,0,0,0,0,0,0,0],"prio_tc":[0,0,0,0,0,0,0,0],"tc_tsa":["#
      + #""vendor","vendor","vendor","vendor","vendor","vendor","vendor","vendor"]}"#
    let facts = try dcb("ets", text)
    #expect(facts.isWilling.value == true)
    #expect(facts.classes.why == #"not-supported: class 0 is scheduled by "vendor""#)
  }

  @Test("A class of strict priority has no share; unused classes are none")
  func strict() throws {
    let text =
      #"{"willing":false,"tc-bw":[100,0,0,0,0,0,0,0],"prio-tc":[0,0,0,0,0,0,0,1],"tc-tsa":["#
      + #""ets","strict","vendor","vendor","vendor","vendor","vendor","vendor"]}"#
    #expect(
      try dcb("ets", text).classes.value == [
        TrafficClassFacts(priorities: priorities(0, 1, 2, 3, 4, 5, 6), share: 100),
        TrafficClassFacts(priorities: priorities(7), share: nil),
      ])
  }

  @Test("Lists of another length or range are not understood")
  func lengths() throws {
    #expect(
      try dcb("pfc", #"{"prio_pfc":[true]}"#).lossless.why
        == "not-understood: prio_pfc has not eight flags")
    #expect(
      try dcb("ets", #"{"prio_tc":[0,0,0,0,0,0,0,9],"tc_bw":[],"tc_tsa":[]}"#).classes.why
        == "not-understood: prio_tc, tc_bw and tc_tsa are not eight values each")
    #expect(
      try dcb("app", #"{"dscp_prio":[[26,8]]}"#).marked.why
        == "not-understood: dscp_prio holds no pairs of numbers")
    #expect(
      try dcb("pfc", #"{"prio_pfc":[tr"#).lossless.why
        == "not-understood: JSON, byte 13: no JSON value starts here")
  }

  @Test("Marks are those of SMB Direct and RoCE, not of all else")
  func marks() throws {
    #expect(try dcb("app", "{}").marked.value == [])
    #expect(
      try dcb("app", #"{"dscp_prio":[[48,6]],"dgram_port_prio":[[4791,5]],"port_prio":[[80,1]]}"#)
        .marked.value == priorities(5))
  }

  private func rdma(_ outputs: (command: String, text: String)...) throws -> Reading<RDMAFacts> {
    var sample = LinuxSample()
    sample.add("ip -j -d -s -s address show", LinuxSample.port)
    for output in outputs { sample.add(output.command, output.text) }
    return try sample.interface("nic1-p1").rdma
  }

  @Test("RDMA is told by the name of the interface, never by its number")
  func links() throws {
    let link = #"[{"ifindex":4,"ifname":"mlx5_0/1","state":"ACTIVE","netdev":"other"}]"#
    #expect(
      try rdma(("rdma -j link", link)).value == RDMAFacts(isOn: false, technology: nil))
    let own = #"[{"ifindex":0,"ifname":"siw0","port":1,"state":"ACTIVE","netdev":"nic1-p1"}]"#
    #expect(try rdma(("rdma -j link", own)).value == RDMAFacts(isOn: true, technology: nil))
    #expect(
      try rdma(("rdma -j link", own), ("sysfs infiniband", "siw0/node_type: 4: RNIC\n")).value
        == RDMAFacts(isOn: true, technology: .iwarp))
    #expect(try rdma(("rdma -j link", "")).value == RDMAFacts(isOn: false, technology: nil))
  }

  @Test("Where the tool is missing, sysfs tells state and protocol")
  func sysfs() throws {
    var sample = LinuxSample()
    sample.add("ip -j -d -s -s address show", LinuxSample.port)
    sample.add("rdma -j link", "", status: 127, errors: "rdma: not found\n")
    #expect(try sample.interface("nic1-p1").rdma.why == "tool-missing: rdma: not found")
    sample.add(
      "sysfs infiniband",
      "mlx5_0/node_type: 1: CA\nmlx5_0/ports/1/state: 4: ACTIVE\n"
        + "mlx5_0/ports/1/link_layer: Ethernet\nmlx5_0/ports/1/gid_attrs/types/3: RoCE v2\n"
        + "mlx5_0/ports/1/gid_attrs/ndevs/3: nic1-p1\n")
    #expect(
      try sample.interface("nic1-p1").rdma.value == RDMAFacts(isOn: true, technology: .roce2))
  }

  @Test("A socket that may not be opened is the reason, not the absence of RDMA")
  func refused() throws {
    let port = try LinuxSample.port(
      "rdma -j link", "", status: 1, errors: "Failed to open NETLINK_RDMA socket\n")
    #expect(port.rdma.why == "not-supported: Failed to open NETLINK_RDMA socket")
  }
}
