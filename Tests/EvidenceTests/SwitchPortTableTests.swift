import Evidence
import Quantities
import Testing

/// Each text is cut from what people published. Its address stands above it; where none does, the place
/// that it was seen in has no lasting one, and only its form is relied on.
@Suite("Tables of the ports of switches")
struct SwitchPortTableTests {
  private func facts(_ text: String, ports: [String], bundles: [Int] = []) -> SwitchFacts {
    SwitchTables.facts(
      of: Array(text.utf8), device: "tor", ports: ports, bundles: bundles,
      neighbours: NeighbourTableReader(nodes: []))
  }

  private func states(_ text: String, ports: [String], bundles: [Int] = []) -> [String] {
    facts(text, ports: ports, bundles: bundles).states.map { state in
      let link = state.hasLink.map { $0 ? "up" : "down" } ?? "?"
      let shut = state.isShut.map { $0 ? " shut" : " not shut" } ?? ""
      let rate = state.rate.map { " \(Format.rate($0))" } ?? ""
      let mtu = state.mtu.map { " mtu \($0)" } ?? ""
      let errors = state.errors.map { " errors \($0)" } ?? ""
      return "\(state.place): \(link)\(shut)\(rate)\(mtu)\(errors)"
    }
  }

  @Test("EOS: state, rate and what an administrator shut down")
  func eosStatus() {
    // https://github.com/krikoon73/cc_eantc_2025, eantc2024/testbeds/evpn-vxlan/tests/checkpoint/test_results/PE14-T3-204_merged.md
    let new = """
      tor#show interfaces status
      Port       Name        Status       Vlan     Duplex Speed  Type         Flags Encapsulation
      Et1        A-Spine-200 connected    routed   full   10G    10GBASE-SRL
      Et2                    notconnect   1        full   10G    Not Present
      Et5        A-Harn-205  disabled     in Po200 full   10G    10GBASE-SRL
      Et6                    errdisabled  1        full   25G    Not Present
      """
    #expect(
      states(new, ports: ["Ethernet1", "Ethernet2", "Ethernet5", "Ethernet6"]) == [
        "Ethernet1: up 10 Gbps", "Ethernet2: down", "Ethernet5: down shut", "Ethernet6: down",
      ])
    // https://github.com/networktocode/ntc-templates, tests/arista_eos/show_interfaces_status/arista_eos_show_interfaces_status.raw
    let old = """
      Port       Name                   Status       Vlan        Duplex  Speed Type
      Et3/1/1    I am a 40G port !! Hi  connected    trunk       a-full  a-40G 40GBASE-CR4
      Et3/1/4                           inactive     1           unconf unconf 40GBASE-CR4
      Et3/2/1    PORTNAME               notconnect   trunk       a-full  a-10G 40GBASE-SR
      """
    #expect(
      states(old, ports: ["Ethernet3/1/1", "Ethernet3/1/4", "Ethernet3/2/1"]) == [
        "Ethernet3/1/1: up 40 Gbps", "Ethernet3/1/4: down", "Ethernet3/2/1: down",
      ])
  }

  @Test("NX-OS: words that are cut short, and names with spaces")
  func nxosStatus() {
    // https://github.com/networktocode/ntc-templates, tests/cisco_nxos/show_interface_status/cisco_nxos_show_interface_status.raw
    let text = """
      --------------------------------------------------------------------------------
      Port          Name               Status    Vlan      Duplex  Speed   Type
      --------------------------------------------------------------------------------
      mgmt0         --                 connected routed    full    100     --
      Eth1/1        managed by puppet  disabled  routed    auto    auto    SFP-H10GB-CU2M
      Eth1/3        --                 xcvrAbsen 1         auto    auto    --
      Eth2/1        --                 notconnec routed    auto    auto    QSFP-40G-SR-BD
      Po10          --                 noOperMem 1         auto    auto    --
      """
    #expect(
      states(text, ports: ["Ethernet1/1", "Ethernet1/3", "Ethernet2/1"], bundles: [10]) == [
        "Ethernet1/1: down shut", "Ethernet1/3: down", "Ethernet2/1: down",
      ])
  }

  @Test("OS9 and OS10: ports of two words, with lanes, and bundles")
  func dellStatus() {
    // Tests of mfd_switchmanagement by Intel: tests of DellOS9_S5048
    let os9 = """
      Dell#show interface status
      Port                 Description  Status Speed        Duplex Vlan
      Te 0/1               bm-c2hyp-pr  Up     10000 Mbit   Full   1234,3792,4000
      Te 0/2                            Down   10000 Mbit   Auto   --
      """
    #expect(
      states(os9, ports: ["TenGigabitEthernet 0/1", "TenGigabitEthernet 0/2"]) == [
        "TenGigabitEthernet 0/1: up 10 Gbps", "TenGigabitEthernet 0/2: down",
      ])
    let os10 = """
      --------------------------------------------------------------------------------------------------
      Port            Description     Status   Speed    Duplex   Mode Vlan Tagged-Vlans
      --------------------------------------------------------------------------------------------------
      Eth 1/1/1:1     Switched-Comp.. up       10G      full     T    7    6,201,301,401,501-516,3939
      Eth 1/1/3:1     Switched-Comp.. down     --       --       T    7    6,201,301,401,501-516,3939
      Po 128          Uplink-Po..     up       200G     full     T    1    6,7,201,301,401,501-516,3939
      Vl 7                            up       --       --       --   --
      """
    #expect(
      states(os10, ports: ["ethernet1/1/1:1", "ethernet1/1/3:1"], bundles: [128]) == [
        "ethernet1/1/1:1: up 10 Gbps", "ethernet1/1/3:1: down", "lag 128: up 200 Gbps",
      ])
  }

  @Test("SONiC: columns set to the right, the MTU, and the administrator's word")
  func sonicStatus() {
    // https://github.com/sonic-net/sonic-utilities, tests/intfutil_test.py
    let text = """
            Interface            Lanes    Speed    MTU    FEC      Alias             Vlan    Oper    Admin               Type    Asym PFC
      ---------------  ---------------  -------  -----  -----  ---------  ---------------  ------  -------  -----------------  ----------
            Ethernet0                0      25G   9100     rs  Ethernet0           routed    down       up    QSFP28 or later         off
           Ethernet16               16     100M   9100    N/A       etp5            trunk      up       up               RJ45         off
           Ethernet28               28    1000M   1500    N/A       etp8            trunk    down     down               RJ45         off
          Ethernet112      93,94,95,96      40G   9100     rs      etp29  PortChannel0001      up       up                N/A         off
      PortChannel0001              N/A      40G   9100    N/A        N/A           routed    down       up                N/A         N/A
      PortChannel1001              N/A      40G   9100    N/A        N/A            trunk     N/A      N/A                N/A         N/A
      """
    #expect(
      states(
        text, ports: ["Ethernet0", "Ethernet16", "Ethernet28", "Ethernet112"], bundles: [1, 1001])
        == [
          "Ethernet0: down not shut mtu 9100", "Ethernet16: up not shut 0.1 Gbps mtu 9100",
          "Ethernet28: down shut mtu 1500", "Ethernet112: up not shut 40 Gbps mtu 9100",
          "lag 1: down not shut mtu 9100",
        ])
  }

  @Test("FASTPATH and PowerConnect: heads of two lines")
  func fastpathStatus() {
    // https://github.com/networktocode/ntc-templates, tests/dell_powerconnect/show_interfaces_status
    let dell = """
                                                   Flow Link          Back   Mdix
      Port     Type         Duplex  Speed Neg      ctrl State       Pressure Mode
      -------- ------------ ------  ----- -------- ---- ----------- -------- -------
      Te1/0/1  10G-Fiber    Full    10000 Enabled  Off  Up          Disabled On
      Te1/0/2  10G-Fiber      --      --     --     --  Down           --     --
      """
    #expect(
      states(dell, ports: ["Te1/0/1", "Te1/0/2"]) == ["Te1/0/1: up 10 Gbps", "Te1/0/2: down"])
    // Template and sample of N4000
    let n4000 = """
      Port      Description     Duplex Speed   Neg  Link   Flow  M  VLAN
                                                    State  Ctrl
      --------- --------------- ------ ------- ---- ------ ----- -- -------------------
      Te1/0/1   Interface 1     N/A    Unknown Auto Down   Off   A  0
      Te1/0/4   Interface 4     Full   10000   Auto Up     On    A  1
      """
    #expect(
      states(n4000, ports: ["Te1/0/1", "Te1/0/4"]) == ["Te1/0/1: down", "Te1/0/4: up 10 Gbps"])
    // `show interfaces status all` of M4250
    let netgear = """
      (M4250-26G4XF-PoE+)#show interfaces status all

                                         Link    Physical    Physical    Media       Flow
      Port       Name                    State   Mode        Status      Type        Control     VLAN
      ---------  ----------------------  ------  ----------  ----------  ----------  ----------  ----------
      0/1                                Down    Auto                                Inactive    50
      0/2                                Up      Auto        1000 Full   Copper      Inactive    1
      0/3                                Up      Auto        10G Full    10GBase-SR  Inactive    Trunk
      """
    #expect(
      states(netgear, ports: ["0/1", "0/2", "0/3"])
        == ["0/1: down", "0/2: up 1 Gbps", "0/3: up 10 Gbps"])
  }

  @Test("Blocks of EOS, NX-OS and OS9: MTU, rate and damaged frames")
  func blocks() {
    // https://github.com/networktocode/ntc-templates, tests/arista_eos/show_interfaces/arista_eos_show_interfaces2.raw
    let eos = """
      Ethernet3 is up, line protocol is up (connected)
        Hardware is Ethernet, address is aac1.ab23.bb13 (bia aac1.ab23.bb13)
        Ethernet MTU 9214 bytes, BW 1000000 kbit
        Full-duplex, 1Gb/s, auto negotiation: off, uni-link: n/a
           0 runts, 0 giants
           7 input errors, 5 CRC, 0 alignment, 0 symbol, 0 input discards
           9 output errors, 0 collisions
      Ethernet4 is administratively down, line protocol is down (disabled)
        Hardware is Ethernet, address is aac1.abb1.4f2c (bia aac1.abb1.4f2c)
        Ethernet MTU 1500 bytes, BW 1000000 kbit
      Management0 is up, line protocol is up (connected)
        IP MTU 1500 bytes (default), BW 1000000 kbit
           47 input errors, 0 CRC
      """
    #expect(
      states(eos, ports: ["Ethernet3", "Ethernet4"]) == [
        "Ethernet3: up 1 Gbps mtu 9214 errors 7", "Ethernet4: down shut mtu 1500",
      ])
    // https://github.com/networktocode/ntc-templates, tests/cisco_nxos/show_interface/cisco_nxos_show_interface2.raw
    let nxos = """
      Ethernet106/1/1 is down (Link not connected)
        Hardware: 10/100/1000 Ethernet, address: 0000.d200.0000 (bia 0000.d200.0000)
        MTU 1500 bytes, BW 23 Kbit, DLY 10 usec
        auto-duplex, auto-speed
        RX
          18476 unicast packets  506094 multicast packets  362760 broadcast packets
          0 runts  0 giants  3 CRC  0 no buffer
          4 input error  0 short frame  0 overrun   0 underrun  0 ignored
        TX
          12 output error  0 collision  0 deferred  0 late collision
      """
    #expect(
      states(nxos, ports: ["Ethernet106/1/1"]) == ["Ethernet106/1/1: down mtu 1500 errors 4"])
    // Template and sample of `show interfaces` of FTOS 9
    let os9 = """
      TenGigabitEthernet 0/1 is up, line protocol is up
      Port is part of Port-channel 1
      Description: server01
      Interface index is 1048580
      Internet address is not set
      MTU 12000 bytes, IP MTU 11982 bytes
      LineSpeed 10000 Mbit
      Input Statistics:
           133514717974 packets, 229408861088851 bytes
           0 runts, 0 giants, 0 throttles
           2 CRC, 0 overrun, 2986469 discarded
      Output Statistics:
           0 throttles, 0 discarded, 0 collisions, 0 wreddrops
      """
    #expect(
      states(os9, ports: ["TenGigabitEthernet 0/1"])
        == ["TenGigabitEthernet 0/1: up 10 Gbps mtu 12000 errors 2"])
  }

  @Test("Blocks of Onyx and lists of RouterOS")
  func otherBlocks() {
    let onyx = """
      Eth1/1
        Admin state: Enabled
        Operational state: Down
        MTU: 1500 bytes(Maximum packet size 1522 bytes)
        Actual speed: 100 Gbps

      Rx
        0                    packets
        6                    error packets
      Tx
        9                    error packets
      Eth1/10:
        Admin state                               : Enabled
        Operational state                         : Up
        MTU                                       : 9216 bytes (Maximum packet size 9238 bytes)
        Actual speed                              : 40 Gbps
      Po1:
        Admin state         : Enabled
        Operational state   : Down
      """
    #expect(
      states(onyx, ports: ["ethernet 1/1", "ethernet 1/10"], bundles: [1]) == [
        "ethernet 1/1: down not shut mtu 1500 errors 6",
        "ethernet 1/10: up not shut 40 Gbps mtu 9216", "lag 1: down not shut",
      ])
    // https://github.com/networktocode/ntc-templates, tests/mikrotik_routeros/interface_print_detail/mikrotik_routeros_interface_print_detail_01.raw
    let routeros = """
      Flags: D - dynamic; X - disabled, R - running; S - slave; P - passthrough
       1  R   ;;; Uplink
              name="sfp-sfpplus1" default-name="sfp-sfpplus1" type="ether" mtu=9216 actual-mtu=9216 l2mtu=9216 max-l2mtu=9578
       2  X   ;;; Spare Optic
              name="sfp-sfpplus2" default-name="sfp-sfpplus2" type="ether" mtu=9216 actual-mtu=9216 l2mtu=1584 max-l2mtu=9578
       9      name="sfp-sfpplus9" default-name="sfp-sfpplus9" type="ether" mtu=9216 actual-mtu=9216 l2mtu=9216 max-l2mtu=9578
      """
    #expect(
      states(routeros, ports: ["sfp-sfpplus1", "sfp-sfpplus2", "sfp-sfpplus9"]) == [
        "sfp-sfpplus1: up not shut mtu 9216", "sfp-sfpplus2: down shut mtu 1584",
        "sfp-sfpplus9: down not shut mtu 9216",
      ])
  }
}
