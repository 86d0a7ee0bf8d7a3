import Evidence
import Quantities
import TenfoldTestSupport
import Testing

/// Each text is cut from what people published. Its address stands above it; where none does, the place
/// that it was seen in has no lasting one, and only its form is relied on.
@Suite("Tables of VLANs, flow control and spanning tree")
struct SwitchMembershipTests {
  private func facts(_ text: String, ports: [String], bundles: [Int] = []) -> SwitchFacts {
    SwitchTables.facts(
      of: Array(text.utf8), device: "tor", ports: ports, bundles: bundles,
      neighbours: NeighbourTableReader(nodes: []))
  }

  private func vlans(_ text: String, ports: [String], bundles: [Int] = []) -> [String] {
    facts(text, ports: ports, bundles: bundles).vlans.map { vlan in
      "\(vlan.id.number): "
        + vlan.members.map { "\($0.place)\($0.isTagged.map { $0 ? " T" : " U" } ?? "")" }
        .joined(separator: ", ")
    }
  }

  @Test("VLANs of OS9 and OS10: letters, ranges and rows that go on")
  func dellVLANs() {
    // https://github.com/networktocode/ntc-templates, tests/dell_force10/show_vlan/dell_force10_show_vlan_1.raw
    let os9 = """
      Codes: * - Default VLAN, G - GVRP VLANs, P - Primary, C - Community, I - Isolated
      Q: U - Untagged, T - Tagged

          NUM    Status    Description                     Q Ports
      *   1      Inactive                                  U Te 0/42-43
          14     Inactive
          100    Inactive  pixelrebel is awesome           T Te 0/30
                                                           U Te 0/40-41,44
                                                           T Po 1
          380    Active    dev-VLAN 380                    U Te 0/20-29
      """
    #expect(
      vlans(
        os9, ports: [30, 40, 41, 42, 44].map { "TenGigabitEthernet 0/\($0)" }, bundles: [1]) == [
          "1: TenGigabitEthernet 0/42 U", "14: ",
          "100: TenGigabitEthernet 0/30 T, TenGigabitEthernet 0/40 U, TenGigabitEthernet 0/41 U, "
            + "TenGigabitEthernet 0/44 U, lag 1 T",
          "380: ",
        ])
    let os10 = """
      OS10# show vlan
      Codes: * - Default VLAN, M - Management VLAN, R - Remote Port Mirroring VLANs,
      Q: A - Access (Untagged), T - Tagged
          NUM    Status    Description                     Q Ports
      *   1      Inactive                                  A Eth1/1/4-1/1/8,1/1/10
          32     Active                                    T Eth1/1/11
                                                           T Po128
                                                           A Eth1/1/9,1/1/12
      """
    #expect(
      vlans(
        os10, ports: ["ethernet1/1/4", "ethernet1/1/7", "ethernet1/1/10", "ethernet1/1/12"],
        bundles: [128]) == [
          "1: ethernet1/1/4 U, ethernet1/1/7 U, ethernet1/1/10 U",
          "32: lag 128 T, ethernet1/1/12 U",
        ])
  }

  @Test("VLANs of EOS, NX-OS and SONiC")
  func otherVLANs() {
    // https://github.com/networktocode/ntc-templates, tests/arista_eos/show_vlan/arista_eos_show_vlan.raw
    let eos = """
      VLAN  Name                             Status    Ports
      ----- -------------------------------- --------- -------------------------------
      1     default                          active    Et1
      10    Test1                            active    Et1, Et2
      20    Test2                            suspended
      """
    #expect(
      vlans(eos, ports: ["Ethernet1", "Ethernet2"])
        == ["1: Ethernet1", "10: Ethernet1, Ethernet2", "20: "])
    // https://github.com/networktocode/ntc-templates, tests/cisco_nxos/show_vlan/cisco_nxos_show_vlan2.raw
    let nxos = """
      VLAN Name                             Status    Ports
      ---- -------------------------------- --------- -------------------------------
      1    default                          active    Po1, Eth1/53, Eth1/54
                                                      Eth1/55

      VLAN Type         Vlan-mode
      ---- -----        ----------
      1    enet         CE
      """
    #expect(
      vlans(nxos, ports: ["Ethernet1/53", "Ethernet1/55"], bundles: [1])
        == ["1: lag 1, Ethernet1/53, Ethernet1/55"])
    // https://github.com/sonic-net/sonic-utilities, tests/vlan_test.py
    let brief = """
      +-----------+-----------------+-----------------+----------------+-------------+
      |   VLAN ID | IP Address      | Ports           | Port Tagging   | Proxy ARP   |
      +===========+=================+=================+================+=============+
      |      1000 | 192.168.0.1/21  | Ethernet4       | untagged       | disabled    |
      |           | fc02:1000::1/64 | Ethernet8       | tagged         |             |
      +-----------+-----------------+-----------------+----------------+-------------+
      |      3000 |                 |                 |                | disabled    |
      +-----------+-----------------+-----------------+----------------+-------------+
      |      4000 |                 | PortChannel1001 | tagged         | disabled    |
      +-----------+-----------------+-----------------+----------------+-------------+
      """
    let expected = ["1000: Ethernet4 U, Ethernet8 T", "3000: ", "4000: lag 1001 T"]
    #expect(vlans(brief, ports: ["Ethernet4", "Ethernet8"], bundles: [1001]) == expected)
    let config = """
      Name        VID  Member           Mode
      --------  -----  ---------------  --------
      Vlan1000   1000  Ethernet4        untagged
      Vlan1000   1000  Ethernet8        tagged
      Vlan3000   3000
      Vlan4000   4000  PortChannel1001  tagged
      """
    #expect(vlans(config, ports: ["Ethernet4", "Ethernet8"], bundles: [1001]) == expected)
  }

  @Test("A VLAN by itself, as FASTPATH shows it, says nothing of others")
  func oneVLAN() {
    let text = """
      VLAN ID: 711
      VLAN Name: storage-a

      Interface   Current   Configured   Tagging
      ----------  --------  -----------  --------
      0/8         Include   Include      Untagged
      0/12        Include   Include      Tagged
      0/13        Exclude   Autodetect   Untagged
      VLAN ID: 712

      Interface   Current   Configured   Tagging
      ----------  --------  -----------  --------
      0/8         Exclude   Autodetect   Untagged
      """
    #expect(vlans(text, ports: ["0/8", "0/12", "0/13"]) == ["711: 0/8 U, 0/12 T", "712: "])
    #expect(!facts(text, ports: ["0/8"]).hasAllVLANs)
  }

  private func paused(_ text: String, ports: [String]) -> [String] {
    facts(text, ports: ports).flowControl.map { entry in
      "\(entry.place): \(entry.priorities.map { "\($0.number)" }.joined(separator: " "))"
    }
  }

  @Test("Priority flow control of NX-OS, SONiC and Onyx")
  func flowControl() {
    // Samples of UCS fabric interconnects
    let nxos = """
      ============================================================
      Port               Mode Oper(VL bmap)  RxPPP      TxPPP
      ============================================================

      Ethernet1/1        Auto Off           0          0
      Ethernet1/2        Auto On  (8)       2          0
      Ethernet1/3        Auto On  (18)      2          0
      """
    #expect(
      paused(nxos, ports: ["Ethernet1/1", "Ethernet1/2", "Ethernet1/3"])
        == ["Ethernet1/1: ", "Ethernet1/2: 3"])
    // https://github.com/sonic-net/sonic-utilities.msft, tests/pfc_input/assert_show_output.py
    let sonic = """

      Interface    Lossless priorities
      -----------  ---------------------
      Ethernet0    3,4
      Ethernet4    3

      """
    #expect(
      paused(sonic, ports: ["Ethernet0", "Ethernet4"]) == ["Ethernet0: 3 4", "Ethernet4: 3"])
    let onyx = """
      switch (config) # show dcb priority-flow-control
      PFC: enabled
      Priority Enabled List: 3
      Priority Disabled List: 0 1 2 4 5 6 7
      -------------------------------------------------
      Interface        PFC admin        PFC oper
      -------------------------------------------------
      Eth1/1           Auto             Enabled
      Eth1/2           Auto             Disabled
      """
    #expect(
      paused(onyx, ports: ["ethernet 1/1", "ethernet 1/2"]) == [
        "ethernet 1/1: 3", "ethernet 1/2: ",
      ]
    )
  }

  @Test("Spanning tree: ports that another way makes spare, and no others")
  func blocked() {
    // Exercises with containerlab and with switches of Cisco
    let eos = """
      Interface        Role       State      Cost      Prio.Nbr Type
      ---------------- ---------- ---------- --------- -------- --------------------
      Et1              root       forwarding 20000     128.1    P2p
      Et2              alternate  discarding 20000     128.2    P2p
      Et3              designated discarding 20000     128.3    P2p
      """
    let found = facts(eos, ports: ["Ethernet1", "Ethernet2", "Ethernet3"])
    #expect(found.blocked == ["Ethernet2"])
    #expect(found.hasSpanningTree)
    let nxos = """
      Eth1/1              Root FWD 4         128.1    P2p
      Po10                Altn BLK 4         128.2    P2p
      """
    #expect(facts(nxos, ports: ["Ethernet1/1"], bundles: [10]).blocked == ["lag 10"])
    let list = """
      Name                 Blocked Interfaces List
      -------------------- ------------------------------------
      VLAN0010             Et1, Po3
      VLAN0020             Et1

      Number of blocked ports (segments) in the system : 2
      """
    #expect(facts(list, ports: ["Ethernet1"], bundles: [3]).blocked == ["Ethernet1", "lag 3"])
    #expect(!facts("nothing\n", ports: ["Ethernet1"]).hasSpanningTree)
  }

  @Test("Configurations and tables of something else are left alone")
  func strangers() {
    let text = """
      interface Ethernet1
         mtu 9214
         switchport trunk allowed vlan 711
      Interface Status Speed and so on is what the manual calls it
      Ethernet1 is a port
      Port       State
      Et1        up
      """
    let found = facts(text, ports: ["Ethernet1"], bundles: [1])
    #expect(found.states == [])
    #expect(found.vlans == [])
    #expect(found.flowControl == [])
    #expect(found.blocked == [])
  }

  @Test(
    "The configurations that plans emit hold no table",
    arguments: ["copper", "medium", "fibre-rows"])
  func configurations(example: String) throws {
    let folder = "examples/\(example)/expected/switches"
    let names = Repository.names(in: folder, ending: "")
    #expect(!names.isEmpty)
    let ports = (0...48).flatMap {
      ["Ethernet\($0)", "TenGigabitEthernet 0/\($0)", "fortyGigE 0/\($0)", "Te1/0/\($0)"]
    }
    for name in names {
      let found = facts(
        try #require(Repository.text("\(folder)/\(name)")), ports: ports, bundles: [1, 100, 128])
      #expect(found.states == [], "\(name)")
      #expect(found.vlans == [] && found.flowControl == [] && !found.hasSpanningTree, "\(name)")
    }
  }

  @Test("Any bytes are read without a crash, under any head")
  func garbage() {
    let heads = [
      "", "Port Name Status Vlan Duplex Speed\n", "NUM Status Description Q Ports\n",
      "| VLAN ID | Ports | Port Tagging |\n", "Port Mode Oper(VL bmap) RxPPP\n",
      "Interface Current Tagging\n", "Name Blocked Interfaces List\n", "Eth1/1:\n",
    ]
    var state: UInt64 = 11
    for round in 0..<400 {
      var bytes = Array(heads[round % heads.count].utf8)
      let letters = Array("Et1 ,-/|09 upU(8)On\n=is:*".utf8)
      for _ in 0..<300 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let drawn = UInt8(truncatingIfNeeded: state >> 33)
        bytes.append(round % 2 == 0 ? drawn : letters[Int(drawn) % letters.count])
      }
      _ = SwitchTables.facts(
        of: bytes, device: "tor", ports: ["Ethernet1", "1/0/1"], bundles: [1],
        neighbours: NeighbourTableReader(nodes: []))
    }
  }
}
