import Fabric
import JSONText
import Testing

@testable import Lab

/// What Open vSwitch, lldpd and ip say, as tables of switches.
@Suite struct LabTableTests {
  @Test("Tables of Open vSwitch become those of switches")
  func tables() {
    let table = """
       port  VLAN  MAC                Age
          3   711  02:1f:00:00:01:00    4
      LOCAL     0  02:1f:00:00:09:00    1
          4   721  02:1f:00:00:02:00    0
      """
    let entries = LabTable.entries(
      table, numbers: "\"L0001-a\",3\nL0002-a,4\nL0003-a,3\n", ports: ["L0001-a", "L0002-a"])
    #expect(
      entries == ["L0001-a": ["02:1f:00:00:01:00 711"], "L0002-a": ["02:1f:00:00:02:00 721"]])
  }

  @Test("A neighbour's port is what it names itself, else its description")
  func neighbours() {
    let text = """
      lldp.L0001-a.chassis.mac=02:1f:00:00:01:00
      lldp.L0001-a.chassis.name=hv-r1-01
      lldp.L0001-a.port.mac=02:1f:00:00:01:00
      lldp.L0001-a.port.descr=nic1-p1
      lldp.L0002-a.chassis.name=spine-1
      lldp.L0002-a.port.local=TenGigabitEthernet 0/43
      lldp.L0002-a.port.descr=r1-tor-a = uplink
      lldp.L0003-a.port.descr=nobody
      lldp.L0004-a.chassis.name=hv-r1-02
      """
    #expect(
      LabTable.neighbours(text) == [
        "L0001-a": .init(device: "hv-r1-01", port: "nic1-p1"),
        "L0002-a": .init(device: "spine-1", port: "TenGigabitEthernet 0/43"),
        "L0004-a": .init(device: "hv-r1-02", port: "-"),
      ])
  }

  @Test("Ports of a spanning tree have a role and a state; those without a link have none")
  func roles() {
    let text = """
      ---- sw1 ----
      Root ID:
        stp-priority    53248

        Interface  Role       State      Cost     Pri.Nbr
        ---------- ---------- ---------- -------- -------
        L0008-a    Disabled   Discarding 2000     128.10
        L0003-a    Designated Forwarding 2000     128.8
        loop0-b    Backup     Discarding 2000     128.9
        L0004-a    Root       Learning   2000     128.4
      """
    #expect(
      LabTable.roles(text) == [
        "L0003-a": .init(role: "Desg", state: "FWD"), "loop0-b": .init(role: "Back", state: "BLK"),
        "L0004-a": .init(role: "Root", state: "LRN"),
      ])
  }

  @Test("A switch prints the ports that it has, and those that somebody joined")
  func ports() throws {
    let plan = LabPlan(try LabPlanTests.fabric("starter-pair"), name: LabName(site: "s"))
    let device = try #require(plan.device("fabric-b"))
    let first = try #require(device.ports.first)
    let json = """
      [{"ifname":"\(first.interface)","mtu":1500,"flags":["BROADCAST","UP","LOWER_UP"],"index":3},
       {"ifname":"loop1-a","mtu":9216,"flags":["BROADCAST"],"ifalias":"Ethernet17"},
       {"ifname":"loop1-b","mtu":9216,"flags":["UP"]}]
      """
    let interfaces = try [LabInterface](
      from: JSONTreeDecoder(try JSONTree(Array(json.utf8))))
    let ports = plan.ports(of: device, interfaces)
    #expect(ports.map(\.name) == [first.name, "Ethernet17"])
    let text = LabTable.text(
      device, ports: ports, [first.interface: ["02:1f:00:00:01:01 721"]],
      [first.interface: .init(device: "hv-r1-01", port: "nic1-p2")],
      ["loop1-a": .init(role: "Back", state: "BLK")])
    #expect(
      text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") } == [
        "fabric-b# show mac address-table", "02:1f:00:00:01:01 721 \(first.name)",
        "fabric-b# show lldp neighbors", "Local Interface Neighbor Remote Port",
        "\(first.name) hv-r1-01 nic1-p2", "fabric-b# show interfaces status",
        "Interface Speed MTU Oper Admin", "\(first.name) N/A 1500 up up",
        "Ethernet17 N/A 9216 down down", "fabric-b# show spanning-tree", "Interface Role Sts",
        "Ethernet17 Back BLK",
      ])
  }
}
