import Evidence
import Quantities
import Testing

@Suite("Tables of switches")
struct SwitchTableTests {
  private func learned(_ text: String, ports: [String]) -> [String] {
    AddressTableReader.entries(of: Array(text.utf8), ports: ports).map { "\($0.mac) \($0.port)" }
  }

  @Test("Addresses are found in the table of each platform, and bundles are left out")
  func addressTables() {
    let os9 = """
      r1-tor-a#show mac-address-table
      VlanId     Mac Address           Type          Interface        State
       711      b8:59:9f:00:00:01    Dynamic         Te 0/1          Active
       711      b8:59:9f:00:00:02    Dynamic         Po 1            Active
      """
    #expect(
      learned(os9, ports: ["TenGigabitEthernet 0/1", "TenGigabitEthernet 0/2"])
        == ["b8:59:9f:00:00:01 TenGigabitEthernet 0/1"])
    let os6 = """
      VLAN     MAC Address           Type        Port
      -------- --------------------- ----------- ---------------------
      711      B859.9F00.0001        Dynamic     Te1/0/1
      """
    #expect(learned(os6, ports: ["Te1/0/1", "Te1/0/11"]) == ["b8:59:9f:00:00:01 Te1/0/1"])
    let eos = """
      Vlan    Mac Address       Type        Ports      Moves   Last Move
       711    b859.9f00.0001    DYNAMIC     Et1        1       0:00:10 ago
       711    b859.9f00.0003    DYNAMIC     Et49/1     1       0:00:10 ago
      """
    #expect(
      learned(eos, ports: ["Ethernet1", "Ethernet49/1", "Ethernet11"])
        == ["b8:59:9f:00:00:01 Ethernet1", "b8:59:9f:00:00:03 Ethernet49/1"])
    let nxos = """
         VLAN     MAC Address      Type      age     Secure NTFY Ports
      ---------+-----------------+--------+---------+------+----+------------------
      *  711      b859.9f00.0001   dynamic  0         F      F    Eth1/1
      +  711      b859.9f00.0002   dynamic  0         F      F    Po10
      """
    #expect(
      learned(nxos, ports: ["Ethernet1/1", "Ethernet1/11"]) == ["b8:59:9f:00:00:01 Ethernet1/1"])
    let sonic = """
        No.    Vlan  MacAddress         Port         Type
      -----  ------  -----------------  -----------  -------
          1     711  B8:59:9F:00:00:01  Ethernet4    Dynamic
      """
    #expect(learned(sonic, ports: ["Ethernet0", "Ethernet4"]) == ["b8:59:9f:00:00:01 Ethernet4"])
    let netgear =
      "VLAN ID  MAC Address        Interface   IfIndex  Status\n"
      + "711      B8:59:9F:00:00:01  1/0/1       1        Learned\n"
    #expect(learned(netgear, ports: ["1/0/1", "1/0/2"]) == ["b8:59:9f:00:00:01 1/0/1"])
    let routeros = " 0   D   B8:59:9F:00:00:01  711  sfp-sfpplus3  bridge1\n"
    #expect(
      learned(routeros, ports: ["sfp-sfpplus1", "sfp-sfpplus3"])
        == ["b8:59:9f:00:00:01 sfp-sfpplus3"])
  }

  @Test("A line with two addresses, or of two ports, is no entry")
  func notEntries() {
    let text = """
      Internet  10.0.0.1  b8:59:9f:00:00:01  b8:59:9f:00:00:02  Te 0/1
      b8:59:9f:00:00:01 Te 0/1 Te 0/2
      """
    #expect(learned(text, ports: ["TenGigabitEthernet 0/1", "TenGigabitEthernet 0/2"]) == [])
    let long = "b8:59:9f:00:00:01 Te 0/1 " + String(repeating: "x", count: 500)
    #expect(learned(long, ports: ["TenGigabitEthernet 0/1"]) == [])
  }

  private let reader = NeighbourTableReader(nodes: [
    ("r1-tor-a", ["TenGigabitEthernet 0/1", "TenGigabitEthernet 0/47"]),
    ("spine-1", ["TenGigabitEthernet 0/3", "Ethernet1/3"]),
    ("hypervisors-of-the-building-r1-01", ["nic1-p1", "nic1-p2"]),
  ])

  private func neighbours(_ text: String, ports: [String]) -> [String] {
    reader.entries(of: Array(text.utf8), ports: ports)
      .map { "\($0.port) > \($0.node) \($0.remotePort)" }
  }

  @Test("Neighbours are found whatever the order of the columns is")
  func neighbourTables() {
    let os9 = """
      Loc PortID   Rem Host Name     Rem Port Id                  Rem Chassis Id
      --------------------------------------------------------------------------
      Te 0/47      spine-1           TenGigabitEthernet 0/3       00:01:e8:8b:00:01
      Te 0/1       hypervisors-of-t  nic1-p1                      b8:59:9f:00:00:01
      """
    #expect(
      neighbours(os9, ports: ["TenGigabitEthernet 0/1", "TenGigabitEthernet 0/47"]) == [
        "TenGigabitEthernet 0/47 > spine-1 TenGigabitEthernet 0/3",
        "TenGigabitEthernet 0/1 > hypervisors-of-the-building-r1-01 nic1-p1",
      ])
    let nxos = """
      Device ID            Local Intf      Hold-time  Capability  Port ID
      spine-1.example.net  Eth1/1          120        BR          Ethernet1/3
      """
    #expect(
      neighbours(nxos, ports: ["Ethernet1/1", "Ethernet1/3"])
        == ["Ethernet1/1 > spine-1 Ethernet1/3"])
    let eos = "Et1        SPINE-1                 Ethernet1/3         120\n"
    #expect(neighbours(eos, ports: ["Ethernet1"]) == ["Ethernet1 > spine-1 Ethernet1/3"])
  }

  @Test("A neighbour whose port nobody tells is one all the same, and strangers are none")
  func partial() {
    let text = """
      Te 0/1   spine-1   00:01:e8:8b:00:01
      Te 0/1   printer-7 TenGigabitEthernet 0/3
      Te 0/1   hyper     nic1-p1
       description spine-1 Te 0/1
      ! Te 0/1 spine-1 TenGigabitEthernet 0/3
      """
    #expect(
      neighbours(text, ports: ["TenGigabitEthernet 0/1"]) == ["TenGigabitEthernet 0/1 > spine-1 "])
  }

  @Test("Any bytes are read without a crash")
  func garbage() {
    var state: UInt64 = 7
    for _ in 0..<200 {
      let bytes = (0..<400).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      }
      _ = AddressTableReader.entries(of: bytes, ports: ["Ethernet1"])
      _ = reader.entries(of: bytes, ports: ["Ethernet1"])
    }
  }
}
